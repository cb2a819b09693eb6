/**
 * What the refunds of an order gave back so far, by the rows of the sales order.
 */
import type {
	StoreOrder,
	StoreRefundDetail,
	StoreRefundLine,
} from '../../../contracts/store.ts';
import { decimal, ZERO, type Decimal } from '../../money.ts';
import { minus, NOTHING, plus, type Value } from './values.ts';
import type { PlannedRow } from '../types.ts';

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

export function soFar( book: CreditBook, ref: string ): CreditedSoFar {
	return book.byRef.get( ref ) ?? NOT_YET;
}

export function entered(
	book: CreditBook,
	refund: StoreRefundDetail,
	rows: readonly CreditedRow[]
): CreditBook {
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
	return { byRef, amount: book.amount.plus( refund.amount ) };
}

export function toldBy( line: StoreRefundLine ): Value {
	return { net: decimal( line.total ), tax: decimal( line.totalTax ) };
}

export function valueOf( row: PlannedRow ): Value {
	return { net: decimal( row.net ), tax: decimal( row.tax ) };
}

/** What the order's row has left to be given back. */
export function restOf( row: PlannedRow, book: CreditBook ): Value {
	return minus( valueOf( row ), soFar( book, row.externalRef ) );
}

export function piecesLeft( row: PlannedRow, book: CreditBook ): Decimal {
	return decimal( row.quantity ).minus(
		soFar( book, row.externalRef ).pieces
	);
}
