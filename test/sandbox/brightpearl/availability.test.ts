import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startStockHarness } from './stock-harness.ts';
import type { StockHarness } from './stock-harness.ts';

let bp: StockHarness[ 'bp' ];
let product: StockHarness[ 'product' ];
let order: StockHarness[ 'order' ];
let level: StockHarness[ 'level' ];
let wish: StockHarness[ 'wish' ];
let reserve: StockHarness[ 'reserve' ];
beforeAll( async () => {
	( { bp, product, order, level, wish, reserve } =
		await startStockHarness() );
} );
afterAll( () => bp.close() );

test( 'onHand is inStock minus allocated; only warehouses that hold it are listed', async () => {
	const id = await product( 60 );
	const made = await order( { productId: id, quantity: 12 } );
	await reserve( made.id, wish( made, { productId: id, quantity: 12 } ) );
	const { json } = await bp.call(
		'GET',
		`/warehouse-service/product-availability/${ id }`
	);
	const figures = {
		inStock: 60,
		onHand: 48,
		allocated: 12,
		inTransit: 0,
	};
	expect( json.response ).toEqual( {
		[ String( id ) ]: { total: figures, warehouses: { 2: figures } },
	} );
} );

test( 'untracked and never stocked products are left out', async () => {
	const ids = [
		await product( 0 ),
		await product( 5, false ),
		await product( 1 ),
	];
	const { json } = await bp.call(
		'GET',
		`/warehouse-service/product-availability/${ ids.join( ',' ) }`
	);
	expect( Object.keys( json.response ?? {} ) ).toEqual( [
		String( ids[ 2 ] ),
	] );
} );

test( 'a product that is sold out stays, with nothing in any warehouse', async () => {
	const id = await product( 1 );
	await bp.control( 'POST', '/stock', {
		account: 'sandbox-gb',
		productId: id,
		set: 0,
	} );
	const { json } = await bp.call(
		'GET',
		`/warehouse-service/product-availability/${ id }`
	);
	expect( json.response ).toEqual( {
		[ String( id ) ]: {
			total: { inStock: 0, onHand: 0, allocated: 0, inTransit: 0 },
			warehouses: {},
		},
	} );
} );

test( 'one unknown id spoils the whole set, unless the switch says otherwise', async () => {
	const id = await product( 3 );
	const path = `/warehouse-service/product-availability/${ id },999999`;
	expect( ( await bp.call( 'GET', path ) ).status ).toBe( 400 );
	bp.sandbox.setSwitches( { unknownAvailabilityIds: 'ignore' } );
	const { json } = await bp.call( 'GET', path );
	bp.sandbox.setSwitches( { unknownAvailabilityIds: 'refuse' } );
	expect( Object.keys( json.response ?? {} ) ).toEqual( [ String( id ) ] );
} );

test( "the shop's stock is what the accounts start with", async () => {
	for ( const account of [ 'sandbox-gb', 'sandbox-us' ] ) {
		const found = await bp.product( 'OSB-01', account );
		expect( found.warehouses[ '2' ] ).toEqual( {
			inStock: 4674,
			allocated: 0,
			onHand: 4674,
		} );
	}
} );

test( 'a bundle is counted from its components, one id at a time', async () => {
	const { productId } = await bp.product( 'BUNDLE-PAIR' );
	const { json } = await bp.call(
		'GET',
		`/warehouse-service/bundle-availability/${ productId }`
	);
	expect( json.response?.[ String( productId ) ]?.warehouses?.[ 2 ] ).toEqual(
		{
			onHand: 2337,
		}
	);
	const plain = await product( 1 );
	expect(
		(
			await bp.call(
				'GET',
				`/warehouse-service/bundle-availability/${ plain }`
			)
		).status
	).toBe( 404 );
	// A set is refused as such, not looked for.
	expect(
		( await bp.call( 'GET', '/warehouse-service/bundle-availability/1,2' ) )
			.status
	).toBe( 400 );
} );

test( 'a stock correction adds and removes, but never what is allocated', async () => {
	const id = await product( 5 );
	const made = await order( { productId: id, quantity: 4 } );
	await reserve( made.id, wish( made, { productId: id, quantity: 4 } ) );
	const correct = (
		quantity: number,
		more: Record< string, unknown > = {}
	) =>
		bp.call( 'POST', '/warehouse-service/warehouse/2/stock-correction', {
			corrections: [
				{
					productId: id,
					quantity,
					reason: 'Count',
					locationId: 2,
					cost: { currency: 'GBP', value: '1.00' },
					...more,
				},
			],
		} );
	const added = await correct( 3 );
	expect( added.json.response ).toEqual( [ expect.any( Number ) ] );
	expect( await level( id ) ).toMatchObject( { inStock: 8, onHand: 4 } );
	expect( ( await correct( -5 ) ).json.errors?.[ 0 ]?.code ).toBe(
		'WHSC-905'
	);
	expect( ( await correct( -4 ) ).status ).toBe( 200 );
	expect( ( await correct( 1, { cost: undefined } ) ).status ).toBe( 400 );
	expect(
		( await correct( 1, { productId: await product( 0, false ) } ) ).status
	).toBe( 400 );
	const read = await bp.call(
		'GET',
		`/warehouse-service/warehouse/2/stock-correction/${ String( added.json.response[ 0 ] ) }`
	);
	expect( read.json.response[ 0 ] ).toMatchObject( {
		reason: 'Count',
		goodsMoved: [ { productId: id, quantity: 3 } ],
	} );
} );
