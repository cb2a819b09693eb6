import { describe, expect, test } from '@jest/globals';
import type { StoreOrder } from '../../../src/contracts/store.ts';
import { needsExact, planOrder } from '../../../src/domain/orders/plan.ts';
import type { PlanInput } from '../../../src/domain/orders/types.ts';
import {
	ADDRESS,
	aCharge,
	aLine,
	anOrder,
	aShippingLine,
	BOOK,
	NO_ADDRESS,
	VAT,
} from '../../helpers/an-order.ts';
import {
	ACCOUNT,
	inputFor,
	linkWith,
	planned,
	plannedOrder,
	problemCodes,
	settingsWith,
} from '../../helpers/planning.ts';
import { recordedOrder } from '../../helpers/store-order.ts';

const input = (
	order: Partial< StoreOrder > = {},
	more: Partial< PlanInput > = {}
): PlanInput => inputFor( { order: anOrder( order ), exact: null }, more );

const rowsOf = ( of: PlanInput ) => plannedOrder( of ).salesOrder.rows;
const stepsOf = ( of: PlanInput ) =>
	planned( of ).steps.map( ( { type } ) => type );

function problemsOf( of: PlanInput ) {
	const result = planOrder( of );
	return result.ok ? [] : result.problems;
}

describe( 'the sales order', () => {
	test( 'carries what the shop and the settings say', () => {
		const { salesOrder, totals } = plannedOrder(
			input(
				{},
				{
					settings: settingsWith( {
						status: { processing: 5 },
						channelId: 7,
						warehouseId: 2,
						priceListId: 3,
						leadSourceId: 4,
						shipping: { 'flat_rate:2': 9, flat_rate: 8, '*': 0 },
					} ),
				}
			)
		);
		expect( salesOrder ).toMatchObject( {
			ref: '4336',
			externalRef: 'shop-4336',
			placedOn: '2026-07-01T23:30:00.000+00:00',
			taxDate: '2026-07-02T00:00:00.000+01:00',
			statusId: 5,
			channelId: 7,
			warehouseId: 2,
			priceListId: 3,
			leadSourceId: 4,
			priceMode: 'EXC',
			currency: 'GBP',
			shippingMethodId: 9,
			installationInstanceId: 77,
		} );
		expect( totals ).toEqual( {
			net: '32.77',
			tax: '5.00',
			total: '37.77',
			store: '37.77',
			difference: '0.00',
		} );
	} );

	test( 'goes where the first rule that fits says, at the rate the shop worked with', () => {
		const settings = settingsWith( {
			channelId: 7,
			warehouseId: 2,
			rules: [
				{ country: 'FR', channelId: 8 },
				{ payment: 'stripe', warehouseId: 3 },
				{ country: 'GB', channelId: 9 },
			],
			exchangeRateMeta: '_rate',
		} );
		expect(
			plannedOrder(
				input(
					{ currency: 'EUR', meta: { _rate: '1.25' } },
					{ settings }
				)
			).salesOrder
		).toMatchObject( {
			channelId: 7,
			warehouseId: 3,
			exchangeRate: '1.25',
		} );
		expect(
			plannedOrder( input( { meta: { _rate: '1.25' } }, { settings } ) )
				.salesOrder.exchangeRate
		).toBeNull();
	} );

	test( "has a row for each line and charge, with the shop's own figures", () => {
		expect(
			rowsOf(
				input( {
					fees: [ aCharge() ],
					total: '40.77',
					totalTax: '5.50',
				} )
			)
		).toEqual( [
			{
				externalRef: 'line-1',
				productId: 4200,
				name: 'Oak Serving Board',
				quantity: '2',
				taxCode: 'T20',
				net: '20.00',
				tax: '4.00',
				nominalCode: null,
			},
			{
				externalRef: 'line-2',
				productId: 4206,
				name: 'Field Guide to Mosses',
				quantity: '1',
				taxCode: 'T0',
				net: '7.77',
				tax: '0.00',
				nominalCode: null,
			},
			{
				externalRef: 'ship-3',
				productId: null,
				name: 'Shipping: Royal Mail',
				quantity: '1',
				taxCode: 'T20',
				net: '5.00',
				tax: '1.00',
				nominalCode: '4040',
			},
			{
				externalRef: 'fee-4',
				productId: null,
				name: 'Gift wrapping',
				quantity: '1',
				taxCode: 'T20',
				net: '2.50',
				tax: '0.50',
				nominalCode: null,
			},
		] );
	} );

	test( 'leaves out shipping and fees of value 0, not lines', () => {
		const free = { total: '0.00', totalTax: '0.00' };
		const rows = rowsOf(
			input( {
				lines: [
					aLine( { ...free, subtotal: '0', subtotalTax: '0' } ),
				],
				shippingLines: [ aShippingLine( free ) ],
				fees: [ aCharge( free ) ],
				...free,
			} )
		);
		expect( rows.map( ( { externalRef } ) => externalRef ) ).toEqual( [
			'line-1',
		] );
	} );

	test.each<
		[
			string,
			Record< string, number >,
			Partial< StoreOrder >,
			number | null,
		]
	>( [
		[
			'method and instance',
			{ 'flat_rate:2': 9, flat_rate: 8, '*': 1 },
			{},
			9,
		],
		[ 'method', { flat_rate: 8, '*': 1 }, {}, 8 ],
		[ 'anything', { '*': 0 }, {}, 0 ],
		[ 'nothing mapped', { local_pickup: 3 }, {}, null ],
		[
			'nothing shipped',
			{ '*': 1 },
			{ shippingLines: [], total: '31.77', totalTax: '4.00' },
			null,
		],
	] )( 'shipping method by %s', ( _name, shipping, order, expected ) => {
		expect(
			plannedOrder(
				input( order, { settings: settingsWith( { shipping } ) } )
			).salesOrder.shippingMethodId
		).toBe( expected );
	} );

	test( "nominal codes of the settings win over the account's; a gift card has its own", () => {
		const rows = rowsOf(
			input(
				{
					fees: [
						aCharge(),
						aCharge( {
							id: 5,
							name: 'Gift card',
							total: '-3.00',
							totalTax: '0.00',
							taxStatus: 'none',
							rates: [],
						} ),
					],
					total: '37.77',
					totalTax: '5.50',
				},
				{
					settings: settingsWith( {
						nominal: {
							sales: '4001',
							shipping: '4041',
							fee: '4002',
							giftCard: '2150',
						},
					} ),
				}
			)
		);
		expect( rows.map( ( row ) => row.nominalCode ) ).toEqual( [
			'4001',
			'4001',
			'4041',
			'4002',
			'2150',
		] );
	} );
} );

