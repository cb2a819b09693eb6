/**
 * Sell the last piece, pull: the shop still shows 0. Whatever is known of the order, and
 * whenever Brightpearl allocates it.
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { LinkAllocation } from '../../../src/contracts/database.ts';
import type { Clock } from '../../../src/contracts/world.ts';
import { MAIN, product } from '../../helpers/fakes/stock-brightpearl.ts';
import {
	CONNECTION,
	createScene,
	type Scene,
} from '../../helpers/fakes/stock-scene.ts';
import { item, type ShopOrder } from '../../helpers/fakes/stock-store.ts';

let scene: Scene;

beforeEach( async () => {
	scene = await createScene( {
		items: [ item( 'MUG', 1 ), item( 'CAP', 3 ) ],
		products: [ product( 1001, 'MUG' ), product( 1002, 'CAP' ) ],
	} );
	scene.erp.stock( 1001, MAIN, 1 );
	scene.erp.stock( 1002, MAIN, 9 );
} );

afterEach( () => scene.close() );

async function pull(): Promise< void > {
	const run = await scene.flow.pull( { dryRun: false } );
	expect( run ).toMatchObject( { ok: true, value: { state: 'done' } } );
	// Something was pulled at all.
	expect( scene.shop.shown( 'CAP' ) ).toBe( 9 );
}

function pushed( order: ShopOrder ): number {
	return scene.erp.push( order.id, [
		{ productId: 1001, externalRef: `line-${ order.lines[ 0 ]?.lineId }` },
	] ).id;
}

async function linked(
	order: ShopOrder,
	allocation: LinkAllocation | null
): Promise< number > {
	const salesOrderId = pushed( order );
	await scene.see( order, { salesOrderId, state: 'synced', allocation } );
	return salesOrderId;
}

/** What the order's own task notes once Brightpearl answered its reservation. */
async function allocateAndNote(
	order: ShopOrder,
	salesOrderId: number
): Promise< void > {
	scene.erp.allocate( salesOrderId );
	await scene.see( order, {
		allocation: {
			state: 'all',
			byLine: {},
			shipped: false,
			confirmedAt: scene.now(),
		},
	} );
}

