/**
 * What an order is called in Brightpearl, so that it is found again (command line's contract, §3).
 */
import { cut, singleLine } from './text.ts';

/** `order.reference` (resources reference, §1.2). */
const CUSTOMER_REF_LIMIT = 64;

/** The shop's order number, as Brightpearl's `ref`. */
export function customerRef( number: string ): string {
	return cut( singleLine( number ), CUSTOMER_REF_LIMIT );
}

/** Unique in the account, for orders and, with `-r{refund}`, credits. */
export function externalRefOf( refPrefix: string, orderId: number ): string {
	return `${ refPrefix }-${ orderId }`;
}

/** `P-1-p2` */
export function paymentRefOf( order: string, n: number ): string {
	return `${ order }-p${ n }`;
}

/**
 * `P-1-r42`, the credit of a refund and the money on it.
 *
 * @param turn 1; of an order that came back after its credit was emptied 2, and so on: `P-1-r42-2`.
 */
export function creditRefOf(
	order: string,
	refundId: number,
	turn = 1
): string {
	return `${ order }-r${ refundId }${ turn === 1 ? '' : `-${ turn }` }`;
}

/** Of what takes a payment, or the money of a refund, back. */
export function reversalRefOf( ref: string ): string {
	return `${ ref }-x`;
}

/** Of which payment a reference speaks, its reversal's among them; null = of none. */
export function paymentOfRef( ref: string ): number | null {
	const found = /-p(\d+)(?:-x)?$/.exec( ref )?.[ 1 ];
	return found === undefined ? null : Number( found );
}

/** Of which refund a reference speaks, its reversal's among them; null = of none. */
export function refundOfRef(
	ref: string
): { readonly refundId: number; readonly turn: number } | null {
	const found = /-r(\d+)(?:-(\d+))?(?:-x)?$/.exec( ref );
	return found === null
		? null
		: { refundId: Number( found[ 1 ] ), turn: Number( found[ 2 ] ?? '1' ) };
}
