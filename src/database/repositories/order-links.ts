/** Order links: the ledger's one row per store order. */
import type { ExpressionBuilder } from 'kysely';
import { ORDER_STATES } from '../../contracts/answers.ts';
import type { OrderLink, OrderLinks } from '../../contracts/database.ts';
import type { Clock } from '../../contracts/world.ts';
import { chunks, isoNow, type Sql, type Tables } from '../tables.ts';
import { orderActivity } from './activity.ts';
import { emptyLink, toLink, toRow } from './link-doc.ts';
import { listOrders } from './order-list.ts';
import { pushTimes, waitingOrders } from './waiting.ts';

type Builder = ExpressionBuilder< Tables, 'order_links' >;

export function createOrderLinks( sql: Sql, clock: Clock ): OrderLinks {
	const links = ( connection: string ) =>
		sql.selectFrom( 'order_links' ).where( 'connection', '=', connection );

	return {
		async find( connection, orderId ) {
			const row = await links( connection )
				.selectAll()
				.where( 'order_id', '=', orderId )
				.executeTakeFirst();
			return row ? toLink( row ) : null;
		},
		async findMany( connection, orderIds ) {
			const found: OrderLink[] = [];
			for ( const ids of chunks( orderIds ) ) {
				const rows = await links( connection )
					.selectAll()
					.where( 'order_id', 'in', ids )
					.orderBy( 'order_id' )
					.execute();
				found.push( ...rows.map( toLink ) );
			}
			return found;
		},
		save: ( connection, orderId, change ) =>
			sql.transaction().execute( async ( trx ) => {
				const row = await trx
					.selectFrom( 'order_links' )
					.selectAll()
					.where( 'connection', '=', connection )
					.where( 'order_id', '=', orderId )
					.executeTakeFirst();
				const now = isoNow( clock );
				const before = row ? toLink( row ) : null;
				const link: OrderLink = {
					...( before ?? emptyLink( connection, orderId, now ) ),
					...definedOnly(
						typeof change === 'function' ? change( before ) : change
					),
					updatedAt: now,
				};
				const values = toRow( link );
				await trx
					.insertInto( 'order_links' )
					.values( values )
					.onConflict( ( conflict ) =>
						conflict
							.columns( [ 'connection', 'order_id' ] )
							.doUpdateSet( values )
					)
					.execute();
				return link;
			} ),
		list: ( filter ) => listOrders( sql, filter ),
		async countByState( connection ) {
			const counts: Record< string, number > = {};
			// One range of an index for each is counted in a third of the time of a GROUP BY.
			for ( const state of ORDER_STATES ) {
				const { count } = await links( connection )
					.select( ( eb ) =>
						eb.fn.countAll< number >().as( 'count' )
					)
					.where( 'state', '=', state )
					.executeTakeFirstOrThrow();
				if ( Number( count ) > 0 ) {
					counts[ state ] = Number( count );
				}
			}
			return counts;
		},
		async bySalesOrder( connection, salesOrderIds ) {
			const found: OrderLink[] = [];
			for ( const ids of chunks( salesOrderIds ) ) {
				const rows = await links( connection )
					.selectAll()
					.where( 'sales_order_id', 'in', ids )
					.execute();
				found.push( ...rows.map( toLink ) );
			}
			return found.sort( ( a, b ) => a.orderId - b.orderId );
		},
		async open( connection, endedStatuses ) {
			const rows = await links( connection )
				.selectAll()
				.where( 'has_stock', '=', 1 )
				.where( 'shipped', '=', 0 )
				.where( 'gone', 'is', null )
				.where( notEnded( endedStatuses ) )
				.orderBy( 'order_id' )
				.execute();
			return rows.map( toLink );
		},
		async watched( connection, endedStatuses, afterId, limit ) {
			const rows = await links( connection )
				.selectAll()
				.where( 'gone', 'is', null )
				.where( notEnded( endedStatuses ) )
				.where( 'order_id', '>', afterId )
				.orderBy( 'order_id' )
				.limit( limit )
				.execute();
			return rows.map( toLink );
		},
		activity: ( connection, from, to, step ) =>
			orderActivity( sql, connection, from, to, step ),
		pushTimes: ( connection, since ) => pushTimes( sql, connection, since ),
		waiting: ( connection, since, withStopped ) =>
			waitingOrders( sql, connection, since, withStopped ),
		async lastTimes( connection ) {
			// Each is the end of an index; both at once would read every row.
			const placed = await links( connection )
				.select( 'placed_at' )
				.where( 'placed_at', '>=', 0 )
				.orderBy( 'placed_at', 'desc' )
				.limit( 1 )
				.executeTakeFirst();
			const pushed = await links( connection )
				.select( 'pushed_at' )
				.where( 'pushed_time', 'is not', null )
				.orderBy( 'pushed_time', 'desc' )
				.limit( 1 )
				.executeTakeFirst();
			return {
				lastOrderAt: placed
					? new Date( placed.placed_at ).toISOString()
					: null,
				lastPushAt: pushed?.pushed_at ?? null,
			};
		},
	};
}

/** An order whose status we do not know yet has not ended. */
function notEnded( statuses: readonly string[] ) {
	return ( eb: Builder ) =>
		statuses.length === 0
			? eb.lit( true )
			: eb.or( [
					eb( 'store_status', 'is', null ),
					eb( 'store_status', 'not in', statuses ),
				] );
}

/** A key given as undefined changes nothing. */
function definedOnly< T extends object >( change: T ): Partial< T > {
	const kept: Partial< T > = { ...change };
	for ( const key in kept ) {
		if ( kept[ key ] === undefined ) {
			delete kept[ key ];
		}
	}
	return kept;
}
