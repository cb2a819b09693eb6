/**
 * What the refunds of an order give back, one after the other, by the rows of the sales order.
 *
 * It is worked out anew from the shop's refunds each time, so no ledger of earlier credits is
 * kept: the refunds are gone through oldest first, each as its own credit was made.
 */
import type {
	StoreOrder,
	StoreRefundDetail,
	StoreRefundLine,
} from '../../contracts/store.ts';
import { decimal, roundTo, unitOf, ZERO, type Decimal } from '../money.ts';
import {
	grossOf,
	isNothing,
	minus,
	NOTHING,
	placeValues,
	plus,
	total,
	type Value,
} from './credit-values.ts';
import type { PlannedRow } from './types.ts';

/** The row of what neither lines nor the order's rows explain. */
export const REFUND_REF = 'refund';

/** Why there is a row of our own. */
export type Unexplained =
	/** Only an amount was given. */
	| 'amount'
	/** The lines are worth something else than the amount. */
	| 'difference'
	/** Given back earlier without a row of the order, now taken off its rows. */
	| 'earlier';

/** A row of a credit before it has a name and codes. */
export interface CreditedRow extends Value {
	readonly ref: string;
	/** 0 = value only. */
	readonly pieces: Decimal;
	/** What the shop calls it; null = mirrored from the order's row. */
	readonly line: StoreRefundLine | null;
	/** Null = a row or line of the order. */
	readonly unexplained: Unexplained | null;
}

/** What earlier refunds of an order gave back of one row. */
export interface CreditedSoFar extends Value {
	readonly pieces: Decimal;
	/** In the shop's own figures, before they were placed on the unit. */
	readonly told: Value;
}

export interface CreditBook {
	readonly byRef: ReadonlyMap< string, CreditedSoFar >;
	/** Sum of the refunds, in the shop's figures. */
	readonly amount: Decimal;
}

export interface BookInput {
	readonly order: StoreOrder;
	/** The sales order's, as agreed or planned. */
	readonly rows: readonly PlannedRow[];
	readonly refundTax: 'shop' | 'share';
	readonly decimals: number;
}

export const EMPTY_BOOK: CreditBook = { byRef: new Map(), amount: ZERO };

const NOT_YET: CreditedSoFar = { ...NOTHING, pieces: ZERO, told: NOTHING };

/** The book after one more refund; one of nothing has no credit and leaves it alone. */
export function creditedBy(
	refund: StoreRefundDetail,
	book: CreditBook,
	input: BookInput
): { readonly rows: readonly CreditedRow[]; readonly book: CreditBook } {
	const amount = roundTo( decimal( refund.amount ), input.decimals );
	if ( amount.lte( 0 ) ) {
		return { rows: [], book };
	}
	const rows = rowsOf( refund, amount, book, input );
	const byRef = new Map( book.byRef );
	for ( const row of rows ) {
		const before = byRef.get( row.ref ) ?? NOT_YET;
		byRef.set( row.ref, {
			...plus( before, row ),
			pieces: before.pieces.plus( row.pieces ),
			told:
				row.line === null
					? before.told
					: plus( before.told, toldBy( row.line ) ),
		} );
	}
	return {
		rows,
		book: { byRef, amount: book.amount.plus( refund.amount ) },
	};
}

function rowsOf(
	refund: StoreRefundDetail,
	amount: Decimal,
	book: CreditBook,
	input: BookInput
): readonly CreditedRow[] {
	const left = decimal( input.order.total ).minus( book.amount );
	if ( refund.lines.length > 0 ) {
		return withRest(
			lineRows( refund, amount, book, input ),
			amount,
			book,
			input,
			'difference'
		);
	}
	return left.gt( 0 ) && left.lte( refund.amount )
		? mirroredRows( amount, book, input )
		: withRest( [], amount, book, input, 'amount' );
}

