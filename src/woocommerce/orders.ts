/**
 * Reading orders: one by id, or pages for the sweeps.
 *
 * An order in the trash or a checkout draft is readable by id but in no list of `any`
 * ("WooCommerce, as measured": *lists*, *what a poller sees*).
 */
import { fail, hold, ok } from '../contracts/result.ts';
import type { Result } from '../contracts/result.ts';
import type { OrderPage, OrderQuery, StoreOrder } from '../contracts/store.ts';
import type { RefusedReply } from './classify.ts';
import { PER_PAGE, readPage } from './paging.ts';
import { unreadable } from './problems.ts';
import { ORDER_FIELDS } from './schemas.ts';
import { toOrder } from './to-order.ts';
import type { Query, Transport } from './transport.ts';

/** Any other 404 means a missing route or page, never a missing order. */
const NO_SUCH_ORDER = new Set( [
	'woocommerce_rest_shop_order_invalid_id',
	'woocommerce_rest_invalid_order_id',
] );
/** Decimal places that show what the shop has stored. */
const EXACT = 6;

export async function readOrder(
	transport: Transport,
	id: number,
	exact: boolean
): Promise< Result< StoreOrder | null > > {
	const what = `order ${ id }`;
	if ( ! Number.isSafeInteger( id ) || id <= 0 ) {
		return ok( null );
	}
	const reply = await transport.get( `orders/${ id }`, {
		...( exact ? { dp: EXACT } : {} ),
		_fields: ORDER_FIELDS,
	} );
	if ( ! reply.ok ) {
		return isMissing( reply ) ? ok( null ) : fail( reply.failure );
	}
	const read = toOrder( reply.body );
	if ( ! read.ok ) {
		return hold( unreadable( what, read.why ) );
	}
	return read.order.id === id
		? ok( read.order )
		: hold( unreadable( what, `it is order ${ read.order.id }` ) );
}

export function isMissing( reply: RefusedReply ): boolean {
	return (
		reply.status === 404 &&
		reply.code !== null &&
		NO_SUCH_ORDER.has( reply.code )
	);
}

export async function readOrders(
	transport: Transport,
	query: OrderQuery
): Promise< Result< OrderPage > > {
	if ( query.include?.length === 0 ) {
		// An empty `include` would bring every order of the shop.
		return ok( { orders: [], unreadable: [], more: false } );
	}
	const reply = await transport.get( 'orders', toQuery( query ) );
	if ( ! reply.ok ) {
		return fail( reply.failure );
	}
	const page = readPage( reply, query.page );
	if ( page === null ) {
		return hold( unreadable( 'the list of orders', 'it is not a list' ) );
	}
	const orders: StoreOrder[] = [];
	const lost: { id: number | null; why: string }[] = [];
	for ( const json of page.entries ) {
		const read = toOrder( json );
		if ( read.ok ) {
			orders.push( read.order );
		} else {
			lost.push( { id: read.id, why: read.why } );
		}
	}
	return ok( {
		orders: orders.sort( inOrderOf( query ) ),
		unreadable: lost,
		more: page.more,
	} );
}

function toQuery( query: OrderQuery ): Query {
	return {
		per_page: PER_PAGE,
		page: query.page,
		status: query.status ?? 'any',
		orderby: query.orderBy ?? 'modified',
		order: 'asc',
		modified_after: toSecond( query.modifiedAfter, Math.floor ),
		after: toSecond( query.placedAfter, Math.floor ),
		before: toSecond( query.placedBefore, Math.ceil ),
		include: query.include?.join( ',' ),
		_fields: ORDER_FIELDS,
	};
}

/**
 * A zone suffix, and never `dates_are_gmt` beside it: both together are off by the site's
 * offset, a bare time is the site's local time. The shop compares whole seconds, strictly:
 * each bound is rounded to the side that can only bring more.
 */
function toSecond(
	time: string | undefined,
	round: ( seconds: number ) => number
): string | undefined {
	return time === undefined
		? undefined
		: new Date( round( Date.parse( time ) / 1000 ) * 1000 )
				.toISOString()
				.replace( '.000Z', 'Z' );
}

/** The shop leaves the order of equal times open: settle it by id within the page. */
function inOrderOf(
	query: OrderQuery
): ( a: StoreOrder, b: StoreOrder ) => number {
	const time = ( order: StoreOrder ): string => {
		switch ( query.orderBy ?? 'modified' ) {
			case 'modified':
				return order.modifiedAt;
			case 'date':
				return order.placedAt;
			case 'id':
				return '';
		}
	};
	return ( a, b ) =>
		time( a ) === time( b ) ? a.id - b.id : time( a ) < time( b ) ? -1 : 1;
}
