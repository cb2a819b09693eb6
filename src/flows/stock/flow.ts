/**
 * The stock flow of one connection: pulls, one at a time, and explanations.
 */
import type { Explain, StockRun } from '../../contracts/answers.ts';
import { ok, type Result } from '../../contracts/result.ts';
import { explainStock } from './explain.ts';
import type { StockParts } from './parts.ts';
import { tellStockProblems } from './problems.ts';
import { pullStock } from './pull.ts';
import { closeUnfinished, openRun } from './run-record.ts';

export type { ScanOrders, StockParts } from './parts.ts';

export interface PullRequest {
	/** A run that was begun before (`stockRuns.start`); absent = a new one. */
	readonly runId?: number;
	/** Null or absent = all. */
	readonly skus?: readonly string[] | null;
	/** Nobody named these SKUs: one that a side does not have is no error. */
	readonly hinted?: boolean;
	/** Plans, but writes nothing to the shop. A run begun before stays what it was begun as. */
	readonly dryRun: boolean;
	/** How long to wait while another run of the connection is under way, ms (0). */
	readonly wait?: number;
	readonly signal?: AbortSignal;
}

export interface StockFlow {
	/**
	 * Runs to the end, or fails: a retry leaves the run open, to be taken up under its id; a
	 * hold closes it. Another run of the connection that is under way makes it a `busy` retry.
	 */
	pull( request: PullRequest ): Promise< Result< StockRun > >;
	/** Live figures of both sides; null when neither knows the SKU. */
	explain( sku: string ): Promise< Result< Explain | null > >;
}

export function createStockFlow( parts: StockParts ): StockFlow {
	const { connection, database, events, world } = parts;

	async function run(
		request: PullRequest,
		signal: AbortSignal
	): Promise< Result< StockRun > > {
		const { skus = null, hinted = false } = request;
		const runId =
			request.runId ??
			( await database.stockRuns.start( connection, request.dryRun ) );
		const earlier = await database.stockRuns.find( connection, runId );
		if (
			earlier !== null &&
			earlier.finishedAt !== null &&
			earlier.state !== 'failed'
		) {
			// It was done; only its task did not hear of it.
			return ok( earlier );
		}
		const dryRun = earlier?.dryRun ?? request.dryRun;
		await closeUnfinished( parts, runId );
		const record = await openRun( parts, runId, dryRun, earlier );
		const pulled = await pullStock( {
			parts,
			record,
			skus,
			hinted,
			signal,
		} );
		if ( ! pulled.ok ) {
			await record.fail( pulled.failure );
			return pulled;
		}
		const done = await record.finish();
		if ( ! dryRun ) {
			await tellStockProblems( parts, done, skus );
		}
		tell( done, pulled.value );
		return ok( done );
	}

	function tell( done: StockRun, adjusted: number ): void {
		const { runId, state, dryRun, skus, requests, changes } = done;
		world.logger.info(
			{ connection, runId, state, dryRun, ...skus, adjusted, requests },
			'Stock was pulled.'
		);
		if ( ! dryRun ) {
			events?.emit( {
				event: 'stock',
				connection,
				runId,
				state,
				changes: changes
					.filter( ( { written } ) => written )
					.map( ( { sku, from, to } ) => ( { sku, from, to } ) ),
			} );
		}
	}

	return {
		async pull( request ) {
			const outer =
				request.signal === undefined ? {} : { signal: request.signal };
			const held = await database.locks.withLock(
				`stock:${ connection }`,
				{ wait: request.wait ?? 0, ...outer },
				( lease ) => {
					const signals = [
						lease.signal,
						...( request.signal ? [ request.signal ] : [] ),
					];
					return run( request, AbortSignal.any( signals ) );
				}
			);
			return held.ok ? held.value : held;
		},
		explain: ( sku ) => explainStock( parts, sku ),
	};
}
