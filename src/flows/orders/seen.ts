/**
 * Puts what the shop says of an order into our ledger, wherever it was read: by an order's own
 * task, by a sweep, before a stock run. So stock that the shop took off is known as soon as
 * anybody has looked.
 */
import type {
	LinkChange,
	LinkLine,
	LinkPayment,
	OrderLink,
} from '../../contracts/database.ts';
import type { StoreLine, StoreOrder } from '../../contracts/store.ts';
import { currentPayment } from '../../domain/orders/payment.ts';

function toLinkLine( line: StoreLine ): LinkLine {
	return {
		lineId: line.id,
		productId: line.productId,
		variationId: line.variationId,
		sku: line.sku,
		reduced: line.reducedStock,
	};
}

/**
 * The payment is fixed when the order is first seen paid: later edits move the total, but
 * nothing tells what was paid of the difference (`woocommerce-2.md`, §5).
 */
function paymentsOf(
	order: StoreOrder,
	link: OrderLink | null
): readonly LinkPayment[] {
	if ( link && link.payments.length > 0 ) {
		return link.payments;
	}
	const first = currentPayment( order, null );
	return first === null ? [] : [ first ];
}

/**
 * The change to an order's link that reading it calls for. Refunds are left alone: that one of
 * them vanished is noticed by comparing (see `lifecycle.ts`).
 */
export function seenChange(
	order: StoreOrder,
	link: OrderLink | null
): LinkChange {
	return {
		number: order.number,
		storeStatus: order.status,
		placedAt: order.placedAt,
		modifiedAt: order.modifiedAt,
		currency: order.currency,
		total: order.total,
		gone: order.status === 'trash' ? 'trashed' : null,
		lines: order.lines
			.filter( ( line ) => line.productId > 0 || line.reducedStock !== 0 )
			.map( toLinkLine ),
		payments: paymentsOf( order, link ),
	};
}

/**
 * The same for an order that its own task has not looked at yet. Without the modification time:
 * a link that carries it says that the order was worked on in that state.
 */
export function enteredChange(
	order: StoreOrder,
	link: OrderLink | null
): LinkChange {
	const change = seenChange( order, link );
	return { ...change, modifiedAt: link?.modifiedAt ?? null };
}

/** The shop shows something else than we have seen. */
export function isNews( order: StoreOrder, link: OrderLink ): boolean {
	return (
		link.modifiedAt !== order.modifiedAt ||
		link.gone !== null ||
		// The modification time has a resolution of one second: two states may share it.
		link.storeStatus !== order.status ||
		link.total !== order.total ||
		reduced( link.lines ) !==
			reduced( seenChange( order, link ).lines ?? [] )
	);
}

/** What the shop took off its stock for the lines, as one comparable text. */
function reduced( lines: OrderLink[ 'lines' ] ): string {
	return lines.map( ( line ) => `${ line.lineId }:${ line.reduced }` ).join();
}
