/**
 * What the lines of a refund do not explain of its amount: the order's own rows where all that
 * was left is given back, else one row of our own.
 */
import { decimal, roundTo, ZERO, type Decimal } from '../../money.ts';
import {
	piecesLeft,
	REFUND_REF,
	restOf,
	valueOf,
	type BookInput,
	type CreditBook,
	type CreditedRow,
	type Unexplained,
} from './book.ts';
import {
	grossOf,
	isNothing,
	minus,
	NOTHING,
	plus,
	total,
	type Value,
} from './values.ts';

/** The row that makes up what the order's lines lack of its total (`rows.ts`). */
const ROUNDING_REF = 'rounding';

/** The order's rows less what was given back of them. */
export function mirroredRows(
	amount: Decimal,
	book: CreditBook,
	input: BookInput
): readonly CreditedRow[] {
	const mirrored = input.rows.map( ( row ): CreditedRow => ( {
		ref: row.externalRef,
		...restOf( row, book ),
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
	const rows = [
		...mirrored,
		ownRow( minus( NOTHING, elsewhere ), 'earlier' ),
	].filter( ( row ) => ! isNothing( row ) || row.pieces.gt( 0 ) );
	return withRest( rows, amount, book, input, 'difference' );
}

/**
 * The row that only makes an order's lines add up is given back with the last of them; null
 * when that is not what is missing.
 */
export function roundingRow(
	missing: Decimal,
	book: CreditBook,
	{ rows }: BookInput
): CreditedRow | null {
	const row = rows.find(
		( { externalRef } ) => externalRef === ROUNDING_REF
	);
	const rest = row === undefined ? NOTHING : restOf( row, book );
	return isNothing( rest ) || ! grossOf( rest ).eq( missing )
		? null
		: {
				ref: ROUNDING_REF,
				...rest,
				pieces: ZERO,
				line: null,
				unexplained: null,
			};
}

/** With a row for what the others lack of the amount, or have too much. */
export function withRest(
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
