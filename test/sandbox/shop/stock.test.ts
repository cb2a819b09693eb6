import { afterEach, describe, expect, test } from '@jest/globals';
import { at, closeAll, startShop } from './kit.ts';
import type { Call, TestShop } from './kit.ts';

afterEach( closeAll );

const SKU = 'LIN-APR';
const ID = 4202;

async function stockOf( call: Call, id = ID ): Promise< unknown > {
	return at(
		( await call( 'GET', `/products/${ id }` ) ).json,
		'stock_quantity'
	);
}

async function order(
	call: Call,
	body: Record< string, unknown >
): Promise< number > {
	const { status, json } = await call( 'POST', '/orders', {
		line_items: [ { product_id: ID, quantity: 3 } ],
		...body,
	} );
	expect( status ).toBe( 201 );
	return Number( at( json, 'id' ) );
}

async function reduced( call: Call, id: number ): Promise< unknown > {
	const { json } = await call( 'GET', `/orders/${ id }` );
	const meta = at( json, 'line_items.0.meta_data' ) as {
		key: string;
		value: string;
	}[];
	return meta.find( ( { key } ) => key === '_reduced_stock' )?.value ?? null;
}

async function ten(): Promise< TestShop > {
	const one = await startShop();
	await one.control( 'POST', '/stock', { sku: SKU, quantity: 10 } );
	return one;
}

describe( 'an order takes stock', () => {
	test.each( [
		[ 'pending', 10, null ],
		[ 'processing', 7, '3' ],
		[ 'on-hold', 7, '3' ],
		[ 'completed', 7, '3' ],
		[ 'failed', 10, null ],
		[ 'cancelled', 10, null ],
	] )( 'made by REST as %s: %i are left', async ( status, left, meta ) => {
		const { call } = await ten();
		const id = await order( call, { status } );
		expect( await stockOf( call ) ).toBe( left );
		expect( await reduced( call, id ) ).toBe( meta );
	} );

	test.each( [
		[ 'cancelled', 10, null ],
		[ 'pending', 10, null ],
		[ 'failed', 10, null ],
		[ 'refunded', 7, '3' ],
		[ 'completed', 7, '3' ],
		[ 'on-hold', 7, '3' ],
	] )( 'processing → %s: %i are left', async ( status, left, meta ) => {
		const { call } = await ten();
		const id = await order( call, { status: 'processing' } );
		await call( 'PUT', `/orders/${ id }`, { status } );
		expect( await stockOf( call ) ).toBe( left );
		expect( await reduced( call, id ) ).toBe( meta );
	} );

	test( 'cancelled and processing again takes it once more', async () => {
		const { call } = await ten();
		const id = await order( call, { status: 'processing' } );
		for ( const status of [ 'cancelled', 'processing', 'completed' ] ) {
			await call( 'PUT', `/orders/${ id }`, { status } );
		}
		expect( await stockOf( call ) ).toBe( 7 );
	} );

	test( 'neither the trash nor a permanent delete gives it back', async () => {
		const { call } = await ten();
		const id = await order( call, { status: 'processing' } );
		await call( 'DELETE', `/orders/${ id }` );
		expect( await stockOf( call ) ).toBe( 7 );
		await call( 'DELETE', `/orders/${ id }?force=true` );
		expect( await stockOf( call ) ).toBe( 7 );
		expect( ( await call( 'GET', `/orders/${ id }` ) ).status ).toBe( 404 );
	} );

	test( 'a refund with restock gives back; a later cancel the rest; a deleted refund nothing', async () => {
		const { call } = await ten();
		const id = await order( call, { status: 'processing' } );
		const { json } = await call( 'GET', `/orders/${ id }` );
		const line = at( json, 'line_items.0.id' );
		const refund = await call( 'POST', `/orders/${ id }/refunds`, {
			amount: '1.00',
			api_refund: false,
			line_items: [ { id: line, quantity: 1, refund_total: 1 } ],
		} );
		expect( refund.status ).toBe( 201 );
		expect( await stockOf( call ) ).toBe( 8 );
		expect( await reduced( call, id ) ).toBe( '2' );
		await call(
			'DELETE',
			`/orders/${ id }/refunds/${ String( at( refund.json, 'id' ) ) }`
		);
		expect( await stockOf( call ) ).toBe( 8 );
		await call( 'PUT', `/orders/${ id }`, { status: 'cancelled' } );
		expect( await stockOf( call ) ).toBe( 10 );
	} );

	test( 'a refund without restock leaves it', async () => {
		const { call } = await ten();
		const id = await order( call, { status: 'processing' } );
		const { json } = await call( 'GET', `/orders/${ id }` );
		await call( 'POST', `/orders/${ id }/refunds`, {
			amount: '1.00',
			api_refund: false,
			api_restock: false,
			line_items: [
				{
					id: at( json, 'line_items.0.id' ),
					quantity: 1,
					refund_total: 1,
				},
			],
		} );
		expect( await stockOf( call ) ).toBe( 7 );
	} );

	test( 'edits of a reduced order move it at once, and keep the old total', async () => {
		const { call } = await ten();
		const id = await order( call, { status: 'processing' } );
		const before = await call( 'GET', `/orders/${ id }` );
		const line = at( before.json, 'line_items.0.id' );
		const more = await call( 'PUT', `/orders/${ id }`, {
			line_items: [ { id: line, quantity: 5 } ],
		} );
		expect( await stockOf( call ) ).toBe( 5 );
		expect( at( more.json, 'line_items.0.total' ) ).toBe(
			at( before.json, 'line_items.0.total' )
		);
		await call( 'PUT', `/orders/${ id }`, {
			line_items: [ { product_id: ID, quantity: 2 } ],
		} );
		expect( await stockOf( call ) ).toBe( 3 );
		await call( 'PUT', `/orders/${ id }`, {
			line_items: [ { id: line, quantity: 0 } ],
		} );
		expect( await stockOf( call ) ).toBe( 8 );
	} );

	test( 'REST oversells without complaint', async () => {
		const { call } = await ten();
		await order( call, {
			status: 'processing',
			line_items: [ { product_id: ID, quantity: 100_000 } ],
		} );
		const { json } = await call( 'GET', `/products/${ ID }` );
		expect( at( json, 'stock_quantity' ) ).toBe( -99_990 );
		expect( at( json, 'stock_status' ) ).toBe( 'outofstock' );
	} );
} );

