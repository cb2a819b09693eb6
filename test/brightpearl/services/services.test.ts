import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { createKit, searchAnswer } from '../client-kit.ts';
import { answer, unreachable, valueOf } from '../world.ts';

const fixtures = JSON.parse(
	readFileSync(
		new URL( '../../data/brightpearl-fixtures.json', import.meta.url ),
		'utf8'
	)
) as {
	search: { name: string; body: { response: unknown } }[];
	reference: { name: string; body: { response: unknown } }[];
};
const reference = ( name: string ) =>
	fixtures.reference.find( ( one ) => one.name === name )?.body.response;

const money = ( value: string ) => ( { currencyCode: 'GBP', value } );
const row = ( change: object = {} ) => ( {
	orderRowSequence: '10',
	productId: 1042,
	productName: 'Canvas Tote',
	productSku: 'TOTE-NAT',
	quantity: { magnitude: '2.0000' },
	rowValue: {
		taxRate: '20.0000',
		taxCode: 'T20',
		taxCalculator: 'brightpearl',
		rowNet: money( '33.3333' ),
		rowTax: money( '6.67' ),
		taxClassId: 7,
	},
	nominalCode: '4000',
	composition: {
		bundleParent: false,
		bundleChild: false,
		parentOrderRowId: 0,
	},
	...change,
} );
const order = ( change: object = {} ) => ( {
	id: 20871,
	parentOrderId: 0,
	orderTypeCode: 'SO',
	reference: '#10457',
	externalRef: 'shop-10457',
	version: 3,
	orderStatus: { orderStatusId: 2, name: 'New web order' },
	orderPaymentStatus: 'UNPAID',
	allocationStatusCode: 'AAA',
	shippingStatusCode: 'SNS',
	placedOn: '2026-03-02T09:14:05.000+01:00',
	currency: {
		accountingCurrencyCode: 'GBP',
		orderCurrencyCode: 'GBP',
		exchangeRate: '1.000000',
		fixedExchangeRate: true,
	},
	totalValue: { net: '34.17', taxAmount: '6.83', total: '41.00' },
	assignment: { current: { channelId: 7, projectId: 0 } },
	parties: { customer: { contactId: 412 } },
	orderRows: { 45010: row( { externalRef: 'line-1' } ) },
	warehouseId: 2,
	...change,
} );

