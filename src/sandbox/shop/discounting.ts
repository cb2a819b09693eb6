/**
 * Puts a coupon on an order: each line's total sinks, and the coupon line shows what it took.
 */
import { discountsOf } from './coupons.ts';
import type { Coupon } from './coupons.ts';
import { Decimal, ZERO, roundHalfDown, stored, sum } from './decimal.ts';
import type { LineItem, Order, TaxRate } from './model.ts';
import type { Shop } from './shop.ts';
import { productOf } from './stock.ts';
import { netOf, ratesFor, taxesOn } from './tax.ts';

/** A line's price as the shop's owner entered it, and what part of it is tax. */
function ratesInside(
	shop: Shop,
	order: Order,
	line: LineItem
): { inside: TaxRate[]; payable: TaxRate[] } {
	const product = productOf( shop, line );
	if ( ( product?.tax_status ?? 'taxable' ) !== 'taxable' ) {
		return { inside: [], payable: [] };
	}
	const place = [ order.shipping, order.billing ].find(
		( { country } ) => country !== ''
	) ?? { country: shop.settings.baseCountry, state: '' };
	const payable = ratesFor( shop.rates, place, line.tax_class );
	return {
		inside: order.prices_include_tax ? payable : [],
		payable,
	};
}

/** Call before `recalculate`: it changes net totals only. */
export function applyCoupons(
	shop: Shop,
	order: Order,
	coupons: readonly Coupon[]
): void {
	const minorUnits = 10 ** shop.settings.decimals;
	const taken = order.line_items.map( () => ZERO );
	const items = order.line_items.map( ( line ) => {
		const { inside, payable } = ratesInside( shop, order, line );
		const net = new Decimal( line.subtotal );
		const gross = net.plus(
			sum( taxesOn( net, inside ).map( ( { amount } ) => amount ) )
		);
		return {
			inside,
			payable,
			price: gross.times( minorUnits ).round( 4, Decimal.roundHalfUp ),
			quantity: line.quantity,
		};
	} );
	for ( const coupon of coupons ) {
		const discounts = discountsOf( coupon, items, taken, minorUnits );
		let given = ZERO;
		let exactTax = ZERO;
		items.forEach( ( item, at ) => {
			const discount = ( discounts[ at ] ?? ZERO ).div( minorUnits );
			const itemTax = item.inside.length
				? discount.minus( netOf( discount, item.inside ) )
				: sum(
						taxesOn( discount, item.payable ).map(
							( taxed ) => taxed.amount
						)
					);
			given = given.plus( discount );
			exactTax = exactTax.plus( itemTax );
			taken[ at ] = ( taken[ at ] ?? ZERO ).plus( discounts[ at ] ?? 0 );
		} );
		// Rounded once for the coupon, half down (recorded: 0.875 → 0.87).
		const tax = roundHalfDown(
			exactTax.round( 6, Decimal.roundHalfUp ),
			shop.settings.decimals
		);
		const amount = order.prices_include_tax ? given.minus( tax ) : given;
		const info = JSON.stringify( [
			coupon.id,
			coupon.code,
			coupon.type === 'fixed_cart' ? null : coupon.type,
			coupon.amount,
			...( coupon.freeShipping ? [ true ] : [] ),
		] );
		order.coupon_lines.push( {
			id: shop.nextId( 'item' ),
			code: coupon.code,
			discount: stored( amount ),
			discount_tax: stored( tax ),
			meta_data: [
				{ id: shop.nextId( 'meta' ), key: 'coupon_info', value: info },
			],
			discount_type: coupon.type,
			nominal_amount: coupon.amount,
			free_shipping: coupon.freeShipping,
		} );
	}
	order.line_items.forEach( ( line, at ) => {
		const item = items[ at ];
		if ( item ) {
			const gross = item.price
				.minus( taken[ at ] ?? 0 )
				.div( minorUnits );
			line.total = stored( netOf( gross, item.inside ) );
		}
	} );
}