describe( 'the checkout', () => {
	test( 'sells the last piece and then no more', async () => {
		const { call, control } = await ten();
		await control( 'POST', '/stock', { sku: SKU, quantity: 1 } );
		const first = await control( 'POST', '/sell', { sku: SKU } );
		const second = await control( 'POST', '/sell', { sku: SKU } );
		expect( [ first.status, second.status ] ).toEqual( [ 200, 409 ] );
		expect( at( second.json, 'refused.0.code' ) ).toBe(
			'not-enough-stock'
		);
		expect( await stockOf( call ) ).toBe( 0 );
	} );

	test( 'adds up lines of the same stock', async () => {
		const { control } = await ten();
		const { json } = await control( 'POST', '/sell', {
			items: [
				{ sku: SKU, quantity: 6 },
				{ sku: SKU, quantity: 6 },
			],
		} );
		expect( at( json, 'refused.0.code' ) ).toBe( 'not-enough-stock' );
	} );

	test( 'an unpaid card holds pieces that REST does not show, for an hour', async () => {
		const { call, control, clock } = await ten();
		await control( 'POST', '/sell', {
			sku: SKU,
			quantity: 8,
			status: 'pending',
		} );
		expect( await stockOf( call ) ).toBe( 10 );
		const wish = { sku: SKU, quantity: 5 };
		expect( ( await control( 'POST', '/sell', wish ) ).status ).toBe( 409 );
		clock.advance( 61 * 60 * 1000 );
		expect( ( await control( 'POST', '/sell', wish ) ).status ).toBe( 200 );
		expect( await stockOf( call ) ).toBe( 5 );
	} );

	test( 'sells beyond the stock where backorders are allowed, and says what is owed', async () => {
		const { call, control } = await startShop();
		await control( 'POST', '/stock', { sku: 'KET-CU', quantity: 1 } );
		const { json } = await control( 'POST', '/sell', {
			sku: 'KET-CU',
			quantity: 3,
		} );
		expect( await stockOf( call, 4212 ) ).toBe( -2 );
		const { json: sold } = await call(
			'GET',
			`/orders/${ String( at( json, 'orders.0.id' ) ) }`
		);
		expect( at( sold, 'line_items.0.meta_data.0' ) ).toMatchObject( {
			key: 'Backordered',
			value: '2',
		} );
	} );

	test.each( [
		[ 'stripe', 'processing', true, true ],
		[ 'paypal', 'processing', true, true ],
		[ 'bacs', 'on-hold', false, false ],
		[ 'cod', 'processing', false, false ],
	] )( '%s: %s', async ( paymentMethod, status, isPaid, hasTransaction ) => {
		const { call, control } = await ten();
		const { json } = await control( 'POST', '/sell', {
			sku: SKU,
			paymentMethod,
		} );
		const { json: sold } = await call(
			'GET',
			`/orders/${ String( at( json, 'orders.0.id' ) ) }`
		);
		expect( at( sold, 'status' ) ).toBe( status );
		expect( at( sold, 'date_paid' ) !== null ).toBe( isPaid );
		expect( at( sold, 'transaction_id' ) !== '' ).toBe( hasTransaction );
		expect( await stockOf( call ) ).toBe( 9 );
	} );

	test( 'set_paid: cash on delivery becomes completed, a bank transfer processing', async () => {
		const { call } = await ten();
		for ( const [ payment_method, status ] of [
			[ 'cod', 'completed' ],
			[ 'bacs', 'processing' ],
		] ) {
			const id = await order( call, { payment_method, set_paid: true } );
			const { json } = await call( 'GET', `/orders/${ id }` );
			expect( at( json, 'status' ) ).toBe( status );
			expect( at( json, 'date_paid' ) ).not.toBeNull();
		}
	} );

	test( 'random baskets hold only what can be sold, and the same seed sells the same', async () => {
		const baskets = [];
		for ( let shops = 0; shops < 2; shops++ ) {
			const { shop } = await startShop( { seed: 42 } );
			const { orders, refused } = shop.sell( { count: 100 } );
			expect( refused ).toEqual( [] );
			baskets.push( orders );
			for ( const { lines } of orders ) {
				for ( const { sku } of lines ) {
					expect( sku ).not.toBe( '' );
				}
			}
		}
		expect( baskets[ 0 ] ).toEqual( baskets[ 1 ] );
	} );
} );

