import { afterEach, describe, expect, test } from '@jest/globals';
import { at, closeAll, recorded, startShop } from './kit.ts';
import type { Answer, TestShop } from './kit.ts';

afterEach( closeAll );

const ids = ( { json }: Answer ): number[] =>
	( json as { id: number }[] ).map( ( { id } ) => id );

const stamp = ( milliseconds: number ): string =>
	new Date( milliseconds ).toISOString().slice( 0, 19 );

/** Three orders, an hour apart, the first one first. */
async function threeOrders(
	timeZone = 'Europe/London'
): Promise< TestShop & { ids: number[]; times: number[] } > {
	const one = await startShop();
	one.shop.settings( { timeZone } );
	const made = [];
	const times = [];
	for ( let done = 0; done < 3; done++ ) {
		one.clock.advance( 3_600_000 );
		times.push( Math.floor( one.clock.now() / 1000 ) * 1000 );
		made.push( one.shop.sell( { sku: 'BWX-12' } ).orders[ 0 ]?.id ?? 0 );
	}
	return { ...one, ids: made, times };
}

describe( 'errors are the recorded ones', () => {
	test.each( [
		'400-invalid-date',
		'400-invalid-per_page',
		'400-invalid-status-filter',
		'400-invalid-email',
		'400-line-without-product',
		'400-order-create-bad-field-type',
		'404-order',
		'404-order-id-is-product',
		'404-route',
		'404-method',
		'404-webhook',
		'200-refund-of-unknown-order',
	] )( '%s', async ( name ) => {
		const { call } = await startShop();
		const file = recorded( `errors/${ name }.json` );
		const answer = await call(
			String( at( file, 'request.method' ) ),
			String( at( file, 'request.path' ) ).replace(
				'/wp-json/wc/v3',
				''
			),
			at( file, 'request.body' )
		);
		expect( answer.status ).toBe( at( file, 'response.status' ) );
		expect( answer.json ).toEqual( at( file, 'response.body' ) );
		expect( answer.headers.get( 'allow' ) ).toBe(
			at( file, 'response.headers.allow' ) ?? null
		);
	} );

	test.each( [
		'400-invalid-coupon',
		'400-invalid-customer',
		'400-invalid-json',
		'400-invalid-line-item-id',
		'400-invalid-status',
		'400-missing-param',
		'404-trash-refund',
		'500-refund-too-large',
	] )( 'of an order that is there: %s', async ( name ) => {
		const { call, shop } = await startShop();
		const [ sold ] = shop.sell( { sku: 'BWX-12' } ).orders;
		const before = await call( 'GET', `/orders/${ sold?.id ?? 0 }` );
		const file = recorded( `errors/${ name }.json` );
		const answer = await call(
			String( at( file, 'request.method' ) ),
			String( at( file, 'request.path' ) )
				.replace( '/wp-json/wc/v3', '' )
				.replace( '4459', String( sold?.id ) ),
			at( file, 'request.body' )
		);
		expect( answer.status ).toBe( at( file, 'response.status' ) );
		expect( answer.json ).toEqual( at( file, 'response.body' ) );
		const after = await call( 'GET', `/orders/${ sold?.id ?? 0 }` );
		expect( after.json ).toEqual( before.json );
	} );

	test( 'unknown records: 404 to read, 400 to write, 500 to refund', async () => {
		const { call } = await startShop();
		const status = async (
			method: string,
			path: string
		): Promise< unknown > => {
			const { status: code, json } = await call(
				method,
				path,
				method === 'GET' ? undefined : {}
			);
			return [ code, at( json, 'data' ) ];
		};
		expect( await status( 'PUT', '/orders/99999999' ) ).toEqual( [
			400,
			{ status: 400 },
		] );
		expect( await status( 'PUT', '/products/99999999' ) ).toEqual( [
			400,
			{ status: 400 },
		] );
		expect( await status( 'PUT', '/products/4220/variations/9' ) ).toEqual(
			[ 404, { status: 404 } ]
		);
		expect( await status( 'POST', '/orders/99999999/refunds' ) ).toEqual( [
			500, 404,
		] );
		expect( await status( 'PUT', '/products/4223' ) ).toEqual( [
			404,
			{ status: 404 },
		] );
		expect(
			( await call( 'GET', '/products/99999999/variations' ) ).json
		).toEqual( [] );
	} );
} );

