/**
 * Orders of shops that do not exist: their figures are computed as WooCommerce's cart does it
 * (woocommerce reference, *Money in orders*), to be held against what planning makes of them.
 *
 * With rounding per line the tax of each rate is rounded on its row, and the row's net only where
 * it is printed or summed; with rounding at the subtotal nothing is rounded but the sums.
 */
import { Big } from 'big.js';
import fc from 'fast-check';
import type {
	StoreLine,
	StoreOrder,
	StoreTaxRate,
} from '../../src/contracts/store.ts';
import { aCharge, aLine, anOrder, aShippingLine } from './an-order.ts';
import {
	discountsOf,
	taxesOf,
	type Coupon,
	type Goods,
	type Rate,
} from './shop-arithmetic.ts';

export interface Shop {
	readonly currency: 'GBP' | 'EUR' | 'JPY';
	/** The prices that are typed in hold the tax. */
	readonly inclusive: boolean;
	readonly roundAtSubtotal: boolean;
	/** Of each tax class; one without rates is not taxed here. */
	readonly rates: Readonly< Record< string, readonly Rate[] > >;
	/** The customer pays no tax: prices with tax lose it. */
	readonly exempt: boolean;
}

export interface Basket {
	readonly goods: readonly Goods[];
	readonly coupons: readonly Coupon[];
	/** Cost without tax, in units of the currency. */
	readonly shipping: readonly {
		readonly cost: number;
		readonly taxed: boolean;
	}[];
	/** Per mille of the goods' value; negative ones are discounts and gift cards. */
	readonly fees: readonly {
		readonly perMille: number;
		readonly kind: 'taxed' | 'untaxed';
	}[];
}

export interface GeneratedOrder {
	readonly shop: Shop;
	/** As the shop prints it. */
	readonly order: StoreOrder;
	/** The same at six decimals. */
	readonly exact: StoreOrder;
}

/** Net and tax as the shop stores them: unrounded, or the tax rounded on its row. */
interface Stored {
	readonly net: Big;
	readonly tax: Big;
}

const CLASSES = [ '', 'reduced-rate', 'zero-rate', 'untaxed' ] as const;
const ZERO = new Big( 0 );
const SIX = 6;

export function orderOf( shop: Shop, basket: Basket ): GeneratedOrder {
	const places = shop.currency === 'JPY' ? 0 : 2;
	const tax = ( value: Big, rates: readonly Rate[], inclusive: boolean ) =>
		taxesOf( value, rates, {
			inclusive,
			exempt: shop.exempt,
			// Halves go down where prices hold the tax, so that net and tax make up the price.
			round: shop.roundAtSubtotal
				? null
				: { places, halves: shop.inclusive ? 'down' : 'up' },
		} );
	const ratesOf = ( taxClass: string ): readonly Rate[] =>
		shop.rates[ taxClass ] ?? [];
	const listed = ( rates: readonly Rate[] ): readonly StoreTaxRate[] =>
		shop.exempt
			? []
			: rates.map( ( { percent, compound }, index ) => ( {
					percent,
					compound,
					label: `Rate ${ index + 1 }`,
				} ) );

	const prices = basket.goods.map( ( { price, quantity } ) =>
		new Big( price ).times( quantity )
	);
	const off = discountsOf( prices, basket.coupons, places );
	const lines = basket.goods.map( ( item, index ) => {
		const rates = ratesOf( item.taxClass );
		const price = prices[ index ] ?? ZERO;
		return {
			item,
			rates,
			before: tax( price, rates, shop.inclusive ),
			after: tax(
				price.minus( off.byLine[ index ] ?? ZERO ),
				rates,
				shop.inclusive
			),
		};
	} );
	const worth = total( lines.map( ( { after } ) => after.net ) );
	const shipping = basket.shipping.map( ( { cost, taxed } ) => {
		const rates = taxed ? ratesOf( '' ) : [];
		return { rates, value: tax( new Big( cost ), rates, false ) };
	} );
	const fees = basket.fees.map( ( { perMille, kind } ) => {
		const value = worth.times( perMille ).div( 1000 ).round( places );
		// What is taken off lowers the tax of all goods, each class by its share.
		const shares =
			kind === 'untaxed' || worth.eq( 0 )
				? [ { value, rates: [] as readonly Rate[] } ]
				: perMille > 0
					? [ { value, rates: ratesOf( '' ) } ]
					: CLASSES.map( ( taxClass ) => ( {
							value: value
								.times(
									total(
										lines
											.filter(
												( { item } ) =>
													item.taxClass === taxClass
											)
											.map( ( { after } ) => after.net )
									)
								)
								.div( worth ),
							rates: ratesOf( taxClass ),
						} ) );
		return {
			kind,
			rates: shares.flatMap( ( share ) => share.rates ),
			value: {
				net: value,
				tax: total(
					shares.map(
						( share ) => tax( share.value, share.rates, false ).tax
					)
				),
			},
		};
	} );

	const stored: Stored[] = [
		...lines.map( ( { after } ) => after ),
		...shipping.map( ( { value } ) => value ),
		...fees.map( ( { value } ) => value ),
	];
	const nets = stored.map( ( { net } ) =>
		shop.roundAtSubtotal ? net : net.round( places, Big.roundHalfUp )
	);
	const taxes = total( stored.map( ( each ) => each.tax ) );
	const sumOfAll = total( nets ).plus( taxes );

	const print = ( at: number ): StoreOrder => {
		const text = ( value: Big ): string => printed( value, at );
		return anOrder( {
			currency: shop.currency,
			pricesIncludeTax: shop.inclusive,
			lines: lines.map(
				( { item, rates, before, after }, index ): StoreLine =>
					aLine( {
						id: index + 1,
						name: `Thing ${ index + 1 }`,
						quantity: String( item.quantity ),
						taxClass: item.taxClass,
						rates: listed( rates ),
						subtotal: text( before.net ),
						subtotalTax: text( before.tax ),
						total: text( after.net ),
						totalTax: text( after.tax ),
					} )
			),
			shippingLines: shipping.map( ( { rates, value }, index ) =>
				aShippingLine( {
					id: 100 + index,
					rates: listed( rates ),
					total: text( value.net ),
					totalTax: text( value.tax ),
				} )
			),
			fees: fees.map( ( { kind, rates, value }, index ) =>
				aCharge( {
					id: 200 + index,
					taxStatus: kind === 'taxed' ? 'taxable' : 'none',
					rates: listed( rates ),
					total: text( value.net ),
					totalTax: text( value.tax ),
				} )
			),
			// Printed at the shop's decimals whatever was asked for.
			coupons: off.byCoupon.map( ( discount, index ) => ( {
				id: 300 + index,
				code: `c${ index + 1 }`,
				discount: printed( discount, places ),
				discountTax: printed( ZERO, places ),
			} ) ),
			total: text( sumOfAll.round( places, Big.roundHalfUp ) ),
			totalTax: text( taxes.round( places, Big.roundHalfUp ) ),
		} );
	};
	return { shop, order: print( places ), exact: print( SIX ) };
}

