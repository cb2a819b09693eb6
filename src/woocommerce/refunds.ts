/**
 * Reading the refunds of an order ("WooCommerce, as measured": *Money in orders*). The shop
 * prints what was given back as negative lines; the store port has it positive.
 */
import { Big } from 'big.js';
import type { Result } from '../contracts/result.ts';
import { fail, hold, ok } from '../contracts/result.ts';
import type { StoreRefundDetail, StoreRefundLine } from '../contracts/store.ts';
import { isMissing } from './orders.ts';
import { PER_PAGE, readPage } from './paging.ts';
import { unreadable } from './problems.ts';
import type { RefundDetailJson } from './refund-schemas.ts';
import { REFUND_FIELDS, refundDetailSchema } from './refund-schemas.ts';
import { whyRefused } from './schemas.ts';
import type { Transport } from './transport.ts';

/**
 * Oldest first. One refund that cannot be read holds them all: a credit over what is left of
 * the order is made from every refund before it.
 */
export async function readRefunds(
	transport: Transport,
	orderId: number
): Promise< Result< readonly StoreRefundDetail[] > > {
	const what = `the refunds of order ${ orderId }`;
	if ( ! Number.isSafeInteger( orderId ) || orderId <= 0 ) {
		return ok( [] );
	}
	// By id: one that moves to another page between two requests is still one refund.
	const refunds = new Map< number, StoreRefundDetail >();
	for ( let page = 1, more = true; more; page++ ) {
		const reply = await transport.get( `orders/${ orderId }/refunds`, {
			per_page: PER_PAGE,
			page,
			orderby: 'id',
			order: 'asc',
			_fields: REFUND_FIELDS,
		} );
		if ( ! reply.ok ) {
			return isMissing( reply ) ? ok( [] ) : fail( reply.failure );
		}
		const list = readPage( reply, page );
		if ( list === null ) {
			return hold( unreadable( what, 'it is not a list' ) );
		}
		const before = refunds.size;
		for ( const entry of list.entries ) {
			const read = refundDetailSchema.safeParse( entry );
			if ( ! read.success ) {
				return hold( unreadable( what, whyRefused( read.error ) ) );
			}
			refunds.set( read.data.id, toRefund( read.data ) );
		}
		// A cache that leaves the page out of its key would give the first one for ever.
		more = list.more && refunds.size > before;
	}
	return ok( [ ...refunds.values() ].sort( byAge ) );
}

function byAge( a: StoreRefundDetail, b: StoreRefundDetail ): number {
	return a.createdAt === b.createdAt
		? a.id - b.id
		: a.createdAt < b.createdAt
			? -1
			: 1;
}

function toRefund( json: RefundDetailJson ): StoreRefundDetail {
	return {
		id: json.id,
		reason: json.reason,
		amount: json.amount,
		createdAt: json.date_created_gmt,
		lines: [
			...json.line_items.map( ( line ) =>
				toLine( 'line', line, line.name, line.quantity )
			),
			...json.shipping_lines.map( ( line ) =>
				toLine( 'ship', line, line.method_title, 0 )
			),
			...json.fee_lines.map( ( line ) =>
				toLine( 'fee', line, line.name, 0 )
			),
		],
	};
}

type ChargeJson = Pick<
	RefundDetailJson[ 'fee_lines' ][ number ],
	'total' | 'total_tax' | 'meta_data'
>;

function toLine(
	kind: StoreRefundLine[ 'kind' ],
	json: ChargeJson,
	name: string,
	quantity: number
): StoreRefundLine {
	return {
		kind,
		itemId: json.meta_data,
		name,
		quantity: turned( quantity ),
		total: turned( json.total ),
		totalTax: turned( json.total_tax ),
	};
}

/** The other sign with the decimals as they were; zero has none. A refunded gift card stays negative. */
function turned( value: string | number ): string {
	const text =
		typeof value === 'number' ? new Big( value ).toFixed() : value.trim();
	if ( ! /[1-9]/.test( text ) ) {
		return text.replace( '-', '' );
	}
	return text.startsWith( '-' ) ? text.slice( 1 ) : `-${ text }`;
}