describe( 'names of rows', () => {
	const nameOf = ( line: Parameters< typeof aLine >[ 0 ] ) =>
		rowsOf( input( { lines: [ aLine( line ), BOOK ] } ) )[ 0 ]?.name;

	test( 'personalisation is appended, decoded', () => {
		expect( rowsOf( inputFor( recordedOrder( '024' ) ) )[ 0 ]?.name ).toBe(
			'Engraved Pen (Engraving: To Dad — love, Éowyn & Sam <3; Font style: Copperplate; pa_finish: matt)'
		);
	} );

	test( "a variation's name says its attributes already, but nothing else that sounds like one", () => {
		expect(
			nameOf( {
				name: 'Linen Shirt - M, Ecru',
				variationId: 4222,
				meta: [
					{ key: 'Colour', value: 'Ecru' },
					{ key: 'Size', value: 'M' },
					{ key: 'Monogram', value: 'M' },
				],
			} )
		).toBe( 'Linen Shirt - M, Ecru (Monogram: M)' );
	} );

	test( 'markup of other plugins is no part of it', () => {
		expect(
			nameOf( {
				meta: [ { key: '<b>Date</b>', value: '<p>1&nbsp;May</p>\n' } ],
			} )
		).toBe( 'Oak Serving Board (Date: 1 May)' );
	} );

	test( 'is never empty, and never endless', () => {
		expect( nameOf( { name: ' ' } ) ).toBe( 'OSB-01' );
		const long = nameOf( {
			meta: [ { key: 'Text', value: 'word '.repeat( 100 ) } ],
		} );
		expect( long?.length ).toBeLessThanOrEqual( 255 );
		expect( long?.endsWith( 'word…' ) ).toBe( true );
	} );
} );

