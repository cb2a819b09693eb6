import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import catalogue from '../../../src/sandbox/catalogue.json' with { type: 'json' };
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

let bp: Harness;
beforeAll( async () => {
	bp = await startHarness();
} );
afterAll( () => bp.close() );

describe.each( [ 'sandbox-gb', 'sandbox-us' ] )( '%s', ( account ) => {
	test( 'has one product for every SKU of the shop, tracked where the shop manages stock', async () => {
		const { json } = await bp.call(
			'GET',
			'/product-service/product-search?columns=productId,SKU,stockTracked',
			undefined,
			{ account }
		);
		const rows = [ ...( json.response?.results ?? [] ) ] as unknown as [
			number,
			string,
			boolean,
		][];
		const seeded = new Map(
			rows.map( ( [ id, sku, tracked ] ) => [ sku, { id, tracked } ] )
		);
		const skus = new Set(
			catalogue.map( ( { sku } ) => sku ).filter( ( sku ) => sku !== '' )
		);
		// The two misc products have no SKU; the bundles are the sandbox's own.
		const own = [ '', 'BUNDLE-PAIR', 'BUNDLE-MIX', 'BUNDLE-NEST' ];
		expect( new Set( [ ...seeded.keys() ] ) ).toEqual(
			new Set( [ ...skus, ...own ] )
		);
		expect( rows ).toHaveLength( skus.size + own.length + 1 );
		for ( const sku of skus ) {
			const managed = catalogue.some(
				( entry ) => entry.sku === sku && entry.manageStock === true
			);
			expect( [ sku, seeded.get( sku )?.tracked ] ).toEqual( [
				sku,
				managed,
			] );
		}
	} );

	test( "starts with the shop's stock in warehouse 2, none where it is nothing or less", async () => {
		const { json } = await bp.control(
			'GET',
			`/state?account=${ account }`
		);
		const stock = new Map(
			[ ...( json.stock ?? [] ) ].map( ( entry ) => [
				String( entry.sku ),
				Number( entry.warehouses?.[ 2 ]?.onHand ),
			] )
		);
		const expected = new Map(
			catalogue
				.filter(
					( { sku, manageStock, stockQuantity } ) =>
						sku !== '' &&
						manageStock === true &&
						( stockQuantity ?? 0 ) > 0
				)
				.map( ( { sku, stockQuantity } ) => [ sku, stockQuantity ] )
		);
		expect( stock ).toEqual( expected );
		const second = [ ...( json.stock ?? [] ) ].filter(
			( entry ) => entry.warehouses?.[ 3 ] !== undefined
		);
		expect( second.length ).toBeGreaterThan( 10 );
		expect( second.length ).toBeLessThan( expected.size / 4 );
	} );

	test( 'knows its reference data', async () => {
		const get = async ( path: string ) =>
			( await bp.call( 'GET', path, undefined, { account } ) ).json;
		const channel = ( await get( '/product-service/channel/7' ) )
			.response[ 0 ];
		expect( channel ).toMatchObject( {
			defaultWarehouseId: 2,
			warehouseIds: [ 2, 3 ],
		} );
		// A minimal channel carries nothing else.
		expect(
			Object.keys(
				( await get( '/product-service/channel/1' ) ).response[ 0 ] ??
					{}
			)
		).toEqual( [ 'id', 'name', 'channelTypeId', 'channelBrandId' ] );
		const currencies = await get(
			'/accounting-service/currency-search?columns=code,isDefault'
		);
		expect( [ ...( currencies.response?.results ?? [] ) ] ).toEqual(
			expect.arrayContaining( [
				[ 'GBP', account === 'sandbox-gb' ],
				[ 'USD', account === 'sandbox-us' ],
				[ 'JPY', false ],
				[ 'INR', false ],
			] )
		);
		for ( const [ path, some ] of [
			[
				'/accounting-service/payment-method',
				[ 'CARD', 'BACS', 'CASH', 'PAYPAL' ],
			],
			[ '/warehouse-service/shipping-method', [ 'STD' ] ],
			[ '/product-service/price-list', [ 'WEB' ] ],
		] as const ) {
			const codes = [ ...( await get( path ) ).response ].map(
				( entry ) => entry.code
			);
			expect( codes ).toEqual( expect.arrayContaining( [ ...some ] ) );
		}
		const warehouses = await get( '/warehouse-service/warehouse' );
		expect(
			[ ...warehouses.response ].map( ( entry ) => entry.id )
		).toEqual( [ 2, 3 ] );
		expect(
			( await get( '/warehouse-service/warehouse/99' ) ).errors?.[ 0 ]
				?.code
		).toBe( 'CMNC-404' );
	} );
} );

test( 'a product, a bundle in a bundle, and prices read as documented', async () => {
	const { productId } = await bp.product( 'OSB-01' );
	const nest = await bp.product( 'BUNDLE-NEST' );
	const { json } = await bp.call(
		'GET',
		`/product-service/product/${ productId },${ nest.productId }`
	);
	expect( json.response[ 0 ] ).toMatchObject( {
		id: productId,
		identity: { sku: 'OSB-01' },
		stock: { stockTracked: true },
		financialDetails: { taxCode: { code: 'T20' } },
		composition: { bundle: false },
		warehouses: {
			2: { defaultLocationId: 0 },
			3: { defaultLocationId: 0 },
		},
		status: 'LIVE',
	} );
	expect( json.response[ 1 ]?.stock?.stockTracked ).toBe( false );
	expect(
		json.response[ 1 ]?.composition?.bundleComponents?.[ 0 ]
	).toMatchObject( {
		productQuantity: 1,
		composition: {
			bundle: true,
			bundleComponents: [ { productId, productQuantity: 2 } ],
		},
	} );
	const prices = await bp.call(
		'GET',
		`/product-service/product-price/${ productId }/price-list/1,3`
	);
	expect( prices.json.response[ 0 ]?.priceLists ).toMatchObject( [
		{ priceListId: 1, quantityPrice: {} },
		{ priceListId: 3, currencyCode: 'GBP', quantityPrice: { 1: '9.9900' } },
	] );
	expect(
		( await bp.call( 'GET', '/product-service/product-price/1' ) ).json
	).toEqual( {
		errors: [ { code: 'CMNC-404', message: 'No Product Prices Found' } ],
	} );
} );