describe( 'lists of orders', () => {
	test( 'modified_after is strictly later, to the second', async () => {
		const { call, ids: made, times } = await threeOrders();
		const [ , second = 0 ] = times;
		const after = async ( text: string ): Promise< number[] > =>
			ids(
				await call(
					'GET',
					`/orders?orderby=modified&order=asc&modified_after=${ encodeURIComponent( text ) }`
				)
			);
		expect( await after( `${ stamp( second ) }Z` ) ).toEqual(
			made.slice( 2 )
		);
		expect( await after( `${ stamp( second - 1000 ) }Z` ) ).toEqual(
			made.slice( 1 )
		);
		expect(
			await after( `${ stamp( second + 7_200_000 - 1000 ) }+02:00` )
		).toEqual( made.slice( 1 ) );
	} );

	test( 'a bare time is the site’s own; with dates_are_gmt it is GMT; a zone and the flag together are off', async () => {
		const {
			call,
			ids: made,
			times,
			clock,
		} = await threeOrders( 'America/New_York' );
		const newYork = new Date( clock.now() ).toLocaleString( 'en-US', {
			timeZone: 'America/New_York',
			timeZoneName: 'shortOffset',
		} );
		const hours = Number( /GMT([+-]\d+)/.exec( newYork )?.[ 1 ] );
		const [ , second = 0 ] = times;
		const after = async ( query: string ): Promise< number[] > =>
			ids( await call( 'GET', `/orders?order=asc&${ query }` ) );
		expect(
			await after(
				`modified_after=${ stamp( second + hours * 3_600_000 ) }`
			)
		).toEqual( made.slice( 2 ) );
		expect(
			await after(
				`modified_after=${ stamp( second ) }&dates_are_gmt=true`
			)
		).toEqual( made.slice( 2 ) );
		expect( await after( `modified_after=${ stamp( second ) }Z` ) ).toEqual(
			made.slice( 2 )
		);
		// Hours too many, as measured.
		expect(
			await after(
				`modified_after=${ stamp( second ) }Z&dates_are_gmt=true`
			)
		).toEqual( made );
		const { json } = await call( 'GET', `/orders/${ made[ 1 ] ?? 0 }` );
		expect( at( json, 'date_created_gmt' ) ).toBe( stamp( second ) );
		expect( at( json, 'date_created' ) ).toBe(
			stamp( second + hours * 3_600_000 )
		);
	} );

	test( 'date_modified: what moves it and what does not', async () => {
		const {
			call,
			clock,
			ids: [ id = 0 ],
		} = await threeOrders();
		const modified = async (): Promise< unknown > =>
			at(
				( await call( 'GET', `/orders/${ id }` ) ).json,
				'date_modified_gmt'
			);
		const moves = async (
			act: () => Promise< unknown >
		): Promise< boolean > => {
			const before = await modified();
			clock.advance( 5000 );
			await act();
			return ( await modified() ) !== before;
		};
		let refund: unknown;
		expect(
			await moves( () =>
				call( 'PUT', `/orders/${ id }`, {
					meta_data: [ { key: 'a', value: 1 } ],
				} )
			)
		).toBe( true );
		expect(
			await moves( () =>
				call( 'POST', `/orders/${ id }/notes`, {
					note: 'x',
					customer_note: true,
				} )
			)
		).toBe( false );
		expect(
			await moves( async () => {
				refund = at(
					(
						await call( 'POST', `/orders/${ id }/refunds`, {
							amount: '0.10',
							api_refund: false,
						} )
					).json,
					'id'
				);
			} )
		).toBe( true );
		expect(
			await moves( () =>
				call(
					'DELETE',
					`/orders/${ id }/refunds/${ String( refund ) }`
				)
			)
		).toBe( false );
		expect(
			at( ( await call( 'GET', `/orders/${ id }` ) ).json, 'refunds' )
		).toEqual( [] );
		expect( await moves( () => call( 'DELETE', `/orders/${ id }` ) ) ).toBe(
			true
		);
	} );

	test( 'trash is seen only by its own name, or in a list of names without any', async () => {
		const { call, ids: made } = await threeOrders();
		const [ first = 0 ] = made;
		await call( 'PUT', `/orders/${ first }`, { status: 'processing' } );
		await call( 'DELETE', `/orders/${ first }` );
		const has = async ( query: string ): Promise< boolean > =>
			ids( await call( 'GET', `/orders?${ query }` ) ).includes( first );
		expect( await has( 'status=any' ) ).toBe( false );
		expect( await has( 'status=any,trash' ) ).toBe( false );
		expect( await has( `include=${ first }` ) ).toBe( false );
		expect( await has( 'status=trash' ) ).toBe( true );
		expect(
			await has(
				'status=pending,processing,on-hold,completed,cancelled,refunded,failed,trash'
			)
		).toBe( true );
		const { json } = await call( 'GET', `/orders/${ first }` );
		expect( at( json, 'status' ) ).toBe( 'trash' );
		expect( ( await call( 'DELETE', `/orders/${ first }` ) ).status ).toBe(
			410
		);
	} );

	test( 'pages, totals, links; orders forget the total past the end', async () => {
		const { call, shop } = await startShop();
		shop.sell( { count: 25, sku: 'BWX-12' } );
		const page = await call(
			'GET',
			'/orders?per_page=10&page=2&order=asc&orderby=id'
		);
		expect( page.json ).toHaveLength( 10 );
		expect( [
			page.headers.get( 'x-wp-total' ),
			page.headers.get( 'x-wp-totalpages' ),
		] ).toEqual( [ '25', '3' ] );
		expect( page.headers.get( 'link' ) ).toMatch(
			/page=1[^>]*>; rel="prev", <.*page=3[^>]*>; rel="next"/
		);
		const past = await call( 'GET', '/orders?per_page=10&page=9' );
		expect( past.headers.get( 'x-wp-total' ) ).toBe( '0' );
		const products = await call( 'GET', '/products?per_page=100&page=99' );
		expect(
			Number( products.headers.get( 'x-wp-total' ) )
		).toBeGreaterThan( 300 );
		const head = await call( 'HEAD', '/orders?per_page=1' );
		expect( [ head.headers.get( 'x-wp-total' ), head.text ] ).toEqual( [
			'25',
			'',
		] );
	} );
} );

