/** What the shop is set up with, as the recorded shop shows it. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { at, closeAll, recorded, startShop } from './kit.ts';

afterEach( closeAll );

type Entry = Record< string, unknown >;

async function both( route: string, file: string ) {
	const { call, shop } = await startShop();
	const answer = await call( 'GET', route );
	const wanted = recorded( `settings/${ file }.json` );
	return {
		answer,
		given: JSON.parse(
			JSON.stringify( answer.json ).replaceAll(
				shop.url,
				'https://shop.example.test'
			)
		) as Entry[],
		wanted: at( wanted, 'response.body' ) as Entry[],
	};
}

describe( 'is shown exactly as recorded:', () => {
	test.each( [
		[ '/shipping/zones', 'shipping.zones' ],
		[ '/shipping/zones/0/methods', 'shipping.zone-0.methods' ],
		[ '/shipping/zones/2/methods', 'shipping.zone-2.methods' ],
		[ '/taxes/classes', 'taxes.classes' ],
	] )( '%s', async ( route, file ) => {
		const { answer, given, wanted } = await both( route, file );
		expect( answer.status ).toBe( 200 );
		expect( given ).toEqual( wanted );
		expect( answer.headers.get( 'x-wp-total' ) ).toBe(
			String( wanted.length )
		);
	} );
} );

test( 'payment gateways are the recorded ones and PayPal', async () => {
	const { given, wanted } = await both(
		'/payment_gateways',
		'payment_gateways'
	);
	const settingsAside = ( { settings: _, ...rest }: Entry ) => rest;
	expect( given.slice( 0, 4 ).map( settingsAside ) ).toEqual(
		wanted.map( settingsAside )
	);
	expect( given.map( ( { id } ) => id ) ).toEqual( [
		'bacs',
		'cheque',
		'cod',
		'stripe',
		'paypal',
	] );
} );

test( 'tax rates have the recorded form, ten a page unless more are asked for', async () => {
	const { answer, given, wanted } = await both( '/taxes', 'taxes' );
	expect( Object.keys( given[ 0 ] ?? {} ) ).toEqual(
		Object.keys( wanted[ 0 ] ?? {} )
	);
	expect( given ).toHaveLength( 10 );
	expect( answer.headers.get( 'x-wp-total' ) ).toBe( '27' );
	expect( answer.headers.get( 'x-wp-totalpages' ) ).toBe( '3' );
} );

test( 'order statuses are counted', async () => {
	const { call, shop } = await startShop();
	shop.sell( { count: 2, status: 'on-hold' } );
	const { json } = await call( 'GET', '/reports/orders/totals' );
	const wanted = at(
		recorded( 'settings/order-statuses.totals.json' ),
		'response.body'
	) as Entry[];
	expect(
		( json as Entry[] ).map( ( { slug, name } ) => ( { slug, name } ) )
	).toEqual( wanted.map( ( { slug, name } ) => ( { slug, name } ) ) );
	expect( json ).toContainEqual( {
		slug: 'on-hold',
		name: 'On hold',
		total: 2,
	} );
} );

test( 'a zone that is none has no methods', async () => {
	const { call } = await startShop();
	const { status, json } = await call( 'GET', '/shipping/zones/9/methods' );
	expect( status ).toBe( 404 );
	expect( at( json, 'code' ) ).toBe(
		'woocommerce_rest_shipping_zone_invalid'
	);
} );
