/** Backfills: which orders a person asked for, counted from the links of those orders. */
import {
	backfillSchema,
	type Backfill,
	type OrderState,
} from '../../contracts/answers.ts';
import type { Backfills } from '../../contracts/database.ts';
import type { Clock } from '../../contracts/world.ts';
import { chunks, isoNow, type Sql, type Tables } from '../tables.ts';

/** An order in one of these, or without a link, is still to be done. */
const REMAINING: readonly string[] = [
	'queued',
	'working',
	'retrying',
] satisfies OrderState[];

const NOT_DUE = 'not-due' satisfies OrderState;

const stateSchema = backfillSchema.shape.state;

type Row = Omit< Tables[ 'backfills' ], 'id' > & { readonly id: number };

export function createBackfills( sql: Sql, clock: Clock ): Backfills {
	const of = ( connection: string ) =>
		sql
			.selectFrom( 'backfills' )
			.selectAll()
			.where( 'connection', '=', connection );

	/** Its orders, each with its link where there is one. */
	const ordersOf = ( connection: string, id: number ) =>
		sql
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
			.where( 'backfill_orders.backfill_id', '=', id );

	async function counted( row: Row ): Promise< Backfill > {
		const states = await ordersOf( row.connection, row.id )
			.select( ( eb ) => [
				'order_links.state as state',
				eb.fn.countAll< number >().as( 'count' ),
			] )
			.groupBy( 'order_links.state' )
			.execute();
		const count = ( counts: ( state: string | null ) => boolean ) =>
			states
				.filter( ( { state } ) => counts( state ) )
				.reduce( ( sum, one ) => sum + Number( one.count ), 0 );
		const synced = count( ( state ) => state === 'synced' );
		const problems = count( ( state ) => state === 'problem' );
		const remaining = count(
			( state ) =>
				state === null ||
				REMAINING.includes( state ) ||
				// Let go of by the cancelling, one after the other.
				( row.state === 'cancelled' && state === NOT_DUE )
		);
		return backfillSchema.parse( {
			id: row.id,
			state: row.state,
			total: synced + problems + remaining,
			synced,
			problems,
			remaining,
			there: row.there,
			from: row.from_day,
			to: row.to_day,
			startedAt: row.started_at,
		} );
	}

	return {
		start: ( connection, orderIds, range ) =>
			sql.transaction().execute( async ( trx ) => {
				const { id } = await trx
					.insertInto( 'backfills' )
					.values( {
						connection,
						state: 'running',
						started_at: isoNow( clock ),
						from_day: range.from,
						to_day: range.to,
						there: range.there,
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
		async list( connection, limit ) {
			const rows = await of( connection )
				.orderBy( 'id', 'desc' )
				.limit( limit )
				.execute();
			const found: Backfill[] = [];
			for ( const row of rows ) {
				found.push( await counted( row ) );
			}
			return found;
		},
		async remaining( connection, id, afterId, limit ) {
			const rows = await ordersOf( connection, id )
				.innerJoin( 'backfills', ( join ) =>
					join
						.onRef(
							'backfills.id',
							'=',
							'backfill_orders.backfill_id'
						)
						.on( 'backfills.connection', '=', connection )
				)
				.select( 'backfill_orders.order_id as orderId' )
				.where( 'backfill_orders.order_id', '>', afterId )
				.where( ( eb ) =>
					eb.or( [
						eb( 'order_links.state', 'is', null ),
						eb( 'order_links.state', 'in', REMAINING ),
					] )
				)
				.orderBy( 'backfill_orders.order_id' )
				.limit( limit )
				.execute();
			return rows.map( ( row ) => row.orderId );
		},
		async find( connection, id ) {
			const row = await of( connection )
				.where( 'id', '=', id )
				.executeTakeFirst();
			return row ? counted( row ) : null;
		},
		async setState( connection, id, state ) {
			await sql
				.updateTable( 'backfills' )
				.set( { state } )
				.where( 'connection', '=', connection )
				.where( 'id', '=', id )
				.execute();
		},
		async stateOf( connection, id ) {
			const row = await of( connection )
				.where( 'id', '=', id )
				.executeTakeFirst();
			return row ? stateSchema.parse( row.state ) : null;
		},
		async inState( connection, state ) {
			const rows = await of( connection )
				.where( 'state', '=', state )
				.orderBy( 'id' )
				.execute();
			return rows.map( ( row ) => row.id );
		},
	};
}
