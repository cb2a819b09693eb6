import { describe, expect, test } from '@jest/globals';
import type { StoreRefundDetail } from '../../../../src/contracts/store.ts';
import {
	planCredit,
	planRefund,
	refundedPieces,
} from '../../../../src/domain/orders/credits/credits.ts';
import type { PlannedRow } from '../../../../src/domain/orders/types.ts';
import {
	aCharge,
	aLine,
	anOrder,
	aShippingLine,
} from '../../../helpers/an-order.ts';
import {
	aRefund,
	aRefundLine,
	CREDIT_ADDRESS,
	creditsOf,
	rowsOf,
} from '../../../helpers/generated-refunds.ts';
import { ACCOUNT, settingsWith } from '../../../helpers/planning.ts';
import { rowLines } from '../../../helpers/row-lines.ts';

const ORDER = anOrder();

/** Rows of each credit, `-` for one that is not made. */
function sheet(
	refunds: readonly Partial< StoreRefundDetail >[],
	order = ORDER,
	rows: readonly PlannedRow[] = rowsOf( order ),
	settings = settingsWith()
): string[] {
	const all = refunds.map( ( refund, index ) =>
		aRefund( { id: 9001 + index, ...refund } )
	);
	return creditsOf( order, all, rows, settings ).flatMap( ( credit ) =>
		credit === null ? [ '-' ] : rowLines( credit.rows )
	);
}

test( 'the order that is credited', () => {
	expect( rowLines( rowsOf( ORDER ) ) ).toEqual( [
		'line-1 | 4200 | 2 | T20 | 20.00 | 4.00 | - | Oak Serving Board',
		'line-2 | 4206 | 1 | T0 | 7.77 | 0.00 | - | Field Guide to Mosses',
		'ship-3 | text | 1 | T20 | 5.00 | 1.00 | 4040 | Shipping: Royal Mail',
	] );
} );

describe( 'the head of a credit', () => {
	const refund = aRefund( { lines: [ aRefundLine() ] } );
	const settings = settingsWith();
	const credit = planCredit( {
		order: anOrder( { number: `A&amp;${ '7'.repeat( 80 ) }` } ),
		refund,
		all: [ refund ],
		refPrefix: 'shop',
		settings,
		account: ACCOUNT,
		rows: rowsOf( ORDER ),
		billing: CREDIT_ADDRESS,
		delivery: { ...CREDIT_ADDRESS, city: 'Bath' },
		salesOrder: {
			warehouseId: 2,
			channelId: 3,
			priceListId: 4,
			leadSourceId: 5,
			priceMode: 'INC',
		},
	} )!;

	test( 'carries what finds and places it', () => {
		expect( { ...credit, rows: [] } ).toEqual( {
			refundId: 9001,
			externalRef: 'shop-4336-r9001',
			ref: `A&${ '7'.repeat( 62 ) }`,
			placedOn: '2026-07-10T23:30:00.000+00:00',
			taxDate: '2026-07-11T00:00:00.000+01:00',
			warehouseId: 2,
			channelId: 3,
			priceListId: 4,
			leadSourceId: 5,
			priceMode: 'INC',
			currency: 'GBP',
			billing: CREDIT_ADDRESS,
			delivery: { ...CREDIT_ADDRESS, city: 'Bath' },
			rows: [],
			total: '12.00',
			installationInstanceId: 77,
		} );
	} );

	test( 'and its money goes back under the same reference', () => {
		const paid = {
			order: anOrder( { transactionId: 'pi_&#49;' } ),
			refund,
			credit,
			methodCode: 'CARD',
		};
		expect( planRefund( { ...paid, amount: '12' } ) ).toEqual( {
			refundId: 9001,
			transactionRef: 'shop-4336-r9001',
			transactionCode: 'pi_1',
			methodCode: 'CARD',
			amount: '12.00',
			currency: 'GBP',
			paidAt: '2026-07-10T23:30:00.000+00:00',
		} );
		expect(
			planRefund( {
				...paid,
				order: anOrder( { currency: 'JPY' } ),
				amount: '1200.00',
			} ).amount
		).toBe( '1200' );
	} );
} );

