import { expect, test } from '@jest/globals';
import type { Settings } from '../../../../src/contracts/settings.ts';
import { storeRows } from '../../../../src/domain/orders/rows/compare.ts';
import { aLine, anOrder } from '../../../helpers/an-order.ts';
import { settingsWith } from '../../../helpers/planning.ts';

const order = anOrder( {
	lines: [ aLine( { total: '18.00', totalTax: '3.60' } ) ],
	shippingLines: [],
	coupons: [
		{ id: 5, code: 'spring', discount: '2.00', discountTax: '0.40' },
		{ id: 6, code: 'voucher', discount: '10.00', discountTax: '0.00' },
	],
	total: '11.60',
	totalTax: '3.60',
} );

const shown = (
	settings: Settings,
	pushed: Parameters< typeof storeRows >[ 3 ] = null
): string[] =>
	storeRows( order, null, settings, pushed ).map(
		( { key, name, net, tax } ) => `${ key } ${ name } ${ net } ${ tax }`
	);

test( 'discounts are shown as the settings book them', () => {
	expect( shown( settingsWith() ) ).toEqual( [
		'line-1 Oak Serving Board 18.00 3.60',
		'coupon-6 Store credit: voucher -10.00 0.00',
	] );
	expect( shown( settingsWith( { discounts: 'rows' } ) ) ).toEqual( [
		'line-1 Oak Serving Board 20.00 4.00',
		'coupon-5 Discount: spring -2.00 -0.40',
		'coupon-6 Store credit: voucher -10.00 0.00',
	] );
} );

test( 'discounts of an order in Brightpearl are shown as it was made', () => {
	const row = {
		mark: 'm',
		productId: null,
		name: '',
		quantity: '1',
		taxCode: 'T20',
		net: '0.00',
		tax: '0.00',
		nominalCode: null,
		found: null,
	};
	expect(
		shown( settingsWith( { discounts: 'rows' } ), {
			rows: [ { ...row, ref: 'line-1' } ],
		} )
	).toHaveLength( 2 );
} );