describe( 'orders', () => {
	test( 'are read as recorded', async () => {
		const { asked, client } = createKit( ( { path } ) =>
			path.includes( '/order/' )
				? [
						order( {
							orderRows: {
								45012: row( {
									orderRowSequence: '20',
									productId: 1000,
									productSku: undefined,
									productName: 'Shipping: Standard',
									externalRef: 'ship-1',
								} ),
								45011: row( {
									orderRowSequence: '100',
									composition: {
										bundleParent: false,
										bundleChild: true,
										parentOrderRowId: 45010,
									},
								} ),
								45010: row( { externalRef: 'line-1' } ),
							},
						} ),
					]
				: undefined
		);
		const [ found ] = valueOf( await client.salesOrders( [ 20871 ] ) );
		expect( found ).toEqual( {
			id: 20871,
			externalRef: 'shop-10457',
			reference: '#10457',
			statusId: 2,
			contactId: 412,
			placedOn: '2026-03-02T08:14:05.000Z',
			parentOrderId: null,
			version: 3,
			createdOn: null,
			updatedOn: null,
			taxDate: null,
			invoiceReference: null,
			invoiced: false,
			shippingMethodId: null,
			deliveryDate: null,
			addresses: { customer: null, billing: null, delivery: null },
			currency: 'GBP',
			exchangeRate: '1.000000',
			total: '41.00',
			net: '34.17',
			tax: '6.83',
			warehouseId: 2,
			channelId: 7,
			allocation: 'all',
			shipping: 'none',
			paymentStatus: 'UNPAID',
			cancelled: false,
			rows: [
				{
					id: 45010,
					productId: 1042,
					sku: 'TOTE-NAT',
					name: 'Canvas Tote',
					quantity: '2',
					net: '33.3333',
					tax: '6.67',
					taxCode: 'T20',
					nominalCode: '4000',
					taxCalculator: 'brightpearl',
					externalRef: 'line-1',
					bundleParent: false,
					bundleChild: false,
					parentRowId: 0,
				},
				expect.objectContaining( {
					id: 45012,
					productId: 1000,
					sku: null,
					externalRef: 'ship-1',
				} ),
				expect.objectContaining( {
					id: 45011,
					bundleChild: true,
					parentRowId: 45010,
				} ),
			],
		} );
		expect( asked.map( ( { path } ) => path ) ).toEqual( [
			'/integration-service/account-configuration',
			'/order-service/order/20871',
		] );
	} );

	test.each( [
		[ 'ANR', 'not-needed', 'NST', 'not-needed' ],
		[ 'ANA', 'none', 'SNS', 'none' ],
		[ 'APA', 'part', 'SPS', 'part' ],
		[ 'AAA', 'all', 'ASS', 'all' ],
		[ 'NEW', 'none', 'NEW', 'none' ],
		[ undefined, 'none', undefined, 'none' ],
	] )( 'codes %s and %s', async ( code, allocation, ship, shipping ) => {
		const { client } = createKit( ( { path } ) =>
			path.includes( '/order/' )
				? [
						order( {
							allocationStatusCode: code,
							shippingStatusCode: ship,
						} ),
					]
				: undefined
		);
		expect(
			valueOf( await client.salesOrders( [ 20871 ] ) )[ 0 ]
		).toMatchObject( {
			allocation,
			shipping,
		} );
	} );

	test( 'are cancelled when they have the account’s cancelled status', async () => {
		const { client } = createKit( ( { path } ) =>
			path.includes( '/order/' )
				? [
						order( {
							orderStatus: { orderStatusId: 5, name: 'x' },
						} ),
						order( { id: 20872 } ),
					]
				: undefined
		);
		expect(
			valueOf( await client.salesOrders( [ 20871, 20872 ] ) ).map(
				( { cancelled } ) => cancelled
			)
		).toEqual( [ true, false ] );
	} );

	test( 'unset keys of 0 are none, rows may be none, other types are left out', async () => {
		const { client } = createKit( ( { path } ) =>
			path.includes( '/order/' )
				? [
						order( {
							warehouseId: 0,
							assignment: { current: { channelId: 0 } },
							externalRef: undefined,
							placedOn: undefined,
							orderRows: {},
						} ),
						order( { id: 20872, orderTypeCode: 'PO' } ),
					]
				: undefined
		);
		const found = valueOf( await client.salesOrders( [ 20871, 20872 ] ) );
		expect( found ).toHaveLength( 1 );
		expect( found[ 0 ] ).toMatchObject( {
			warehouseId: null,
			channelId: null,
			externalRef: null,
			placedOn: null,
			rows: [],
		} );
	} );

	test( 'missing ones are left out, in both ways Brightpearl says so', async () => {
		for ( const none of [
			[],
			answer( 404, { errors: [ { code: 'CMNC-404', message: '' } ] } ),
		] ) {
			const { client } = createKit( ( { path } ) =>
				path.includes( '/order/' ) ? none : undefined
			);
			expect( valueOf( await client.salesOrders( [ 999 ] ) ) ).toEqual(
				[]
			);
		}
	} );

	test( 'go in ascending sets of 200', async () => {
		const { asked, client } = createKit( ( { path } ) =>
			path.includes( '/order/' ) ? [] : undefined
		);
		const ids = Array.from( { length: 201 }, ( _, at ) => 402 - at * 2 );
		await client.salesOrders( ids );
		const sets = asked
			.map( ( { path } ) => path )
			.filter( ( path ) => path.includes( '/order/' ) );
		expect( sets ).toHaveLength( 2 );
		expect( sets[ 0 ] ).toMatch( /\/order\/2,4,6,/ );
		expect( sets[ 1 ] ).toMatch( /\/order\/402$/ );
		expect( valueOf( await client.salesOrders( [] ) ) ).toEqual( [] );
	} );

	test( 'whose rows carry no reference get it from the sales-order resource', async () => {
		const { client } = createKit( ( { path } ) => {
			if ( path.includes( '/sales-order/' ) ) {
				return [
					{
						id: 20871,
						rows: [
							{ id: 45010, externalRef: 'line-1', net: '1' },
							{ id: 45011 },
						],
					},
				];
			}
			return path.includes( '/order/' )
				? [ order( { orderRows: { 45010: row(), 45011: row() } } ) ]
				: undefined;
		} );
		expect(
			valueOf( await client.salesOrders( [ 20871 ] ) )[ 0 ]?.rows.map(
				( { externalRef } ) => externalRef
			)
		).toEqual( [ 'line-1', null ] );
	} );

	test( 'stand without row references where that resource refuses, and are retried where it is down', async () => {
		const kit = ( refs: unknown ) =>
			createKit( ( { path } ) => {
				if ( path.includes( '/sales-order/' ) ) {
					return refs;
				}
				return path.includes( '/order/' )
					? [ order( { orderRows: { 45010: row() } } ) ]
					: undefined;
			} ).client.salesOrders( [ 20871 ] );
		const refused = answer( 400, {
			errors: [ { code: 'ORDC-001', message: 'no' } ],
		} );
		expect( valueOf( await kit( refused ) )[ 0 ]?.rows ).toHaveLength( 1 );
		expect( await kit( unreachable ) ).toMatchObject( {
			failure: { kind: 'retry' },
		} );
	} );

	test( 'a wrong type names the field', async () => {
		const { client } = createKit( ( { path } ) =>
			path.includes( '/order/' )
				? [ order( { totalValue: { net: '1', taxAmount: '1' } } ) ]
				: undefined
		);
		expect( await client.salesOrders( [ 1 ] ) ).toMatchObject( {
			failure: {
				problem: {
					code: 'defect',
					message: expect.stringContaining(
						'response.0.totalValue.total'
					),
				},
			},
		} );
	} );
} );