describe( 'writing stock through REST', () => {
	test.each( [
		[ 'a number', { stock_quantity: 17 }, 200, 17 ],
		[ 'a negative number', { stock_quantity: -3 }, 200, -3 ],
		[ 'null', { stock_quantity: null }, 200, 0 ],
		[ '2.7', { stock_quantity: 2.7 }, 400, 10 ],
		[ '"abc"', { stock_quantity: 'abc' }, 400, 10 ],
	] )( 'single: %s', async ( _name, body, status, left ) => {
		const { call } = await ten();
		const answer = await call( 'PUT', `/products/${ ID }`, body );
		expect( answer.status ).toBe( status );
		expect( await stockOf( call ) ).toBe( left );
	} );

	test.each( [
		[ 2.7, 2 ],
		[ true, 1 ],
		[ '', 0 ],
		[ 'abc', 0 ],
		[ null, 10 ],
		[ '12', 12 ],
	] )( 'inside a batch: %j', async ( stock_quantity, left ) => {
		const { call } = await ten();
		const { status } = await call( 'POST', '/products/batch', {
			update: [ { id: ID, stock_quantity } ],
		} );
		expect( status ).toBe( 200 );
		expect( await stockOf( call ) ).toBe( left );
	} );

	test( 'a batch answers 200 with an error for each item that failed', async () => {
		const { call } = await startShop();
		const { status, json } = await call( 'POST', '/products/batch', {
			update: [
				{ id: 4200, stock_quantity: 5 },
				{ id: 99999999, stock_quantity: 1 },
				{ id: 4201, sku: 'LIN-APR' },
				{ stock_quantity: 3 },
				{ id: 4223, stock_quantity: 2 },
			],
			create: [ { name: 'Dup', sku: 'osb-01 ' } ],
			delete: [ 88888888 ],
		} );
		expect( status ).toBe( 200 );
		const error = (
			code: string,
			message: string,
			data: unknown
		): unknown => ( {
			code,
			message,
			data,
		} );
		const unknown = error(
			'woocommerce_rest_product_invalid_id',
			'Invalid ID.',
			{ status: 400 }
		);
		expect( at( json, 'update.0.stock_quantity' ) ).toBe( 5 );
		expect( at( json, 'update.1' ) ).toEqual( {
			id: 99999999,
			error: unknown,
		} );
		expect( at( json, 'update.2.error' ) ).toEqual(
			error( 'product_invalid_sku', 'Invalid or duplicated SKU.', {
				status: 400,
				resource_id: 4202,
				unique_sku: 'LIN-APR-1',
			} )
		);
		expect( at( json, 'update.3' ) ).toEqual( { error: unknown } );
		expect( at( json, 'update.4.error.code' ) ).toBe(
			'woocommerce_rest_invalid_product_id'
		);
		expect( at( json, 'create.0.id' ) ).toBe( 0 );
		expect( at( json, 'create.0.error.data.unique_sku' ) ).toBe(
			'osb-01-1'
		);
		expect( at( json, 'delete.0.error.data.status' ) ).toBe( 404 );
	} );

	test.each( [
		[ '/products/batch' ],
		[ '/products/4220/variations/batch' ],
		[ '/orders/batch' ],
	] )( '%s takes 100 items and not 101', async ( path ) => {
		const { call } = await startShop();
		const items = ( count: number ): unknown => ( {
			update: Array.from( { length: count }, () => ( { id: 1 } ) ),
		} );
		expect( ( await call( 'POST', path, items( 100 ) ) ).status ).toBe(
			200
		);
		const over = await call( 'POST', path, items( 101 ) );
		expect( over.status ).toBe( 413 );
		expect( at( over.json, 'code' ) ).toBe(
			'woocommerce_rest_request_entity_too_large'
		);
	} );

	test( 'a batch cut to its ids shows nothing at all, an empty one a list', async () => {
		const { call } = await startShop();
		const update = [ { id: 4200, stock_quantity: 5 } ];
		expect(
			( await call( 'POST', '/products/batch?_fields=id', { update } ) )
				.json
		).toEqual( [] );
		expect( ( await call( 'POST', '/products/batch', {} ) ).json ).toEqual(
			[]
		);
	} );

	test( 'a variation that follows its parent ignores a quantity, with 200', async () => {
		const { call } = await startShop();
		const before = await call( 'GET', '/products/4603/variations/4604' );
		expect( at( before.json, 'manage_stock' ) ).toBe( 'parent' );
		const answer = await call( 'PUT', '/products/4603/variations/4604', {
			stock_quantity: 8,
		} );
		expect( answer.status ).toBe( 200 );
		expect( at( answer.json, 'stock_quantity' ) ).toBe(
			at( before.json, 'stock_quantity' )
		);
		expect( at( answer.json, 'tax_class' ) ).toBe( 'parent' );
		const own = await call( 'PUT', '/products/4603/variations/4604', {
			manage_stock: true,
			stock_quantity: 8,
		} );
		expect( at( own.json, 'stock_quantity' ) ).toBe( 8 );
	} );

	test( 'a product that keeps no stock ignores a quantity, with 200', async () => {
		const { call } = await startShop();
		const { json: list } = await call(
			'GET',
			'/products?per_page=100&type=simple'
		);
		const loose = ( list as { id: number; manage_stock: boolean }[] ).find(
			( { manage_stock } ) => ! manage_stock
		);
		const answer = await call( 'PUT', `/products/${ loose?.id ?? 0 }`, {
			stock_quantity: 5,
		} );
		expect( answer.status ).toBe( 200 );
		expect( at( answer.json, 'stock_quantity' ) ).toBeNull();
	} );

	test( 'the wrong parent is an error in each item', async () => {
		const { call } = await startShop();
		const { status, json } = await call(
			'POST',
			'/products/99999999/variations/batch',
			{ update: [ { id: 4223, stock_quantity: 1 } ] }
		);
		expect( status ).toBe( 200 );
		expect( at( json, 'update.0.error.code' ) ).toBe(
			'woocommerce_rest_product_variation_invalid_id'
		);
	} );

	test( 'an unchanged value still moves date_modified; a sold variation moves its parent', async () => {
		const { call, control, clock } = await startShop();
		const modified = async ( path: string ): Promise< number > =>
			Date.parse(
				`${ String( at( ( await call( 'GET', path ) ).json, 'date_modified_gmt' ) ) }Z`
			);
		const before = await modified( '/products/4220' );
		clock.advance( 60_000 );
		await call( 'PUT', '/products/4200', { stock_quantity: 4674 } );
		expect( await modified( '/products/4200' ) ).toBeGreaterThan( before );
		await control( 'POST', '/sell', { sku: 'SHIRT-S-SG' } );
		expect( await modified( '/products/4220' ) ).toBeGreaterThan( before );
		expect(
			await modified( '/products/4220/variations/4221' )
		).toBeGreaterThan( before );
	} );
} );
