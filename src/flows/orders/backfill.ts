/**
 * A backfill as its orders meet it: each is a task of its own in the backfill's lane, and looks
 * at what became of the backfill when it comes up. Pausing and cancelling take nothing out of the
 * queue, because an event may have joined what waits there.
 */
import {
	PRIORITY,
	taskKey,
	type ClaimedTask,
	type TaskRequest,
} from '../../contracts/queue.ts';
import type { Connected } from '../connected.ts';

type Ledger = Pick< Connected, 'database' | 'name' >;

const PAGE = 500;

/** What a person wants of the backfill that this task belongs to, at this moment. */
export async function backfillOf(
	{ database, name }: Ledger,
	{ payload }: Pick< ClaimedTask, 'payload' >
): Promise< 'none' | 'running' | 'paused' | 'cancelled' > {
	if ( payload.backfillId === undefined ) {
		return 'none';
	}
	const state = await database.backfills.stateOf( name, payload.backfillId );
	return state === null || state === 'done' ? 'none' : state;
}

/** A paused backfill goes on with this order later: until then it stays queued. */
export async function waitsInBackfill(
	{ database, name }: Ledger,
	orderId: number
): Promise< boolean > {
	const { backfills } = database;
	for ( const id of await backfills.inState( name, 'paused' ) ) {
		const [ next ] = await backfills.remaining( name, id, orderId - 1, 1 );
		if ( next === orderId ) {
			return true;
		}
	}
	return false;
}

export async function enqueueBackfill(
	{ database, name }: Ledger,
	backfillId: number,
	orderIds: readonly number[]
): Promise< void > {
	await database.queue.enqueue(
		orderIds.map( ( orderId ): TaskRequest => ( {
			key: taskKey( name, 'order', orderId ),
			kind: 'order',
			connection: name,
			priority: PRIORITY.backfill,
			payload: { backfillId },
		} ) )
	);
}

/** Those of its orders that have not come to an end, in pieces. */
export async function* remainingOf(
	{ database, name }: Ledger,
	backfillId: number
): AsyncGenerator< readonly number[] > {
	let afterId = 0;
	for (;;) {
		const ids = await database.backfills.remaining(
			name,
			backfillId,
			afterId,
			PAGE
		);
		const last = ids.at( -1 );
		if ( last === undefined ) {
			return;
		}
		yield ids;
		afterId = last;
	}
}

export async function enqueueRemaining(
	ledger: Ledger,
	backfillId: number
): Promise< void > {
	for await ( const ids of remainingOf( ledger, backfillId ) ) {
		await enqueueBackfill( ledger, backfillId, ids );
	}
}

/**
 * At the start of the service: what runs goes on, what is paused stays where it is.
 *
 * @return Orders that are seen to by it, and look unfinished for no other reason.
 */
export async function resumeBackfills(
	ledger: Ledger
): Promise< ReadonlySet< number > > {
	const { database, name } = ledger;
	const seenTo = new Set< number >();
	for ( const state of [ 'running', 'paused' ] as const ) {
		for ( const id of await database.backfills.inState( name, state ) ) {
			for await ( const orderIds of remainingOf( ledger, id ) ) {
				orderIds.forEach( ( orderId ) => seenTo.add( orderId ) );
				if ( state === 'running' ) {
					await enqueueBackfill( ledger, id, orderIds );
				}
			}
		}
	}
	return seenTo;
}
