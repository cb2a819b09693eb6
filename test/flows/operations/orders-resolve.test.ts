/** orders resolve, and the list's filters by customer and problem. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { taskKey } from '../../../src/contracts/queue.ts';
import { anOrder } from '../../helpers/an-order.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
beforeEach( async () => {
	scene = await createOrderScene();
} );
afterEach( () => scene.close() );

const CONFLICT = {
	what: 'line-1',
	name: 'line "Mug"',
	store: '3 × 5.00',
	brightpearl: 'removed',
};

test( 'a person’s word is kept on the order, and its task is woken', async () => {
	await scene.database.orderLinks.save( 'main', 1, {
		state: 'problem',
		conflicts: [ CONFLICT ],
	} );
	await scene.database.orderLinks.save( 'main', 2, { state: 'synced' } );
	const answer = await scene.run( 'ordersResolve', {
		connection: null,
		orderIds: [ 1, 2, 3 ],
		side: 'brightpearl',
	} );
	expect( answer ).toMatchObject( {
		exit: 6,
		body: {
			results: [
				{ orderId: 1, state: 'problem' },
				{ orderId: 2, error: { code: 'no-conflict' } },
				{ orderId: 3, error: { code: 'unknown-order' } },
			],
		},
	} );
	expect( await scene.link( 1 ) ).toMatchObject( { resolve: 'brightpearl' } );
	expect( await scene.link( 2 ) ).toMatchObject( { resolve: null } );
	expect(
		await scene.database.queue.find( taskKey( 'main', 'order', 1 ) )
	).toMatchObject( { state: 'ready' } );
	expect(
		await scene.database.queue.find( taskKey( 'main', 'order', 2 ) )
	).toBeNull();
} );

test( 'orders are listed by customer, however the address is written, and by problem', async () => {
	const order = anOrder( { id: 1 } );
	const { email } = order.billing;
	scene.shop.put( order );
	scene.shop.put(
		anOrder( {
			id: 2,
			billing: { ...order.billing, email: 'somebody@else.test' },
		} )
	);
	scene.start();
	await scene.tell( 1 );
	await scene.tell( 2 );
	await scene.rest();
	await scene.database.problems.raise( 'main', 'order:2', {
		code: 'sku-unknown',
		message: 'No.',
		cause: null,
		fix: null,
		field: null,
	} );
	const listed = async ( filter: {
		customer?: string;
		problem?: 'sku-unknown' | 'defect';
	} ) => {
		const { body } = await scene.run( 'ordersList', {
			connection: null,
			state: null,
			since: null,
			until: null,
			search: null,
			customer: filter.customer ?? null,
			problem: filter.problem ?? null,
			limit: 50,
			cursor: null,
		} );
		return 'items' in body
			? body.items.map( ( { orderId } ) => orderId )
			: body.error;
	};
	expect(
		await listed( { customer: ` ${ email.toUpperCase() } ` } )
	).toEqual( [ 1 ] );
	expect( await listed( { customer: 'nobody@else.test' } ) ).toEqual( [] );
	expect( await listed( { problem: 'sku-unknown' } ) ).toEqual( [ 2 ] );
	expect( await listed( { problem: 'defect' } ) ).toEqual( [] );
} );