describe( 'lists of products', () => {
	test.each( [
		[ 'SHIRT', [ 4220 ] ],
		[ 'shirt-s-sg', [ 4221 ] ],
		[ 'SHIRT-S', [] ],
		[ 'NOPE', [] ],
		[ 'OSB-01,osb-01,LIN-APR', [ 4202, 4200 ] ],
		[ 'OSB-01, LIN-APR', [ 4200 ] ],
	] )(
		'sku=%s is exact, blind to case, and not trimmed',
		async ( sku, wanted ) => {
			const { call } = await startShop();
			expect(
				ids(
					await call(
						'GET',
						`/products?sku=${ encodeURIComponent( sku ) }`
					)
				)
			).toEqual( wanted );
		}
	);

	test( 'an empty sku asks for all; _fields cuts, and a single record keeps its links', async () => {
		const { call } = await startShop();
		const all = await call(
			'GET',
			'/products?sku=&per_page=1&_fields=id,sku'
		);
		expect( Number( all.headers.get( 'x-wp-total' ) ) ).toBeGreaterThan(
			300
		);
		expect( Object.keys( ( all.json as object[] )[ 0 ] ?? {} ) ).toEqual( [
			'id',
			'sku',
		] );
		const one = await call(
			'GET',
			'/products/4200?_fields=id,dimensions.width'
		);
		expect( Object.keys( one.json as object ) ).toEqual( [
			'id',
			'dimensions',
			'_links',
		] );
		expect( at( one.json, 'dimensions' ) ).toEqual( { width: '' } );
	} );

	test( '/variations lists the variations of all', async () => {
		const { call } = await startShop();
		const { headers, json } = await call(
			'GET',
			'/variations?per_page=100&_fields=id,sku,parent_id,manage_stock'
		);
		expect( headers.get( 'x-wp-total' ) ).toBe( '168' );
		expect( json ).toHaveLength( 100 );
		expect(
			ids( await call( 'GET', '/products/4220/variations' ) )
		).toEqual( [ 4223, 4222, 4221 ] );
	} );

	test( 'ten thousand orders and fifty thousand products still page', async () => {
		const { call, control, shop } = await startShop();
		await control( 'POST', '/products', { count: 50_000 } );
		shop.sell( { count: 10_000, sku: 'NAIL-40' } );
		const orders = await call(
			'GET',
			'/orders?per_page=100&page=100&orderby=modified&order=asc'
		);
		const products = await call( 'GET', '/products?per_page=100&page=500' );
		expect( orders.json ).toHaveLength( 100 );
		expect( products.json ).toHaveLength( 100 );
	} );
} );

