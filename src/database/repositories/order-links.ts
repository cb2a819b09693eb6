/** Order links: the ledger's one row per store order. */
import type { ExpressionBuilder } from 'kysely';
import type { OrderLink, OrderLinks } from '../../contracts/database.ts';
import type { Clock } from '../../contracts/world.ts';
import { chunks, isoNow, type Sql, type Tables } from '../tables.ts';
import { emptyLink, toLink, toRow } from './link-doc.ts';

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
		async list( filter ) {
			let matching = links( filter.connection );
			if ( filter.state !== undefined ) {
				matching = matching.where( 'state', '=', filter.state );
			}
			if ( filter.since !== undefined ) {
				matching = matching.where(
					'placed_at',
					'>=',
					Date.parse( filter.since )
				);
			}
			const { total } = await matching
				.select( ( eb ) => eb.fn.countAll< number >().as( 'total' ) )
				.executeTakeFirstOrThrow();

			let page = matching;
			if ( filter.cursor !== undefined ) {
				const after = readCursor( filter.cursor );
				if ( after === null ) {
					return null;
				}
				page = page.where( ( eb ) =>
					eb.or( [
						eb( 'placed_at', '<', after.placedAt ),
						eb.and( [
							eb( 'placed_at', '=', after.placedAt ),
							eb( 'order_id', '<', after.orderId ),
						] ),
					] )
				);
			}
			const rows = await page
				.selectAll()
				.orderBy( 'placed_at', 'desc' )
				.orderBy( 'order_id', 'desc' )
				.limit( filter.limit + 1 )
				.execute();
			const shown = rows.slice( 0, filter.limit );
			const last = shown.at( -1 );
			return {
				items: shown.map( toLink ),
				total: Number( total ),
				nextCursor:
					last && rows.length > filter.limit
						? writeCursor( last.placed_at, last.order_id )
						: null,
			};
		},
		async countByState( connection ) {
			const rows = await links( connection )
				.select( ( eb ) => [
					'state',
					eb.fn.countAll< number >().as( 'count' ),
				] )
				.groupBy( 'state' )
				.execute();
			return Object.fromEntries(
				rows.map( ( row ) => [ row.state, Number( row.count ) ] )
			);
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
		async lastTimes( connection ) {
			const row = await links( connection )
				.select( ( eb ) => [
					eb.fn.max( 'placed_at' ).as( 'placed' ),
					eb.fn.max( 'pushed_at' ).as( 'pushed' ),
				] )
				.executeTakeFirst();
			const placed = Number( row?.placed ?? -1 );
			return {
				lastOrderAt:
					placed < 0 ? null : new Date( placed ).toISOString(),
				lastPushAt: row?.pushed ?? null,
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

function writeCursor( placedAt: number, orderId: number ): string {
	return Buffer.from( `${ placedAt }:${ orderId }` ).toString( 'base64url' );
}

function readCursor(
	cursor: string
): { placedAt: number; orderId: number } | null {
	const match = /^(-?\d{1,15}):(\d{1,15})$/.exec(
		Buffer.from( cursor, 'base64url' ).toString()
	);
	return match
		? { placedAt: Number( match[ 1 ] ), orderId: Number( match[ 2 ] ) }
		: null;
}
