/**
 * The repeating work of live connections: sweeps and stock pulls, at the intervals of the
 * settings. Times are kept in the database; of several sidecars one is told to run.
 */
import { HOUR, parseDuration } from '../contracts/primitives.ts';
import {
	PRIORITY,
	taskKey,
	type TaskKind,
	type TaskRequest,
} from '../contracts/queue.ts';
import type { Database } from '../contracts/database.ts';
import type { Clock, Logger } from '../contracts/world.ts';
import type { Settings } from '../contracts/settings.ts';
import { isLive } from './connected.ts';
import type { ConnectionsRegistry } from './connections.ts';

interface Repeating {
	readonly kind: Extract< TaskKind, 'sweep' | 'deep-sweep' | 'stock' >;
	readonly id: string;
	readonly priority: number;
	readonly every: ( settings: Settings ) => string | null;
}

const REPEATING: readonly Repeating[] = [
	{
		kind: 'sweep',
		id: 'changed',
		priority: PRIORITY.sweep,
		every: ( settings ) => settings.sweep.every,
	},
	{
		kind: 'deep-sweep',
		id: 'deep',
		priority: PRIORITY.sweep,
		every: ( settings ) => settings.sweep.deep,
	},
	{
		kind: 'stock',
		id: 'pull',
		priority: PRIORITY.stock,
		every: ( settings ) => settings.stock.every,
	},
];

export interface Scheduler {
	/** Sets the schedules of all connections anew, after a change. */
	refresh(): Promise< void >;
	start(): void;
	stop(): Promise< void >;
}

export function createScheduler( parts: {
	readonly connections: ConnectionsRegistry;
	readonly database: Database;
	readonly clock: Clock;
	readonly logger: Logger;
} ): Scheduler {
	const { connections, database, clock, logger } = parts;
	const stopping = new AbortController();
	let nudge = new AbortController();
	let loop: Promise< void > | null = null;

	async function refresh(): Promise< void > {
		for ( const { connected } of await connections.list() ) {
			const { goLive } = connected.settings;
			for ( const entry of REPEATING ) {
				const text = entry.every( connected.settings );
				const every =
					goLive === null || text === null
						? null
						: parseDuration( text );
				await database.schedules.ensure(
					taskKey( connected.name, entry.kind, entry.id ),
					every
				);
			}
		}
		nudge.abort();
	}

	async function tick(): Promise< void > {
		const now = clock.now();
		const due = new Set( await database.schedules.due( now ) );
		if ( due.size === 0 ) {
			return;
		}
		const tasks: TaskRequest[] = [];
		for ( const { connected } of await connections.list() ) {
			if ( ! isLive( connected.settings, now ) ) {
				continue;
			}
			for ( const { kind, id, priority } of REPEATING ) {
				const key = taskKey( connected.name, kind, id );
				if ( due.has( key ) ) {
					tasks.push( {
						key,
						kind,
						connection: connected.name,
						priority,
					} );
				}
			}
		}
		await database.queue.enqueue( tasks );
	}

	async function run(): Promise< void > {
		while ( ! stopping.signal.aborted ) {
			nudge = new AbortController();
			let wait = HOUR;
			try {
				await tick();
				const next = await database.schedules.nextAt();
				wait = next === null ? HOUR : Math.max( next - clock.now(), 0 );
			} catch ( error ) {
				// The loop never dies: whatever it was, it is tried again.
				logger.error(
					{ err: error },
					'The scheduler could not look at its times.'
				);
				wait = 5000;
			}
			// At least a breath, at most an hour (a changed clock is noticed then).
			await clock.sleep(
				Math.min( Math.max( wait, 50 ), HOUR ),
				AbortSignal.any( [ stopping.signal, nudge.signal ] )
			);
		}
	}

	return {
		refresh,
		start() {
			loop ??= run();
		},
		async stop() {
			stopping.abort();
			await loop;
		},
	};
}
