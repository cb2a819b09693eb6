import { describe, expect, test } from '@jest/globals';
import type { PushedRow } from '../../../../src/contracts/database.ts';
import type { StoreOrder } from '../../../../src/contracts/store.ts';
import {
	discountsOf,
	mismatchOf,
} from '../../../../src/domain/orders/rows/amounts.ts';
import type { PlannedRow } from '../../../../src/domain/orders/types.ts';
import {
	aCharge,
	aLine,
	anOrder,
	aShippingLine,
	BOOK,
	VAT,
} from '../../../helpers/an-order.ts';
import {
	inputFor,
	plannedRows,
	problemCodes,
	settingsWith,
	totalAt,
} from '../../../helpers/planning.ts';
import { rowLines } from '../../../helpers/row-lines.ts';

function rowsOf(
	more: Partial< StoreOrder > = {},
	orders: Record< string, unknown > = {},
	agreed: readonly PushedRow[] = []
) {
	return plannedRows(
		inputFor(
			{ order: anOrder( more ), exact: null },
			{ settings: settingsWith( orders ) }
		),
		new Map( agreed.map( ( row ) => [ row.ref, row ] ) )
	);
}

const linesOf = ( ...given: Parameters< typeof rowsOf > ): string[] =>
	rowLines( rowsOf( ...given ).rows );

const agreedRow = ( more: Partial< PushedRow > ): PushedRow => ( {
	ref: 'line-1',
	mark: 'm',
	productId: 9001,
	name: 'As it was called',
	quantity: '2',
	taxCode: 'OLD',
	net: '20.00',
	tax: '4.00',
	nominalCode: '4001',
	found: null,
	...more,
} );

describe( 'rows that were agreed on before', () => {
	test( 'keep product, name and codes, and take their value from the shop', () => {
		expect(
			linesOf( { lines: [ aLine( { total: '21.00' } ), BOOK ] }, {}, [
				agreedRow( {} ),
				agreedRow( {
					ref: 'ship-3',
					productId: null,
					name: 'Post',
					taxCode: 'OLD',
					nominalCode: null,
				} ),
			] )
		).toEqual( [
			'line-1 | 9001 | 2 | OLD | 21.00 | 4.00 | 4001 | As it was called',
			'line-2 | 4206 | 1 | T0 | 7.77 | 0.00 | - | Field Guide to Mosses',
			'ship-3 | text | 1 | OLD | 5.00 | 1.00 | - | Post',
			"rounding | text | 1 | T9 | -1.00 | 0.00 | 4999 | Difference to the shop's total",
		] );
	} );

	test( 'stay text rows, whatever the SKU finds now', () => {
		const { rows } = rowsOf( {}, {}, [ agreedRow( { productId: null } ) ] );
		expect( rows[ 0 ]?.productId ).toBeNull();
	} );

	test( 'raise no problem of product or tax, the others still do', () => {
		const gone = [ aLine( { sku: '', productId: 0 } ), BOOK ];
		const codes = ( agreed: readonly PushedRow[] ): string[] =>
			rowsOf( { lines: gone }, { tax: [] }, agreed ).problems.map(
				( { code } ) => code
			);
		const all = [
			agreedRow( {} ),
			agreedRow( { ref: 'line-2' } ),
			agreedRow( { ref: 'ship-3', productId: null } ),
		];
		expect( codes( all ) ).toEqual( [] );
		expect( codes( all.slice( 1 ) ) ).toEqual( [
			'sku-unknown',
			'tax-unmapped',
		] );
	} );

	test( 'count for the code of a new coupon and of the rounding row', () => {
		const { rows } = rowsOf(
			{
				lines: [ aLine( { total: '15.00', totalTax: '3.00' } ) ],
				shippingLines: [],
				coupons: [
					{ id: 5, code: 'x', discount: '5.00', discountTax: '1.00' },
				],
				total: '18.01',
				totalTax: '3.01',
			},
			{ discounts: 'rows', tax: [] },
			[ agreedRow( {} ) ]
		);
		expect( rows.map( ( { taxCode } ) => taxCode ) ).toEqual( [
			'OLD',
			'OLD',
			'OLD',
		] );
	} );

	test( 'a rounding row too', () => {
		const off = { total: '37.78', totalTax: '5.00' };
		expect( linesOf( off ).at( -1 ) ).toBe(
			'rounding | text | 1 | T9 | 0.01 | 0.00 | 4999 | Rounding'
		);
		expect(
			linesOf( off, {}, [
				agreedRow( {
					ref: 'rounding',
					productId: null,
					name: 'Rounding',
					nominalCode: '4990',
				} ),
			] ).at( -1 )
		).toBe( 'rounding | text | 1 | OLD | 0.01 | 0.00 | 4990 | Rounding' );
	} );
} );

