/** Stock of things that Brightpearl calls otherwise. */
import { afterEach, expect, test } from '@jest/globals';
import type { SkuAlias } from '../../../src/contracts/database.ts';
import { MAIN, product } from '../../helpers/fakes/stock-brightpearl.ts';
import {
	CONNECTION,
	createScene,
	type Scene,
} from '../../helpers/fakes/stock-scene.ts';
import { item } from '../../helpers/fakes/stock-store.ts';

let scene: Scene;
afterEach( () => scene.close() );

async function begin(
	skus: readonly string[],
	aliases: readonly SkuAlias[]
): Promise< void > {
	scene = await createScene( {
		items: skus.map( ( sku ) => item( sku, 1 ) ),
		products: [ product( 1001, 'MUG' ), product( 1002, 'CAP' ) ],
	} );
	scene.erp.stock( 1001, MAIN, 4 );
	scene.erp.stock( 1002, MAIN, 9 );
	await scene.database.aliases.replaceAll( CONNECTION, aliases );
}

async function pull( skus?: readonly string[] ) {
	const run = await scene.flow.pull( {
		dryRun: false,
		...( skus === undefined ? {} : { skus } ),
	} );
	if ( ! run.ok ) {
		throw new Error( JSON.stringify( run.failure ) );
	}
	return run.value;
}

test( 'a pull writes the stock of the alias under the shop’s SKU', async () => {
	await begin( [ 'old mug', 'CAP' ], [ { sku: 'old mug', alias: 'MUG' } ] );
	expect( await pull() ).toMatchObject( { skus: { mapped: 2 }, errors: [] } );
	expect( scene.shop.writes ).toMatchObject( [
		{ sku: 'old mug', quantity: 4 },
		{ sku: 'CAP', quantity: 9 },
	] );
} );

test( 'an alias goes before a product of the same SKU', async () => {
	await begin( [ 'CAP' ], [ { sku: 'CAP', alias: 'MUG' } ] );
	await pull();
	expect( scene.shop.writes ).toMatchObject( [
		{ sku: 'CAP', quantity: 4 },
	] );
} );

test.each( [ 'old mug', 'MUG' ] )(
	'a pull of %s alone finds it, by either name',
	async ( sku ) => {
		await begin( [ 'old mug' ], [ { sku: 'old mug', alias: 'MUG' } ] );
		expect( await pull( [ sku ] ) ).toMatchObject( { errors: [] } );
		expect( scene.shop.writes ).toMatchObject( [
			{ sku: 'old mug', quantity: 4 },
		] );
	}
);

test.each( [ undefined, [ 'old mug' ], [ 'MUG' ] ] )(
	'two things that stand for one product are not written (asked for %j)',
	async ( skus ) => {
		await begin(
			[ 'old mug', 'MUG' ],
			[ { sku: 'old mug', alias: 'MUG' } ]
		);
		const run = await pull( skus );
		expect( scene.shop.writes ).toEqual( [] );
		expect( run.errors.map( ( { sku, code } ) => [ sku, code ] ) ).toEqual(
			[
				[ 'old mug', 'sku-duplicate' ],
				[ 'MUG', 'sku-duplicate' ],
			]
		);
	}
);

test( 'an explanation looks for the alias, and names it where it is unknown', async () => {
	await begin(
		[ 'old mug', 'lost' ],
		[
			{ sku: 'old mug', alias: 'MUG' },
			{ sku: 'lost', alias: 'GONE' },
		]
	);
	expect( await scene.flow.explain( 'old mug' ) ).toMatchObject( {
		value: { sku: 'old mug', wanted: 4, brightpearl: { productId: 1001 } },
	} );
	expect( await scene.flow.explain( 'lost' ) ).toMatchObject( {
		value: { why: expect.stringContaining( '"GONE"' ) },
	} );
} );

test( 'an explanation tells of another thing that stands for the product', async () => {
	await begin( [ 'old mug', 'MUG' ], [ { sku: 'old mug', alias: 'MUG' } ] );
	for ( const sku of [ 'old mug', 'MUG' ] ) {
		expect( await scene.flow.explain( sku ) ).toMatchObject( {
			value: {
				why: expect.stringContaining( 'none of them is written' ),
			},
		} );
	}
} );