describe( 'lines', () => {
	test( 'give back pieces of the product under the codes of the order’s row', () => {
		const rows = rowsOf( ORDER ).map( ( row ) => ( {
			...row,
			taxCode: 'OLD',
			nominalCode: '4001',
		} ) );
		expect(
			sheet( [ { lines: [ aRefundLine() ] } ], ORDER, rows )
		).toEqual( [
			'line-1 | 4200 | 1 | OLD | 10.00 | 2.00 | 4001 | Oak Serving Board',
		] );
	} );

	test( 'without pieces are text', () => {
		expect(
			sheet( [
				{
					amount: '3.60',
					lines: [
						aRefundLine( {
							quantity: '0',
							total: '3.00',
							totalTax: '0.60',
						} ),
					],
				},
			] )
		).toEqual( [
			'line-1 | text | 1 | T20 | 3.00 | 0.60 | - | Refund: Oak Serving Board',
		] );
	} );

	test( 'never give back more pieces than are left', () => {
		const lines = [
			aRefundLine( { quantity: '1.5', total: '5.00', totalTax: '1.00' } ),
		];
		expect(
			sheet( [
				{ amount: '6.00', lines },
				{ amount: '6.00', lines },
				{ amount: '6.00', lines },
			] )
		).toEqual( [
			'line-1 | 4200 | 1.5 | T20 | 5.00 | 1.00 | - | Oak Serving Board',
			'line-1 | 4200 | 0.5 | T20 | 5.00 | 1.00 | - | Oak Serving Board',
			'line-1 | text | 1 | T20 | 5.00 | 1.00 | - | Refund: Oak Serving Board',
		] );
	} );

	test( 'with pieces the wrong way round give back none, and leave what is left', () => {
		const worth = { total: '1.00', totalTax: '0.20' };
		expect(
			sheet( [
				{
					amount: '1.20',
					lines: [ aRefundLine( { ...worth, quantity: '-1' } ) ],
				},
				{
					amount: '1.20',
					lines: [ aRefundLine( { ...worth, quantity: '3' } ) ],
				},
			] )
		).toEqual( [
			'line-1 | text | 1 | T20 | 1.00 | 0.20 | - | Refund: Oak Serving Board',
			'line-1 | 4200 | 2 | T20 | 1.00 | 0.20 | - | Oak Serving Board',
		] );
	} );

	test.each( [ { net: '25.00' }, { tax: '5.00' } ] )(
		'of a row that is worth something else now are worth what the shop gave back (%j)',
		( other ) => {
			const rows = rowsOf( ORDER ).map( ( row ) => ( {
				...row,
				...other,
			} ) );
			const whole = aRefundLine( {
				quantity: '2',
				total: '20.00',
				totalTax: '4.00',
			} );
			expect(
				sheet( [ { amount: '24.00', lines: [ whole ] } ], ORDER, rows )
			).toEqual( [
				'line-1 | 4200 | 2 | T20 | 20.00 | 4.00 | - | Oak Serving Board',
			] );
		}
	);

	test( 'that name one line twice are one row', () => {
		const half = aRefundLine( { total: '5.00', totalTax: '1.00' } );
		expect( sheet( [ { lines: [ half, half ] } ] ) ).toEqual( [
			'line-1 | 4200 | 2 | T20 | 10.00 | 2.00 | - | Oak Serving Board',
		] );
	} );

	test( 'that name no line, or one that is no row, are text under the leading tax code', () => {
		const nominal = settingsWith( {
			nominal: { sales: '4000', fee: '4030' },
		} );
		expect(
			sheet(
				[
					{
						amount: '5.76',
						lines: [
							aRefundLine( {
								itemId: null,
								total: '1.00',
								totalTax: '0.20',
							} ),
							aRefundLine( {
								itemId: null,
								name: '',
								total: '1.00',
								totalTax: '0.20',
							} ),
							aRefundLine( {
								itemId: 99,
								name: 'Gone',
								total: '1.00',
								totalTax: '0.20',
							} ),
							aRefundLine( {
								kind: 'ship',
								itemId: 98,
								name: 'Courier',
								quantity: '0',
								total: '0.96',
								totalTax: '0.00',
							} ),
							aRefundLine( {
								kind: 'fee',
								itemId: 97,
								name: 'Box',
								quantity: '0',
								total: '1.00',
								totalTax: '0.20',
							} ),
						],
					},
				],
				ORDER,
				rowsOf( ORDER ),
				nominal
			)
		).toEqual( [
			'refund-1 | text | 1 | T20 | 1.00 | 0.20 | 4000 | Refund: Oak Serving Board',
			'refund-2 | text | 1 | T20 | 1.00 | 0.20 | 4000 | Refund',
			'line-99 | text | 1 | T20 | 1.00 | 0.20 | 4000 | Refund: Gone',
			'ship-98 | text | 1 | T20 | 0.96 | 0.00 | 4040 | Refund: Courier',
			'fee-97 | text | 1 | T20 | 1.00 | 0.20 | 4030 | Refund: Box',
		] );
	} );

	test( 'of nothing are as good as none; pieces without value are kept', () => {
		const nothing = aRefundLine( {
			quantity: '0',
			total: '0.00',
			totalTax: '0.00',
		} );
		expect( sheet( [ { amount: '2.00', lines: [ nothing ] } ] ) ).toEqual( [
			'refund | text | 1 | T9 | 2.00 | 0.00 | - | Refund: Damaged',
		] );
		expect( sheet( [ { amount: '37.77', lines: [ nothing ] } ] ) ).toEqual(
			rowLines( rowsOf( ORDER ) )
		);
		expect(
			sheet( [
				{ amount: '2.00', lines: [ { ...nothing, quantity: '1' } ] },
			] )
		).toEqual( [
			'line-1 | 4200 | 1 | T20 | 0.00 | 0.00 | - | Oak Serving Board',
			'refund | text | 1 | T9 | 2.00 | 0.00 | - | Refund: Damaged',
		] );
	} );

	test( 'of a gift card that was a negative fee take its value off again', () => {
		const order = anOrder( {
			fees: [
				aCharge( {
					id: 9,
					name: 'Gift card',
					total: '-7.00',
					totalTax: '0.00',
					taxStatus: 'none',
					taxClass: '0',
					rates: [],
				} ),
			],
			total: '30.77',
		} );
		expect(
			sheet(
				[
					{
						amount: '17.00',
						lines: [
							aRefundLine( {
								quantity: '2',
								total: '20.00',
								totalTax: '4.00',
							} ),
							aRefundLine( {
								kind: 'fee',
								itemId: 9,
								name: 'Gift card',
								quantity: '0',
								total: '-7.00',
								totalTax: '0.00',
							} ),
						],
					},
				],
				order
			)
		).toEqual( [
			'line-1 | 4200 | 2 | T20 | 20.00 | 4.00 | - | Oak Serving Board',
			'fee-9 | text | 1 | T9 | -7.00 | 0.00 | - | Gift card',
		] );
	} );

	test( 'of an order whose discount is in a row of the coupon are worth what the shop gave back', () => {
		const order = anOrder( {
			lines: [
				aLine( {
					subtotal: '20.00',
					subtotalTax: '4.00',
					total: '15.00',
					totalTax: '3.00',
				} ),
			],
			coupons: [
				{ id: 8, code: 'five', discount: '5.00', discountTax: '1.00' },
			],
			total: '24.00',
			totalTax: '4.00',
		} );
		const settings = settingsWith( { discounts: 'rows' } );
		const rows = rowsOf( order, null, settings );
		const whole = aRefundLine( {
			quantity: '2',
			total: '15.00',
			totalTax: '3.00',
		} );
		expect(
			sheet(
				[ { amount: '18.00', lines: [ whole ] } ],
				order,
				rows,
				settings
			)
		).toEqual( [
			'line-1 | 4200 | 2 | T20 | 15.00 | 3.00 | - | Oak Serving Board',
		] );
		expect(
			sheet( [ { amount: '24.00' } ], order, rows, settings )
		).toEqual( rowLines( rows ) );
	} );
} );