describe( 'discounts in rows of their own', () => {
	const settings = settingsWith( { discounts: 'rows' } );
	const discounted = {
		lines: [
			aLine( {
				subtotal: '20.00',
				subtotalTax: '4.00',
				total: '15.00',
				totalTax: '3.00',
			} ),
			{ ...BOOK, subtotal: '7.77', total: '6.00' },
		],
		total: '30.00',
		totalTax: '4.00',
	};
	const coupon = ( id: number, code: string, discount: string ) => ( {
		id,
		code,
		discount,
		discountTax: '0.00',
	} );

	test( 'lines stand at their subtotal and the coupons share what was taken off', () => {
		const rows = rowsOf(
			input(
				{
					...discounted,
					coupons: [
						coupon( 8, 'spring', '4.51' ),
						coupon( 9, 'vip', '2.25' ),
					],
				},
				{ settings }
			)
		);
		expect(
			rows.map( ( { externalRef, net, tax } ) => [
				externalRef,
				net,
				tax,
			] )
		).toEqual( [
			[ 'line-1', '20.00', '4.00' ],
			[ 'line-2', '7.77', '0.00' ],
			[ 'ship-3', '5.00', '1.00' ],
			[ 'coupon-8', '-4.52', '-0.67' ],
			[ 'coupon-9', '-2.25', '-0.33' ],
		] );
		expect( rows[ 3 ] ).toMatchObject( {
			productId: null,
			name: 'Discount: spring',
			taxCode: 'T20',
			nominalCode: '4009',
		} );
	} );

	test( 'a coupon has the code under which most tax was taken off', () => {
		const rows = rowsOf(
			input(
				{
					lines: [
						aLine( {
							subtotal: '20.00',
							subtotalTax: '4.00',
							total: '19.00',
							totalTax: '3.80',
						} ),
						{ ...BOOK, subtotal: '7.77', total: '3.77' },
					],
					total: '32.57',
					totalTax: '4.80',
					coupons: [ coupon( 8, 'books', '5.00' ) ],
				},
				{ settings }
			)
		);
		expect( rows.at( -1 ) ).toMatchObject( {
			externalRef: 'coupon-8',
			taxCode: 'T20',
			net: '-5.00',
			tax: '-0.20',
		} );
	} );

	test( 'a coupon that took nothing off has no row', () => {
		const rows = rowsOf(
			input(
				{
					...discounted,
					coupons: [
						coupon( 8, 'spring', '6.77' ),
						coupon( 9, 'freeship', '0.00' ),
					],
				},
				{ settings }
			)
		);
		expect( rows.map( ( { externalRef } ) => externalRef ) ).toEqual( [
			'line-1',
			'line-2',
			'ship-3',
			'coupon-8',
		] );
	} );

	test( 'without a coupon the discount stays in the line', () => {
		const rows = rowsOf( input( discounted, { settings } ) );
		expect( rows.map( ( { net } ) => net ) ).toEqual( [
			'15.00',
			'6.00',
			'5.00',
		] );
	} );
} );