describe( 'creating a sales order', () => {
	const body = {
		customer: { id: 412, address: {} },
		billing: { contactId: 412, address: {} },
		ref: '#1',
		externalRef: 'shop-1',
		placedOn: '2026-03-02T09:14:05.000Z',
		taxDate: '2026-03-02T00:00:00.000Z',
		priceModeCode: 'INC',
		currency: { code: 'GBP' },
		delivery: { address: {} },
		rows: [],
	} as const;

	test.each< [ string, unknown, number | null ] >( [
		[ 'a bare id', 20871, 20871 ],
		[ 'an id in quotes', '20871', 20871 ],
		[ 'a list of one id', [ 20871 ], 20871 ],
		[ '{}, as a duplicate may', answer( 200, {} ), null ],
		[ 'null', null, null ],
		[
			'a conflict',
			answer( 409, { errors: [ { code: 'ORDC-999', message: 'dup' } ] } ),
			null,
		],
	] )( 'accepts %s', async ( _what, reply, id ) => {
		const { asked, client } = createKit( () => reply );
		expect( valueOf( await client.createSalesOrder( body ) ) ).toBe( id );
		expect( asked[ 0 ] ).toMatchObject( {
			method: 'POST',
			path: '/order-service/sales-order',
			body,
			request: { headers: { 'content-type': 'application/json' } },
		} );
	} );
} );

