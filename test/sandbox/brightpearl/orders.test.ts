import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { orderBody, startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

let bp: Harness;
let customer: number;

beforeAll( async () => {
	bp = await startHarness( { switches: { requestsPerMinute: 100_000 } } );
	customer = await bp.contact();
} );
afterAll( () => bp.close() );

const post = ( more: Record< string, unknown > = {} ) =>
	bp.call(
		'POST',
		'/order-service/sales-order',
		orderBody( customer, more )
	);

const count = async (): Promise< number > =>
	( await bp.search( '/order-service/order-search?columns=orderId' ) ).length;

const row = ( more: Record< string, unknown > = {} ) => ( {
	name: 'Something',
	quantity: '1',
	taxCode: 'T20',
	net: '1',
	tax: '0.2',
	...more,
} );
test( 'a sales order answers 200 with its id and reads back in both shapes', async () => {
	const mug = await bp.product( 'OSB-01' );
	const made = await post( {
		externalRef: 'round-trip',
		rows: [
			{
				productId: mug.productId,
				quantity: '2',
				taxCode: 'T20',
				net: '33.3333',
				tax: '6.6667',
				externalRef: 'line-1',
			},
			row( {
				name: "Gift wrap = 'nice' & <warm>",
				net: '-3.33',
				tax: '-0.67',
			} ),
		],
	} );
	expect( made.status ).toBe( 200 );
	const id = Number( made.json.response );

	const legacy = await bp.call( 'GET', `/order-service/order/${ id }` );
	const order = legacy.json.response[ 0 ];
	expect( order ).toMatchObject( {
		id,
		orderTypeCode: 'SO',
		reference: '#10457',
		externalRef: 'round-trip',
		version: 0,
		orderPaymentStatus: 'UNPAID',
		stockStatusCode: 'SON',
		allocationStatusCode: 'ANA',
		shippingStatusCode: 'SNS',
		placedOn: '2026-07-01T00:30:00.000+01:00',
		priceModeCode: 'EXC',
		warehouseId: 2,
		totalValue: {
			net: '30.00',
			taxAmount: '6.00',
			total: '36.00',
			baseTotal: '36.00',
		},
		parties: {
			customer: {
				contactId: customer,
				countryIsoCode: 'GB',
				countryIsoCode3: 'GBR',
			},
		},
	} );
	expect( order ).not.toHaveProperty( 'updatedOn' );
	const rows = Object.values( order?.orderRows ?? {} );
	expect( rows[ 0 ] ).toMatchObject( {
		orderRowSequence: '10',
		productId: mug.productId,
		productSku: 'OSB-01',
		quantity: { magnitude: '2.0000' },
		rowValue: {
			taxRate: '20.0000',
			rowNet: { currencyCode: 'GBP', value: '33.3333' },
			rowTax: { value: '6.67' },
			taxClassId: 2,
		},
	} );
	// A free-text row is stored under the misc product.
	expect( rows[ 1 ] ).toMatchObject( { productId: 1000, productSku: '' } );
	expect( legacy.text ).toContain(
		'Gift wrap \\u003d \\u0027nice\\u0027 \\u0026 \\u003cwarm\\u003e'
	);

	const modern = await bp.call( 'GET', `/order-service/sales-order/${ id }` );
	expect( modern.json.response[ 0 ] ).toMatchObject( {
		id,
		ref: '#10457',
		customer: { id: customer },
		currency: { code: 'GBP', exchangeRate: '1.000000' },
		total: { net: '30.00', tax: '6.00', gross: '36.00' },
		isCanceled: false,
		rows: [
			{
				productId: mug.productId,
				net: '33.3333',
				tax: '6.67',
				externalRef: 'line-1',
			},
			{ productId: 1000, net: '-3.3300', tax: '-0.67' },
		],
	} );
} );

test( 'the same external reference and instance make one order, however often it is sent', async () => {
	const body = { externalRef: 'once', installedIntegrationInstanceId: 11 };
	const first = await post( body );
	const before = await count();
	const again = await post( { ...body, ref: 'changed' } );
	expect( again.status ).toBe( 200 );
	expect( again.json ).toEqual( { response: first.json.response } );
	expect( await count() ).toBe( before );
	const read = await bp.call(
		'GET',
		`/order-service/sales-order/${ String( first.json.response ) }`
	);
	expect( read.json.response[ 0 ]?.ref ).toBe( '#10457' );

	bp.sandbox.setSwitches( { duplicateAnswer: 'empty' } );
	expect( await post( body ) ).toMatchObject( { status: 200, json: {} } );
	expect( ( await post( body ) ).json ).not.toHaveProperty( 'response' );
	bp.sandbox.setSwitches( { duplicateAnswer: 'conflict' } );
	expect( ( await post( body ) ).status ).toBe( 409 );
	bp.sandbox.setSwitches( { duplicateAnswer: 'id' } );
	expect( await count() ).toBe( before );
} );

test( 'without the instance the same external reference makes two orders', async () => {
	const before = await count();
	const [ first, second ] = [
		await post( { externalRef: 'twice' } ),
		await post( { externalRef: 'twice' } ),
	];
	expect( second?.json.response ).not.toBe( first?.json.response );
	expect( await count() ).toBe( before + 2 );
} );

test( 'an OAuth token carries the instance into its orders', async () => {
	const body = orderBody( customer, { externalRef: 'by-oauth' } );
	const send = () =>
		bp.call( 'POST', '/order-service/sales-order', body, {
			auth: 'oauth',
		} );
	const first = await send();
	expect( ( await send() ).json.response ).toBe( first.json.response );
	bp.sandbox.setSwitches( { oauthInstance: false } );
	const plain = orderBody( customer, { externalRef: 'by-oauth-plain' } );
	const ids = [];
	for ( let n = 0; n < 2; n++ ) {
		const made = await bp.call(
			'POST',
			'/order-service/sales-order',
			plain,
			{
				auth: 'oauth',
			}
		);
		ids.push( made.json.response );
	}
	bp.sandbox.setSwitches( { oauthInstance: true } );
	expect( ids[ 0 ] ).not.toBe( ids[ 1 ] );
} );

test.each( [
	[ 2, '20.01', '1.67' ],
	[ 4, '20.00', '1.6667' ],
] as const )(
	'row tax stored to %d places makes two rows of 8.3333 + 1.6667 total %s',
	async ( rowTaxDecimals, gross, tax ) => {
		bp.sandbox.setSwitches( { rowTaxDecimals } );
		const twin = row( { net: '8.3333', tax: '1.6667' } );
		const made = await post( { rows: [ twin, twin ] } );
		bp.sandbox.setSwitches( { rowTaxDecimals: 2 } );
		const read = await bp.call(
			'GET',
			`/order-service/sales-order/${ String( made.json.response ) }`
		);
		expect( read.json.response[ 0 ]?.total?.gross ).toBe( gross );
		expect( read.json.response[ 0 ]?.rows?.[ 0 ]?.tax ).toBe( tax );
	}
);

test( 'a foreign order divides by its rate for the base', async () => {
	const made = await post( {
		currency: { code: 'EUR', exchangeRate: '1.234900' },
		rows: [ row( { net: '31.25', tax: '0' } ) ],
	} );
	const read = await bp.call(
		'GET',
		`/order-service/order/${ String( made.json.response ) }`
	);
	expect( read.json.response[ 0 ]?.totalValue ).toMatchObject( {
		net: '31.25',
		baseNet: '25.31',
	} );
} );

test( 'a bundle brings its component rows, which carry the stock and no money', async () => {
	const { productId } = await bp.product( 'BUNDLE-NEST' );
	const made = await post( {
		rows: [
			row( {
				productId,
				name: undefined,
				quantity: '3',
				net: '50',
				tax: '10',
			} ),
		],
	} );
	const read = await bp.call(
		'GET',
		`/order-service/sales-order/${ String( made.json.response ) }`
	);
	const rows = [ ...( read.json.response[ 0 ]?.rows ?? [] ) ];
	expect(
		rows.map( ( entry ) => [ entry.sku, entry.quantity, entry.net ] )
	).toEqual( [
		[ 'BUNDLE-NEST', '3.0000', '50.0000' ],
		[ 'OSB-01', '6.0000', '0.0000' ],
		[ 'LIN-APR', '3.0000', '0.0000' ],
	] );
	expect( rows[ 0 ]?.bundleParent ).toBe( true );
	expect( rows[ 1 ] ).toMatchObject( {
		bundleChild: true,
		parentRowId: rows[ 0 ]?.id,
	} );
	expect( read.json.response[ 0 ]?.total?.gross ).toBe( '60.00' );
	expect( read.json.response[ 0 ]?.allocationStatusCode ).toBe( 'ANA' );
} );

test( 'reading: order says 200 [] for none, sales-order says 404, and 207 for some', async () => {
	const made = await post();
	const id = Number( made.json.response );
	expect(
		( await bp.call( 'GET', '/order-service/order/999' ) ).json
	).toEqual( {
		response: [],
	} );
	expect(
		( await bp.call( 'GET', '/order-service/sales-order/999' ) ).status
	).toBe( 404 );
	expect(
		( await bp.call( 'GET', `/order-service/sales-order/999,${ id }` ) )
			.status
	).toBe( 207 );
	expect(
		( await bp.call( 'GET', `/order-service/order/999,${ id }` ) ).json
			.response.length
	).toBe( 1 );
} );

test( 'OPTIONS packs the ids that exist', async () => {
	const ids = (
		await bp.search( '/order-service/order-search?columns=orderId' )
	).map( ( [ id ] ) => Number( id ) );
	const first = Math.min( ...ids );
	const last = Math.max( ...ids );
	const all = await bp.call(
		'OPTIONS',
		`/order-service/order/1-${ last + 500 }`
	);
	expect( all.json ).toEqual( {
		response: { getUris: [ `/order/${ first }-${ last }` ] },
	} );
	const none = await bp.call( 'OPTIONS', '/order-service/order/1-5' );
	expect( none.json ).toEqual( { response: { getUris: [] } } );
} );
