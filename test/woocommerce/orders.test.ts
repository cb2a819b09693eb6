import { describe, expect, test } from '@jest/globals';
import { answer, json, readData, shopAnswering } from './support.ts';

const ORDER = readData< Record< string, unknown > >(
	'orders/001-simple-guest-card.json'
);
const FIELDS = /^id,number,status,currency,.*refunds,meta_data$/;

describe( 'one order', () => {
	test( 'is asked by id, with no more fields than are used', async () => {
		const shop = shopAnswering( () => json( ORDER ) );
		expect( await shop.store.order( 4336 ) ).toMatchObject( {
			ok: true,
			value: { id: 4336, total: '64.74' },
		} );
		const url = new URL( shop.sent[ 0 ]?.url ?? '' );
		expect( url.pathname ).toBe( '/wp-json/wc/v3/orders/4336' );
		expect( [ ...url.searchParams.keys() ] ).toEqual( [ '_fields' ] );
		expect( url.searchParams.get( '_fields' ) ).toMatch( FIELDS );
		expect( url.searchParams.get( '_fields' ) ).not.toMatch(
			/customer_ip|user_agent/
		);
	} );

	test( 'is asked with six decimals for its exact figures', async () => {
		const shop = shopAnswering( () => json( ORDER ) );
		await shop.store.orderExact( 4336 );
		expect( shop.asked()[ 0 ] ).toMatch( /^orders\/4336\?dp=6&_fields=/ );
	} );

	test( 'in the trash is readable', async () => {
		const trash = readData( 'orders/103-trash.json' );
		const shop = shopAnswering( () => json( trash ) );
		expect( await shop.store.order( 4451 ) ).toMatchObject( {
			ok: true,
			value: { status: 'trash' },
		} );
	} );

	test.each( [ '404-order', '404-order-id-is-product' ] )(
		'that the shop does not have is null (%s)',
		async ( name ) => {
			const shop = shopAnswering( () =>
				answer( `errors/${ name }.json` )
			);
			expect( await shop.store.order( 99999999 ) ).toEqual( {
				ok: true,
				value: null,
			} );
		}
	);

	test.each( [
		'404-woocommerce-deactivated',
		'404-site-page',
		'401-wrong-secret',
		'503-maintenance',
		'200-truncated-body',
		'200-empty-body',
	] )( 'is never taken for gone because of %s', async ( name ) => {
		const shop = shopAnswering( () => answer( `errors/${ name }.json` ) );
		expect( await shop.store.order( 4336 ) ).toMatchObject( { ok: false } );
	} );

	test( 'of an id that cannot be one is not asked for', async () => {
		const shop = shopAnswering( () => json( ORDER ) );
		for ( const id of [ 0, -1, 1.5, Number.NaN ] ) {
			expect( await shop.store.order( id ) ).toEqual( {
				ok: true,
				value: null,
			} );
		}
		expect( shop.sent ).toHaveLength( 0 );
	} );

	test( 'that cannot be read is held with the field', async () => {
		const shop = shopAnswering( () => json( { ...ORDER, total: 1 } ) );
		expect( await shop.store.order( 4336 ) ).toMatchObject( {
			ok: false,
			failure: {
				kind: 'hold',
				problem: {
					code: 'refused-by-store',
					message: expect.stringContaining( 'total: ' ),
				},
			},
		} );
	} );

	test( 'that is another one than asked for is not accepted', async () => {
		const shop = shopAnswering( () => json( ORDER ) );
		expect( await shop.store.order( 4337 ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'hold' },
		} );
	} );
} );