describe( 'contacts', () => {
	test( 'a postal address is sent without empty fields', async () => {
		const { asked, client } = createKit( () => 901 );
		expect(
			valueOf(
				await client.createPostalAddress( {
					addressLine1: '9 Harbour Row',
					addressLine2: '',
					countryIsoCode: 'GBR',
				} )
			)
		).toBe( 901 );
		expect( asked[ 0 ]?.body ).toEqual( {
			addressLine1: '9 Harbour Row',
			countryIsoCode: 'GBR',
		} );
	} );

	test( 'a contact is sent in the documented form', async () => {
		const { asked, client } = createKit( () => 412 );
		await client.createContact( {
			firstName: 'Ines',
			lastName: 'Duarte',
			companyName: 'Harbour Ltd',
			email: 'ines@example.test',
			phone: '+441170000001',
			addressId: 901,
		} );
		await client.createContact( {
			firstName: 'A',
			lastName: 'B',
			email: 'a@example.test',
			addressId: 1,
		} );
		expect( asked.map( ( { body } ) => body ) ).toEqual( [
			{
				firstName: 'Ines',
				lastName: 'Duarte',
				postAddressIds: { DEF: 901, BIL: 901, DEL: 901 },
				communication: {
					emails: { PRI: { email: 'ines@example.test' } },
					telephones: { PRI: '+441170000001' },
				},
				organisation: { name: 'Harbour Ltd' },
				marketingDetails: { isReceiveEmailNewsletter: false },
			},
			{
				firstName: 'A',
				lastName: 'B',
				postAddressIds: { DEF: 1, BIL: 1, DEL: 1 },
				communication: { emails: { PRI: { email: 'a@example.test' } } },
				marketingDetails: { isReceiveEmailNewsletter: false },
			},
		] );
	} );

	test( 'an answer without an id must be looked up', async () => {
		const { client } = createKit( () => answer( 200, {} ) );
		expect(
			await client.createPostalAddress( { addressLine1: 'x' } )
		).toMatchObject( {
			failure: { kind: 'retry', outcomeUnknown: true, ruid: 'ruid-1' },
		} );
	} );
} );

describe( 'payments', () => {
	const hit = fixtures.search[ 0 ]?.body.response;

	test( 'the recorded search reads', async () => {
		const { asked, client } = createKit( () => hit );
		expect(
			valueOf( await client.payments( { transactionRef: 'ch_9001' } ) )
		).toEqual( [
			{
				paymentId: 935253,
				transactionRef: 'ch_9001',
				methodCode: 'CARD',
				type: 'RECEIPT',
				orderId: 1081505,
				currency: 'GBP',
				amount: '100.00',
			},
		] );
		expect( asked[ 0 ]?.query[ 'transactionRef' ] ).toBe( 'ch_9001' );
		expect(
			valueOf( await client.payments( { transactionRef: 'ch_900' } ) )
		).toEqual( [] );
	} );

	test( 'of orders go by id set; other orders are left out', async () => {
		const { asked, client } = createKit( () => hit );
		expect(
			valueOf( await client.payments( { orderIds: [ 9, 8, 7 ] } ) )
		).toEqual( [] );
		expect( asked[ 0 ]?.query[ 'orderId' ] ).toBe( '7-9' );
		expect(
			valueOf( await client.payments( { orderIds: [ 1081505 ] } ) )
		).toHaveLength( 1 );
		expect( valueOf( await client.payments( { orderIds: [] } ) ) ).toEqual(
			[]
		);
	} );

	test( 'an authorisation has its amount in a column of its own', async () => {
		const { client } = createKit( () =>
			searchAnswer(
				[
					'paymentId',
					'transactionRef',
					'paymentMethodCode',
					'paymentType',
					'orderId',
					'currencyCode',
					'amountAuthorized',
					'amountPaid',
				],
				[ [ 1, 'r', null, 'AUTH', 5, 'GBP', '40.00', '0.00' ] ]
			)
		);
		expect(
			valueOf( await client.payments( { transactionRef: 'r' } ) )[ 0 ]
		).toMatchObject( { amount: '40.00', methodCode: '' } );
	} );

	test( 'amounts are sent as numbers, as recorded', async () => {
		const { asked, client } = createKit( () => 935253 );
		const body = {
			transactionRef: 'shop-1-p1',
			paymentMethodCode: 'CARD',
			paymentType: 'RECEIPT',
			orderId: 5,
			currencyIsoCode: 'GBP',
			exchangeRate: '1.234900',
			amountPaid: '123456789.10',
			paymentDate: '2026-03-02T09:14:05.000Z',
		} as const;
		expect( valueOf( await client.createPayment( body ) ) ).toBe( 935253 );
		expect( asked[ 0 ]?.request.body ).toContain(
			'"amountPaid":123456789.1,"exchangeRate":1.2349'
		);
	} );
} );

