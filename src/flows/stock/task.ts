/**
 * A stock task of the queue: one pull, with the order flow's sweep as its view of the shop.
 */
import type { StockRun } from '../../contracts/answers.ts';
import { SECOND } from '../../contracts/primitives.ts';
import type { ClaimedTask } from '../../contracts/queue.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { Connected } from '../connected.ts';
import { sweep } from '../orders/sweeps.ts';
import { createStockFlow, type StockFlow } from './flow.ts';
import { MOST_HINTED } from './hint.ts';
import { unclaimedRuns } from './run-record.ts';

export function stockFlowOf( connected: Connected ): StockFlow {
	const { brightpearl, database, events, name, settings, store, world } =
		connected;
	return createStockFlow( {
		connection: name,
		settings,
		database,
		store,
		brightpearl,
		world,
		events,
		async scanOrders() {
			const readAt = new Date( world.clock.now() ).toISOString();
			const scanned = await sweep( connected );
			return scanned.ok ? ok( { readAt } ) : scanned;
		},
	} );
}

/** A person's pull does not fail only because the scheduled one is just going on. */
const PERSON_WAITS = 20 * SECOND;

/** A task that is tried again goes on with the run its earlier try left open. */
export async function pullTask(
	connected: Connected,
	task: ClaimedTask
): Promise< Result< StockRun > > {
	const { payload, attempt, lease } = task;
	const runId =
		payload.runId ?? ( attempt > 1 ? await leftOpen( connected ) : null );
	const { skus = null } = payload;
	const hinted = payload.forced !== true;
	return stockFlowOf( connected ).pull( {
		...( runId === null ? {} : { runId } ),
		// A burst of hints has become one list, as long as the burst was.
		skus:
			hinted && skus !== null && skus.length > MOST_HINTED ? null : skus,
		hinted,
		// Only for a new run: one that was begun stays what it was begun as.
		dryRun: false,
		wait: payload.forced === true ? PERSON_WAITS : 0,
		signal: lease.signal,
	} );
}

async function leftOpen( {
	database,
	name,
}: Connected ): Promise< number | null > {
	const runs = await unclaimedRuns( { connection: name, database } );
	return runs.find( ( run ) => ! run.dryRun )?.runId ?? null;
}