describe( 'after the last piece was sold, the shop still shows 0', () => {
	test( 'when we do not know of the order yet', async () => {
		scene.shop.sell( 'MUG', 1 );
		await pull();
		expect( scene.shop.shown( 'MUG' ) ).toBe( 0 );
	} );

	test( 'when we know of it but have not pushed it', async () => {
		await scene.see( scene.shop.sell( 'MUG', 1 ), { state: 'retrying' } );
		await pull();
		expect( scene.shop.shown( 'MUG' ) ).toBe( 0 );
	} );

	test( 'when it was pushed but not allocated', async () => {
		const order = scene.shop.sell( 'MUG', 1 );
		await linked( order, null );
		await pull();
		expect( scene.shop.shown( 'MUG' ) ).toBe( 0 );
		// A record would tell the order's own task that it has allocated already.
		const link = await scene.database.orderLinks.find(
			CONNECTION,
			order.id
		);
		expect( link?.allocation ).toBeNull();
	} );

	test( 'when it is allocated while the availability answer is on its way', async () => {
		const order = scene.shop.sell( 'MUG', 1 );
		const salesOrderId = await linked( order, null );
		scene.erp.onAvailability = () => allocateAndNote( order, salesOrderId );
		await pull();
		expect( scene.shop.shown( 'MUG' ) ).toBe( 0 );
	} );

	test( 'when it is allocated and shipped while the availability answer is on its way', async () => {
		const order = scene.shop.sell( 'MUG', 1 );
		const salesOrderId = await linked( order, null );
		scene.erp.onAvailability = () =>
			scene.see( order, {
				salesOrderId,
				allocation: {
					state: 'all',
					byLine: {},
					shipped: true,
					confirmedAt: scene.now(),
				},
			} );
		await pull();
		expect( scene.shop.shown( 'MUG' ) ).toBe( 0 );
	} );

	test( 'when it was allocated before', async () => {
		const order = scene.shop.sell( 'MUG', 1 );
		await allocateAndNote( order, await linked( order, null ) );
		await pull();
		expect( scene.shop.shown( 'MUG' ) ).toBe( 0 );
	} );

	test( 'when staff allocated it and only Brightpearl knows', async () => {
		const order = scene.shop.sell( 'MUG', 1 );
		scene.erp.allocate( await linked( order, null ) );
		await pull();
		expect( scene.shop.shown( 'MUG' ) ).toBe( 0 );
		const link = await scene.database.orderLinks.find(
			CONNECTION,
			order.id
		);
		expect( link?.allocation ).toMatchObject( {
			state: 'all',
			shipped: false,
		} );
	} );

	test( 'when its own task allocates it while its sales order is being read', async () => {
		const order = scene.shop.sell( 'MUG', 1 );
		const salesOrderId = await linked( order, {
			state: 'none',
			byLine: {},
			shipped: false,
			confirmedAt: '2026-11-02T10:00:00.000Z',
		} );
		scene.erp.change( salesOrderId, { allocation: 'part' } );
		scene.erp.onSalesOrders = () => allocateAndNote( order, salesOrderId );
		await pull();
		expect( scene.shop.shown( 'MUG' ) ).toBe( 0 );
		// Its own task has the newer answer.
		const link = await scene.database.orderLinks.find(
			CONNECTION,
			order.id
		);
		expect( link?.allocation?.state ).toBe( 'all' );
	} );

	test( 'when staff undid its allocation', async () => {
		const order = scene.shop.sell( 'MUG', 1 );
		const salesOrderId = await linked( order, null );
		await allocateAndNote( order, salesOrderId );
		scene.erp.stock( 1001, MAIN, 1 );
		scene.erp.change( salesOrderId, { allocation: 'none' } );
		await pull();
		expect( scene.shop.shown( 'MUG' ) ).toBe( 0 );
		const link = await scene.database.orderLinks.find(
			CONNECTION,
			order.id
		);
		expect( link?.allocation?.state ).toBe( 'none' );
	} );

	test( 'when its sales order is no longer in Brightpearl', async () => {
		const order = scene.shop.sell( 'MUG', 1 );
		const salesOrderId = await linked( order, null );
		await allocateAndNote( order, salesOrderId );
		scene.erp.salesOrders.delete( salesOrderId );
		scene.erp.stock( 1001, MAIN, 1 );
		await pull();
		expect( scene.shop.shown( 'MUG' ) ).toBe( 0 );
	} );
} );

test( 'a piece that staff allocated is not taken off twice, however coarse the clock', async () => {
	let now = Date.parse( '2026-11-03T00:00:00.000Z' );
	const clock: Clock = {
		now: () => now,
		async sleep( ms ) {
			now += ms;
		},
	};
	await scene.close();
	scene = await createScene( {
		items: [ item( 'MUG', 3 ), item( 'CAP', 3 ) ],
		products: [ product( 1001, 'MUG' ), product( 1002, 'CAP' ) ],
		clock,
	} );
	scene.erp.stock( 1001, MAIN, 3 );
	scene.erp.stock( 1002, MAIN, 9 );
	scene.erp.allocate( await linked( scene.shop.sell( 'MUG', 1 ), null ) );
	await pull();
	expect( scene.shop.shown( 'MUG' ) ).toBe( 2 );
} );

describe( 'the piece comes back', () => {
	test.each( [ 'cancelled', 'failed' ] )(
		'when the order is %s before it was allocated',
		async ( status ) => {
			const order = scene.shop.sell( 'MUG', 1 );
			await linked( order, null );
			order.status = status;
			await pull();
			expect( scene.shop.shown( 'MUG' ) ).toBe( 1 );
		}
	);

	test( 'when the order was placed before go-live and so is in Brightpearl already', async () => {
		scene.shop.sell( 'MUG', 1, '2026-10-01T00:00:00.000Z' );
		await pull();
		expect( scene.shop.shown( 'MUG' ) ).toBe( 1 );
	} );
} );