/** What the shop's lines give back, each on the row of the order that it names. */
function lineRows(
	refund: StoreRefundDetail,
	amount: Decimal,
	book: CreditBook,
	{ order, rows, decimals }: BookInput
): readonly CreditedRow[] {
	const lines = mergedLines( refund.lines );
	const closing = new Map< string, Value >();
	for ( const [ ref, line ] of lines ) {
		const rest = restIfClosed( ref, line, book, order, rows, decimals );
		if ( rest !== null ) {
			closing.set( ref, rest );
		}
	}
	const open = [ ...lines ].filter( ( [ ref ] ) => ! closing.has( ref ) );
	const placed = placeValues(
		open.map( ( [ , line ] ) => toldBy( line ) ),
		amount.minus( grossOf( total( closing.values() ) ) ),
		decimals
	);
	const values = new Map( [
		...closing,
		...open.map(
			( [ ref ], index ) => [ ref, placed[ index ] ?? NOTHING ] as const
		),
	] );
	return [ ...lines ]
		.map( ( [ ref, line ] ): CreditedRow => ( {
			ref,
			...( values.get( ref ) ?? NOTHING ),
			pieces: piecesOf( ref, line, book, rows ),
			line,
			unexplained: null,
		} ) )
		.filter( ( row ) => ! isNothing( row ) || row.pieces.gt( 0 ) );
}

/** By the reference of the order's row; a line that names none has a reference of its own. */
function mergedLines(
	lines: readonly StoreRefundLine[]
): ReadonlyMap< string, StoreRefundLine > {
	const merged = new Map< string, StoreRefundLine >();
	let nameless = 0;
	for ( const line of lines ) {
		const ref =
			line.itemId === null
				? `${ REFUND_REF }-${ ++nameless }`
				: `${ line.kind }-${ line.itemId }`;
		const earlier = merged.get( ref );
		merged.set(
			ref,
			earlier === undefined ? line : addedUp( earlier, line )
		);
	}
	return merged;
}

function addedUp( a: StoreRefundLine, b: StoreRefundLine ): StoreRefundLine {
	const add = ( key: 'quantity' | 'total' | 'totalTax' ): string =>
		decimal( a[ key ] ).plus( b[ key ] ).toFixed();
	return {
		...a,
		quantity: add( 'quantity' ),
		total: add( 'total' ),
		totalTax: add( 'totalTax' ),
	};
}

function toldBy( line: StoreRefundLine ): Value {
	return { net: decimal( line.total ), tax: decimal( line.totalTax ) };
}

/**
 * Once the shop has given back all that a line was worth, the row gets its own rest: rows may
 * lie a unit beside the shop's printed figures where it rounds at the subtotal. Not where the
 * row has another worth (its discount is in a row of the coupon).
 */
function restIfClosed(
	ref: string,
	line: StoreRefundLine,
	book: CreditBook,
	order: StoreOrder,
	rows: readonly PlannedRow[],
	decimals: number
): Value | null {
	const row = rows.find( ( { externalRef } ) => externalRef === ref );
	const worth = worthOf( ref, order );
	if ( row === undefined || worth === null ) {
		return null;
	}
	const agreed = valueOf( row );
	const so = book.byRef.get( ref ) ?? NOT_YET;
	const open = minus( worth, plus( so.told, toldBy( line ) ) );
	const unit = unitOf( decimals );
	const beside = minus( agreed, worth );
	return isNothing( open ) &&
		beside.net.abs().lte( unit ) &&
		beside.tax.abs().lte( unit )
		? minus( agreed, so )
		: null;
}

function worthOf( ref: string, order: StoreOrder ): Value | null {
	const items = [
		...order.lines.map(
			( item ) => [ `line-${ item.id }`, item ] as const
		),
		...order.shippingLines.map(
			( item ) => [ `ship-${ item.id }`, item ] as const
		),
		...order.fees.map( ( item ) => [ `fee-${ item.id }`, item ] as const ),
	];
	const item = items.find( ( [ key ] ) => key === ref )?.[ 1 ];
	return item === undefined
		? null
		: { net: decimal( item.total ), tax: decimal( item.totalTax ) };
}

