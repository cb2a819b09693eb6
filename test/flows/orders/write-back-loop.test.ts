/** Write-back at the end of an order's task: the shop tells us of our own writes, and that is all. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { anOrder } from '../../helpers/an-order.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

const SHIPPED = 24;

let scene: OrderScene;
beforeEach( async () => {
	scene = await createOrderScene( {
		settings: {
			writeBack: {
				meta: true,
				note: true,
				status: { [ SHIPPED ]: 'completed' },
				mails: 'send',
			},
		},
	} );
	scene.shop.put( anOrder( { id: 1 } ) );
	scene.start();
} );
afterEach( () => scene.close() );

/** As WooCommerce does after each write of ours. */
async function echo(): Promise< void > {
	scene.shop.change( 1, {
		modifiedAt: new Date( scene.clock.now() ).toISOString(),
	} );
	await scene.tell( 1 );
	await scene.rest();
}

const writes = () => scene.shop.written.map( ( { what } ) => what );

test( 'an order that was pushed is told once, whatever its echoes say', async () => {
	await scene.tell( 1 );
	await scene.rest();
	expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
	expect( writes() ).toEqual( [ 'meta', 'note' ] );
	const calls = scene.erp.calls.length;
	await echo();
	await echo();
	expect( writes() ).toEqual( [ 'meta', 'note' ] );
	expect(
		scene.erp.calls
			.slice( calls )
			.filter( ( call ) =>
				/^(?:create|amend|set|add|patch|delete)/.test( call )
			)
	).toEqual( [] );
} );

test( 'a status that staff set reaches the shop once, and does not come back as the shop’s word', async () => {
	await scene.tell( 1 );
	await scene.rest();
	const { salesOrderId } = ( await scene.link( 1 ) ) ?? {};
	scene.erp.change( salesOrderId ?? 0, { statusId: SHIPPED } );
	await scene.tell( 1, { lookAtBrightpearl: true } );
	await scene.rest();
	expect( scene.shop.orders.get( 1 )?.status ).toBe( 'completed' );
	const before = writes();
	expect( before.filter( ( what ) => what === 'status' ) ).toHaveLength( 1 );

	await echo();
	await echo();
	expect( writes() ).toEqual( before );
	expect( scene.erp.sales.map( ( { statusId } ) => statusId ) ).toEqual( [
		SHIPPED,
	] );
	expect( scene.erp.calls ).not.toContain( 'setOrderStatus' );
	expect( await scene.problems() ).toEqual( [] );
} );