describe( 'a page of orders', () => {
	test( 'is asked in the way that was measured', async () => {
		const shop = shopAnswering( () => json( [] ) );
		await shop.store.orders( {
			page: 2,
			modifiedAfter: '2026-11-21T05:27:00.900Z',
			placedAfter: '2026-11-20T00:00:00+01:00',
			placedBefore: '2026-11-21T00:00:00.100Z',
			include: [ 7, 8 ],
		} );
		const query = new URL( shop.sent[ 0 ]?.url ?? '' ).searchParams;
		const { _fields, ...rest } = Object.fromEntries( query );
		expect( _fields ).toMatch( FIELDS );
		expect( rest ).toEqual( {
			per_page: '100',
			page: '2',
			status: 'any',
			orderby: 'modified',
			order: 'asc',
			modified_after: '2026-11-21T05:27:00Z',
			after: '2026-11-19T23:00:00Z',
			before: '2026-11-21T00:00:01Z',
			include: '7,8',
		} );
	} );

	test( 'takes a status and another order', async () => {
		const shop = shopAnswering( () => json( [] ) );
		await shop.store.orders( {
			page: 1,
			status: 'trash',
			orderBy: 'date',
		} );
		expect( shop.asked()[ 0 ] ).toMatch(
			/^orders\?per_page=100&page=1&status=trash&orderby=date&order=asc&_fields=/
		);
	} );

	test( 'of no ids is empty and asks nobody', async () => {
		const shop = shopAnswering( () => json( [ ORDER ] ) );
		expect( await shop.store.orders( { page: 1, include: [] } ) ).toEqual( {
			ok: true,
			value: { orders: [], unreadable: [], more: false },
		} );
		expect( shop.sent ).toHaveLength( 0 );
	} );

	test( 'loses none to one that cannot be read', async () => {
		const shop = shopAnswering( () =>
			json( [
				{ ...ORDER, id: 3 },
				{ ...ORDER, id: 2, total: null },
				{ code: 'woocommerce_rest_cannot_view', message: 'Sorry.' },
				{ ...ORDER, id: 1 },
			] )
		);
		expect( await shop.store.orders( { page: 1 } ) ).toMatchObject( {
			ok: true,
			value: {
				orders: [ { id: 1 }, { id: 3 } ],
				unreadable: [
					{ id: 2, why: expect.stringMatching( /^total: / ) },
					{ id: null, why: 'woocommerce_rest_cannot_view Sorry.' },
				],
			},
		} );
	} );

	test( 'comes by modified time, then id', async () => {
		const shop = shopAnswering( () =>
			json( [
				{ ...ORDER, id: 9 },
				{ ...ORDER, id: 5, date_modified_gmt: '2026-11-22T00:00:00' },
				{ ...ORDER, id: 4 },
			] )
		);
		const page = await shop.store.orders( { page: 1 } );
		expect( page.ok && page.value.orders.map( ( { id } ) => id ) ).toEqual(
			[ 4, 9, 5 ]
		);
	} );

	const many = ( count: number ): unknown[] =>
		Array.from( { length: count }, ( _, n ) => ( {
			...ORDER,
			id: n + 1,
		} ) );

	test.each( [
		[ 'by the header: another', 1, 3, { 'x-wp-totalpages': '2' }, true ],
		[
			'by the header: the last',
			2,
			100,
			{ 'x-wp-totalpages': '2' },
			false,
		],
		[ 'past the end', 99, 0, { 'x-wp-totalpages': '0' }, false ],
		[ 'without header, full', 1, 100, {}, true ],
		[ 'without header, not full', 1, 99, {}, false ],
	] )(
		'says whether there are more: %s',
		async ( _n, page, count, headers, more ) => {
			const shop = shopAnswering( () =>
				json( many( count ), 200, headers )
			);
			const result = await shop.store.orders( { page } );
			expect( result.ok && result.value.more ).toBe( more );
		}
	);

	test( 'that is no list is held', async () => {
		const shop = shopAnswering( () => json( { orders: [] } ) );
		expect( await shop.store.orders( { page: 1 } ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'hold' },
		} );
	} );

	test( 'that fails says why', async () => {
		const shop = shopAnswering( () =>
			answer( 'errors/429-rate-limited.json' )
		);
		expect( await shop.store.orders( { page: 1 } ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'retry', cause: 'throttled', after: 30_000 },
		} );
	} );
} );
