import { describe, expect, test } from '@jest/globals';
import { createKit, searchAnswer, type Asked } from '../client-kit.ts';
import { answer, unreachable, valueOf } from '../world.ts';

const PRODUCTS = [ 'productId', 'SKU', 'stockTracked', 'productStatus' ];

async function collect< T >( pages: AsyncIterable< T > ): Promise< T[] > {
	const all: T[] = [];
	for await ( const page of pages ) {
		all.push( page );
	}
	return all;
}

describe( 'columns', () => {
	test( 'are found by name, whatever their order and however many there are', async () => {
		const { client } = createKit( () =>
			searchAnswer(
				[
					'newColumn',
					'SKU',
					'productStatus',
					'productId',
					'stockTracked',
				],
				[ [ 'x', 'TOTE', 'LIVE', 1042, true ] ]
			)
		);
		expect( valueOf( await client.productsBySku( 'TOTE' ) ) ).toEqual( [
			{
				productId: 1042,
				sku: 'TOTE',
				stockTracked: true,
				status: 'LIVE',
			},
		] );
	} );

	test( 'a wrong type is refused with endpoint, field and request id', async () => {
		const { client } = createKit( () =>
			searchAnswer( PRODUCTS, [
				[ 1, 'A', true, null ],
				[ {}, 'A', true, null ],
			] )
		);
		expect( await client.productsBySku( 'A' ) ).toMatchObject( {
			failure: {
				kind: 'hold',
				ruid: 'ruid-1',
				problem: {
					code: 'defect',
					message: expect.stringMatching(
						/GET \/product-service\/product-search .*response\.1\.productId.*ruid-1/
					),
				},
			},
		} );
	} );

	test( 'no rows come without firstResult and lastResult', async () => {
		const { client } = createKit( () =>
			searchAnswer( PRODUCTS, [], { more: false } )
		);
		expect( valueOf( await client.productsBySku( 'A' ) ) ).toEqual( [] );
	} );

	test( 'a 404 is no empty search but a wrong account', async () => {
		const { client } = createKit( () =>
			answer( 404, {
				errors: [
					{
						code: 'CMNC-404',
						message: 'Cannot find the resource /public-api/nope',
					},
				],
			} )
		);
		expect( await client.productsBySku( 'A' ) ).toMatchObject( {
			failure: {
				kind: 'hold',
				problem: {
					code: 'refused-by-brightpearl',
					fix: expect.stringContaining( 'brightpearl.account' ),
				},
			},
		} );
	} );
} );

describe( 'paging', () => {
	const rows = ( from: number, count: number ) =>
		Array.from( { length: count }, ( _, at ) => [
			from + at,
			`SKU-${ from + at }`,
			true,
			'LIVE',
		] );
	const paged =
		( more: ( first: number ) => boolean | undefined ) =>
		( { query }: Asked ) => {
			const first = Number( query[ 'firstResult' ] );
			const left = Math.max( 0, Math.min( 500, 1201 - first ) );
			const flag = more( first );
			return searchAnswer( PRODUCTS, rows( first, left ), {
				first,
				available: 1200,
				...( flag === undefined ? {} : { more: flag } ),
			} );
		};

	test.each( [
		[ 'by morePagesAvailable', ( first: number ) => first < 1001 ],
		[ 'by lastResult where that is absent', () => undefined ],
	] )( 'goes on %s', async ( _how, more ) => {
		const { asked, client } = createKit( paged( more ) );
		const pages = await collect( client.productPages() );
		expect( pages.map( ( page ) => valueOf( page ).length ) ).toEqual( [
			500, 500, 200,
		] );
		expect( asked.map( ( { query } ) => query ) ).toEqual(
			[ '1', '501', '1001' ].map( ( firstResult ) => ( {
				columns: 'productId,SKU,stockTracked,productStatus',
				sort: 'productId.ASC',
				pageSize: '500',
				firstResult,
			} ) )
		);
	} );

	test( 'ends at an empty page even when more are promised', async () => {
		const { asked, client } = createKit( () =>
			searchAnswer( PRODUCTS, [], { more: true } )
		);
		expect( await collect( client.productPages() ) ).toHaveLength( 1 );
		expect( asked ).toHaveLength( 1 );
	} );

	test( 'ends when the answer goes back', async () => {
		const { asked, client } = createKit( () =>
			searchAnswer( PRODUCTS, rows( 1, 2 ), { more: true } )
		);
		await collect( client.productPages() );
		expect( asked ).toHaveLength( 2 );
	} );

	test( 'ends at the first failure', async () => {
		const { client } = createKit( ( one ) =>
			one.query[ 'firstResult' ] === '1'
				? paged( () => true )( one )
				: unreachable
		);
		const pages = await collect( client.productPages() );
		expect( pages.map( ( { ok } ) => ok ) ).toEqual( [ true, false ] );
	} );
} );