function total( values: readonly Big[] ): Big {
	return values.reduce( ( sum, value ) => sum.plus( value ), ZERO );
}

function printed( value: Big, places: number ): string {
	const text = value.toFixed( places, Big.roundHalfUp );
	return /[1-9]/.test( text ) ? text : text.replace( '-', '' );
}

const percent = fc.constantFrom(
	...[ '20', '19', '5', '9.975', '8.875', '0.375', '17.5', '23', '7', '10' ]
);
const rateSet = fc.array( fc.record( { percent, compound: fc.boolean() } ), {
	minLength: 1,
	maxLength: 3,
} );

export const shops: fc.Arbitrary< Shop > = fc.record( {
	currency: fc.constantFrom( 'GBP', 'EUR', 'JPY' ),
	inclusive: fc.boolean(),
	roundAtSubtotal: fc.boolean(),
	rates: fc.record( {
		'': rateSet,
		'reduced-rate': rateSet,
		'zero-rate': fc.constant( [ { percent: '0', compound: false } ] ),
		untaxed: fc.constant( [] ),
	} ),
	exempt: fc.nat( 9 ).map( ( one ) => one === 0 ),
} );

/** `9.99`, `0.0375`, `12`: a price with up to four decimals. */
const price = fc
	.record( {
		digits: fc.integer( { min: 0, max: 99_999 } ),
		places: fc.constantFrom( 0, 2, 2, 2, 3, 4 ),
	} )
	.map( ( { digits, places } ) =>
		new Big( digits ).div( new Big( 10 ).pow( places ) ).toFixed()
	);

const goods: fc.Arbitrary< Goods > = fc.record( {
	price,
	quantity: fc.oneof(
		{ weight: 9, arbitrary: fc.integer( { min: 1, max: 9 } ) },
		{ weight: 1, arbitrary: fc.constantFrom( 12, 100, 1000, 0.5 ) }
	),
	taxClass: fc.constantFrom( ...CLASSES ),
} );

const coupon: fc.Arbitrary< Coupon > = fc.oneof(
	fc.record( {
		kind: fc.constant( 'percent' as const ),
		amount: fc.constantFrom( 5, 10, 12.5, 33, 50, 100 ),
	} ),
	fc.record( {
		kind: fc.constant( 'fixed' as const ),
		amount: fc.constantFrom( 1, 5, 10, 25, 1000 ),
	} )
);

export const baskets: fc.Arbitrary< Basket > = fc.record( {
	goods: fc.array( goods, { minLength: 1, maxLength: 6 } ),
	coupons: fc.array( coupon, { maxLength: 2 } ),
	shipping: fc.array(
		fc.record( {
			cost: fc.constantFrom( 0, 3.99, 4.95, 11.99, 14.5 ),
			taxed: fc.boolean(),
		} ),
		{ maxLength: 2 }
	),
	fees: fc.array(
		fc.record( {
			// A fee never takes more than the goods are worth.
			perMille: fc.constantFrom( -400, -100, -33, 15, 50 ),
			kind: fc.constantFrom( 'taxed', 'untaxed' ),
		} ),
		{ maxLength: 2 }
	),
} );

export const generatedOrders: fc.Arbitrary< GeneratedOrder > = fc
	.tuple( shops, baskets )
	.map( ( [ shop, basket ] ) => orderOf( shop, basket ) );