describe( 'writing orders', () => {
	test( 'totals come out as the shop’s tax settings say', async () => {
		const { call, shop } = await startShop();
		const body = { line_items: [ { sku: 'OSB-01', quantity: 3 } ] };
		const total = async (): Promise< unknown > => {
			const { json } = await call( 'POST', '/orders', body );
			return [
				at( json, 'total' ),
				at( json, 'total_tax' ),
				at( json, 'prices_include_tax' ),
			];
		};
		expect( await total() ).toEqual( [ '35.96', '5.99', false ] );
		shop.settings( { pricesIncludeTax: true } );
		expect( await total() ).toEqual( [ '29.97', '4.99', true ] );
		shop.settings( { roundAtSubtotal: true } );
		expect( await total() ).toEqual( [ '29.97', '5.00', true ] );
	} );

	test( 'an unknown status is 400 alone, and pending in a batch', async () => {
		const { call } = await startShop();
		const body = { status: 'shipped', line_items: [ { sku: 'OSB-01' } ] };
		expect( ( await call( 'POST', '/orders', body ) ).status ).toBe( 400 );
		const { status, json } = await call( 'POST', '/orders/batch', {
			create: [ body ],
		} );
		expect( [ status, at( json, 'create.0.status' ) ] ).toEqual( [
			200,
			'pending',
		] );
	} );

	test( 'meta: numbers become text, null deletes by key, an id without key is ignored', async () => {
		const { call } = await startShop();
		const { json } = await call( 'POST', '/orders', {
			meta_data: [
				{ key: 'n', value: 42 },
				{ key: 'yes', value: true },
				{ key: 'gone', value: null },
				{ key: 'empty', value: {} },
				{ key: 'list', value: [ 1, 2 ] },
			],
		} );
		const id = String( at( json, 'id' ) );
		const values = ( value: unknown ): unknown =>
			(
				at( value, 'meta_data' ) as { key: string; value: unknown }[]
			 ).map( ( { key, value: inner } ) => [ key, inner ] );
		expect( values( json ) ).toEqual( [
			[ 'n', '42' ],
			[ 'yes', '1' ],
			[ 'empty', [] ],
			[ 'list', [ 1, 2 ] ],
		] );
		const { json: after } = await call( 'PUT', `/orders/${ id }`, {
			meta_data: [
				{ key: 'n', value: null },
				{ id: at( json, 'meta_data.1.id' ), value: null },
			],
		} );
		expect( values( after ) ).toEqual( [
			[ 'yes', '1' ],
			[ 'empty', [] ],
			[ 'list', [ 1, 2 ] ],
		] );
	} );

	test( 'an unknown product gives an empty line, with 201', async () => {
		const { call } = await startShop();
		const { status, json } = await call( 'POST', '/orders', {
			line_items: [ { product_id: 99999999 } ],
		} );
		expect( status ).toBe( 201 );
		expect( at( json, 'line_items.0' ) ).toMatchObject( {
			product_id: 0,
			name: '',
			sku: null,
		} );
	} );

	test( 'a product deleted later leaves the line its name only', async () => {
		const { call, shop } = await startShop();
		const [ sold ] = shop.sell( { sku: 'OSB-01' } ).orders;
		await call( 'DELETE', '/products/4200?force=true' );
		const { json } = await call( 'GET', `/orders/${ sold?.id ?? 0 }` );
		expect( at( json, 'line_items.0' ) ).toMatchObject( {
			product_id: 0,
			variation_id: 0,
			sku: null,
			name: 'Oak Serving Board',
		} );
	} );

	test( 'refunds: the last penny makes it refunded; by status there are no lines', async () => {
		const { call, shop } = await startShop();
		const [ one, two ] = shop.sell( {
			count: 2,
			sku: 'LIN-APR',
			paymentMethod: 'stripe',
			coupon: false,
			fee: false,
		} ).orders;
		const path = `/orders/${ one?.id ?? 0 }`;
		await call( 'POST', `${ path }/refunds`, {
			amount: '1.00',
			api_refund: false,
		} );
		expect( at( ( await call( 'GET', path ) ).json, 'status' ) ).toBe(
			'processing'
		);
		const rest = Number( one?.total ) - 1;
		await call( 'POST', `${ path }/refunds`, {
			amount: String( Math.round( rest * 100 ) / 100 ),
			reason: 'rest',
		} );
		const { json } = await call( 'GET', path );
		expect( at( json, 'status' ) ).toBe( 'refunded' );
		expect( Number( at( json, 'total' ) ) ).toBe( Number( one?.total ) );
		const other = `/orders/${ two?.id ?? 0 }`;
		await call( 'PUT', other, { status: 'refunded' } );
		const { json: refunds } = await call( 'GET', `${ other }/refunds` );
		expect( at( refunds, '0' ) ).toMatchObject( {
			reason: 'Order fully refunded.',
			line_items: [],
		} );
	} );
} );

