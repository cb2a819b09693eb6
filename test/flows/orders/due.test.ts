/** Orders that were not due when they were first seen, and what makes them due. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { MINUTE } from '../../../src/contracts/primitives.ts';
import { deepSweep, sweep } from '../../../src/flows/orders/sweeps.ts';
import { anOrder } from '../../helpers/an-order.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
afterEach( () => scene.close() );

/** `anOrder` was placed on 2026-07-01 at 23:30 and is paid: `processing`. */
const NOT_DUE: readonly {
	readonly why: string;
	readonly settings: Record< string, unknown >;
	readonly change: Record< string, string >;
}[] = [
	{
		why: 'go-live is not set',
		settings: { goLive: null },
		change: { goLive: '2026-07-01T00:00:00Z' },
	},
	{
		why: 'it was placed before go-live',
		settings: { goLive: '2026-07-02T00:00:00Z' },
		change: { goLive: '2026-07-01T00:00:00Z' },
	},
	{
		why: 'its status does not push',
		settings: { orders: { status: { completed: null } } },
		change: { 'orders.status': '{"processing":null}' },
	},
	{
		why: 'its delay is not over',
		settings: { orders: { delay: '700h' } },
		change: { 'orders.delay': '0s' },
	},
];

describe.each( NOT_DUE )( 'not due because $why', ( { settings, change } ) => {
	test( 'an order is pushed when the setting is changed, without any event', async () => {
		scene = await createOrderScene( { settings } );
		scene.shop.put( anOrder( { id: 1 } ) );
		scene.start();
		await scene.tell( 1 );
		await scene.rest();
		expect( ( await scene.link( 1 ) )?.state ).toBe( 'not-due' );
		expect( scene.erp.sales ).toEqual( [] );

		await scene.set( change );
		await scene.rest();
		expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
		expect( scene.erp.sales ).toHaveLength( 1 );
	} );
} );

test( 'an order is pushed when its connection is replaced by one with other settings', async () => {
	scene = await createOrderScene( { settings: { goLive: null } } );
	scene.shop.put( anOrder( { id: 1 } ) );
	scene.start();
	await scene.tell( 1 );
	await scene.rest();

	const [ stored ] = await scene.database.connections.list();
	const file = stored!.file!;
	const { exit } = await scene.run( 'connectionAdd', {
		file: {
			...file,
			settings: { ...file.settings, goLive: '2026-07-01T00:00:00Z' },
		},
		replace: true,
	} );
	expect( exit ).toBe( 0 );
	await scene.rest();
	expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
} );

test( 'go-live moved back behind the cursor brings the orders in between', async () => {
	scene = await createOrderScene( {
		settings: { goLive: '2026-07-01T12:00:00Z' },
	} );
	const june = '2026-06-20T00:00:00Z';
	scene.shop.put(
		anOrder( { id: 1, number: '1', placedAt: june, modifiedAt: june } ),
		anOrder( { id: 2, number: '2' } )
	);
	scene.start();
	await sweep( await scene.connected() );
	await scene.rest();
	expect( await scene.link( 1 ) ).toBeNull();

	await scene.set( { goLive: '2026-06-01T00:00:00Z' } );
	await sweep( await scene.connected() );
	await scene.rest();
	expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
	expect( scene.erp.sales ).toHaveLength( 2 );
} );

test( 'go-live moved forward leaves the cursor where it is', async () => {
	scene = await createOrderScene();
	scene.shop.put( anOrder( { id: 1 } ) );
	await sweep( await scene.connected() );
	await scene.set( { goLive: '2026-06-01T00:00:00Z' } );
	expect(
		( await scene.database.cursors.get( 'main', 'orders' ) )?.cursor
	).toBe( '2026-07-01T23:30:05Z' );
} );

test( 'a status that is not listed is looked at again by a sweep once it is', async () => {
	scene = await createOrderScene();
	scene.shop.put( anOrder( { id: 1, status: 'packing' } ) );
	scene.start();
	await scene.tell( 1 );
	await scene.rest();
	expect( ( await scene.link( 1 ) )?.state ).toBe( 'not-due' );

	// Stored past the operation, as another process does that dies before it has asked for more.
	const { settings } = await scene.connected();
	await scene.database.connections.saveSettings(
		'main',
		{
			...settings,
			orders: { ...settings.orders, status: { packing: null } },
		},
		{ by: 'another process', changes: [] }
	);
	await scene.restart();
	await sweep( await scene.connected() );
	await scene.rest();
	expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
} );

test( 'a delayed order is pushed when its delay is over, and not before', async () => {
	scene = await createOrderScene( {
		settings: { orders: { delay: '13h' } },
	} );
	// Due at 12:30; it is 12:00.
	scene.shop.put( anOrder( { id: 1 } ) );
	scene.start();
	await sweep( await scene.connected() );
	await scene.rest();
	await deepSweep( await scene.connected() );
	await scene.rest();
	expect( ( await scene.link( 1 ) )?.state ).toBe( 'not-due' );

	await scene.clock.advance( 29 * MINUTE );
	expect( scene.erp.sales ).toEqual( [] );
	await scene.clock.advance( 2 * MINUTE );
	await scene.rest();
	expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
} );
