/**
 * Selling: orders as the block checkout places them (recorded: `001`–`110`), with seeded
 * people, goods and ways to pay. Taking the stock is one step; what is not there is refused.
 */
import { z } from 'zod';
import { findCoupon } from './coupons.ts';
import type { Coupon } from './coupons.ts';
import { Decimal } from './decimal.ts';
import { applyCoupons } from './discounting.ts';
import type { LineItem, Order, Product } from './model.ts';
import { blankOrder } from './order-blank.ts';
import { lineOf, newFee, newShipping } from './order-items.ts';
import {
	STATUSES,
	addNote,
	changeStatus,
	paymentComplete,
	tellOrder,
} from './order-status.ts';
import { encoded, somebody } from './people.ts';
import { md5 } from './random.ts';
import type { Shop } from './shop.ts';
import { heldBack, stockKeeper } from './stock.ts';
import { recalculate } from './totals.ts';
import { MINUTE } from '../../contracts/primitives.ts';

const METHODS = {
	stripe: 'Credit / Debit Card',
	paypal: 'PayPal',
	bacs: 'Bank transfer',
	cod: 'Cash on delivery',
} as const;

type Method = keyof typeof METHODS;

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

const quantity = z.int().min( 1 ).max( 100_000 );

export const sellSchema = z.strictObject( {
	count: z.int().min( 1 ).max( 10_000 ).default( 1 ),
	/** One line of this SKU instead of a random basket. */
	sku: z.string().optional(),
	quantity: quantity.optional(),
	/** The whole basket. */
	items: z
		.array(
			z.strictObject( {
				sku: z.string(),
				quantity: quantity.default( 1 ),
			} )
		)
		.min( 1 )
		.optional(),
	guest: z.boolean().optional(),
	email: z.string().optional(),
	country: z.string().length( 2 ).optional(),
	/** `pending` = the card was not paid: nothing taken, only held. */
	status: z.enum( STATUSES ).optional(),
	paymentMethod: z.enum( [ 'stripe', 'paypal', 'bacs', 'cod' ] ).optional(),
	/** A coupon's code; false = none. */
	coupon: z.union( [ z.string(), z.literal( false ) ] ).optional(),
	/** False = none. */
	fee: z
		.union( [
			z.strictObject( {
				name: z.string(),
				amount: z.string().regex( /^-?\d+(\.\d+)?$/ ),
				taxable: z.boolean().default( true ),
			} ),
			z.literal( false ),
		] )
		.optional(),
	customerNote: z.string().optional(),
} );

export type SellOptions = z.input< typeof sellSchema >;
type Wish = z.output< typeof sellSchema >;

export type Refusal = {
	readonly code:
		| 'no-such-sku'
		| 'not-purchasable'
		| 'not-enough-stock'
		| 'no-such-coupon'
		| 'sold-out';
	readonly message: string;
};

interface BasketItem {
	readonly product: Product;
	readonly quantity: number;
}

/** Pieces a shopper can still put in a basket; null = as many as wanted. */
function available( shop: Shop, product: Product ): number | null {
	const keeper = stockKeeper( shop, product );
	if ( ! keeper ) {
		return product.stock_status === 'outofstock' ? 0 : null;
	}
	return keeper.backorders === 'no'
		? ( keeper.stock_quantity ?? 0 ) - heldBack( shop, keeper )
		: null;
}

function isPurchasable( product: Product ): boolean {
	return (
		product.type !== 'variable' &&
		product.status === 'publish' &&
		product.price !== ''
	);
}

/** What can be sold without a special wish: has its own SKU, a price, and is there. */
function sellable( shop: Shop ): Product[] {
	return [ ...shop.catalog.all() ].filter(
		( product ) =>
			isPurchasable( product ) &&
			product.sku !== '' &&
			// Two products under one SKU cannot be told apart in a warehouse.
			shop.catalog.bySku( product.sku ).length === 1
	);
}

function randomBasket( shop: Shop, pieces: number | undefined ): BasketItem[] {
	const shelf = sellable( shop );
	const basket = new Map< number, BasketItem >();
	const lines =
		pieces === undefined ? shop.random.pick( [ 1, 1, 2, 2, 3, 4 ] ) : 1;
	for ( let tries = 0; basket.size < lines && tries < 50; tries++ ) {
		if ( shelf.length === 0 ) {
			break;
		}
		const product = shop.random.pick( shelf );
		const wanted = pieces ?? shop.random.pick( [ 1, 1, 1, 2, 2, 3 ] );
		const left = available( shop, product );
		// A parent that keeps the stock of several variations: one of them in a basket is enough.
		const keeper = stockKeeper( shop, product )?.id ?? product.id;
		if ( ( left === null || left >= wanted ) && ! basket.has( keeper ) ) {
			basket.set( keeper, { product, quantity: wanted } );
		}
	}
	return [ ...basket.values() ];
}

function basketOf( shop: Shop, wish: Wish ): BasketItem[] | Refusal {
	const wanted =
		wish.items ??
		( wish.sku === undefined
			? null
			: [ { sku: wish.sku, quantity: wish.quantity ?? 1 } ] );
	if ( ! wanted ) {
		const basket = randomBasket( shop, wish.quantity );
		return basket.length > 0
			? basket
			: { code: 'sold-out', message: 'Nothing is left to sell.' };
	}
	const basket: BasketItem[] = [];
	for ( const item of wanted ) {
		const found = shop.catalog.bySku( item.sku );
		const product = found.find( isPurchasable ) ?? found[ 0 ];
		if ( ! product ) {
			return {
				code: 'no-such-sku',
				message: `No product has the SKU ${ item.sku }.`,
			};
		}
		if ( ! isPurchasable( product ) ) {
			return {
				code: 'not-purchasable',
				message: `${ item.sku } cannot be bought.`,
			};
		}
		basket.push( { product, quantity: item.quantity } );
	}
	return basket;
}

/** Several lines may draw on one figure: they are added up before it is looked at. */
function shortage( shop: Shop, basket: readonly BasketItem[] ): Refusal | null {
	const needed = new Map< Product, number >();
	for ( const { product, quantity: pieces } of basket ) {
		const keeper = stockKeeper( shop, product ) ?? product;
		needed.set( keeper, ( needed.get( keeper ) ?? 0 ) + pieces );
	}
	for ( const [ keeper, pieces ] of needed ) {
		const left = available( shop, keeper );
		if ( left !== null && left < pieces ) {
			return {
				code: 'not-enough-stock',
				message: `Not enough stock: "${ keeper.name }" (${ keeper.sku }) has ${ left } left, ${ pieces } wanted.`,
			};
		}
	}
	return null;
}

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

/** A line for more pieces than are there, where backorders are told, says how many are owed. */
function soldLine( shop: Shop, product: Product, pieces: number ): LineItem {
	const line = lineOf( shop, product, pieces );
	const keeper = stockKeeper( shop, product );
	if ( keeper?.backorders === 'notify' ) {
		const owed = new Decimal( pieces ).minus(
			Math.max( 0, keeper.stock_quantity ?? 0 )
		);
		if ( owed.gt( 0 ) ) {
			line.meta_data.push( {
				id: shop.nextId( 'meta' ),
				key: 'Backordered',
				value: owed.toFixed(),
			} );
		}
	}
	return line;
}