describe( "lines that do not explain the shop's total", () => {
	const off = { total: '30.00', totalTax: '4.00' };

	test.each( [
		[ '37.77', 'hold', 'none' ],
		[ '37.82', 'hold', 'none' ],
		[ '37.83', 'hold', 'hold' ],
		[ '30.00', 'hold', 'hold' ],
		[ '30.00', 'row', 'row' ],
		[ '37.80', 'row', 'none' ],
	] )( 'a total of %s and "%s": %s', ( total, totalMismatch, expected ) => {
		const { settled, decimals } = rowsOf( { total } );
		expect(
			mismatchOf(
				settled,
				settingsWith( { totalMismatch } ).orders,
				decimals
			)
		).toBe( expected );
	} );

	test( 'get a row that says what it is, with the tax that is missing', () => {
		const { rows } = rowsOf( off, { totalMismatch: 'row' } );
		expect( rowLines( rows ).at( -1 ) ).toBe(
			"rounding | text | 1 | T20 | -6.77 | -1.00 | 4999 | Difference to the shop's total"
		);
		expect( totalAt( rows, 2 ) ).toBe( '30.00' );
	} );

	test( 'pennies are called rounding all the same', () => {
		expect(
			linesOf(
				{ total: '37.80' },
				{ totalMismatch: 'row', nominal: { rounding: '8200' } }
			).at( -1 )
		).toBe( 'rounding | text | 1 | T9 | 0.03 | 0.00 | 8200 | Rounding' );
	} );
} );

describe( 'store credit that is taken off the total itself', () => {
	const coupon = ( id: number, discount: string, discountTax = '0.00' ) => ( {
		id,
		code: `c${ id }`,
		discount,
		discountTax,
	} );
	const lines = [ aLine( { total: '18.00', totalTax: '3.60' } ) ];
	const paid = {
		lines,
		shippingLines: [],
		coupons: [ coupon( 5, '2.00', '0.40' ), coupon( 6, '10.00' ) ],
		total: '11.60',
		totalTax: '3.60',
	};

	test( 'is a row of its own, untaxed, and nothing waits for a person', () => {
		const { rows, settled } = rowsOf( paid, {
			nominal: { giftCard: '2150' },
		} );
		expect( rowLines( rows ) ).toEqual( [
			'line-1 | 4200 | 2 | T20 | 18.00 | 3.60 | - | Oak Serving Board',
			'coupon-6 | text | 1 | T9 | -10.00 | 0.00 | 2150 | Store credit: c6',
		] );
		expect( Number( settled.unexplained ) ).toBe( 0 );
	} );

	test( 'stays apart from discounts in rows of their own', () => {
		expect( linesOf( paid, { discounts: 'rows' } ) ).toEqual( [
			'line-1 | 4200 | 2 | T20 | 20.00 | 4.00 | - | Oak Serving Board',
			'coupon-5 | text | 1 | T20 | -2.00 | -0.40 | 4009 | Discount: c5',
			'coupon-6 | text | 1 | T9 | -10.00 | 0.00 | 4009 | Store credit: c6',
		] );
	} );

	test( 'may be several at once', () => {
		expect(
			linesOf( {
				...paid,
				lines: [ aLine() ],
				coupons: [ coupon( 5, '4.00' ), coupon( 6, '10.00' ) ],
				total: '10.00',
				totalTax: '4.00',
			} ).slice( 1 )
		).toEqual( [
			'coupon-5 | text | 1 | T9 | -4.00 | 0.00 | 4009 | Store credit: c5',
			'coupon-6 | text | 1 | T9 | -10.00 | 0.00 | 4009 | Store credit: c6',
		] );
	} );

	test.each( [
		[ 'another amount than what is missing', { total: '12.00' } ],
		[
			'a coupon that is in the lines as well',
			{
				coupons: [ coupon( 6, '10.00' ) ],
				lines: [ aLine( { total: '10.00', totalTax: '2.00' } ) ],
				total: '2.00',
				totalTax: '2.00',
			},
		],
		[ 'more than the lines, not less', { total: '31.60' } ],
	] )( '%s is none', ( _name, more ) => {
		const { settled } = rowsOf( { ...paid, ...more } );
		expect( settled.credits ).toEqual( [] );
		expect( mismatchOf( settled, settingsWith().orders, 2 ) ).toBe(
			'hold'
		);
	} );
} );

describe( 'how discounts are booked', () => {
	const order = anOrder( {
		lines: [ aLine( { total: '18.00', totalTax: '3.60' } ) ],
		shippingLines: [],
		coupons: [
			{ id: 5, code: 'x', discount: '2.00', discountTax: '0.40' },
			{ id: 6, code: 'y', discount: '10.00', discountTax: '0.00' },
		],
		total: '11.60',
		totalTax: '3.60',
	} );

	test( 'is the choice of the settings for a new order', () => {
		expect( discountsOf( order, null, 'rows' ) ).toBe( 'rows' );
		expect( discountsOf( order, null, 'net' ) ).toBe( 'net' );
	} );

	test( 'is as it was for one that is in Brightpearl', () => {
		const net = [ { ref: 'line-1' }, { ref: 'coupon-6' } ];
		expect( discountsOf( order, net, 'rows' ) ).toBe( 'net' );
		expect(
			discountsOf( order, [ ...net, { ref: 'coupon-5' } ], 'net' )
		).toBe( 'rows' );
	} );
} );