describe( 'an amount that no line explains', () => {
	test( 'is one row with the reason, without tax', () => {
		expect(
			sheet( [ { amount: '4.37', reason: ' broken\n <3 &amp; late ' } ] )
		).toEqual( [
			'refund | text | 1 | T9 | 4.37 | 0.00 | - | Refund: broken <3 & late',
		] );
		expect( sheet( [ { amount: '4.37', reason: '' } ] ) ).toEqual( [
			'refund | text | 1 | T9 | 4.37 | 0.00 | - | Refund',
		] );
	} );

	test( 'has the leading tax code where no rule is for untaxed rows, and the leading nominal code', () => {
		const settings = settingsWith( {
			tax: [ { percent: '20', code: 'T20' } ],
		} );
		const rows = rowsOf( ORDER ).map( ( row, index ) => ( {
			...row,
			taxCode: `C${ index }`,
			nominalCode: `400${ index }`,
		} ) );
		expect(
			sheet( [ { amount: '4.00' } ], ORDER, rows, settings )
		).toEqual( [
			'refund | text | 1 | C0 | 4.00 | 0.00 | 4000 | Refund: Damaged',
		] );
		const unknown = settingsWith( { tax: [], taxDefault: 'ZZ' } );
		expect( sheet( [ { amount: '4.00' } ], ORDER, rows, unknown ) ).toEqual(
			[ 'refund | text | 1 | C0 | 4.00 | 0.00 | 4000 | Refund: Damaged' ]
		);
	} );

	test( 'may be less than the lines', () => {
		expect(
			sheet( [ { amount: '11.99', lines: [ aRefundLine() ] } ] )
		).toEqual( [
			'line-1 | 4200 | 1 | T20 | 10.00 | 2.00 | - | Oak Serving Board',
			'refund | text | 1 | T9 | -0.01 | 0.00 | - | Refund adjustment',
		] );
	} );

	describe( 'with refundTax "share"', () => {
		const share = settingsWith( { refundTax: 'share' } );
		const shared = (
			refunds: readonly Partial< StoreRefundDetail >[],
			order = ORDER
		): string[] => sheet( refunds, order, rowsOf( order ), share );

		test( 'has the order’s share of tax under its leading code', () => {
			// 4.37 × 5.00 / 37.77 = 0.578…
			expect( shared( [ { amount: '4.37' } ] ) ).toEqual( [
				'refund | text | 1 | T20 | 3.79 | 0.58 | - | Refund: Damaged',
			] );
		} );

		test( 'has no more tax than the order has left', () => {
			expect(
				shared( [
					{
						amount: '4.90',
						lines: [
							aRefundLine( {
								quantity: '0',
								total: '0.00',
								totalTax: '4.90',
							} ),
						],
					},
					{ amount: '4.37' },
					{ amount: '4.37' },
				] )
			).toEqual( [
				'line-1 | text | 1 | T20 | 0.00 | 4.90 | - | Refund: Oak Serving Board',
				'refund | text | 1 | T20 | 4.27 | 0.10 | - | Refund: Damaged',
				'refund | text | 1 | T9 | 4.37 | 0.00 | - | Refund: Damaged',
			] );
		} );

		test( 'takes back no more tax than was given, where the amount is less than the lines', () => {
			expect(
				shared( [ { amount: '9.00', lines: [ aRefundLine() ] } ] )[ 1 ]
			).toBe(
				'refund | text | 1 | T20 | -2.60 | -0.40 | - | Refund adjustment'
			);
			expect(
				shared( [
					{
						amount: '1.00',
						lines: [
							aRefundLine( { total: '10.00', totalTax: '0.10' } ),
						],
					},
				] )[ 1 ]
			).toBe(
				'refund | text | 1 | T20 | -9.00 | -0.10 | - | Refund adjustment'
			);
		} );

		test( 'has none where more tax than the order had was given back by hand', () => {
			const lines = [
				aRefundLine( {
					quantity: '0',
					total: '0.00',
					totalTax: '6.00',
				} ),
			];
			expect(
				shared( [ { amount: '6.00', lines }, { amount: '4.37' } ] ).at(
					-1
				)
			).toBe(
				'refund | text | 1 | T9 | 4.37 | 0.00 | - | Refund: Damaged'
			);
		} );

		test( 'has none where the order is worth nothing any more', () => {
			const order = anOrder( { total: '0.00', totalTax: '0.00' } );
			expect(
				sheet( [ { amount: '1.00' } ], order, rowsOf( ORDER ), share )
			).toEqual( [
				'refund | text | 1 | T9 | 1.00 | 0.00 | - | Refund: Damaged',
			] );
		} );

		test( 'has none beside the order’s own rows, which bring all of it', () => {
			expect( shared( [ { amount: '40.00' } ] ) ).toEqual( [
				...rowLines( rowsOf( ORDER ) ),
				'refund | text | 1 | T9 | 2.23 | 0.00 | - | Refund adjustment',
			] );
		} );

		test( 'has no more tax than its own amount, where a gift card paid for most', () => {
			const order = anOrder( {
				fees: [
					aCharge( {
						id: 9,
						total: '-35.77',
						totalTax: '0.00',
						taxStatus: 'none',
						taxClass: '0',
						rates: [],
					} ),
				],
				total: '2.00',
			} );
			expect( shared( [ { amount: '1.00' } ], order ) ).toEqual( [
				'refund | text | 1 | T20 | 0.00 | 1.00 | - | Refund: Damaged',
			] );
		} );
	} );
} );

