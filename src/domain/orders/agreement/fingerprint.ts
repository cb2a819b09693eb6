/**
 * The mark of everything that planning looks at on the shop's side: the same mark and nothing
 * still to be done = nothing to ask anybody.
 */
import { createHash } from 'node:crypto';
import type { Settings } from '../../../contracts/settings.ts';
import type { StoreOrder } from '../../../contracts/store.ts';
import { amountFact, lineFacts, percentFact } from './marks.ts';
import { customFieldsOf } from '../head/order-fields.ts';

/** A make of its own in front: marks of another make are unlike any of this one. */
const MAKE = '2';
const OLD_MAKE = '1';

/** With the settings also what they take from the order for custom fields. */
export function markOf( order: StoreOrder, settings?: Settings ): string {
	return `${ MAKE }:${ sha256( [
		orderFacts( order ),
		order.status,
		order.paidAt,
		order.paymentMethod,
		order.refunds.map( ( { id } ) => id ),
		order.customerNote,
		settings === undefined
			? null
			: customFieldsOf( order, settings.orders.customFields ),
	] ) }`;
}

/**
 * The mark an earlier version made of what went into the sales order.
 *
 * Left out is what changes by itself afterwards: status, dates, payment, refunds, stock taken
 * off, meta that plugins add, and a line's product and SKU (both vanish when the product is
 * deleted).
 */
export function fingerprintOf( order: StoreOrder ): string {
	return `${ OLD_MAKE }:${ sha256( orderFacts( order ) ) }`;
}

/**
 * What the mark of an earlier version (`1:{hash}`, of an order that was called off
 * `1:{hash}:{status}`) says of the order now.
 *
 * @return The status the order had, null = one in which it stood; undefined = it was edited since.
 */
export function unchangedSince(
	fingerprint: string,
	order: StoreOrder
): string | null | undefined {
	const [ make, hash, status ] = fingerprint.split( ':' );
	return `${ make }:${ hash }` === fingerprintOf( order )
		? ( status ?? null )
		: undefined;
}

function orderFacts( order: StoreOrder ): readonly unknown[] {
	return [
		order.number,
		order.currency,
		amountFact( order.total ),
		amountFact( order.totalTax ),
		order.lines.map( lineFacts ),
		order.shippingLines.map( ( line ) => [
			line.id,
			line.name,
			line.methodId,
			line.instanceId,
			percentFact( line.rates ),
			amountFact( line.total ),
			amountFact( line.totalTax ),
		] ),
		order.fees.map( ( fee ) => [
			fee.id,
			fee.name,
			percentFact( fee.rates ),
			amountFact( fee.total ),
			amountFact( fee.totalTax ),
		] ),
		order.coupons.map( ( coupon ) => [
			coupon.id,
			coupon.code,
			amountFact( coupon.discount ),
		] ),
		[ order.billing, order.shipping ].map( ( address ) => [
			address.firstName,
			address.lastName,
			address.company,
			address.address1,
			address.address2,
			address.city,
			address.state,
			address.postcode,
			address.country,
			address.email,
			address.phone,
		] ),
	];
}

function sha256( facts: unknown ): string {
	return createHash( 'sha256' )
		.update( JSON.stringify( facts ) )
		.digest( 'hex' );
}
