import { describe, expect, test } from '@jest/globals';
import type { StoreItem } from '../../src/contracts/store.ts';
import type { HttpAnswer } from '../../src/contracts/world.ts';
import { answer, json, readData, recorded, shopAnswering } from './support.ts';
import type { Shop } from './support.ts';

type Json = Record< string, unknown >;

const PAGES = [ 1, 2, 3, 4 ].map( ( page ) =>
	answer( `products/products.page-${ page }.json` )
);
const PRODUCTS = [ 1, 2, 3, 4 ].flatMap(
	( page ) =>
		recorded( `products/products.page-${ page }.json` ).response
			.body as Json[]
);
const VARIATIONS = readData< { variations: Record< string, Json[] > } >(
	'products/variations.all.json'
).variations;
const NO_ROUTE = answer( 'errors/404-route.json' );

/** The recorded catalogue, with or without the list of all variations. */
function catalogue( hasVariationsRoute: boolean ): Shop {
	return shopAnswering( ( _request, url ): HttpAnswer => {
		const route = url.pathname.replace( '/wp-json/wc/v3/', '' );
		const page = Number( url.searchParams.get( 'page' ) );
		if ( route === 'products' ) {
			return PAGES[ page - 1 ] ?? json( [] );
		}
		if ( route === 'variations' && hasVariationsRoute ) {
			const all = Object.entries( VARIATIONS ).flatMap(
				( [ parent, list ] ) =>
					list.map( ( each ) => ( {
						...each,
						parent_id: Number( parent ),
					} ) )
			);
			return json( all.slice( ( page - 1 ) * 100, page * 100 ), 200, {
				'x-wp-totalpages': String( Math.ceil( all.length / 100 ) ),
			} );
		}
		const parent = /^products\/(\d+)\/variations$/.exec( route )?.[ 1 ];
		return parent === undefined
			? NO_ROUTE
			: json( VARIATIONS[ parent ] ?? [] );
	} );
}

async function allOf( shop: Shop ): Promise< StoreItem[] > {
	const items: StoreItem[] = [];
	for await ( const page of shop.store.items() ) {
		if ( ! page.ok ) {
			throw new Error( JSON.stringify( page.failure ) );
		}
		items.push( ...page.value );
	}
	return items;
}

function keyOf( item: StoreItem ): string {
	return `${ item.productId }/${ item.variationId }`;
}

describe( 'all items', () => {
	test( 'are the recorded products and variations that have a SKU or keep stock', async () => {
		const items = await allOf( catalogue( true ) );
		const useful = ( json: Json ): boolean =>
			json.sku !== '' || json.manage_stock === true;
		const variations = Object.values( VARIATIONS ).flat();
		expect( items ).toHaveLength(
			PRODUCTS.filter( useful ).length +
				variations.filter( useful ).length
		);
		expect( new Set( items.map( keyOf ) ).size ).toBe( items.length );
	} );

	test( 'are the same where the shop cannot list all variations', async () => {
		const listed = await allOf( catalogue( true ) );
		const shop = catalogue( false );
		const walked = await allOf( shop );
		expect( walked.map( keyOf ).sort() ).toEqual(
			listed.map( keyOf ).sort()
		);
		const parents = PRODUCTS.filter( ( { type } ) => type === 'variable' );
		expect( shop.sent ).toHaveLength( 4 + 1 + parents.length );
	} );

	test( 'tell who keeps the stock', async () => {
		const items = await allOf( catalogue( true ) );
		const find = ( key: string ): StoreItem | undefined =>
			items.find( ( item ) => keyOf( item ) === key );
		expect( find( '4200/null' ) ).toEqual( {
			productId: 4200,
			variationId: null,
			sku: 'OSB-01',
			managesStock: true,
			quantity: 4674,
			backorders: false,
			modifiedAt: '2026-11-21T05:27:00.000Z',
		} );
		expect( find( '4603/4604' ) ).toMatchObject( {
			sku: 'HP-1122-1',
			managesStock: 'parent',
		} );
		expect( find( '4463/null' ) ).toMatchObject( {
			managesStock: false,
			quantity: null,
		} );
	} );

	test( 'are asked by id, so that new ones come last', async () => {
		const shop = catalogue( true );
		await allOf( shop );
		expect( shop.asked()[ 0 ] ).toBe(
			'products?per_page=100&page=1&orderby=id&order=asc' +
				'&_fields=id,parent_id,type,sku,manage_stock,stock_quantity,backorders,date_modified_gmt&status=any'
		);
		expect( shop.asked()[ 4 ] ).toMatch(
			/^variations\?per_page=100&page=1&/
		);
	} );

	test( 'of a shop without variable products need no further question', async () => {
		const shop = shopAnswering( () =>
			json( [
				{
					id: 1,
					type: 'simple',
					sku: 'A',
					manage_stock: true,
					stock_quantity: 2.5,
				},
			] )
		);
		expect( await allOf( shop ) ).toEqual( [
			{
				productId: 1,
				variationId: null,
				sku: 'A',
				managesStock: true,
				// Rounded up: it must not look like the 2 that may be wanted.
				quantity: 3,
				backorders: false,
				modifiedAt: null,
			},
		] );
		expect( shop.sent ).toHaveLength( 1 );
	} );

	test( 'lose none to one that cannot be read, which is logged', async () => {
		const shop = shopAnswering( () =>
			json( [
				{ id: 1, sku: 'A', manage_stock: true, stock_quantity: 'x' },
				{ id: 2, sku: 'B', manage_stock: true, stock_quantity: 1 },
			] )
		);
		expect( ( await allOf( shop ) ).map( ( { sku } ) => sku ) ).toEqual( [
			'B',
		] );
		expect( shop.logged.join() ).toContain( 'stock_quantity' );
	} );

	test( 'end with the failure that stopped them', async () => {
		const shop = shopAnswering( ( _request, url ) =>
			url.searchParams.get( 'page' ) === '1'
				? ( PAGES[ 0 ] as HttpAnswer )
				: answer( 'errors/503-maintenance.json' )
		);
		const pages = [];
		for await ( const page of shop.store.items() ) {
			pages.push( page );
		}
		expect( pages ).toMatchObject( [
			{ ok: true },
			{ ok: false, failure: { kind: 'retry' } },
		] );
	} );
} );

