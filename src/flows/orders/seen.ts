/**
 * Puts what the shop says of an order into our ledger, wherever it was read: by an order's own
 * task, by a sweep, before a stock run. So stock that the shop took off is known as soon as
 * anybody has looked.
 */
import { emailKey } from '../../brightpearl/copies/contact-resolver.ts';
import type {
	LinkChange,
	LinkLine,
	LinkPayment,
	OrderLink,
} from '../../contracts/database.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { StoreLine, StoreOrder } from '../../contracts/store.ts';
import { markOf } from '../../domain/orders/agreement/fingerprint.ts';
import { isOpenCredit } from '../../domain/orders/credits/money-back.ts';
import { currentPayment } from '../../domain/orders/payments/payment.ts';
import {
	META_KEYS,
	planWriteBack,
	writesBack,
} from '../../domain/orders/write-back.ts';

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
 * A payment is fixed when the order is first seen paid (again): later edits move the total, but
 * nothing tells what was paid of the difference (`woocommerce-2.md`, §5).
 */
function paymentsOf(
	order: StoreOrder,
	link: OrderLink | null
): readonly LinkPayment[] {
	const known = link?.payments ?? [];
	const current = currentPayment( order, link );
	return current === null || known.some( ( { n } ) => n === current.n )
		? known
		: [ ...known, current ];
}

/** The change to an order's link that reading it calls for. */
export function seenChange(
	order: StoreOrder,
	link: OrderLink | null
): LinkChange {
	const email = order.billing.email || order.shipping.email;
	return {
		number: order.number,
		storeStatus: order.status,
		placedAt: order.placedAt,
		modifiedAt: order.modifiedAt,
		currency: order.currency,
		total: order.total,
		gone: order.status === 'trash' ? 'trashed' : null,
		customerKey: email.trim() === '' ? null : emailKey( email ),
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
		lostRefund( order, link ) ||
		reduced( link.lines ) !==
			reduced( seenChange( order, link ).lines ?? [] )
	);
}

/** A refund that we know is gone from the shop, which moves no modification time. */
export function lostRefund( order: StoreOrder, link: OrderLink ): boolean {
	const known = [
		...link.refunds,
		...link.credits
			.filter( isOpenCredit )
			.map( ( { refundId } ) => refundId ),
	];
	return known.some(
		( refundId ) => ! order.refunds.some( ( { id } ) => id === refundId )
	);
}

/** What the shop took off its stock for the lines, as one comparable text. */
function reduced( lines: OrderLink[ 'lines' ] ): string {
	return lines.map( ( line ) => `${ line.lineId }:${ line.reduced }` ).join();
}

/**
 * The shop shows what it showed when all of it was in Brightpearl: there is nothing to do. Only
 * the modification time may have moved, as by another plugin's meta.
 */
export function isSettled(
	order: StoreOrder,
	link: OrderLink,
	settings: Settings
): boolean {
	return (
		link.state === 'synced' &&
		link.decision === null &&
		link.resolve === null &&
		link.salesOrderId !== null &&
		link.pushedAt !== null &&
		link.fingerprint === markOf( order, settings ) &&
		! isNews( order, { ...link, modifiedAt: order.modifiedAt } ) &&
		( link.modifiedAt === order.modifiedAt ||
			( settings.orders.notes.order === 'none' &&
				! awaitsWriteBack( order, link, settings.writeBack ) ) )
	);
}

/** Something of Brightpearl's is still to be written into the shop. */
function awaitsWriteBack(
	order: StoreOrder,
	link: OrderLink,
	settings: Settings[ 'writeBack' ]
): boolean {
	if ( ! writesBack( settings ) ) {
		return false;
	}
	// Whose name the status has is Brightpearl's to say: here it counts that the shop was told it.
	const plan = planWriteBack(
		settings,
		link,
		order,
		order.meta[ META_KEYS.status ] ?? null
	);
	return (
		plan !== null &&
		( plan.meta !== null ||
			plan.note !== null ||
			plan.status !== null ||
			plan.writtenBack.statusId !==
				( link.writtenBack?.statusId ?? null ) )
	);
}

/** In the place of an order's own mark, once what it left in Brightpearl was seen to. */
export function goneMark( how: 'trashed' | 'deleted' ): string {
	return `gone:${ how }`;
}
