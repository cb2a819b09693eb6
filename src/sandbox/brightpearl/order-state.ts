/**
 * What an order's codes are derived from, never stored (resources reference, §1.11, §7.6).
 */
import { typeOf } from './account.ts';
import type { Account } from './account.ts';
import { Big, fixed, sum } from './decimal.ts';
import type { GoodsOutNote, Order, OrderRow } from './model.ts';
import type { DropShipNote } from './stock-model.ts';
import { STOCK_CODES } from './order-types.ts';
import type { StockCode } from './order-types.ts';

export const isShipped = ( note: GoodsOutNote ): boolean =>
	note.events.some( ( event ) => event.code === 'SHW' );

/** The rows that move stock: tracked, and not a bundle's own row. */
export const stockRows = ( order: Order ): OrderRow[] =>
	order.rows.filter( ( row ) => row.stockTracked && ! row.bundleParent );

export interface RowProgress {
	readonly row: OrderRow;
	readonly needed: number;
	readonly reserved: number;
	/** On goods-out or drop-ship notes, shipped or not. */
	readonly noted: number;
	readonly shipped: number;
}

export function progressOf( account: Account, order: Order ): RowProgress[] {
	const reservation = account.tables.reservations.get( order.id );
	const notes = account.notesByOrder( String( order.id ) );
	// What a supplier sends counts as sent, though none of our stock moves.
	const direct = account.dropShipsByOrder( String( order.id ) );
	const on = (
		list: readonly Pick< GoodsOutNote | DropShipNote, 'rows' >[],
		key: string
	): number =>
		list.reduce(
			( total, note ) => total + ( note.rows[ key ]?.quantity ?? 0 ),
			0
		);
	const gone = [
		...notes.filter( isShipped ),
		...direct.filter( ( { events } ) =>
			events.some( ( { code } ) => code === 'SHS' )
		),
	];
	const all = [ ...notes, ...direct ];
	return stockRows( order ).map( ( row ) => {
		const key = String( row.id );
		return {
			row,
			needed: Number( row.quantity ),
			reserved: reservation?.rows[ key ]?.quantity ?? 0,
			noted: on( all, key ),
			shipped: on( gone, key ),
		};
	} );
}

type Extent = 'none' | 'part' | 'all';

function extent(
	progress: readonly RowProgress[],
	done: ( row: RowProgress ) => number
): Extent {
	if ( progress.every( ( row ) => done( row ) >= row.needed ) ) {
		return 'all';
	}
	return progress.some( ( row ) => done( row ) > 0 ) ? 'part' : 'none';
}

export interface OrderCodes {
	readonly stock: StockCode;
	readonly allocation: 'ANR' | 'ANA' | 'APA' | 'AAA';
	readonly shipping: 'NST' | 'SNS' | 'SPS' | 'ASS';
}

const CODES = {
	allocation: { none: 'ANA', part: 'APA', all: 'AAA' },
	shipping: { none: 'SNS', part: 'SPS', all: 'ASS' },
} as const;

/** Pieces that came in, by row: the goods-in notes name products, so the first rows fill first. */
function receivedOf( account: Account, order: Order ): Map< number, number > {
	const left = new Map< number, number >();
	for ( const batch of account.goodsInByOrder( String( order.id ) ) ) {
		left.set(
			batch.productId,
			( left.get( batch.productId ) ?? 0 ) + batch.quantity
		);
	}
	return new Map(
		stockRows( order ).map( ( { id, productId, quantity } ) => {
			const here = Math.min(
				Number( quantity ),
				left.get( productId ) ?? 0
			);
			left.set( productId, ( left.get( productId ) ?? 0 ) - here );
			return [ id, here ];
		} )
	);
}

export function codesOf( account: Account, order: Order ): OrderCodes {
	const progress = progressOf( account, order );
	const type = typeOf( order );
	if ( progress.length === 0 ) {
		return { stock: 'NON', allocation: 'ANR', shipping: 'NST' };
	}
	// Nothing of a credit or purchase is reserved or leaves the building: goods come in for it.
	if ( type !== 'SO' ) {
		const received = receivedOf( account, order );
		return {
			stock: STOCK_CODES[ type ][
				extent( progress, ( { row } ) => received.get( row.id ) ?? 0 )
			],
			allocation: 'ANR',
			shipping: 'NST',
		};
	}
	return {
		stock: STOCK_CODES.SO[ extent( progress, ( row ) => row.noted ) ],
		allocation:
			CODES.allocation[
				extent( progress, ( row ) => row.reserved + row.noted )
			],
		shipping: CODES.shipping[ extent( progress, ( row ) => row.shipped ) ],
	};
}

export interface Totals {
	readonly net: string;
	readonly tax: string;
	readonly total: string;
	readonly baseNet: string;
	readonly baseTax: string;
	readonly baseTotal: string;
}

/** Two-place sums of the rows; base = order currency divided by its rate (§5.2). */
export function totalsOf( order: Order ): Totals {
	const net = new Big(
		fixed( sum( order.rows.map( ( row ) => row.net ) ), 2 )
	);
	const tax = new Big(
		fixed( sum( order.rows.map( ( row ) => row.tax ) ), 2 )
	);
	const base = ( value: Big ): Big =>
		new Big( fixed( value.div( order.exchangeRate ), 2 ) );
	return {
		net: fixed( net, 2 ),
		tax: fixed( tax, 2 ),
		total: fixed( net.plus( tax ), 2 ),
		baseNet: fixed( base( net ), 2 ),
		baseTax: fixed( base( tax ), 2 ),
		baseTotal: fixed( base( net ).plus( base( tax ) ), 2 ),
	};
}

/** RECEIPTs + CAPTUREs − PAYMENTs (platform reference, §7.1). */
export function paidOf( account: Account, orderId: number ): Big {
	return sum(
		account
			.paymentsByOrder( String( orderId ) )
			.map( ( payment ) =>
				payment.type === 'PAYMENT'
					? new Big( payment.paid ).neg()
					: new Big( payment.paid )
			)
	);
}

export type PaymentStatus =
	'PAID' | 'PARTIALLY_PAID' | 'UNPAID' | 'NOT_APPLICABLE';

export function paymentStatusOf(
	account: Account,
	order: Order
): PaymentStatus {
	const total = new Big( totalsOf( order ).total );
	if ( total.eq( 0 ) ) {
		return 'NOT_APPLICABLE';
	}
	// Money goes the other way on a credit (§1.12), and for a purchase.
	const type = typeOf( order );
	const outward = type === 'SC' || type === 'PO';
	const paid = paidOf( account, order.id ).times( outward ? -1 : 1 );
	if ( paid.gte( total ) ) {
		return 'PAID';
	}
	return paid.gt( 0 ) ? 'PARTIALLY_PAID' : 'UNPAID';
}
