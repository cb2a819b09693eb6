import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { orderBody, startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

let bp: Harness;
let customer: number;
beforeAll( async () => {
	bp = await startHarness( { switches: { requestsPerMinute: 100_000 } } );
	customer = await bp.contact();
} );
afterAll( () => bp.close() );

let serial = 0;
const stocked = async ( quantity: number ) => {
	const sku = `CONTROL-${ ++serial }`;
	const made = await bp.control( 'POST', '/products', {
		account: 'sandbox-gb',
		sku,
		name: 'Bowl',
		quantity,
	} );
	return { sku, productId: Number( made.json.productId ) };
};

const order = async ( productId: number, quantity: number, ref = '#c' ) => {
	const made = await bp.call(
		'POST',
		'/order-service/sales-order',
		orderBody( customer, {
			externalRef: undefined,
			ref,
			rows: [ { productId, quantity, taxCode: 'T20', net: 10, tax: 2 } ],
		} )
	);
	const id = Number( made.json.response );
	const read = await bp.call( 'GET', `/order-service/sales-order/${ id }` );
	return { id, rowId: Number( read.json.response[ 0 ]?.rows?.[ 0 ]?.id ) };
};

const reserve = (
	made: { id: number; rowId: number },
	productId: number,
	quantity: number
) =>
	bp.call(
		'POST',
		`/warehouse-service/order/${ made.id }/reservation/warehouse/2`,
		{ products: [ { productId, salesOrderRowId: made.rowId, quantity } ] }
	);

const act = ( what: string, orderId: number ) =>
	bp.control( 'POST', `/${ what }`, { account: 'sandbox-gb', orderId } );

const level = async ( sku: string ) =>
	( await bp.product( sku ) ).warehouses[ '2' ];

test( 'stock is set or changed, never below what is allocated', async () => {
	const { sku, productId } = await stocked( 5 );
	const change = ( body: Record< string, unknown > ) =>
		bp.control( 'POST', '/stock', { account: 'sandbox-gb', sku, ...body } );
	await change( { change: -2 } );
	expect( await level( sku ) ).toEqual( {
		inStock: 3,
		allocated: 0,
		onHand: 3,
	} );
	await reserve( await order( productId, 2 ), productId, 2 );
	const refused = await change( { set: 1 } );
	expect( refused.status ).toBe( 409 );
	const set = await change( { set: 2 } );
	expect( set.json.warehouses?.[ 2 ] ).toEqual( {
		inStock: 2,
		allocated: 2,
		onHand: 0,
	} );
	for ( const wrong of [
		{},
		{ set: 1, change: 1 },
		{ set: -1 },
		{ colour: 1 },
	] ) {
		expect( ( await change( wrong ) ).status ).toBe( 400 );
	}
	expect( ( await change( { sku: 'NOPE', set: 1 } ) ).status ).toBe( 404 );
} );

test( 'shipping makes a note of what is reserved and more, and takes the stock', async () => {
	const { sku, productId } = await stocked( 3 );
	const made = await order( productId, 2 );
	await reserve( made, productId, 1 );
	const shipped = await act( 'ship', made.id );
	expect( shipped.json ).toMatchObject( {
		shipping: 'ASS',
		reservation: null,
	} );
	expect( await level( sku ) ).toEqual( {
		inStock: 1,
		allocated: 0,
		onHand: 1,
	} );
	const again = await act( 'ship', made.id );
	expect( again.status ).toBe( 409 );
	expect( again.json.error?.message ).toContain( 'nothing' );
} );

test( 'unallocating and cancelling by hand', async () => {
	const { sku, productId } = await stocked( 3 );
	const made = await order( productId, 2 );
	await reserve( made, productId, 2 );
	expect( ( await act( 'unallocate', made.id ) ).json.allocation ).toBe(
		'ANA'
	);
	expect( ( await act( 'unallocate', made.id ) ).status ).toBe( 409 );
	await reserve( made, productId, 2 );
	expect( ( await act( 'cancel', made.id ) ).json ).toMatchObject( {
		cancelled: true,
		reservation: null,
	} );
	expect( await level( sku ) ).toEqual( {
		inStock: 3,
		allocated: 0,
		onHand: 3,
	} );
	expect( ( await act( 'cancel', 999 ) ).status ).toBe( 404 );
} );

test( 'a product is added and removed; removed it is unknown to the API', async () => {
	const { sku, productId } = await stocked( 3 );
	expect(
		( await bp.call( 'GET', `/product-service/product/${ productId }` ) )
			.status
	).toBe( 200 );
	await bp.control( 'POST', '/products', {
		account: 'sandbox-gb',
		sku,
		remove: true,
	} );
	expect(
		( await bp.call( 'GET', `/product-service/product/${ productId }` ) )
			.status
	).toBe( 404 );
	expect(
		(
			await bp.control( 'DELETE', '/products', {
				account: 'sandbox-gb',
				sku,
			} )
		).status
	).toBe( 404 );
} );

test( 'the request log counts on, tells pool and status, and can be read from a number', async () => {
	const before = Number(
		( await bp.control( 'GET', '/requests' ) ).json.last
	);
	await bp.call( 'GET', '/accounting-service/tax-code/1' );
	await bp.call( 'GET', '/order-service/nope' );
	const { json } = await bp.control( 'GET', `/requests?since=${ before }` );
	expect( json.requests ).toEqual( [
		expect.objectContaining( {
			n: before + 1,
			method: 'GET',
			path: '/public-api/sandbox-gb/accounting-service/tax-code/1',
			status: 200,
			pool: 'sandbox-gb private',
			fault: null,
		} ),
		expect.objectContaining( { n: before + 2, status: 404 } ),
	] );
	expect( json.counters?.[ 'GET /accounting-service/tax-code/{ids?}' ] ).toBe(
		1
	);
	expect( JSON.stringify( json ) ).not.toContain(
		bp.accountOf().privateApp.accountToken
	);
} );

test( 'switches are read and set one by one, unknown ones refused', async () => {
	const set = await bp.control( 'POST', '/switches', { indexLagMs: 5 } );
	expect( set.json ).toMatchObject( {
		indexLagMs: 5,
		duplicateAnswer: 'id',
	} );
	expect(
		( await bp.control( 'POST', '/switches', { colour: 1 } ) ).status
	).toBe( 400 );
	expect(
		( await bp.control( 'POST', '/switches', { indexLagMs: -1 } ) ).status
	).toBe( 400 );
	await bp.control( 'POST', '/switches', { indexLagMs: 0 } );
	expect( ( await bp.control( 'GET', '/switches' ) ).json.indexLagMs ).toBe(
		0
	);
} );

test( 'whoever started it is told of orders, reservations, payments and stock', async () => {
	bp.events.length = 0;
	const { sku, productId } = await stocked( 1 );
	const made = await order( productId, 2 );
	await reserve( made, productId, 2 );
	await bp.call( 'POST', '/accounting-service/customer-payment', {
		paymentMethodCode: 'CARD',
		paymentType: 'RECEIPT',
		orderId: made.id,
		currencyIsoCode: 'GBP',
		amountPaid: 12,
		paymentDate: '2026-07-01',
	} );
	expect( bp.events ).toEqual( [
		expect.objectContaining( { type: 'stock', sku, onHand: 1 } ),
		expect.objectContaining( {
			type: 'order',
			orderId: made.id,
			total: '12.00',
		} ),
		expect.objectContaining( {
			type: 'stock',
			sku,
			onHand: 0,
			allocated: 1,
		} ),
		expect.objectContaining( {
			type: 'reservation',
			quantity: 1,
			complete: false,
		} ),
		expect.objectContaining( {
			type: 'payment',
			amount: '12.00',
			methodCode: 'CARD',
		} ),
	] );
} );

describe( 'the page', () => {
	test( 'shows orders, stock, requests and faults, every text escaped', async () => {
		const { productId } = await stocked( 4 );
		await order( productId, 1, '<script>alert(1)</script>' );
		await bp.control( 'POST', '/faults', [
			{ kind: 'slow', path: '/<b>' },
		] );
		const page = await bp.raw( 'GET', '/' );
		await bp.control( 'POST', '/faults', [] );
		expect( page.status ).toBe( 200 );
		expect( page.headers.get( 'content-security-policy' ) ).toContain(
			"default-src 'none'"
		);
		expect( page.text ).toContain(
			'&lt;script&gt;alert(1)&lt;/script&gt;'
		);
		expect( page.text ).not.toContain( '<script' );
		expect( page.text ).toContain( '/&lt;b&gt;' );
		expect( page.text ).toContain( 'Bowl' );
		expect( page.text ).toContain( 'sandbox-us' );
	} );

	test( 'neither a foreign host name nor a foreign page gets in', async () => {
		const status = ( headers: Record< string, string > ) =>
			new Promise< number >( ( resolve, reject ) => {
				const sent = request(
					`${ bp.sandbox.url }/_sandbox/switches`,
					{ headers },
					( response ) => {
						response.resume();
						resolve( response.statusCode ?? 0 );
					}
				);
				sent.on( 'error', reject );
				sent.end();
			} );
		expect( await status( { host: 'evil.example.test' } ) ).toBe( 421 );
		expect( await status( { origin: 'https://evil.example.test' } ) ).toBe(
			421
		);
		expect( await status( {} ) ).toBe( 200 );
	} );

	test( 'what is not there is 404', async () => {
		expect( ( await bp.raw( 'GET', '/favicon.ico' ) ).status ).toBe( 404 );
		expect( ( await bp.control( 'GET', '/nope' ) ).status ).toBe( 404 );
		expect(
			( await bp.control( 'POST', '/stock', 'no json' ) ).status
		).toBe( 400 );
	} );
} );
