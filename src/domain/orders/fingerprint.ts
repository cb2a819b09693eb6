/**
 * A mark of what of the shop's order goes into the sales order, so that a later edit is seen.
 *
 * Left out is what changes by itself afterwards: status, dates, payment, refunds, stock taken
 * off, meta that plugins add, and a line's product and SKU (both vanish when the product is
 * deleted). Amounts are compared at two decimals, because the shop prints as many as it is set
 * to show when it is asked.
 */
import { createHash } from 'node:crypto';
import type { StoreOrder, StoreTaxRate } from '../../contracts/store.ts';
import { decimal, money, MOST_DECIMALS, plain, sum } from '../money.ts';

export function fingerprintOf( order: StoreOrder ): string {
	const facts = [
		order.number,
		order.currency,
		amount( order.total ),
		amount( order.totalTax ),
		order.lines.map( ( line ) => [
			line.id,
			line.name,
			plain( decimal( line.quantity ) ),
			line.taxClass,
			percent( line.rates ),
			amount( line.subtotal ),
			amount( line.subtotalTax ),
			amount( line.total ),
			amount( line.totalTax ),
		] ),
		order.shippingLines.map( ( line ) => [
			line.id,
			line.name,
			line.methodId,
			line.instanceId,
			percent( line.rates ),
			amount( line.total ),
			amount( line.totalTax ),
		] ),
		order.fees.map( ( fee ) => [
			fee.id,
			fee.name,
			percent( fee.rates ),
			amount( fee.total ),
			amount( fee.totalTax ),
		] ),
		order.coupons.map( ( coupon ) => [
			coupon.id,
			coupon.code,
			amount( coupon.discount ),
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
	// The number in front tells fingerprints of another make apart.
	return `1:${ createHash( 'sha256' ).update( JSON.stringify( facts ) ).digest( 'hex' ) }`;
}

function amount( text: string ): string {
	return money( decimal( text ), MOST_DECIMALS );
}

function percent( rates: readonly StoreTaxRate[] ): string {
	return plain( sum( rates.map( ( rate ) => decimal( rate.percent ) ) ) );
}
