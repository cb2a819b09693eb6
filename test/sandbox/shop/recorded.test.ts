import { afterEach, describe, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { ORDERS, at, closeAll, recorded, startShop } from './kit.ts';
import type { TestShop } from './kit.ts';

afterEach( closeAll );

const files = readdirSync( ORDERS ).filter( ( file ) =>
	/^\d{3}-[^.]+\.json$/.test( file )
);

/** The sandbox's answer as the recorded shop's host would have given it. */
function moved( value: unknown, home: string ): unknown {
	return JSON.parse(
		JSON.stringify( value ).replaceAll( home, 'https://shop.example.test' )
	);
}

async function loaded(): Promise< TestShop > {
	const test = await startShop();
	const answer = await test.control( 'POST', '/load-recorded', {
		directory: ORDERS,
	} );
	expect( at( answer.json, 'orders.length' ) ).toBe( files.length );
	return test;
}

/** Every key with the kind of its value, lists by their first item. */
function shape( value: unknown ): unknown {
	if ( Array.isArray( value ) ) {
		return value.length === 0 ? [] : [ shape( value[ 0 ] ) ];
	}
	if ( typeof value === 'object' && value !== null ) {
		return Object.entries( value ).map( ( [ key, inner ] ) => [
			key,
			shape( inner ),
		] );
	}
	return typeof value;
}

describe( 'recorded orders', () => {
	test( 'are shown exactly as they were recorded', async () => {
		const { call, shop } = await loaded();
		for ( const file of files ) {
			const wanted = recorded( `orders/${ file }` );
			const { json } = await call(
				'GET',
				`/orders/${ String( at( wanted, 'id' ) ) }`
			);
			expect( moved( json, shop.url ) ).toEqual( wanted );
			expect( Object.keys( json as object ) ).toEqual(
				Object.keys( wanted as object )
			);
		}
	} );

	test( 'show the recorded amounts with dp=6', async () => {
		const { call, shop } = await loaded();
		const exact = files
			.map( ( file ) => file.replace( /\.json$/, '.dp6.json' ) )
			.filter( ( file ) => readdirSync( ORDERS ).includes( file ) );
		expect( exact.length ).toBeGreaterThan( 40 );
		for ( const file of exact ) {
			const wanted = recorded( `orders/${ file }` );
			const { json } = await call(
				'GET',
				`/orders/${ String( at( wanted, 'id' ) ) }?dp=6`
			);
			expect( moved( json, shop.url ) ).toEqual( wanted );
		}
	} );

	test( 'have their refunds, newest first', async () => {
		const { call, shop } = await loaded();
		for ( const file of readdirSync( ORDERS ).filter( ( name ) =>
			name.endsWith( '.refunds.json' )
		) ) {
			const order = recorded(
				`orders/${ file.replace( '.refunds', '' ) }`
			);
			const { json } = await call(
				'GET',
				`/orders/${ String( at( order, 'id' ) ) }/refunds`
			);
			expect( moved( json, shop.url ) ).toEqual(
				recorded( `orders/${ file }` )
			);
		}
	} );

	test( 'are listed as recorded: any leaves out trash and drafts', async () => {
		const { call } = await loaded();
		for ( const name of [
			'any',
			'default',
			'trash',
			'checkout-draft',
			'two-statuses',
			'include-trash',
			'include-checkout-draft',
			'empty-page',
			'modified-after-asc',
			'search-email',
		] ) {
			const file = recorded( `orders-lists/orders.${ name }.json` );
			const path = String( at( file, 'request.path' ) ).replace(
				'/wp-json/wc/v3',
				''
			);
			const { json, headers } = await call( 'GET', path );
			expect( [ name, headers.get( 'x-wp-total' ) ] ).toEqual( [
				name,
				at( file, 'response.headers.x-wp-total' ),
			] );
			expect( headers.get( 'x-wp-totalpages' ) ).toBe(
				at( file, 'response.headers.x-wp-totalpages' )
			);
			// The recorder shortened long bodies.
			const wanted = at( file, 'response.body' );
			expect( Array.isArray( wanted ) ).toBe( true );
			expect( json ).toEqual( wanted );
		}
	} );
} );

describe( 'shapes', () => {
	test( 'an order made here has the keys and kinds of a recorded one', async () => {
		const { call, shop } = await startShop();
		const [ sold ] = shop.sell( {
			sku: 'LIN-APR',
			guest: true,
			paymentMethod: 'stripe',
			coupon: 'welcome10',
			fee: { name: 'Gift wrapping', amount: '2.50' },
		} ).orders;
		await call( 'POST', `/orders/${ sold?.id ?? 0 }/refunds`, {
			amount: '1.00',
			api_refund: false,
		} );
		const { json } = await call( 'GET', `/orders/${ sold?.id ?? 0 }` );
		const parts: Record< string, string > = {
			line_items: '001-simple-guest-card',
			tax_lines: '001-simple-guest-card',
			billing: '001-simple-guest-card',
			shipping: '001-simple-guest-card',
			_links: '001-simple-guest-card',
			fee_lines: '058-fee-positive-taxed',
			coupon_lines: '033-coupon-two',
			refunds: '074-refund-amount-only',
		};
		for ( const [ key, file ] of Object.entries( parts ) ) {
			const wanted = recorded( `orders/${ file }.json` );
			expect( [ key, shape( at( json, key ) ) ] ).toEqual( [
				key,
				shape( at( wanted, key ) ),
			] );
		}
		expect( Object.keys( json as object ) ).toEqual(
			Object.keys(
				recorded( 'orders/001-simple-guest-card.json' ) as object
			)
		);
	} );

	test.each( [
		[ '/products/4200', 'product.single' ],
		[ '/products/4220/variations/4223', 'variation.single' ],
		[ '/products/4223', 'variation-read-as-product' ],
	] )( '%s has the keys of the recorded answer', async ( path, file ) => {
		const { call } = await startShop();
		const { json } = await call( 'GET', path );
		const wanted = at(
			recorded( `products/${ file }.json` ),
			'response.body'
		);
		expect( Object.keys( json as object ) ).toEqual(
			Object.keys( wanted as object )
		);
		for ( const key of [
			'id',
			'name',
			'sku',
			'type',
			'price',
			'tax_class',
			'manage_stock',
			'stock_quantity',
			'stock_status',
			'backorders',
			'parent_id',
			'attributes',
		] ) {
			expect( [ key, at( json, key ) ] ).toEqual( [
				key,
				at( wanted, key ),
			] );
		}
	} );
} );
