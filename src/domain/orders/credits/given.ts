/**
 * What each refund of an order gives back, one after the other.
 *
 * It is worked out anew from the shop's refunds each time, so no ledger of earlier credits is
 * kept: the refunds are gone through oldest first, each as its own credit was made.
 */
import type { StoreRefundDetail } from '../../../contracts/store.ts';
import { decimal, isZero, roundTo, type Decimal } from '../../money.ts';
import {
	entered,
	type BookInput,
	type CreditBook,
	type CreditedRow,
} from './book.ts';
import { lineRows, saysSomething } from './lines.ts';
import { mirroredRows, roundingRow, withRest } from './rest.ts';
import { grossOf, total } from './values.ts';

/** The rows of a refund's credit, and the book after it; one of nothing has no credit. */
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
	return { rows, book: entered( book, refund, rows ) };
}

function rowsOf(
	refund: StoreRefundDetail,
	amount: Decimal,
	book: CreditBook,
	input: BookInput
): readonly CreditedRow[] {
	const left = decimal( input.order.total ).minus( book.amount );
	const coversRest = left.gt( 0 ) && left.lte( refund.amount );
	const lines = refund.lines.filter( saysSomething );
	if ( lines.length === 0 ) {
		return coversRest
			? mirroredRows( amount, book, input )
			: withRest( [], amount, book, input, 'amount' );
	}
	const rows = lineRows( lines, amount, book, input );
	const missing = amount.minus( grossOf( total( rows ) ) );
	const rounding = coversRest ? roundingRow( missing, book, input ) : null;
	return rounding === null
		? withRest(
				rows,
				amount,
				book,
				input,
				lines.every(
					( line ) => isZero( line.total ) && isZero( line.totalTax )
				)
					? 'amount'
					: 'difference'
			)
		: [ ...rows, rounding ];
}
