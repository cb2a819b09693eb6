/**
 * What the lines of a refund give back, each on the row of the order that it names.
 */
import type { StoreOrder, StoreRefundLine } from '../../../contracts/store.ts';
import { decimal, isZero, unitOf, ZERO, type Decimal } from '../../money.ts';
import {
	piecesLeft,
	REFUND_REF,
	restOf,
	soFar,
	toldBy,
	valueOf,
	type BookInput,
	type CreditBook,
	type CreditedRow,
} from './book.ts';
import {
	grossOf,
	isNothing,
	minus,
	NOTHING,
	placeValues,
	plus,
	total,
	type Value,
} from './values.ts';

/** Some systems list every line of the order in a refund, most of them with nothing. */
export function saysSomething( line: StoreRefundLine ): boolean {
	return ! isZero( line.quantity ) || ! isNothing( toldBy( line ) );
}

export function lineRows(
	told: readonly StoreRefundLine[],
	amount: Decimal,
	book: CreditBook,
	input: BookInput
): readonly CreditedRow[] {
	const lines = mergedLines( told );
	const closing = new Map< string, Value >();
	for ( const [ ref, line ] of lines ) {
		const rest = restIfClosed( ref, line, book, input );
		if ( rest !== null ) {
			closing.set( ref, rest );
		}
	}
	const open = [ ...lines ].filter( ( [ ref ] ) => ! closing.has( ref ) );
	const placed = placeValues(
		open.map( ( [ , line ] ) => toldBy( line ) ),
		amount.minus( grossOf( total( closing.values() ) ) ),
		input.decimals
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
			pieces: piecesOf( ref, line, book, input ),
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

/**
 * Once the shop has given back all that a line was worth, the row gets its own rest: rows may
 * lie a unit beside the shop's printed figures where it rounds at the subtotal. Not where the
 * row has another worth (its discount is in the row of a coupon).
 */
function restIfClosed(
	ref: string,
	line: StoreRefundLine,
	book: CreditBook,
	{ order, rows, decimals }: BookInput
): Value | null {
	const row = rows.find( ( { externalRef } ) => externalRef === ref );
	const worth = worthOf( ref, order );
	if ( row === undefined || worth === null ) {
		return null;
	}
	const told = plus( soFar( book, ref ).told, toldBy( line ) );
	const beside = minus( valueOf( row ), worth );
	const unit = unitOf( decimals );
	return isNothing( minus( worth, told ) ) &&
		beside.net.abs().lte( unit ) &&
		beside.tax.abs().lte( unit )
		? restOf( row, book )
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
	{ rows }: BookInput
): Decimal {
	const row = rows.find( ( { externalRef } ) => externalRef === ref );
	if ( row === undefined ) {
		return ZERO;
	}
	const left = piecesLeft( row, book );
	const given = decimal( line.quantity );
	const pieces = given.lt( left ) ? given : left;
	return pieces.gt( 0 ) ? pieces : ZERO;
}
