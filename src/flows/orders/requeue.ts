/**
 * Orders of the ledger that look unfinished get a task again: a crash between a link and its task,
 * or a changed setting, must not leave one waiting for ever. Tasks that are there collapse.
 */
import type { OrderState } from '../../contracts/answers.ts';
import { PRIORITY, taskKey, type TaskRequest } from '../../contracts/queue.ts';
import type { Connected } from '../connected.ts';

const PAGE = 500;

/** At the start of the service. */
export const UNFINISHED: readonly OrderState[] = [
	'queued',
	'working',
	'retrying',
];

export async function requeue(
	{ database, name }: Pick< Connected, 'database' | 'name' >,
	states: readonly OrderState[],
	/** Orders that are seen to otherwise. */
	except: ReadonlySet< number > = new Set()
): Promise< void > {
	for ( const state of states ) {
		let cursor: string | null = null;
		do {
			const page = await database.orderLinks.list( {
				connection: name,
				state,
				limit: PAGE,
				...( cursor === null ? {} : { cursor } ),
			} );
			await database.queue.enqueue(
				( page?.items ?? [] )
					.filter( ( { orderId } ) => ! except.has( orderId ) )
					.map( ( { orderId } ): TaskRequest => ( {
						key: taskKey( name, 'order', orderId ),
						kind: 'order',
						connection: name,
						priority: PRIORITY.sweep,
					} ) )
			);
			cursor = page?.nextCursor ?? null;
		} while ( cursor !== null );
	}
}