describe( 'equality is checked again', () => {
	test( 'e-mails: the search matches substrings, and one may stand for two contacts', async () => {
		const { asked, client } = createKit( () =>
			searchAnswer(
				[ 'contactId', 'primaryEmail' ],
				[
					[ 500, 'Ines@Example.test' ],
					[ 412, 'ines@example.test' ],
					[ 413, 'martines@example.test' ],
					[ 414, 'ines@example.test.uk' ],
					[ 415, '' ],
				]
			)
		);
		expect(
			valueOf( await client.contactsByEmail( ' INES@example.test ' ) )
		).toEqual( [ 412, 500 ] );
		expect( asked[ 0 ]?.query[ 'primaryEmail' ] ).toBe(
			'INES@example.test'
		);
	} );

	test( 'an empty e-mail or SKU finds nobody and asks nobody', async () => {
		const { asked, client } = createKit( () => undefined );
		expect( valueOf( await client.contactsByEmail( '  ' ) ) ).toEqual( [] );
		expect( valueOf( await client.productsBySku( '' ) ) ).toEqual( [] );
		expect(
			valueOf( await client.findSalesOrders( { externalRef: '' } ) )
		).toEqual( [] );
		expect( asked ).toHaveLength( 0 );
	} );

	test( 'a plus sign in an e-mail and an ampersand in a reference survive the query', async () => {
		const { asked, client } = createKit( () => searchAnswer( [], [] ) );
		await client.contactsByEmail( 'a+b@example.test' );
		await client.findSalesOrders( { customerRef: '#1&x=2' } );
		expect( asked[ 0 ]?.request.url ).toContain( 'a%2Bb%40example.test' );
		expect( asked[ 1 ]?.query[ 'customerRef' ] ).toBe( '#1&x=2' );
	} );

	test( 'SKUs: exact, and all that carry it', async () => {
		const { client } = createKit( () =>
			searchAnswer( PRODUCTS, [
				[ 1, 'tote', true, null ],
				[ 2, 'TOTE', true, null ],
				[ 3, 'TOTE', false, 'ARCHIVED' ],
				[ 4, '', true, null ],
			] )
		);
		expect(
			valueOf( await client.productsBySku( 'TOTE' ) ).map(
				( { productId } ) => productId
			)
		).toEqual( [ 2, 3 ] );
	} );

	test( 'orders: the reference, and sales orders only', async () => {
		const columns = [
			'orderId',
			'orderTypeId',
			'customerRef',
			'externalRef',
			'createdOn',
		];
		const { asked, client } = createKit( () =>
			searchAnswer( columns, [
				[ 20, 1, '#1', 'shop-1', '2026-03-02T09:14:11.000+01:00' ],
				[ 21, 3, '#1', 'shop-1', null ],
				[ 22, 1, '#1', 'shop-12', null ],
				[ 23, 1, null, 'shop-1', null ],
			] )
		);
		expect(
			valueOf( await client.findSalesOrders( { externalRef: 'shop-1' } ) )
		).toEqual( [
			{
				salesOrderId: 20,
				customerRef: '#1',
				externalRef: 'shop-1',
				createdOn: '2026-03-02T08:14:11.000Z',
			},
			{
				salesOrderId: 23,
				customerRef: null,
				externalRef: 'shop-1',
				createdOn: null,
			},
		] );
		expect( asked[ 0 ] ).toMatchObject( {
			path: '/order-service/order-search',
			query: { externalRef: 'shop-1', orderTypeId: '1' },
		} );
	} );
} );
