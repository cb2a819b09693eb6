/**
 * Selling: orders as the block checkout places them (recorded: `001`–`110`), with seeded
 * people, goods and ways to pay. Taking the stock is one step; what is not there is refused.
 */
import { MINUTE } from '../../contracts/primitives.ts';
import type { BasketItem } from './basket.ts';
import { basketOf, shortage, soldLine } from './basket.ts';
import type { Coupon } from './coupons.ts';
import { findCoupon } from './coupons.ts';
import { applyCoupons } from './discounting.ts';
import type { Order } from './model.ts';
import { blankOrder } from './order-blank.ts';
import { newFee, newShipping } from './order-items.ts';
import {
	addNote,
	changeStatus,
	paymentComplete,
	tellOrder,
} from './order-status.ts';
import { encoded, somebody } from './people.ts';
import { md5 } from './random.ts';
import type { Shop } from './shop.ts';
import { recalculate } from './totals.ts';
import type { Method, Refusal, Wish } from './wish.ts';
import { METHODS } from './wish.ts';

/** As often as they come. */
const LIKELY: readonly Method[] = [
	'stripe',
	'stripe',
	'stripe',
	'stripe',
	'stripe',
	'stripe',
	'paypal',
	'paypal',
	'bacs',
	'cod',
];

const SHIPPING = [
	[ 'Royal Mail Tracked 48', 'flat_rate', '2', '4.95' ],
	[ 'Royal Mail Tracked 48', 'flat_rate', '2', '4.95' ],
	[ 'DPD Next Day (by 12:00)', 'flat_rate', '3', '11.99' ],
	[ 'Click & Collect', 'local_pickup', '5', '0' ],
] as const;
const ABROAD = [ 'International Standard', 'flat_rate', '7', '14.50' ] as const;
const FREE = [ 'Free delivery', 'free_shipping', '6', '0' ] as const;

function addShipping(
	shop: Shop,
	order: Order,
	basket: readonly BasketItem[],
	isFree: boolean
): void {
	if ( basket.every( ( { product } ) => product.virtual ) ) {
		return;
	}
	const [ method_title, method_id, instance_id, total ] = isFree
		? FREE
		: order.shipping.country === shop.settings.baseCountry
			? shop.random.pick( SHIPPING )
			: ABROAD;
	order.shipping_lines.push(
		newShipping( shop, {
			method_title,
			method_id,
			instance_id,
			total,
			meta_data: [
				{
					key: 'Items',
					value: order.line_items
						.map(
							( line ) =>
								`${ line.name } &times; ${ line.quantity }`
						)
						.join( ', ' ),
				},
			],
		} )
	);
}

function addFee( shop: Shop, order: Order, wish: Wish ): void {
	const fee =
		wish.fee ??
		( shop.random.chance( 0.05 )
			? { name: 'Gift wrapping', amount: '2.50', taxable: true }
			: false );
	if ( fee ) {
		order.fee_lines.push(
			newFee( shop, {
				name: fee.name,
				amount: fee.amount,
				total: fee.amount,
				// Recorded: an untaxed fee of a cart has the tax class "0".
				tax_class: fee.taxable ? '' : '0',
			} )
		);
	}
}

/** What checkout leaves in an order's meta. */
function addMeta( shop: Shop, order: Order, method: Method ): void {
	const meta: Record< string, string > = {
		_shipping_hash: md5( JSON.stringify( order.shipping_lines ) ),
		_coupons_hash: md5( JSON.stringify( order.coupon_lines ) ),
		_fees_hash: md5( JSON.stringify( order.fee_lines ) ),
		_taxes_hash: md5( JSON.stringify( order.tax_lines ) ),
		is_vat_exempt: 'no',
		_wc_order_attribution_source_type: 'typein',
		_wc_order_attribution_utm_source: '(direct)',
		_wc_order_attribution_device_type: 'Desktop',
	};
	if ( method === 'stripe' && Number( order.total ) > 0 ) {
		meta[ '_stripe_charge_captured' ] = 'yes';
		meta[ '_stripe_currency' ] = order.currency;
	}
	for ( const [ key, value ] of Object.entries( meta ) ) {
		order.meta_data.push( { id: shop.nextId( 'meta' ), key, value } );
	}
}