describe( 'the site', () => {
	test( 'tells its name, zone, versions, currency and tax settings', async () => {
		const { call, shop } = await startShop();
		const index = ( await (
			await fetch( `${ shop.url }/wp-json/` )
		).json() ) as unknown;
		expect( index ).toMatchObject( {
			name: 'Harbour &amp; Pine',
			home: shop.url,
			timezone_string: 'Europe/London',
			namespaces: expect.arrayContaining( [ 'wc/v3' ] ),
		} );
		const { json: status } = await call( 'GET', '/system_status' );
		expect( at( status, 'environment.version' ) ).toBe( '11.0.1' );
		const { json: currency } = await call(
			'GET',
			'/data/currencies/current'
		);
		expect( currency ).toMatchObject( {
			code: 'GBP',
			name: 'Pound sterling',
			symbol: '&pound;',
		} );
		const { json: tax } = await call(
			'GET',
			'/settings/tax/woocommerce_tax_round_at_subtotal'
		);
		expect( at( tax, 'value' ) ).toBe( 'no' );
		const { json: general } = await call( 'GET', '/settings/general' );
		expect( general ).toEqual(
			expect.arrayContaining( [
				expect.objectContaining( {
					id: 'woocommerce_currency',
					value: 'GBP',
				} ),
			] )
		);
	} );

	test( 'rates get other ids when the tax settings change', async () => {
		const { call } = await startShop();
		const rates = async (): Promise< { id: number; rate: string }[] > =>
			( await call( 'GET', '/taxes' ) ).json as {
				id: number;
				rate: string;
			}[];
		const before = await rates();
		await call( 'PUT', '/settings/tax/woocommerce_tax_round_at_subtotal', {
			value: 'yes',
		} );
		const after = await rates();
		expect( after.map( ( { rate } ) => rate ) ).toEqual(
			before.map( ( { rate } ) => rate )
		);
		expect( after.map( ( { id } ) => id ) ).not.toEqual(
			before.map( ( { id } ) => id )
		);
	} );
} );
