/**
 * What the queue, the locks and the schedules share: the connection, whose turn it is on it,
 * and the way to run one transaction. They use the driver directly, because claiming and
 * acknowledging are the hot path.
 */
import type { Sqlite } from './driver.ts';
import type { Gate } from './gate.ts';

export interface Engine {
	/** One transaction; its result is durable when the promise resolves. */
	write< T >( work: ( sqlite: Sqlite ) => T ): Promise< T >;
	/**
	 * One transaction that a power cut may undo: for leases and for what becomes of a task, where
	 * doing it once more is harmless. It spares the disk two of three syncs of every task.
	 */
	lightWrite< T >( work: ( sqlite: Sqlite ) => T ): Promise< T >;
	read< T >( work: ( sqlite: Sqlite ) => T ): Promise< T >;
}

export function createEngine( sqlite: Sqlite, gate: Gate ): Engine {
	return {
		write: ( work ) =>
			gate.run( () => sqlite.transaction( () => work( sqlite ) ) ),
		lightWrite: ( work ) =>
			gate.run( () =>
				sqlite.transaction( () => work( sqlite ), 'light' )
			),
		read: ( work ) => gate.run( () => work( sqlite ) ),
	};
}