describe( 'all that was left, without lines', () => {
	test( 'is the order’s rows', () => {
		expect( sheet( [ { amount: '37.77' } ] ) ).toEqual(
			rowLines( rowsOf( ORDER ) )
		);
	} );

	test( 'is what earlier refunds left of them', () => {
		expect(
			sheet( [
				{ lines: [ aRefundLine() ] },
				{ amount: '0.00', lines: [ aRefundLine() ] },
				{
					amount: '6.00',
					lines: [
						aRefundLine( {
							kind: 'ship',
							itemId: 3,
							quantity: '0',
							total: '5.00',
							totalTax: '1.00',
						} ),
					],
				},
				{ amount: '2.00' },
				{ amount: '17.77' },
			] )
		).toEqual( [
			'line-1 | 4200 | 1 | T20 | 10.00 | 2.00 | - | Oak Serving Board',
			'-',
			'ship-3 | text | 1 | T20 | 5.00 | 1.00 | 4040 | Shipping: Royal Mail',
			'refund | text | 1 | T9 | 2.00 | 0.00 | - | Refund: Damaged',
			'line-1 | 4200 | 1 | T20 | 10.00 | 2.00 | - | Oak Serving Board',
			'line-2 | 4206 | 1 | T0 | 7.77 | 0.00 | - | Field Guide to Mosses',
			'refund | text | 1 | T9 | -2.00 | 0.00 | - | Less earlier refunds without lines',
		] );
	} );

	test( 'is text where only value is left of a line', () => {
		expect(
			sheet( [
				{
					amount: '6.00',
					lines: [
						aRefundLine( {
							quantity: '2',
							total: '5.00',
							totalTax: '1.00',
						} ),
					],
				},
				{ amount: '31.77' },
			] ).slice( 1 )
		).toEqual( [
			'line-1 | text | 1 | T20 | 15.00 | 3.00 | - | Refund: Oak Serving Board',
			'line-2 | 4206 | 1 | T0 | 7.77 | 0.00 | - | Field Guide to Mosses',
			'ship-3 | text | 1 | T20 | 5.00 | 1.00 | 4040 | Shipping: Royal Mail',
		] );
	} );

	test( 'takes off what lines without a row of the order gave back', () => {
		const lines = [ aRefundLine( { itemId: 99, name: 'Gone' } ) ];
		expect( sheet( [ { lines }, { amount: '25.77' } ] ).at( -1 ) ).toBe(
			'refund | text | 1 | T20 | -10.00 | -2.00 | - | Less earlier refunds without lines'
		);
	} );

	test( 'more than is left (the order was made smaller since) keeps to its amount', () => {
		expect( sheet( [ { amount: '40.00' } ] ) ).toEqual( [
			...rowLines( rowsOf( ORDER ) ),
			'refund | text | 1 | T9 | 2.23 | 0.00 | - | Refund adjustment',
		] );
		expect( sheet( [ { amount: '2.00' }, { amount: '40.00' } ] ) ).toEqual(
			[
				'refund | text | 1 | T9 | 2.00 | 0.00 | - | Refund: Damaged',
				...rowLines( rowsOf( ORDER ) ),
				'refund | text | 1 | T9 | 2.23 | 0.00 | - | Less earlier refunds without lines',
			]
		);
		expect(
			sheet( [ { amount: '37.77' }, { amount: '3.00' } ] ).at( -1 )
		).toBe( 'refund | text | 1 | T9 | 3.00 | 0.00 | - | Refund: Damaged' );
	} );

	test( 'leaves a refund that names lines to its lines', () => {
		expect(
			sheet( [ { amount: '37.77', lines: [ aRefundLine() ] } ] )
		).toEqual( [
			'line-1 | 4200 | 1 | T20 | 10.00 | 2.00 | - | Oak Serving Board',
			'refund | text | 1 | T9 | 25.77 | 0.00 | - | Refund adjustment',
		] );
	} );
} );