describe( 'stock', () => {
	const stock = ( onHand: number ) => ( {
		total: { inStock: 60, onHand, allocated: 60 - onHand, inTransit: 0 },
		warehouses: { 2: { inStock: 60, onHand, allocated: 60 - onHand } },
	} );

	test( 'availability is keyed by product and warehouse; what is left out is absent', async () => {
		const { client, clock } = createKit( () => ( { 1042: stock( 48 ) } ) );
		const { askedAt, byProduct } = valueOf(
			await client.availability( [ 1042, 7 ] )
		);
		expect( askedAt ).toBe( new Date( clock.now() ).toISOString() );
		expect( [ ...byProduct.keys() ] ).toEqual( [ 1042 ] );
		expect( byProduct.get( 1042 )?.warehouses.get( 2 ) ).toEqual( {
			inStock: 60,
			onHand: 48,
			allocated: 12,
		} );
	} );

	test( 'a set Brightpearl refuses is halved until the bad ids stand alone', async () => {
		const bad = new Set( [ 13, 77 ] );
		const { asked, client } = createKit( ( { path } ) => {
			const ids = ( path.split( '/' ).pop() ?? '' )
				.split( ',' )
				.flatMap( ( part ) => {
					const [ from = 0, to = from ] = part
						.split( '-' )
						.map( Number );
					return Array.from(
						{ length: to - from + 1 },
						( _, at ) => from + at
					);
				} );
			return ids.some( ( id ) => bad.has( id ) )
				? answer( 400, {
						errors: [ { code: 'WHSC-001', message: 'bad id' } ],
					} )
				: Object.fromEntries( ids.map( ( id ) => [ id, stock( 1 ) ] ) );
		} );
		const all = Array.from( { length: 100 }, ( _, at ) => at + 1 );
		const { byProduct } = valueOf( await client.availability( all ) );
		expect( byProduct.size ).toBe( 98 );
		expect( asked.length ).toBeLessThan( 30 );
	} );

	test( 'a service that refuses everything is not asked two hundred times', async () => {
		const { asked, client } = createKit( () =>
			answer( 400, { errors: [ { code: 'WHSC-001', message: 'no' } ] } )
		);
		const all = Array.from( { length: 200 }, ( _, at ) => at + 1 );
		expect( await client.availability( all ) ).toMatchObject( {
			failure: { problem: { code: 'refused-by-brightpearl' } },
		} );
		expect( asked.length ).toBeLessThan( 64 );
	} );

	test( 'askedAt is when the first request left', async () => {
		const { client, clock } = createKit( () => {
			clock.set( clock.now() + 5000 );
			return {};
		} );
		const start = clock.now();
		const ids = Array.from( { length: 201 }, ( _, at ) => at * 2 + 1 );
		const { askedAt } = valueOf( await client.availability( ids ) );
		expect( askedAt ).toBe( new Date( start ).toISOString() );
	} );

	test( 'a wrong account is no empty warehouse: it would publish zeros', async () => {
		const { client } = createKit( () =>
			answer( 404, {
				errors: [
					{
						code: 'CMNC-404',
						message:
							'Cannot find the resource /public-api/acmeshop/warehouse-service/product-availability/1',
					},
				],
			} )
		);
		expect( await client.availability( [ 1 ] ) ).toMatchObject( {
			failure: { kind: 'hold' },
		} );
	} );

	test( 'a failure of one set fails the whole, never half a picture', async () => {
		let n = 0;
		const { client } = createKit( () => ( n++ === 0 ? {} : unreachable ) );
		const ids = Array.from( { length: 201 }, ( _, at ) => at * 2 + 1 );
		expect( ( await client.availability( ids ) ).ok ).toBe( false );
	} );
} );

