/** problems retry: the order is looked at again, and what still holds is told again. */
import { afterEach, expect, test } from '@jest/globals';
import { anOrder } from '../../helpers/an-order.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
afterEach( () => scene.close() );

const retry = async () => {
	await scene.run( 'problemsRetry', { connection: null, ids: null } );
	await scene.rest();
};

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

test( 'a retry that mends nothing leaves the problem, and one of an order that was mended ends it', async () => {
	await pushed();
	await inShop( { status: 'cancelled', modifiedAt: '2026-07-02T11:00:00Z' } );
	expect( await scene.problems() ).toEqual( [ 'order:1 cancelled-paid' ] );
	await inShop( { modifiedAt: '2026-07-02T11:30:00Z' } );
	await retry();
	expect( await scene.problems() ).toEqual( [ 'order:1 cancelled-paid' ] );

	scene.erp.change( 5000, { cancelled: true } );
	await retry();
	expect( await scene.problems() ).toEqual( [] );
	expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
} );

test( 'what both sides changed stays told over every look, until it is the same again', async () => {
	await pushed();
	scene.erp.change( 5000, { reference: 'By phone 7' } );
	await inShop( { number: 'A-77', modifiedAt: '2026-07-02T10:00:00Z' } );
	expect( await scene.problems() ).toEqual( [
		'order:1 changed-on-both-sides',
	] );
	await retry();
	expect( await scene.problems() ).toEqual( [
		'order:1 changed-on-both-sides',
	] );
	expect( ( await scene.link( 1 ) )?.conflicts ).toMatchObject( [
		{ what: 'reference', store: 'A-77', brightpearl: 'By phone 7' },
	] );

	scene.erp.change( 5000, { reference: 'A-77' } );
	await retry();
	expect( await scene.problems() ).toEqual( [] );
	expect( ( await scene.link( 1 ) )?.conflicts ).toEqual( [] );
} );

test( 'news that comes between the telling and the retry takes the place of what was told', async () => {
	await pushed();
	scene.erp.change( 5000, { reference: 'By phone 7' } );
	await inShop( { number: 'A-77', modifiedAt: '2026-07-02T10:00:00Z' } );
	// Cancelled, and the delivery is not here yet when the person retries.
	scene.shop.change( 1, {
		status: 'cancelled',
		modifiedAt: '2026-07-02T11:00:00Z',
	} );
	await retry();
	expect( await scene.problems() ).toEqual( [ 'order:1 cancelled-paid' ] );
} );