describe( 'pennies', () => {
	const rounded = anOrder( {
		lines: [
			aLine( { total: '8.33', totalTax: '1.67', subtotal: '8.33' } ),
			aLine( { id: 2, total: '8.33', totalTax: '1.67' } ),
		],
		shippingLines: [],
		total: '20.01',
		totalTax: '3.34',
	} );

	test( 'of the rounding row go back with the last line', () => {
		const rows = rowsOf( rounded );
		expect( rowLines( rows ).at( -1 ) ).toBe(
			'rounding | text | 1 | T9 | 0.01 | 0.00 | 4999 | Rounding'
		);
		const line = ( itemId: number ) =>
			aRefundLine( {
				itemId,
				quantity: '2',
				total: '8.33',
				totalTax: '1.67',
			} );
		expect(
			sheet(
				[
					{ amount: '10.00', lines: [ line( 1 ) ] },
					{ amount: '10.01', lines: [ line( 2 ) ] },
				],
				rounded
			)
		).toEqual( rowLines( rows ) );
		expect(
			sheet( [ { amount: '20.01', lines: [ line( 1 ) ] } ], rounded )
		).toEqual( [
			rowLines( rows )[ 0 ],
			'refund | text | 1 | T9 | 10.01 | 0.00 | - | Refund adjustment',
		] );
	} );

	test( 'where the shop rounds at the subtotal: a line given back whole is worth its row', () => {
		const exact = anOrder( {
			lines: [
				aLine( { total: '8.336000', totalTax: '1.667200' } ),
				aLine( { id: 2, total: '8.336000', totalTax: '1.667200' } ),
			],
			shippingLines: [],
			total: '20.01',
			totalTax: '3.33',
		} );
		const plain = anOrder( {
			...exact,
			lines: [
				aLine( { total: '8.34', totalTax: '1.67' } ),
				aLine( { id: 2, total: '8.34', totalTax: '1.67' } ),
			],
		} );
		const rows = rowsOf( plain, exact );
		expect( rowLines( rows ).map( ( row ) => row.slice( 0, 37 ) ) ).toEqual(
			[
				'line-1 | 4200 | 2 | T20 | 8.34 | 1.67',
				'line-2 | 4200 | 2 | T20 | 8.34 | 1.66',
			]
		);
		const whole = ( itemId: number ) =>
			aRefundLine( {
				itemId,
				quantity: '2',
				total: '8.34',
				totalTax: '1.67',
			} );
		expect(
			sheet(
				[ { amount: '20.01', lines: [ whole( 1 ), whole( 2 ) ] } ],
				plain,
				rows
			)
		).toEqual( rowLines( rows ) );
		const third = ( quantity: string, totalTax: string ) => [
			aRefundLine( { itemId: 2, quantity, total: '2.78', totalTax } ),
		];
		expect(
			sheet(
				[
					{ amount: '3.34', lines: third( '1', '0.56' ) },
					{ amount: '3.34', lines: third( '1', '0.56' ) },
					{ amount: '3.33', lines: third( '0', '0.55' ) },
				],
				plain,
				rows
			)
		).toEqual( [
			'line-2 | 4200 | 1 | T20 | 2.78 | 0.56 | - | Oak Serving Board',
			'line-2 | 4200 | 1 | T20 | 2.78 | 0.56 | - | Oak Serving Board',
			'line-2 | text | 1 | T20 | 2.78 | 0.54 | - | Refund: Oak Serving Board',
			'refund | text | 1 | T9 | 0.01 | 0.00 | - | Refund adjustment',
		] );
	} );

	test( 'of figures finer than the currency are placed so that the rows are the amount', () => {
		const line = ( itemId: number ) =>
			aRefundLine( { itemId, total: '3.3334', totalTax: '0.6667' } );
		expect(
			sheet( [ { amount: '8.00', lines: [ line( 1 ), line( 2 ) ] } ] )
		).toEqual( [
			'line-1 | 4200 | 1 | T20 | 3.34 | 0.67 | - | Oak Serving Board',
			'line-2 | 4206 | 1 | T0 | 3.33 | 0.66 | - | Field Guide to Mosses',
		] );
		// Another penny than the shop's own sum has, and one that no rounding explains.
		expect(
			sheet( [ { amount: '7.99', lines: [ line( 1 ), line( 2 ) ] } ] )
		).toEqual( [
			'line-1 | 4200 | 1 | T20 | 3.33 | 0.67 | - | Oak Serving Board',
			'line-2 | 4206 | 1 | T0 | 3.33 | 0.66 | - | Field Guide to Mosses',
		] );
		expect(
			sheet( [ { amount: '7.00', lines: [ line( 1 ), line( 2 ) ] } ] )
		).toEqual( [
			'line-1 | 4200 | 1 | T20 | 3.34 | 0.67 | - | Oak Serving Board',
			'line-2 | 4206 | 1 | T0 | 3.33 | 0.66 | - | Field Guide to Mosses',
			'refund | text | 1 | T9 | -1.00 | 0.00 | - | Refund adjustment',
		] );
	} );

	test.each( [
		[ 'ship', 3 ],
		[ 'fee', 4 ],
	] as const )(
		'of a %s given back whole are those of its row',
		( kind, itemId ) => {
			const order = anOrder( {
				fees: [ aCharge( { total: '5.00', totalTax: '1.00' } ) ],
				total: '43.77',
				totalTax: '6.00',
			} );
			const ref = `${ kind }-${ itemId }`;
			const rows = rowsOf( order ).map( ( row ) =>
				row.externalRef === ref
					? { ...row, net: '4.99', tax: '1.01' }
					: row
			);
			const whole = aRefundLine( {
				kind,
				itemId,
				quantity: '0',
				total: '5.00',
				totalTax: '1.00',
			} );
			expect(
				sheet( [ { amount: '6.00', lines: [ whole ] } ], order, rows )
			).toEqual(
				rowLines(
					rows.filter( ( { externalRef } ) => externalRef === ref )
				)
			);
		}
	);

	test( 'beside a line given back whole are placed on the others', () => {
		const whole = aRefundLine( {
			quantity: '2',
			total: '20.00',
			totalTax: '4.00',
		} );
		const part = aRefundLine( {
			itemId: 2,
			total: '3.3334',
			totalTax: '0.6667',
		} );
		expect(
			sheet( [ { amount: '28.01', lines: [ whole, part ] } ] )
		).toEqual( [
			'line-1 | 4200 | 2 | T20 | 20.00 | 4.00 | - | Oak Serving Board',
			'line-2 | 4206 | 1 | T0 | 3.34 | 0.67 | - | Field Guide to Mosses',
		] );
	} );

	test( 'of tax alone go where the amount has them', () => {
		const lines = [ aRefundLine( { total: '8.33', totalTax: '1.665' } ) ];
		for ( const [ amount, tax ] of [
			[ '9.99', '1.66' ],
			[ '10.00', '1.67' ],
		] as const ) {
			expect( sheet( [ { amount, lines } ] ) ).toEqual( [
				`line-1 | 4200 | 1 | T20 | 8.33 | ${ tax } | - | Oak Serving Board`,
			] );
		}
	} );

	test( 'do not exist in yen, unless the shop refunds a fraction all the same', () => {
		const yen = anOrder( {
			currency: 'JPY',
			lines: [ aLine( { total: '1000.00', totalTax: '100.00' } ) ],
			shippingLines: [],
			total: '1100.00',
			totalTax: '100.00',
		} );
		expect( sheet( [ { amount: '1100.00' } ], yen ) ).toEqual( [
			'line-1 | 4200 | 2 | T20 | 1000 | 100 | - | Oak Serving Board',
		] );
		expect( sheet( [ { amount: '10.50' } ], yen ) ).toEqual( [
			'refund | text | 1 | T9 | 10.50 | 0.00 | - | Refund: Damaged',
		] );
	} );

	test( 'that are less than a unit are nothing', () => {
		expect( sheet( [ { amount: '0.00' }, { amount: '0.004' } ] ) ).toEqual(
			[ '-', '-' ]
		);
	} );
} );

test( 'a shipping row of no value is in no credit', () => {
	const order = anOrder( {
		shippingLines: [ aShippingLine( { total: '0.00', totalTax: '0.00' } ) ],
		total: '31.77',
		totalTax: '4.00',
	} );
	expect( sheet( [ { amount: '31.77' } ], order ) ).toEqual(
		rowLines( rowsOf( order ) )
	);
} );

test( 'pieces are counted over all refunds with lines, those of no value too', () => {
	expect( [
		...refundedPieces( [
			aRefund( { lines: [ aRefundLine( { quantity: '1' } ) ] } ),
			aRefund( {
				amount: '0.00',
				lines: [
					aRefundLine( { quantity: '0.1' } ),
					aRefundLine( { quantity: '0.2' } ),
				],
			} ),
			aRefund( {
				lines: [
					aRefundLine( { itemId: 2, quantity: '0' } ),
					aRefundLine( { itemId: null, quantity: '4' } ),
					aRefundLine( { itemId: 5, quantity: '-4' } ),
					aRefundLine( { kind: 'fee', itemId: 6, quantity: '4' } ),
				],
			} ),
			aRefund(),
		] ),
	] ).toEqual( [ [ 'line-1', 1.3 ] ] );
} );
