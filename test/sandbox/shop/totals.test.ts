import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Coupon } from '../../../src/sandbox/shop/coupons.ts';
import { shown } from '../../../src/sandbox/shop/decimal.ts';
import { applyCoupons } from '../../../src/sandbox/shop/discounting.ts';
import type { Order } from '../../../src/sandbox/shop/model.ts';
import { loadRecorded } from '../../../src/sandbox/shop/recorded.ts';
import { stockShelves } from '../../../src/sandbox/shop/seed.ts';
import type { Shop } from '../../../src/sandbox/shop/shop.ts';
import { createShop } from '../../../src/sandbox/shop/shop.ts';
import { recalculate } from '../../../src/sandbox/shop/totals.ts';
import { ORDERS, at, createTestClock, recorded } from './kit.ts';

interface Case {
	readonly number: string;
	readonly case: string;
	readonly order_id: number;
	readonly settings: Record< string, unknown >;
	readonly files: Record< string, string >;
}

const cases = at( recorded( 'index.json' ), 'orders' ) as Case[];

/** Made by means the sandbox does not have: an exemption, rates that spare shipping, amounts of others. */
const ELSEWHERE = new Set( [
	'022', // the product is gone, and with it its tax status
	'051', // customer exempt from tax
	'052', // order exempt from tax
	'053', // rates that do not tax shipping
	'054', // a shipping method that is not taxed
	'055', // a shop without rates for that country
	'070', // a shop without rates for that country
	'067', // a shipping method that is not taxed
] );

let shop: Shop;

beforeAll( async () => {
	shop = createShop( 1, createTestClock() );
	stockShelves( shop );
	await loadRecorded( shop, {
		directory: ORDERS,
		dates: 'recorded',
		fire: false,
	} );
} );

function orderOf( one: Case ): Order {
	const order = shop.orders.get( one.order_id );
	if ( ! order ) {
		throw new Error( `order ${ one.order_id } is not there` );
	}
	shop.settings = {
		...shop.settings,
		decimals: order.decimals ?? 2,
		pricesIncludeTax: one.settings[ 'prices_include_tax' ] === true,
		roundAtSubtotal:
			one.settings[ 'woocommerce_tax_round_at_subtotal' ] === 'yes',
	};
	return structuredClone( order );
}

/** All amounts, without the ids of rates. */
function amounts( order: Order ): unknown {
	const decimals = order.decimals ?? 2;
	const money = ( text: string ): string => shown( text, decimals );
	const charge = ( line: {
		total: string;
		total_tax: string;
		taxes: { total: string }[];
	} ): unknown => [
		money( line.total ),
		money( line.total_tax ),
		line.taxes.map( ( { total } ) => money( total ) ),
	];
	return {
		header: [
			order.discount_total,
			order.discount_tax,
			order.shipping_total,
			order.shipping_tax,
			order.cart_tax,
			order.total,
			order.total_tax,
		].map( money ),
		lines: order.line_items.map( ( line ) => [
			money( line.subtotal ),
			money( line.subtotal_tax ),
			charge( line ),
		] ),
		shipping: order.shipping_lines.map( charge ),
		fees: order.fee_lines.map( charge ),
		taxes: order.tax_lines
			.map( ( line ) => [
				line.rate_code,
				line.rate_percent,
				money( line.tax_total ),
				money( line.shipping_tax_total ),
			] )
			.sort(),
	};
}

/** Recorded to the last decimal, or to two where no more can be stored. */
const exact = cases.filter(
	( one ) =>
		! ELSEWHERE.has( one.number ) &&
		( one.files[ 'order_dp6' ] !== undefined ||
			one.settings[ 'prices_include_tax' ] === false )
);

describe( 'totals', () => {
	test.each( exact.map( ( one ) => [ one.number, one.case, one ] as const ) )(
		'of recorded order %s (%s) come out the same',
		( _number, _name, one ) => {
			const order = orderOf( one );
			const wanted = amounts( order );
			recalculate( shop, order );
			expect( amounts( order ) ).toEqual( wanted );
		}
	);

	const discounted = exact.filter( ( { case: name } ) =>
		/^coupon-(fixed-cart|percent|two|100|larger)/.test( name )
	);
	test.each(
		discounted.map( ( one ) => [ one.number, one.case, one ] as const )
	)( 'of coupon order %s (%s) come out the same', ( _number, _name, one ) => {
		const order = orderOf( one );
		const wanted = amounts( order );
		const coupons = order.coupon_lines.map( ( line ): Coupon => ( {
			id: 1,
			code: line.code,
			type: line.discount_type === 'percent' ? 'percent' : 'fixed_cart',
			amount: line.nominal_amount,
			freeShipping: line.free_shipping,
		} ) );
		const took = order.coupon_lines.map( ( line ) => [
			Number( line.discount ),
			Number( line.discount_tax ),
		] );
		order.coupon_lines = [];
		for ( const line of order.line_items ) {
			line.total = line.subtotal;
		}
		applyCoupons( shop, order, coupons );
		recalculate( shop, order );
		expect( amounts( order ) ).toEqual( wanted );
		expect(
			order.coupon_lines.map( ( line ) => [
				Number( line.discount ),
				Number( line.discount_tax ),
			] )
		).toEqual( took );
	} );
} );