describe( 'reservations', () => {
	test( 'are read as documented; ids and quantities may be strings', async () => {
		const { client } = createKit( () => [
			{
				orderId: 5,
				warehouseId: 2,
				orderRows: { 45010: { productId: '1042', quantity: '2' } },
			},
		] );
		expect( valueOf( await client.reservation( 5 ) ) ).toEqual( {
			warehouseId: 2,
			rows: { 45010: { productId: 1042, quantity: 2 } },
		} );
	} );

	test( 'none is a 404 or an empty list', async () => {
		for ( const none of [
			[],
			answer( 404, { errors: [ { code: 'CMNC-404', message: '' } ] } ),
		] ) {
			const { client } = createKit( () => none );
			expect( valueOf( await client.reservation( 5 ) ) ).toBeNull();
		}
	} );

	test( 'are made with one POST that answers {}', async () => {
		const { asked, client } = createKit( () => answer( 200, {} ) );
		const products = [
			{ productId: 1042, salesOrderRowId: 45010, quantity: 2 },
		];
		expect( await client.createReservation( 5, 2, products ) ).toEqual( {
			ok: true,
			value: undefined,
		} );
		expect( asked[ 0 ] ).toMatchObject( {
			method: 'POST',
			path: '/warehouse-service/order/5/reservation/warehouse/2',
			body: { products },
		} );
	} );
} );

describe( 'reference data', () => {
	test( 'the documented configuration reads', async () => {
		const { client } = createKit( () =>
			reference( 'account-configuration' )
		);
		expect( valueOf( await client.configuration() ) ).toEqual( {
			baseCurrency: 'GBP',
			timeZone: 'Europe/London',
			taxScheme: 'VAT',
			newSalesOrderStatusId: 2,
			cancelledOrderStatusId: 5,
			nominal: {
				sales: '4000',
				shipping: '4040',
				discount: null,
				rounding: null,
			},
		} );
	} );

	test( 'a rate that is absent is 0', async () => {
		const { client } = createKit( () => reference( 'tax-code' ) );
		expect( valueOf( await client.taxCodes() ) ).toEqual( [
			{ id: 1, code: 'T0', rate: '0' },
			{ id: 2, code: 'T20', rate: '20' },
		] );
	} );

	test( 'minimal channels have neither warehouse nor list', async () => {
		const { client } = createKit( () => [
			{
				id: 7,
				name: 'Web',
				defaultWarehouseId: 2,
				warehouseIds: [ 2, 3 ],
			},
			{ id: 1, name: 'Brightpearl', channelTypeId: 1, channelBrandId: 1 },
		] );
		expect( valueOf( await client.channels() ) ).toEqual( [
			{
				id: 7,
				name: 'Web',
				defaultWarehouseId: 2,
				warehouseIds: [ 2, 3 ],
			},
			{
				id: 1,
				name: 'Brightpearl',
				defaultWarehouseId: null,
				warehouseIds: [],
			},
		] );
	} );

	test( 'currencies and warehouses read', async () => {
		const { client } = createKit( ( { path } ) =>
			path.endsWith( 'currency-search' )
				? searchAnswer(
						[ 'id', 'code' ],
						[
							[ 1, 'GBP' ],
							[ 2, 'EUR' ],
						]
					)
				: [ { id: 2, name: 'Main', typeCode: 'warehouse' } ]
		);
		expect( valueOf( await client.currencies() ) ).toEqual( [
			'GBP',
			'EUR',
		] );
		expect( valueOf( await client.warehouses() ) ).toEqual( [
			{ id: 2, name: 'Main' },
		] );
	} );

	test( 'is asked once, also by many at a time, and kept; a failure is not', async () => {
		let down = true;
		const { asked, client } = createKit( () => {
			if ( down ) {
				return unreachable;
			}
			return reference( 'tax-code' );
		} );
		expect( ( await client.taxCodes() ).ok ).toBe( false );
		down = false;
		await Promise.all( [
			client.taxCodes(),
			client.inLane( 'order' ).taxCodes(),
		] );
		await client.taxCodes();
		expect( asked ).toHaveLength( 2 );
	} );

	test( 'what the cache holds in another form is asked anew', async () => {
		const { asked, cache, client } = createKit( () =>
			reference( 'tax-code' )
		);
		await cache.put(
			'bp:acmeshop',
			'/accounting-service/tax-code',
			'old',
			null
		);
		expect( valueOf( await client.taxCodes() ) ).toHaveLength( 2 );
		expect( asked ).toHaveLength( 1 );
	} );
} );
