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
