/** Stock runs, and the newest figure written per SKU. */
import { stockRunSchema, type StockRun } from '../../contracts/answers.ts';
import type { StockRuns } from '../../contracts/database.ts';
import type { Clock } from '../../contracts/world.ts';
import { chunks, flag, isoNow, type Sql } from '../tables.ts';

export function createStockRuns( sql: Sql, clock: Clock ): StockRuns {
	const runs = ( connection: string ) =>
		sql
			.selectFrom( 'stock_runs' )
			.select( 'doc' )
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
					} )
					.returning( 'id' )
					.executeTakeFirstOrThrow();
				await trx
					.updateTable( 'stock_runs' )
					.set( {
						doc: JSON.stringify( begun( id, dryRun, startedAt ) ),
					} )
					.where( 'id', '=', id )
					.execute();
				return id;
			} ),
		async save( connection, run ) {
			const { numUpdatedRows } = await sql
				.updateTable( 'stock_runs' )
				.set( {
					finished_at: run.finishedAt,
					state: run.state,
					doc: JSON.stringify( run ),
				} )
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
			const row = await runs( connection )
				.where( 'id', '=', runId )
				.executeTakeFirst();
			return row ? toRun( row.doc ) : null;
		},
		async last( connection ) {
			const row = await runs( connection )
				.where( 'dry_run', '=', 0 )
				.orderBy( 'id', 'desc' )
				.limit( 1 )
				.executeTakeFirst();
			return row ? toRun( row.doc ) : null;
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

const toRun = ( doc: string ): StockRun =>
	stockRunSchema.parse( JSON.parse( doc ) );

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
