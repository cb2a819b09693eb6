/** A shop with our plugin: what is written is the step from what it shows, not a figure. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MAIN, product } from '../../helpers/fakes/stock-brightpearl.ts';
import { createScene, type Scene } from '../../helpers/fakes/stock-scene.ts';
import { item } from '../../helpers/fakes/stock-store.ts';

let scene: Scene;

beforeEach( async () => {
	scene = await createScene( {
		items: [ item( 'MUG', 3 ), item( 'CAP', 1 ) ],
		products: [ product( 1001, 'MUG' ), product( 1002, 'CAP' ) ],
	} );
	scene.erp.stock( 1001, MAIN, 10 );
	scene.erp.stock( 1002, MAIN, 1 );
	scene.shop.inSteps = true;
} );
afterEach( () => scene.close() );

const pull = () => scene.flow.pull( { dryRun: false } );

test( 'the shop shows what Brightpearl has', async () => {
	expect( await pull() ).toMatchObject( {
		ok: true,
		value: { state: 'done' },
	} );
	expect( scene.shop.shown( 'MUG' ) ).toBe( 10 );
	expect( scene.shop.writes ).toMatchObject( [ { seen: 3, quantity: 10 } ] );
} );

test( 'a sale while it is written is not undone', async () => {
	scene.shop.onWrite = () => {
		scene.shop.sell( 'MUG', 2 );
		return null;
	};
	await pull();
	expect( scene.shop.shown( 'MUG' ) ).toBe( 8 );
	scene.shop.onWrite = () => null;
	await pull();
	expect( scene.shop.shown( 'MUG' ) ).toBe( 8 );
} );

test( 'without the plugin such a sale is undone until the next pull', async () => {
	scene.shop.inSteps = false;
	scene.shop.onWrite = () => {
		scene.shop.sell( 'MUG', 2 );
		return null;
	};
	await pull();
	expect( scene.shop.shown( 'MUG' ) ).toBe( 10 );
} );

test( 'a sale at whatever moment of a pull never leaves more than there is', async () => {
	for ( const nth of [ 1, 2, 3 ] ) {
		let isSold = false;
		scene.onScan = ( scan ) => {
			if ( ! isSold && scan === scene.scans && scan >= nth ) {
				isSold = true;
				scene.shop.sell( 'MUG', 1 );
			}
			return null;
		};
		await pull();
	}
	const sold = scene.shop.orders.length;
	expect( scene.shop.shown( 'MUG' ) ).toBeLessThanOrEqual( 10 - sold );
	scene.onScan = () => null;
	await pull();
	expect( scene.shop.shown( 'MUG' ) ).toBe( 10 - sold );
} );

describe( 'a sale right before a batch is written never leaves more on sale than there is', () => {
	const sellOnce = () => {
		let isSold = false;
		return (): void => {
			if ( ! isSold ) {
				isSold = true;
				scene.shop.sell( 'MUG', 1 );
			}
		};
	};

	test( 'when it falls before what the shop shows is read', async () => {
		scene.shop.onItemsBySku = sellOnce();
		await pull();
		expect( scene.shop.orders ).toHaveLength( 1 );
		expect( scene.shop.shown( 'MUG' ) ).toBe( 9 );
	} );

	test( 'when it falls between that and the orders: one too few, until the next pull', async () => {
		const sell = sellOnce();
		let isSeen = false;
		scene.shop.onItemsBySku = () => {
			isSeen = true;
		};
		scene.onScan = () => {
			if ( isSeen ) {
				sell();
			}
			return null;
		};
		await pull();
		expect( scene.shop.orders ).toHaveLength( 1 );
		expect( scene.shop.shown( 'MUG' ) ).toBe( 8 );
		await pull();
		expect( scene.shop.shown( 'MUG' ) ).toBe( 9 );
	} );

	test( 'when it falls after the orders', async () => {
		const sell = sellOnce();
		scene.shop.onWrite = () => {
			sell();
			return null;
		};
		await pull();
		expect( scene.shop.orders ).toHaveLength( 1 );
		expect( scene.shop.shown( 'MUG' ) ).toBe( 9 );
	} );
} );
