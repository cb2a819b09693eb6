/** Backfills: which orders a person asked for, counted from the links of those orders. */
import { backfillSchema, type OrderState } from '../../contracts/answers.ts';
import type { Backfills } from '../../contracts/database.ts';
import type { Clock } from '../../contracts/world.ts';
import { chunks, isoNow, type Sql } from '../tables.ts';

/** An order in one of these, or without a link, is still to be done. */
const REMAINING: readonly string[] = [
	'queued',
	'working',
	'retrying',
] satisfies OrderState[];

export function createBackfills( sql: Sql, clock: Clock ): Backfills {
	return {
		start: ( connection, orderIds ) =>
			sql.transaction().execute( async ( trx ) => {
				const { id } = await trx
					.insertInto( 'backfills' )
					.values( {
						connection,
						state: 'running',
						started_at: isoNow( clock ),
					} )
					.returning( 'id' )
					.executeTakeFirstOrThrow();
				for ( const ids of chunks( [ ...new Set( orderIds ) ] ) ) {
					await trx
						.insertInto( 'backfill_orders' )
						.values(
							ids.map( ( order_id ) => ( {
								backfill_id: id,
								order_id,
							} ) )
						)
						.execute();
				}
				return id;
			} ),
		async find( connection, id ) {
			const backfill = await sql
				.selectFrom( 'backfills' )
				.select( [ 'id', 'state' ] )
				.where( 'connection', '=', connection )
				.where( 'id', '=', id )
				.executeTakeFirst();
			if ( ! backfill ) {
				return null;
			}
			const rows = await sql
				.selectFrom( 'backfill_orders' )
				.leftJoin( 'order_links', ( join ) =>
					join
						.onRef(
							'order_links.order_id',
							'=',
							'backfill_orders.order_id'
						)
						.on( 'order_links.connection', '=', connection )
				)
				.select( ( eb ) => [
					'order_links.state as state',
					eb.fn.countAll< number >().as( 'count' ),
				] )
				.where( 'backfill_orders.backfill_id', '=', id )
				.groupBy( 'order_links.state' )
				.execute();
			const count = ( counts: ( state: string | null ) => boolean ) =>
				rows
					.filter( ( row ) => counts( row.state ) )
					.reduce( ( sum, row ) => sum + Number( row.count ), 0 );
			return backfillSchema.parse( {
				...backfill,
				total: count( () => true ),
				synced: count( ( state ) => state === 'synced' ),
				problems: count( ( state ) => state === 'problem' ),
				remaining: count(
					( state ) => state === null || REMAINING.includes( state )
				),
			} );
		},
		async setState( connection, id, state ) {
			await sql
				.updateTable( 'backfills' )
				.set( { state } )
				.where( 'connection', '=', connection )
				.where( 'id', '=', id )
				.execute();
		},
		async running( connection ) {
			const rows = await sql
				.selectFrom( 'backfills' )
				.select( 'id' )
				.where( 'connection', '=', connection )
				.where( 'state', '=', 'running' )
				.orderBy( 'id' )
				.execute();
			return rows.map( ( row ) => row.id );
		},
	};
}