describe( 'pennies', () => {
	test( 'a difference within the limit becomes a rounding row', () => {
		const result = plannedOrder( input( { total: '37.79' } ) );
		expect( result.salesOrder.rows.at( -1 ) ).toEqual( {
			externalRef: 'rounding',
			productId: null,
			name: 'Rounding',
			quantity: '1',
			taxCode: 'T9',
			net: '0.02',
			tax: '0.00',
			nominalCode: '4999',
		} );
		expect( result.totals ).toMatchObject( {
			total: '37.79',
			difference: '0.00',
		} );
	} );

	test( 'so much of it as the tax lacks too is tax', () => {
		const result = plannedOrder(
			input( {
				lines: [ { ...BOOK, total: '70.00' }, aLine() ],
				total: '99.98',
				totalTax: '4.99',
			} )
		);
		expect( result.salesOrder.rows.at( -1 ) ).toMatchObject( {
			taxCode: 'T20',
			net: '-0.01',
			tax: '-0.01',
		} );
		expect( result.totals ).toMatchObject( {
			total: '99.98',
			tax: '4.99',
		} );
	} );

	test.each( [
		[ '37.82', '0.05', [] ],
		[ '37.83', '0.05', [ 'total-mismatch' ] ],
		[ '37.71', '0.05', [ 'total-mismatch' ] ],
		[ '37.78', '0', [ 'total-mismatch' ] ],
		[ '37.77', '0', [] ],
		[ '42.77', '5', [] ],
	] )(
		'a total of %s with a limit of %s',
		( total, roundingLimit, codes ) => {
			expect(
				problemCodes(
					input(
						{ total },
						{ settings: settingsWith( { roundingLimit } ) }
					)
				)
			).toEqual( codes );
		}
	);

	test( 'what six decimals leave unexplained is not hidden in many small moves', () => {
		const lines = Array.from( { length: 100 }, ( _, index ) =>
			aLine( {
				id: index + 1,
				total: '1.00',
				totalTax: '0.20',
				subtotal: '1.00',
				subtotalTax: '0.20',
			} )
		);
		const order = anOrder( {
			lines,
			shippingLines: [],
			total: '120.60',
			totalTax: '20.00',
		} );
		const exact = {
			...order,
			lines: lines.map( ( line ) => ( {
				...line,
				total: '1.001000',
				totalTax: '0.200000',
			} ) ),
		};
		expect( problemCodes( inputFor( { order, exact } ) ) ).toEqual( [
			'total-mismatch',
		] );
	} );

	test( "the total comes first where the shop's tax does not fit it", () => {
		const half = {
			total: '10.00',
			totalTax: '1.00',
			subtotal: '10.00',
			subtotalTax: '1.00',
		};
		const order = anOrder( {
			lines: [ aLine( half ), aLine( { ...half, id: 2 } ) ],
			shippingLines: [],
			total: '22.01',
			totalTax: '2.00',
		} );
		const lines = order.lines.map( ( line ) => ( {
			...line,
			totalTax: '1.004000',
		} ) );
		const { rows } = plannedOrder(
			inputFor( { order, exact: { ...order, lines } } )
		).salesOrder;
		expect( rows.map( ( { net, tax } ) => [ net, tax ] ) ).toEqual( [
			[ '10.00', '1.01' ],
			[ '10.00', '1.00' ],
		] );
	} );

	test( 'six decimals of another version of the order are not used', () => {
		const { order, exact } = recordedOrder( '031' );
		const edited = { ...exact!, total: '41.340000' };
		const { rows } = plannedOrder(
			inputFor( { order, exact: edited } )
		).salesOrder;
		expect( rows.at( -1 ) ).toMatchObject( {
			externalRef: 'rounding',
			net: '0.00',
			tax: '-0.01',
		} );
	} );

	test( 'no six decimals are asked for when everything agrees', () => {
		expect( needsExact( anOrder() ) ).toBe( false );
		expect( needsExact( anOrder( { total: '37.78' } ) ) ).toBe( true );
		expect( needsExact( anOrder( { totalTax: '4.99' } ) ) ).toBe( true );
		expect(
			needsExact( anOrder( { total: '37.7700', totalTax: '5.0000' } ) )
		).toBe( false );
	} );

	test( 'four decimals in the shop are no problem while the total has two', () => {
		const order = {
			lines: [
				aLine( {
					total: '20.0050',
					totalTax: '4.0010',
					subtotal: '20.0050',
					subtotalTax: '4.0010',
				} ),
				{ ...BOOK, total: '7.7640', subtotal: '7.7640' },
			],
			total: '37.7700',
			totalTax: '5.0010',
		};
		expect(
			rowsOf( input( order ) ).map( ( { net, tax } ) => [ net, tax ] )
		).toEqual( [
			[ '20.01', '4.00' ],
			[ '7.76', '0.00' ],
			[ '5.00', '1.00' ],
		] );
	} );

	test( 'whole yen stay whole', () => {
		const rows = rowsOf( inputFor( recordedOrder( '068' ) ) );
		expect(
			rows.every( ( { net, tax } ) =>
				/^-?\d+$/.test( net + tax.replace( '-', '' ) )
			)
		).toBe( true );
	} );
} );

