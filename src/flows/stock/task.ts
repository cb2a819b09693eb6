/**
 * A stock task of the queue: one pull, with the order flow's sweep as its view of the shop.
 */
import type { StockRun } from '../../contracts/answers.ts';
import type { ClaimedTask } from '../../contracts/queue.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { Connected } from '../connected.ts';
import { sweep } from '../orders/sweeps.ts';
import { createStockFlow, type StockFlow } from './flow.ts';

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

/** A task that is tried again goes on with the run its earlier try left open. */
export async function pullTask(
	connected: Connected,
	task: ClaimedTask
): Promise< Result< StockRun > > {
	const { payload, attempt, lease } = task;
	const { database, name } = connected;
	const runId =
		payload.runId ?? ( attempt > 1 ? await leftOpen( connected ) : null );
	const begun = runId === null ? null : await database.stockRuns.find( name, runId );
	return stockFlowOf( connected ).pull( {
		...( runId === null ? {} : { runId } ),
		skus: payload.skus ?? null,
		dryRun: begun?.dryRun ?? false,
		signal: lease.signal,
	} );
}

async function leftOpen( {
	database,
	name,
}: Connected ): Promise< number | null > {
	const open = await database.stockRuns.unfinished( name );
	for ( const runId of open.sort( ( a, b ) => b - a ) ) {
		const run = await database.stockRuns.find( name, runId );
		if ( run !== null && ! run.dryRun ) {
			return runId;
		}
	}
	return null;
}
