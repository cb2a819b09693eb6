/** problems retry: a person's word holds for what was told, not for what comes after it. */
import { afterEach, expect, test } from '@jest/globals';
import { anOrder } from '../../helpers/an-order.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
afterEach( () => scene.close() );

const retry = () =>
	scene.run( 'problemsRetry', { connection: null, ids: null } );

async function pushed(): Promise< void > {
	scene = await createOrderScene();
	scene.shop.put( anOrder( { id: 1 } ) );
	scene.start();
	await scene.tell( 1 );
	await scene.rest();
	expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
}

async function inShop(
	change: Parameters< OrderScene[ 'shop' ][ 'change' ] >[ 1 ]
): Promise< void > {
	scene.shop.change( 1, change );
	await scene.tell( 1 );
	await scene.rest();
}

test( 'an edit that was settled is told no more; the cancellation after it is', async () => {
	await pushed();
	await inShop( {
		customerNote: 'Ring twice.',
		billing: { ...anOrder().billing, address1: '1 New Road' },
		shipping: { ...anOrder().shipping, address1: '1 New Road' },
		modifiedAt: '2026-07-02T10:00:00Z',
	} );
	expect( await scene.problems() ).toEqual( [ 'order:1 order-changed' ] );
	await retry();
	await scene.rest();
	expect( await scene.problems() ).toEqual( [] );
	expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );

	await inShop( { status: 'cancelled', modifiedAt: '2026-07-02T11:00:00Z' } );
	expect( await scene.problems() ).toEqual( [ 'order:1 cancelled-paid' ] );
} );

test( 'a retry that mends nothing does not swallow a later cancellation', async () => {
	await pushed();
	scene.erp.change( 5000, { total: '30.00' } );
	await inShop( { modifiedAt: '2026-07-02T10:00:00Z' } );
	expect( await scene.problems() ).toEqual( [ 'order:1 total-mismatch' ] );
	await retry();
	await scene.rest();
	expect( await scene.problems() ).toEqual( [ 'order:1 total-mismatch' ] );

	scene.erp.change( 5000, { total: '37.77' } );
	await inShop( { status: 'cancelled', modifiedAt: '2026-07-02T11:00:00Z' } );
	expect( await scene.problems() ).toEqual( [ 'order:1 cancelled-paid' ] );
} );

test( 'news that comes between the telling and the retry is told', async () => {
	await pushed();
	await inShop( {
		billing: { ...anOrder().billing, address1: '1 New Road' },
		shipping: { ...anOrder().shipping, address1: '1 New Road' },
		modifiedAt: '2026-07-02T10:00:00Z',
	} );
	// Cancelled, and the delivery is not here yet when the person retries.
	scene.shop.change( 1, {
		status: 'cancelled',
		modifiedAt: '2026-07-02T11:00:00Z',
	} );
	await retry();
	await scene.rest();
	expect( await scene.problems() ).toEqual( [ 'order:1 cancelled-paid' ] );
} );

test( 'what was told stays until somebody settles it, however often the order is looked at', async () => {
	await pushed();
	await inShop( { status: 'cancelled', modifiedAt: '2026-07-02T11:00:00Z' } );
	await inShop( { modifiedAt: '2026-07-02T11:30:00Z' } );
	expect( await scene.problems() ).toEqual( [ 'order:1 cancelled-paid' ] );
	await retry();
	await scene.rest();
	expect( await scene.problems() ).toEqual( [] );
	expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
} );
