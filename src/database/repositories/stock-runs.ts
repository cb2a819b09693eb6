/** Stock runs, and the newest figure written per SKU. */
import {
	stockRunSchema,
	stockRunSummarySchema,
	type StockRun,
	type StockRunSummary,
} from '../../contracts/answers.ts';
import type { StockRuns } from '../../contracts/database.ts';
import type { Clock } from '../../contracts/world.ts';
import { chunks, flag, isoNow, type Sql } from '../tables.ts';
import { stockActivity } from './activity.ts';

export function createStockRuns( sql: Sql, clock: Clock ): StockRuns {
	const summaries = ( connection: string ) =>
		sql
			.selectFrom( 'stock_runs' )
			.select( [ 'id', 'summary' ] )
			.where( 'connection', '=', connection );

	return {
		start: ( connection, dryRun ) =>
			sql.transaction().execute( async ( trx ) => {
				const startedAt = isoNow( clock );
				const { id } = await trx
					.insertInto( 'stock_runs' )
					.values( {
						connection,
						dry_run: flag( dryRun ),
						started_at: startedAt,
						finished_at: null,
						state: 'partial',
						doc: '{}',
						summary: '{}',
						changed: 0,
						failed: 0,
					} )
					.returning( 'id' )
					.executeTakeFirstOrThrow();
				await trx
					.updateTable( 'stock_runs' )
					.set( columns( begun( id, dryRun, startedAt ) ) )
					.where( 'id', '=', id )
					.execute();
				return id;
			} ),
		async save( connection, run ) {
			const { numUpdatedRows } = await sql
				.updateTable( 'stock_runs' )
				.set( columns( run ) )
				.where( 'connection', '=', connection )
				.where( 'id', '=', run.runId )
				.executeTakeFirstOrThrow();
			if ( Number( numUpdatedRows ) !== 1 ) {
				throw new Error(
					`Stock run ${ run.runId } of ${ connection } was never started.`
				);
			}
		},
		async find( connection, runId ) {
			const row = await sql
				.selectFrom( 'stock_runs' )
				.select( 'doc' )
				.where( 'connection', '=', connection )
				.where( 'id', '=', runId )
				.executeTakeFirst();
			return row ? toRun( row.doc ) : null;
		},
		async list( connection, limit, cursor ) {
			if ( cursor !== undefined && ! /^\d{1,15}$/.test( cursor ) ) {
				return null;
			}
			let page = summaries( connection );
			if ( cursor !== undefined ) {
				page = page.where( 'id', '<', Number( cursor ) );
			}
			const rows = await page
				.orderBy( 'id', 'desc' )
				.limit( limit + 1 )
				.execute();
			const shown = rows.slice( 0, limit );
			const last = shown.at( -1 );
			return {
				items: shown.map( ( row ) => toSummary( row.summary ) ),
				nextCursor:
					last && rows.length > limit ? String( last.id ) : null,
			};
		},
		activity: ( connection, from, to, step ) =>
			stockActivity( sql, connection, from, to, step ),
		async last( connection ) {
			const row = await summaries( connection )
				.where( 'dry_run', '=', 0 )
				.orderBy( 'id', 'desc' )
				.limit( 1 )
				.executeTakeFirst();
			return row ? toSummary( row.summary ) : null;
		},
		async unfinished( connection ) {
			const rows = await sql
				.selectFrom( 'stock_runs' )
				.select( 'id' )
				.where( 'connection', '=', connection )
				.where( 'finished_at', 'is', null )
				// That one waits for a person, not for a restart.
				.where( 'state', '<>', 'waiting-approval' )
				.orderBy( 'id' )
				.execute();
			return rows.map( ( row ) => row.id );
		},
		recordWrites: ( connection, runId, changes ) =>
			sql.transaction().execute( async ( trx ) => {
				const at = isoNow( clock );
				// By SKU, the last one wins: one statement may not name a row twice.
				const written = new Map(
					changes
						.filter( ( change ) => change.written )
						.map( ( change ) => [ change.sku, change.to ] )
				);
				for ( const piece of chunks( [ ...written ] ) ) {
					await trx
						.insertInto( 'stock_writes' )
						.values(
							piece.map( ( [ sku, value ] ) => ( {
								connection,
								sku,
								value,
								at,
								run_id: runId,
							} ) )
						)
						.onConflict( ( conflict ) =>
							conflict
								.columns( [ 'connection', 'sku' ] )
								.doUpdateSet( ( eb ) => ( {
									value: eb.ref( 'excluded.value' ),
									at: eb.ref( 'excluded.at' ),
									run_id: eb.ref( 'excluded.run_id' ),
								} ) )
						)
						.execute();
				}
			} ),
		async lastWrite( connection, sku ) {
			const row = await sql
				.selectFrom( 'stock_writes' )
				.select( [ 'value', 'at', 'run_id' ] )
				.where( 'connection', '=', connection )
				.where( 'sku', '=', sku )
				.executeTakeFirst();
			return row
				? { value: row.value, at: row.at, runId: row.run_id }
				: null;
		},
	};
}

const toSummary = ( summary: string ): StockRunSummary =>
	stockRunSummarySchema.parse( JSON.parse( summary ) );

const toRun = ( doc: string ): StockRun =>
	stockRunSchema.parse( JSON.parse( doc ) );

function columns( run: StockRun ) {
	return {
		finished_at: run.finishedAt,
		state: run.state,
		doc: JSON.stringify( run ),
		// Parsed, which leaves the changes out.
		summary: JSON.stringify(
			stockRunSummarySchema.parse( {
				...run,
				errors: run.errors.length,
			} )
		),
		changed: run.skus.changed,
		failed: run.skus.failed,
	};
}

/** What a run that was killed before its first save looks like. */
function begun( runId: number, dryRun: boolean, startedAt: string ): StockRun {
	return {
		runId,
		state: 'partial',
		dryRun,
		startedAt,
		finishedAt: null,
		requests: { brightpearl: 0, store: 0 },
		skus: {
			mapped: 0,
			unmapped: 0,
			read: 0,
			changed: 0,
			written: 0,
			skipped: 0,
			failed: 0,
		},
		changes: [],
		errors: [],
	};
}
