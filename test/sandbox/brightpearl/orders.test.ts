import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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
const without = ( key: string ) => {
	const made: Record< string, unknown > = row();
	delete made[ key ];
	return made;
};

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

describe( 'a sales order is refused whole, and nothing of it is kept', () => {
	const cases: [ string, Record< string, unknown >, string ][] = [
		[ 'unknown customer', { customer: { id: 999_999 } }, 'CNTC-901' ],
		[ 'no customer', { customer: undefined }, 'CMNC-904' ],
		[ 'unknown channel', { channelId: 99 }, 'ORDC-902' ],
		[ 'unknown warehouse', { warehouseId: 99 }, 'ORDC-902' ],
		[ 'unknown price list', { priceListId: 99 }, 'ORDC-902' ],
		[ 'unknown lead source', { leadSourceId: 99 }, 'ORDC-902' ],
		[
			'unknown shipping method',
			{ delivery: { shippingMethodId: 99 } },
			'ORDC-902',
		],
		[ 'unknown parent', { parentId: 1 }, 'ORDC-902' ],
		[ 'unknown status', { statusId: 999 }, 'ORDC-909' ],
		[ 'status of a purchase order', { statusId: 6 }, 'ORDC-909' ],
		[ 'hidden status', { statusId: 24 }, 'ORDC-909' ],
		[ 'unknown currency', { currency: { code: 'KWD' } }, 'ORDC-906' ],
		[
			'rate for the base currency',
			{ currency: { code: 'GBP', exchangeRate: '2' } },
			'ORDC-906',
		],
		[
			'unknown instance',
			{ installedIntegrationInstanceId: 99 },
			'ORDC-912',
		],
		[
			'unknown country',
			{ delivery: { address: { countryIsoCode: 'XX' } } },
			'ORDC-907',
		],
		[ 'reference over 64', { ref: 'x'.repeat( 65 ) }, 'CMNC-904' ],
		[
			'time without offset',
			{ placedOn: '2026-07-01T10:00:00' },
			'CMNC-904',
		],
		[ 'a day that is none', { taxDate: '2026-02-30' }, 'CMNC-904' ],
		[ 'unknown field', { colour: 'red' }, 'CMNC-903' ],
		[
			'unknown product',
			{ rows: [ row( { productId: 99 } ) ] },
			'ORDC-903',
		],
		[
			'unknown tax code',
			{ rows: [ row( { taxCode: 'T99' } ) ] },
			'ORDC-904',
		],
		[
			'unknown nominal code',
			{ rows: [ row( { nominalCode: '9999' } ) ] },
			'ORDC-908',
		],
		[
			'row without name and product',
			{ rows: [ without( 'name' ) ] },
			'ORDC-026',
		],
		[
			'row without tax code',
			{ rows: [ without( 'taxCode' ) ] },
			'CMNC-904',
		],
		[ 'row without net', { rows: [ without( 'net' ) ] }, 'CMNC-904' ],
		[ 'row without tax', { rows: [ without( 'tax' ) ] }, 'CMNC-904' ],
		[
			'row without quantity',
			{ rows: [ without( 'quantity' ) ] },
			'CMNC-904',
		],
		[ 'quantity 0', { rows: [ row( { quantity: 0 } ) ] }, 'ORDC-905' ],
		[
			'five decimals',
			{ rows: [ row( { net: '1.23456' } ) ] },
			'CMNC-904',
		],
	];
	test.each( cases )( '%s', async ( _name, more, code ) => {
		const before = await count();
		const refused = await post( more );
		expect( refused.status ).toBe( 400 );
		expect( refused.json.errors?.[ 0 ]?.code ).toBe( code );
		expect( await count() ).toBe( before );
	} );

	test( 'a half of a stock-tracked product', async () => {
		const { productId } = await bp.product( 'OSB-01' );
		const refused = await post( {
			rows: [ row( { productId, quantity: '0.5' } ) ],
		} );
		expect( refused.json.errors?.[ 0 ]?.code ).toBe( 'ORDC-905' );
	} );

	test( 'no JSON at all', async () => {
		const refused = await bp.call(
			'POST',
			'/order-service/sales-order',
			'oops'
		);
		expect( refused.status ).toBe( 400 );
		expect( refused.json.errors?.[ 0 ]?.code ).toBe( 'CMNC-010' );
	} );
} );