describe( 'problems', () => {
	test( 'all of an order are told at once, the most important first', () => {
		const order = {
			currency: 'CHF',
			total: '37.771',
			lines: [
				aLine( { sku: 'NOPE' } ),
				{ ...BOOK, sku: '', rates: [ { ...VAT, percent: '3' } ] },
			],
			billing: { ...ADDRESS, email: '' },
			paymentMethod: 'cheque',
		};
		const problems = problemsOf(
			input( order, {
				settings: settingsWith( { payments: {}, tax: [] } ),
			} )
		);
		expect( problems.map( ( { code } ) => code ) ).toEqual( [
			'currency-unknown',
			'currency-precision',
			'sku-unknown',
			'tax-unmapped',
			'contact-incomplete',
			'payment-unmapped',
		] );
		for ( const problem of problems ) {
			for ( const said of [
				problem.message,
				problem.cause,
				problem.fix,
			] ) {
				expect( said ).toMatch( /^[A-Z"].*\.$/s );
			}
			expect( problem.field ).toMatch( /\w/ );
		}
	} );

	test( 'unknown SKUs are named with their lines', () => {
		const [ problem ] = problemsOf(
			input( {
				lines: [ aLine( { sku: 'NOPE' } ), { ...BOOK, sku: '' } ],
			} )
		);
		expect( problem?.message ).toBe(
			'Brightpearl has no product with SKU "NOPE" (line "Oak Serving Board"); there is no SKU on the line "Field Guide to Mosses".'
		);
	} );

	test( 'a SKU is compared exactly', () => {
		expect(
			problemCodes(
				input( { lines: [ aLine( { sku: 'osb-01' } ), BOOK ] } )
			)
		).toEqual( [ 'sku-unknown' ] );
	} );

	test( 'a SKU that Brightpearl has twice is never guessed, whatever the policy', () => {
		const product = {
			productId: 1,
			sku: 'OSB-01',
			stockTracked: true,
			status: 'LIVE',
		};
		const products = new Map( input().products ).set( 'OSB-01', [
			product,
			{ ...product, productId: 2 },
		] );
		const [ problem ] = problemsOf(
			input(
				{},
				{
					products,
					settings: settingsWith( { missingSku: 'text-row' } ),
				}
			)
		);
		expect( problem?.code ).toBe( 'sku-duplicate' );
		expect( problem?.message ).toContain(
			'SKU "OSB-01" (products 1 and 2)'
		);
	} );

	test.each( [
		[ 'text-row', null ],
		[ { productId: 1001 }, 1001 ],
	] )( 'an unknown SKU under the policy %j', ( missingSku, productId ) => {
		const [ row ] = rowsOf(
			input(
				{ lines: [ aLine( { sku: 'NOPE' } ), BOOK ] },
				{ settings: settingsWith( { missingSku } ) }
			)
		);
		expect( row ).toMatchObject( {
			productId,
			name: 'Oak Serving Board',
			quantity: '2',
		} );
	} );

	test( 'one problem names every combination of tax without a rule, and the rule to add', () => {
		const [ problem ] = problemsOf(
			input( {}, { settings: settingsWith( { tax: [] } ) } )
		);
		expect( problem ).toMatchObject( {
			code: 'tax-unmapped',
			message:
				'No rule of orders.tax matches (20%, standard class, GB/Avon) and (0%, class "zero-rate", GB/Avon).',
			field: 'orders.tax',
		} );
		expect( problem?.fix ).toContain(
			'{"percent":"20","country":"GB","code":"…"}'
		);
		expect( problem?.fix ).toContain(
			'{"percent":"0","class":"zero-rate","country":"GB","code":"…"}'
		);
	} );

	test( 'a code that the account does not have is told with those it has', () => {
		const [ problem, ...others ] = problemsOf(
			input(
				{},
				{
					settings: settingsWith( { tax: [], taxDefault: 'T99' } ),
					account: { ...ACCOUNT, taxCodes: [ 'T20', 'T0' ] },
				}
			)
		);
		expect( problem?.message ).toBe( 'Brightpearl has no tax code "T99".' );
		expect( problem?.fix ).toContain( 'T20 and T0' );
		expect( others ).toEqual( [] );
	} );

	test( 'free shipping needs no tax code, a free line does', () => {
		const rules = [ { percent: '20', code: 'T20' } ];
		const free = { total: '0.00', totalTax: '0.00', rates: [] };
		const settings = settingsWith( { tax: rules } );
		const order = {
			lines: [ aLine() ],
			shippingLines: [ aShippingLine( free ) ],
			total: '24.00',
			totalTax: '4.00',
		};
		expect( problemCodes( input( order, { settings } ) ) ).toEqual( [] );
		expect(
			problemCodes(
				input(
					{
						...order,
						lines: [ aLine(), { ...BOOK, ...free, subtotal: '0' } ],
					},
					{ settings }
				)
			)
		).toEqual( [ 'tax-unmapped' ] );
	} );

	test( 'a missing address is told field by field', () => {
		const [ problem ] = problemsOf(
			input( { billing: NO_ADDRESS, shipping: NO_ADDRESS } )
		);
		expect( problem?.message ).toBe(
			'Brightpearl cannot make a contact and address from this order: it has no e-mail address, no name, no address line and no country.'
		);
		expect( problem?.field ).toBe(
			'billing.email, billing.first_name, billing.address_1, billing.country'
		);
	} );
} );

describe( 'payments', () => {
	const paymentOf = ( of: PlanInput ) => {
		const step = planned( of ).steps.find(
			( { type } ) => type === 'RecordPayment'
		);
		return step?.type === 'RecordPayment' ? step.payment : null;
	};

	test( "what was paid is recorded under the order's reference", () => {
		expect( paymentOf( input() ) ).toEqual( {
			n: 1,
			transactionRef: 'shop-4336-p1',
			transactionCode: 'pi_1',
			methodCode: 'CARD',
			amount: '37.77',
			currency: 'GBP',
			paidAt: '2026-07-01T23:30:04.000+00:00',
		} );
	} );

	test( 'a gateway id is cut to 64', () => {
		expect(
			paymentOf( input( { transactionId: 'x'.repeat( 80 ) } ) )
				?.transactionCode
		).toHaveLength( 64 );
	} );

	test.each< [ string, Record< string, string >, string | null ] >( [
		[ 'stripe', { stripe: 'CARD', '*': 'OTHER' }, 'CARD' ],
		[ 'cheque', { stripe: 'CARD', '*': 'OTHER' }, 'OTHER' ],
		[ '', { '': 'NONE', '*': 'OTHER' }, 'NONE' ],
		[ '', { '*': 'OTHER' }, 'OTHER' ],
		[ 'cheque', { stripe: 'CARD' }, null ],
		[ 'constructor', {}, null ],
	] )( 'method "%s" under %j is %s', ( paymentMethod, payments, code ) => {
		const of = input(
			{ paymentMethod },
			{ settings: settingsWith( { payments } ) }
		);
		if ( code === null ) {
			expect( problemCodes( of ) ).toEqual( [ 'payment-unmapped' ] );
		} else {
			expect( paymentOf( of )?.methodCode ).toBe( code );
		}
	} );

	test( 'an unpaid order and one that cost nothing need no method', () => {
		const settings = settingsWith( { payments: {} } );
		expect(
			stepsOf( input( { paidAt: null }, { settings } ) )
		).not.toContain( 'RecordPayment' );
		expect(
			stepsOf( inputFor( recordedOrder( '107' ), { settings } ) )
		).not.toContain( 'RecordPayment' );
	} );

	test( 'an order that was edited since is paid with what was seen first', () => {
		const link = linkWith( {
			payments: [
				{
					n: 1,
					amount: '30.00',
					paidAt: '2026-07-01T23:30:04Z',
					paymentId: null,
					reversed: null,
				},
			],
		} );
		expect( paymentOf( input( {}, { link } ) )?.amount ).toBe( '30.00' );
	} );

	test( 'an order that was free when first seen paid is not taken as paid after an edit', () => {
		const link = linkWith( {
			payments: [
				{
					n: 1,
					amount: '0.00',
					paidAt: '2026-07-01T23:30:04Z',
					paymentId: null,
					reversed: null,
				},
			],
		} );
		expect( paymentOf( input( {}, { link } ) ) ).toBeNull();
	} );
} );

describe( 'steps', () => {
	const all = [
		'EnsureContact',
		'CreateOrder',
		'RecordPayment',
		'Allocate',
		'Verify',
	];
	/** Its order was made, and nobody got to see it. */
	const claimed = linkWith( { salesOrderId: 9 } );

	test.each< [ string, PlanInput, string[] ] >( [
		[ 'a new paid order', input(), all ],
		[
			'an order that nobody has confirmed',
			input( {}, { link: claimed } ),
			all,
		],
		[
			'allocation off',
			input( {}, { settings: settingsWith( { allocate: false } ) } ),
			all.filter( ( type ) => type !== 'Allocate' ),
		],
		[
			'called off before it was pushed, and pushed all the same',
			input( { status: 'cancelled' } ),
			[ 'EnsureContact', 'CreateOrder', 'Verify' ],
		],
		[
			'text rows only',
			input(
				{ lines: [ aLine( { sku: '' } ) ], total: '30.00' },
				{ settings: settingsWith( { missingSku: 'text-row' } ) }
			),
			all.filter( ( type ) => type !== 'Allocate' ),
		],
		[
			'nothing that keeps stock',
			input(
				{},
				{
					link: {
						...claimed,
						allocation: {
							state: 'not-needed',
							byLine: {},
							shipped: false,
							confirmedAt: '2026-07-01T23:31:00Z',
						},
					},
				}
			),
			all.filter( ( type ) => type !== 'Allocate' ),
		],
	] )( '%s', ( _name, of, types ) => {
		expect( stepsOf( of ) ).toEqual( types );
	} );

	test( 'each says itself in one sentence', () => {
		for ( const { summary } of planned( input() ).steps ) {
			expect( summary ).toMatch( /^[A-Z].*\.$/ );
		}
	} );
} );