/** Never more than the row has left: the shop takes any quantity. */
function piecesOf(
	ref: string,
	line: StoreRefundLine,
	book: CreditBook,
	rows: readonly PlannedRow[]
): Decimal {
	const row = rows.find( ( { externalRef } ) => externalRef === ref );
	if ( row === undefined || line.kind !== 'line' ) {
		return ZERO;
	}
	const left = piecesLeft( row, book );
	const given = decimal( line.quantity );
	const pieces = given.lt( left ) ? given : left;
	return pieces.gt( 0 ) ? pieces : ZERO;
}

/** The order's rows less what was given back of them: what a refund of all the rest is about. */
function mirroredRows(
	amount: Decimal,
	book: CreditBook,
	input: BookInput
): readonly CreditedRow[] {
	const mirrored = input.rows.map( ( row ): CreditedRow => ( {
		ref: row.externalRef,
		...minus(
			valueOf( row ),
			book.byRef.get( row.externalRef ) ?? NOT_YET
		),
		pieces: row.externalRef.startsWith( 'line-' )
			? piecesLeft( row, book )
			: ZERO,
		line: null,
		unexplained: null,
	} ) );
	const known = new Set( mirrored.map( ( { ref } ) => ref ) );
	const elsewhere = total(
		[ ...book.byRef ]
			.filter( ( [ ref ] ) => ! known.has( ref ) )
			.map( ( [ , value ] ) => value )
	);
	const earlier = ownRow( minus( NOTHING, elsewhere ), 'earlier' );
	return withRest(
		[ ...mirrored, earlier ].filter(
			( row ) => ! isNothing( row ) || row.pieces.gt( 0 )
		),
		amount,
		book,
		{ ...input, refundTax: 'shop' },
		'difference'
	);
}

/** With a row for what the others lack of the amount, or have too much. */
function withRest(
	rows: readonly CreditedRow[],
	amount: Decimal,
	book: CreditBook,
	input: BookInput,
	why: Unexplained
): readonly CreditedRow[] {
	const missing = amount.minus( grossOf( total( rows ) ) );
	if ( missing.eq( 0 ) ) {
		return rows;
	}
	const tax =
		input.refundTax === 'share'
			? shareOfTax( missing, rows, book, input )
			: ZERO;
	const rest = { net: missing.minus( tax ), tax };
	const own = rows.find( ( { ref } ) => ref === REFUND_REF );
	return own === undefined
		? [ ...rows, ownRow( rest, why ) ]
		: rows.map( ( row ) =>
				row === own ? { ...row, ...plus( row, rest ) } : row
			);
}

function ownRow( value: Value, unexplained: Unexplained ): CreditedRow {
	return {
		ref: REFUND_REF,
		...value,
		pieces: ZERO,
		line: null,
		unexplained,
	};
}

/** The order's own share of tax, as far as the order has tax left to give back. */
function shareOfTax(
	amount: Decimal,
	rows: readonly CreditedRow[],
	book: CreditBook,
	{ order, rows: agreed, decimals }: BookInput
): Decimal {
	const whole = decimal( order.total );
	if ( whole.lte( 0 ) ) {
		return ZERO;
	}
	const share = roundTo(
		amount.times( order.totalTax ).div( whole ),
		decimals
	);
	const given = total( [ ...book.byRef.values(), ...rows ] ).tax;
	const left = total( agreed.map( valueOf ) ).tax.minus( given );
	const most = [
		share.abs(),
		amount.abs(),
		amount.gt( 0 ) ? left : given,
	].reduce( ( a, b ) => ( a.lt( b ) ? a : b ) );
	if ( most.lte( 0 ) ) {
		return ZERO;
	}
	return amount.gt( 0 ) ? most : most.times( -1 );
}

function piecesLeft( row: PlannedRow, book: CreditBook ): Decimal {
	return decimal( row.quantity ).minus(
		book.byRef.get( row.externalRef )?.pieces ?? ZERO
	);
}

function valueOf( row: PlannedRow ): Value {
	return { net: decimal( row.net ), tax: decimal( row.tax ) };
}