describe( 'items by SKU', () => {
	/** Matches as the shop's database does: case and trailing spaces do not count. */
	function matching( all: readonly Json[] ): Shop {
		return shopAnswering( ( _request, url ) => {
			const asked = url.searchParams.get( 'sku' ) ?? '';
			const wanted = [ ...asked.split( ',' ), asked ].map( fold );
			return json(
				all.filter(
					( item ) =>
						asked === '' ||
						wanted.includes( fold( String( item.sku ) ) )
				)
			);
		} );
	}
	const fold = ( sku: string ): string => sku.toLowerCase().trimEnd();
	const item = ( id: number, sku: string, more: Json = {} ): Json => ( {
		id,
		sku,
		type: 'simple',
		parent_id: 0,
		manage_stock: true,
		stock_quantity: 1,
		...more,
	} );

	async function find( shop: Shop, skus: string[] ): Promise< string[] > {
		const result = await shop.store.itemsBySku( skus );
		if ( ! result.ok ) {
			throw new Error( JSON.stringify( result.failure ) );
		}
		return result.value.map( keyOf ).sort();
	}

	test( 'are found whatever the case, variations with their product', async () => {
		const shop = matching( [
			item( 1, 'Mug-1' ),
			item( 3, 'SHIRT-S', { type: 'variation', parent_id: 2 } ),
			item( 4, 'OTHER' ),
		] );
		expect( await find( shop, [ 'mug-1', 'shirt-s', 'none' ] ) ).toEqual( [
			'1/null',
			'2/3',
		] );
		expect( shop.sent ).toHaveLength( 1 );
	} );

	test( 'are compared again: what the database takes for equal is not', async () => {
		const shop = matching( [ item( 1, 'MUG ' ), item( 2, 'MUG' ) ] );
		expect( await find( shop, [ 'mug' ] ) ).toEqual( [ '2/null' ] );
	} );

	test( 'with a comma are asked alone', async () => {
		const shop = matching( [
			item( 1, 'A,B' ),
			item( 2, 'A' ),
			item( 3, 'C' ),
		] );
		expect( await find( shop, [ 'A,B', 'C' ] ) ).toEqual( [
			'1/null',
			'3/null',
		] );
		expect( shop.sent ).toHaveLength( 2 );
	} );

	test( 'of nothing ask nobody', async () => {
		const shop = matching( [ item( 1, '' ), item( 2, 'A' ) ] );
		expect( await find( shop, [] ) ).toEqual( [] );
		expect( await find( shop, [ '', '  ' ] ) ).toEqual( [] );
		expect( shop.sent ).toHaveLength( 0 );
		expect( await find( shop, [ '', 'A' ] ) ).toEqual( [ '2/null' ] );
	} );

	test( 'in great number are asked in addresses of bearable length', async () => {
		const skus = Array.from(
			{ length: 230 },
			( _, n ) => `LONG/SKU #${ n } äöü`
		);
		const shop = matching( skus.map( ( sku, n ) => item( n + 1, sku ) ) );
		expect( await find( shop, skus ) ).toHaveLength( 230 );
		expect( shop.sent.length ).toBeGreaterThan( 4 );
		for ( const { url } of shop.sent ) {
			expect( url.length ).toBeLessThan( 2000 );
		}
	} );

	test( 'say why they could not be asked', async () => {
		const shop = shopAnswering( () =>
			answer( 'errors/401-wrong-secret.json' )
		);
		expect( await shop.store.itemsBySku( [ 'A' ] ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'hold', problem: { code: 'credentials-store' } },
		} );
	} );
} );