describe( 'particular orders', () => {
	test( 'two lines with the same product stay two rows', () => {
		expect(
			linesOf( {
				lines: [ aLine(), aLine( { id: 9, quantity: '1' } ) ],
				shippingLines: [],
				total: '48.00',
				totalTax: '8.00',
			} ).map( ( line ) => line.slice( 0, 17 ) )
		).toEqual( [ 'line-1 | 4200 | 2', 'line-9 | 4200 | 1' ] );
	} );

	test( 'a deleted product is held, or becomes text or the fallback', () => {
		const lines = [ aLine( { sku: '', productId: 0 } ) ];
		const first = ( missingSku: unknown ): PlannedRow | undefined =>
			rowsOf( { lines }, { missingSku } ).rows[ 0 ];
		expect(
			rowsOf( { lines } ).problems.map( ( { code } ) => code )
		).toEqual( [ 'sku-unknown' ] );
		expect( first( 'text-row' )?.productId ).toBeNull();
		expect( first( { productId: 1001 } )?.productId ).toBe( 1001 );
	} );

	test( 'what a customer asked for stands in the row as text', () => {
		expect(
			rowsOf( {
				lines: [
					aLine( {
						meta: [ { key: 'Engraving', value: 'To <b>Dad</b>' } ],
					} ),
				],
			} ).rows[ 0 ]?.name
		).toBe( 'Oak Serving Board (Engraving: To Dad)' );
	} );

	test( 'a total of zero has its goods, and no row for what costs nothing', () => {
		const free = { total: '0.00', totalTax: '0.00' };
		expect(
			linesOf( {
				...free,
				lines: [ aLine( free ) ],
				shippingLines: [ aShippingLine( free ) ],
				fees: [ aCharge( free ) ],
			} )
		).toEqual( [
			'line-1 | 4200 | 2 | T20 | 0.00 | 0.00 | - | Oak Serving Board',
		] );
	} );

	test( 'compound rates are one code by their sum', () => {
		const rates = [
			{ percent: '5', label: 'GST', compound: false },
			{ percent: '9.975', label: 'QST', compound: true },
		];
		expect(
			linesOf(
				{
					lines: [ aLine( { rates, totalTax: '3.09' } ) ],
					shippingLines: [],
					total: '23.09',
					totalTax: '3.09',
				},
				{ tax: [ { percent: '14.975', code: 'QC' } ] }
			)[ 0 ]
		).toContain( '| QC | 20.00 | 3.09 |' );
	} );

	test.each( [
		[ 'zero', [ { ...VAT, percent: '0' } ], 'zero-rate', 'T0' ],
		[ 'exempt', [], '', 'T9' ],
	] )( '%s tax has a code of its own', ( _name, rates, taxClass, code ) => {
		const [ row ] = rowsOf( {
			lines: [ aLine( { rates, taxClass, totalTax: '0.00' } ) ],
			shippingLines: [],
			total: '20.00',
			totalTax: '0.00',
		} ).rows;
		expect( row ).toMatchObject( { taxCode: code, tax: '0.00' } );
	} );

	test( 'a coupon row has the code of the tax it takes off', () => {
		// More value is taken off the books, which have no tax.
		const { rows } = rowsOf(
			{
				lines: [
					aLine( { total: '19.00', totalTax: '3.80' } ),
					{ ...BOOK, total: '1.00' },
				],
				shippingLines: [],
				coupons: [
					{ id: 5, code: 'x', discount: '7.77', discountTax: '0.20' },
				],
				total: '23.80',
				totalTax: '3.80',
			},
			{ discounts: 'rows' }
		);
		expect( rowLines( rows ).at( -1 ) ).toBe(
			'coupon-5 | text | 1 | T20 | -7.77 | -0.20 | 4009 | Discount: x'
		);
	} );

	test( 'a coupon on untaxed goods has their code', () => {
		const { rows } = rowsOf(
			{
				lines: [ aLine(), { ...BOOK, total: '1.00' } ],
				shippingLines: [],
				coupons: [
					{ id: 5, code: 'x', discount: '6.77', discountTax: '0.00' },
				],
				total: '25.00',
				totalTax: '4.00',
			},
			{ discounts: 'rows' }
		);
		expect( rows.at( -1 ) ).toMatchObject( {
			externalRef: 'coupon-5',
			taxCode: 'T0',
			tax: '0.00',
		} );
	} );

	test( 'yen have no decimals, dinars with three are held', () => {
		const yen = rowsOf( {
			currency: 'JPY',
			lines: [ aLine( { total: '1824', totalTax: '182' } ) ],
			shippingLines: [],
			total: '2006',
			totalTax: '182',
		} );
		expect( yen.rows[ 0 ] ).toMatchObject( { net: '1824', tax: '182' } );
		expect(
			problemCodes(
				inputFor( {
					order: anOrder( {
						currency: 'KWD',
						lines: [ aLine( { totalTax: '4.001' } ) ],
						shippingLines: [],
						total: '24.001',
						totalTax: '4.001',
					} ),
					exact: null,
				} )
			)
		).toContain( 'currency-precision' );
	} );
} );