test( 'unknown fields can be let through', async () => {
	bp.sandbox.setSwitches( { unknownFields: 'ignore' } );
	const made = await post( { colour: 'red', rows: [ row( { shade: 1 } ) ] } );
	bp.sandbox.setSwitches( { unknownFields: 'refuse' } );
	expect( made.status ).toBe( 200 );
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

test( 'only whitelisted fields can be patched, and a wrong operation is a 500', async () => {
	const id = Number( ( await post() ).json.response );
	const patch = ( op: string, path: string, value?: unknown ) =>
		bp.call( 'PATCH', `/order-service/order/${ id }`, [
			{ op, path, value },
		] );
	bp.advance( 1000 );
	const changed = await patch( 'replace', '/reference', '#NEW' );
	expect( changed.json.response ).toMatchObject( {
		reference: '#NEW',
		version: 1,
		updatedOn: '2026-07-01T11:00:01.000+01:00',
	} );
	const wrong = await patch( 'add', '/reference', 'x' );
	expect( wrong.status ).toBe( 500 );
	expect( wrong.json ).toEqual( {
		errors: [
			{
				code: 'CMNC-044',
				message:
					'Invalid patch operation (add) for given path (/reference)',
			},
		],
	} );
	expect(
		( await patch( 'replace', '/externalRef', 'x' ) ).json.errors?.[ 0 ]
			?.code
	).toBe( 'CMNC-043' );
	expect( ( await patch( 'replace', '/warehouseId', 99 ) ).status ).toBe(
		400
	);
	const dated = await patch(
		'replace',
		'/delivery/deliveryDate',
		'2026-01-20'
	);
	// A bare date is midnight UTC.
	expect( dated.json.response?.delivery?.deliveryDate ).toBe(
		'2026-01-20T00:00:00.000+00:00'
	);
} );

test( 'rows can be added, edited and deleted; editing net recalculates tax', async () => {
	const id = Number( ( await post( { rows: [] } ) ).json.response );
	const base = `/order-service/order/${ id }/row`;
	const legacy = {
		productName: 'Engraving',
		quantity: { magnitude: '1' },
		rowValue: {
			taxCode: 'T20',
			rowNet: { value: '10' },
			rowTax: { value: '2' },
		},
	};
	const added = await bp.call( 'POST', base, legacy );
	expect( added.status ).toBe( 200 );
	const rowPath = `${ base }/${ String( added.json.response ) }`;
	const edited = await bp.call( 'PATCH', rowPath, [
		{ op: 'replace', path: '/rowValue/rowNet/value', value: '200' },
	] );
	expect( edited.json.response?.rowValue ).toMatchObject( {
		rowNet: { value: '200.0000' },
		rowTax: { value: '40.00' },
	} );
	expect( await bp.call( 'DELETE', rowPath ) ).toMatchObject( {
		status: 200,
		text: '{}',
	} );
	const empty = await bp.call( 'GET', `/order-service/order/${ id }` );
	expect( empty.json.response[ 0 ]?.orderRows ).toEqual( {} );
	expect( empty.json.response[ 0 ]?.orderPaymentStatus ).toBe(
		'NOT_APPLICABLE'
	);

	const bad = await bp.call( 'POST', '/order-service/order/123/row', {} );
	expect(
		[ ...( bad.json.errors ?? [] ) ].map( ( error ) => error.code )
	).toEqual( [ 'ORDC-003', 'ORDC-026' ] );
	expect( bad.json.errors?.[ 0 ]?.message ).toBe(
		'You have supplied an invalid order id: 123'
	);
} );

test( 'a status change leaves a note; an order note has an id', async () => {
	const id = Number( ( await post() ).json.response );
	const set = ( orderStatusId: number ) =>
		bp.call( 'PUT', `/order-service/order/${ id }/status`, {
			orderStatusId,
		} );
	expect( await set( 22 ) ).toMatchObject( { status: 200, text: '{}' } );
	for ( const wrong of [ 999, 6, 24 ] ) {
		expect( ( await set( wrong ) ).json.errors?.[ 0 ]?.code ).toBe(
			'ORDC-909'
		);
	}
	const note = await bp.call( 'POST', `/order-service/order/${ id }/note`, {
		text: 'Leave with the neighbour',
	} );
	expect( note.json.response ).toEqual( expect.any( Number ) );
	const state = await bp.control( 'GET', '/state?account=sandbox-gb' );
	const order = [ ...( state.json.orders ?? [] ) ].find(
		( entry ) => Number( entry.id ) === id
	);
	expect( order?.notes ).toHaveLength( 2 );
	expect( order?.status ).toBe( 'Ready to ship' );
	const statuses = await bp.call( 'GET', '/order-service/order-status' );
	expect(
		[ ...statuses.json.response ].map( ( entry ) => entry.statusId )
	).toContain( 22 );
} );

test( 'an order with money on it cannot be cancelled, and then nothing changes', async () => {
	const id = Number( ( await post() ).json.response );
	const payment = await bp.call(
		'POST',
		'/accounting-service/customer-payment',
		{
			paymentMethodCode: 'CARD',
			paymentType: 'RECEIPT',
			orderId: id,
			currencyIsoCode: 'GBP',
			amountPaid: '5.00',
			paymentDate: '2026-07-01',
		}
	);
	const cancel = () =>
		bp.call( 'PUT', `/order-service/order/${ id }/status`, {
			orderStatusId: 5,
		} );
	const refused = await cancel();
	expect( refused.status ).toBe( 400 );
	await bp.call(
		'DELETE',
		`/accounting-service/customer-payment/${ String( payment.json.response ) }`
	);
	expect( ( await cancel() ).status ).toBe( 200 );
	const read = await bp.call( 'GET', `/order-service/sales-order/${ id }` );
	expect( read.json.response[ 0 ]?.isCanceled ).toBe( true );
} );