const BROWSER =
	'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36';

function addCustomer( shop: Shop, order: Order, wish: Wish ): void {
	const isGuest = wish.guest ?? ! shop.random.chance( 0.25 );
	const person = somebody(
		shop.random,
		wish.country ?? shop.settings.baseCountry,
		wish.email ?? null
	);
	order.billing = person.billing;
	const { email, ...shipping } = person.billing;
	order.shipping = shipping;
	order.customer_ip_address = person.ip;
	order.customer_user_agent = BROWSER;
	order.customer_note = encoded( wish.customerNote ?? '' );
	if ( ! isGuest ) {
		const id = shop.customers.get( email ) ?? shop.nextId( 'customer' );
		shop.customers.set( email, id );
		order.customer_id = id;
	}
}

/** From the draft to where the gateway leaves it. */
function pay( shop: Shop, order: Order, wish: Wish, method: Method ): void {
	if ( wish.status === 'pending' || wish.status === 'checkout-draft' ) {
		order.status = wish.status;
		order.held_until = shop.clock.now() + 60 * MINUTE;
		shop.holds.add( order.id );
		return;
	}
	if ( wish.status === 'failed' ) {
		changeStatus( shop, order, 'failed' );
		return;
	}
	if ( Number( order.total ) === 0 ) {
		// Recorded: nothing to pay means paid at once, without a transaction.
		paymentComplete( shop, order, '' );
	} else if ( method === 'bacs' ) {
		changeStatus( shop, order, 'on-hold' );
	} else if ( method === 'cod' ) {
		changeStatus( shop, order, 'processing' );
	} else {
		const prefix = method === 'stripe' ? 'pi_3Q' : 'PAYID-';
		const transaction = `${ prefix }${ shop.random.token( 17 ).toUpperCase() }`;
		addNote(
			shop,
			order,
			`Payment via ${ METHODS[ method ] } (${ transaction }).`
		);
		paymentComplete( shop, order, transaction );
	}
	if ( wish.status !== undefined ) {
		changeStatus( shop, order, wish.status );
	}
}

function couponsOf( shop: Shop, wish: Wish ): Coupon[] | Refusal {
	const code =
		wish.coupon ??
		( shop.random.chance( 0.08 )
			? shop.random.pick( [ 'welcome10', 'fiver' ] )
			: false );
	if ( code === false ) {
		return [];
	}
	const coupon = findCoupon( code );
	return coupon
		? [ coupon ]
		: {
				code: 'no-such-coupon',
				message: `Coupon "${ code }" does not exist.`,
			};
}

export function placeOrder( shop: Shop, wish: Wish ): Order | Refusal {
	const basket = basketOf( shop, wish );
	if ( 'code' in basket ) {
		return basket;
	}
	const refusal = shortage( shop, basket );
	const coupons = couponsOf( shop, wish );
	if ( refusal ) {
		return refusal;
	}
	if ( 'code' in coupons ) {
		return coupons;
	}
	const method =
		wish.paymentMethod ??
		( wish.status === 'pending' ? 'stripe' : shop.random.pick( LIKELY ) );
	const order = blankOrder( shop, 'store-api' );
	order.payment_method = method;
	order.payment_method_title = METHODS[ method ];
	addCustomer( shop, order, wish );
	order.line_items = basket.map( ( { product, quantity: pieces } ) =>
		soldLine( shop, product, pieces )
	);
	if ( coupons.length > 0 ) {
		applyCoupons( shop, order, coupons );
	}
	addShipping(
		shop,
		order,
		basket,
		coupons.some( ( { freeShipping } ) => freeShipping )
	);
	addFee( shop, order, wish );
	recalculate( shop, order );
	addMeta( shop, order, method );
	order.cart_hash = md5( JSON.stringify( order.line_items ) );
	order.id = shop.nextId( 'post' );
	shop.orders.set( order.id, order );
	if ( wish.status !== 'checkout-draft' ) {
		// Recorded: at the checkout the update is queued before the creation.
		shop.fire( 'order.updated', order.id );
		shop.fire( 'order.created', order.id );
	}
	pay( shop, order, wish, method );
	tellOrder( shop, order );
	shop.touch();
	return order;
}
