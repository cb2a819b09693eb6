/**
 * Status changes: dates of payment and completion, stock, notes (platform notes, part 2, §2
 * and §4).
 */
import type { Order, Refund } from './model.ts';
import { Decimal, ZERO, stored, sum } from './decimal.ts';
import type { Shop } from './shop.ts';
import { stockFollowsStatus } from './stock.ts';

/** Settable through REST, in the order the recorded message lists them. */
export const STATUSES = [
	'auto-draft',
	'pending',
	'processing',
	'on-hold',
	'completed',
	'cancelled',
	'refunded',
	'failed',
	'checkout-draft',
] as const;

/** As the shop names them. */
export const LABELS: Readonly< Record< string, string > > = {
	pending: 'Pending payment',
	processing: 'Processing',
	'on-hold': 'On hold',
	completed: 'Completed',
	cancelled: 'Cancelled',
	refunded: 'Refunded',
	failed: 'Failed',
	'checkout-draft': 'Draft',
};

export function addNote(
	shop: Shop,
	order: Order,
	note: string,
	more: { readonly author?: string; readonly customer_note?: boolean } = {}
): number {
	const id = shop.nextId( 'note' );
	order.notes.push( {
		id,
		author: more.author ?? 'WooCommerce',
		created: shop.now(),
		note,
		customer_note: more.customer_note ?? false,
	} );
	shop.touch();
	return id;
}

/** The order was saved: its time moves and listeners are told. */
export function orderChanged( shop: Shop, order: Order ): void {
	order.modified = shop.now();
	shop.fire( 'order.updated', order.id );
	shop.touch();
}

/** Cash on delivery is paid at the door: for it only `completed` means paid. */
function paidStatus( order: Order ): string {
	if ( order.payment_method === 'cod' ) {
		return 'completed';
	}
	return order.line_items.length > 0 ? 'processing' : 'completed';
}

export function refundedAmount( order: Order ): Decimal {
	return sum( order.refunds.map( ( { amount } ) => amount || '0' ) );
}

/** A status set to refunded by hand makes a refund without lines over what is left. */
function refundTheRest( shop: Shop, order: Order ): void {
	const rest = new Decimal( order.total ).minus( refundedAmount( order ) );
	if ( rest.lte( ZERO ) ) {
		return;
	}
	const refund: Refund = {
		id: shop.nextId( 'post' ),
		created: shop.now(),
		amount: stored( rest ),
		reason: 'Order fully refunded.',
		refunded_by: 1,
		refunded_payment: false,
		meta_data: [
			{ id: shop.nextId( 'meta' ), key: '_refund_type', value: 'full' },
		],
		line_items: [],
		shipping_lines: [],
		tax_lines: [],
		fee_lines: [],
	};
	order.refunds.push( refund );
}

export function changeStatus(
	shop: Shop,
	order: Order,
	to: string,
	options: { readonly byRefund?: boolean } = {}
): void {
	const from = order.status;
	if ( from === to ) {
		return;
	}
	order.status = to;
	const paying = paidStatus( order );
	if (
		order.paid === null &&
		( to === paying || ( paying === 'processing' && to === 'completed' ) )
	) {
		order.paid = shop.now();
	}
	if ( to === 'completed' ) {
		order.completed = shop.now();
	}
	for ( const note of stockFollowsStatus( shop, order ) ) {
		addNote( shop, order, note );
	}
	if ( to === 'refunded' && ! options.byRefund ) {
		refundTheRest( shop, order );
	}
	addNote(
		shop,
		order,
		`Order status changed from ${ LABELS[ from ] ?? from } to ${ LABELS[ to ] ?? to }.`
	);
	shop.touch();
}

/** `payment_complete`: from a status that still waits, else nothing happens. */
export function paymentComplete(
	shop: Shop,
	order: Order,
	transactionId: string
): void {
	if (
		! [ 'on-hold', 'pending', 'failed', 'cancelled' ].includes(
			order.status
		)
	) {
		return;
	}
	if ( transactionId !== '' ) {
		order.transaction_id = transactionId;
	}
	order.paid ??= shop.now();
	changeStatus( shop, order, paidStatus( order ) );
}

/** For whoever watches the shop: an order is new, or its status is. */
export function tellOrder( shop: Shop, order: Order ): void {
	shop.emit( {
		kind: 'order',
		orderId: order.id,
		status: order.status,
		total: order.total,
		currency: order.currency,
		lines: order.line_items.length,
		name: `${ order.billing.first_name } ${ order.billing.last_name }`.trim(),
	} );
}
