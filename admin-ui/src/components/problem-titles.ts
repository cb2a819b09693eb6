/** What each kind of problem is called in a heading. */
import { __ } from '@wordpress/i18n';
import type { ProblemCode } from '../../../src/contracts/problem.ts';

/** Translated late: the texts are loaded after this module. */
const TITLES: Readonly< Record< ProblemCode, () => string > > = {
	'sku-unknown': () => __( 'SKU not in Brightpearl', 'pearlbridge' ),
	'sku-duplicate': () => __( 'SKU used twice', 'pearlbridge' ),
	'payment-unmapped': () => __( 'Payment method not mapped', 'pearlbridge' ),
	'tax-unmapped': () => __( 'Tax not mapped', 'pearlbridge' ),
	'status-unmapped': () => __( 'Status not mapped', 'pearlbridge' ),
	'currency-unknown': () => __( 'Unknown currency', 'pearlbridge' ),
	'currency-precision': () =>
		__( 'Too many decimals for the currency', 'pearlbridge' ),
	'total-mismatch': () => __( 'Totals differ', 'pearlbridge' ),
	'contact-incomplete': () => __( 'Customer incomplete', 'pearlbridge' ),
	'reference-taken': () => __( 'Reference already taken', 'pearlbridge' ),
	'changed-on-both-sides': () => __( 'Changed on both sides', 'pearlbridge' ),
	'order-gone': () => __( 'Order gone', 'pearlbridge' ),
	throttled: () => __( 'API limit used up', 'pearlbridge' ),
	'cancelled-paid': () => __( 'Cancelled after it was paid', 'pearlbridge' ),
	'refund-deleted': () => __( 'Refund deleted', 'pearlbridge' ),
	'secret-unreadable': () => __( 'Secret cannot be read', 'pearlbridge' ),
	'refused-by-brightpearl': () =>
		__( 'Refused by Brightpearl', 'pearlbridge' ),
	'refused-by-store': () => __( 'Refused by the shop', 'pearlbridge' ),
	'credentials-store': () => __( 'The shop refuses our key', 'pearlbridge' ),
	'credentials-brightpearl': () =>
		__( 'Brightpearl refuses our access', 'pearlbridge' ),
	'rights-store': () => __( 'Rights missing in the shop', 'pearlbridge' ),
	'store-unreachable': () => __( 'Shop unreachable', 'pearlbridge' ),
	'brightpearl-unreachable': () =>
		__( 'Brightpearl unreachable', 'pearlbridge' ),
	'plugin-unreachable': () => __( 'Plugin unreachable', 'pearlbridge' ),
	'webhook-disabled': () => __( 'Webhook switched off', 'pearlbridge' ),
	'site-moved': () => __( 'Shop moved', 'pearlbridge' ),
	'stock-breaker': () => __( 'Stock update stopped', 'pearlbridge' ),
	'stock-refused': () => __( 'Stock refused', 'pearlbridge' ),
	'order-changed': () => __( 'Order changed', 'pearlbridge' ),
	'cancelled-shipped': () =>
		__( 'Called off or refunded too late', 'pearlbridge' ),
	'cancelled-in-brightpearl': () =>
		__( 'Cancelled in Brightpearl alone', 'pearlbridge' ),
	'staff-contact': () =>
		__( 'E-mail belongs to staff or a supplier', 'pearlbridge' ),
	'orders-silent': () => __( 'No orders arrive', 'pearlbridge' ),
	'write-back-refused': () =>
		__( 'The shop took no change back', 'pearlbridge' ),
	'api-drift': () => __( 'Brightpearl’s answers changed', 'pearlbridge' ),
	defect: () => __( 'A defect of Pearlbridge', 'pearlbridge' ),
};

export function problemTitle( code: ProblemCode ): string {
	return TITLES[ code ]();
}
