/** What comes while an order's task runs, and what is told of it when it ends. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { anOrder } from '../../helpers/an-order.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
afterEach( () => scene.close() );

/** Brightpearl has made the sales order and does not answer until it is let go. */
async function whileMaking(): Promise< () => void > {
	scene.shop.put( anOrder( { id: 1 } ) );
	let isMaking = false;
	let letGo = () => {};
	const gate = new Promise< void >( ( resolve ) => {
		letGo = resolve;
	} );
	scene.erp.before = async ( call ) => {
		if ( call === 'createSalesOrder' ) {
			isMaking = true;
			await gate;
		}
		return null;
	};
	scene.start();
	await scene.tell( 1 );
	await scene.until( () => isMaking );
	return letGo;
}

const decide = ( decision: 'hold' | 'release' | 'ignore' ) =>
	scene.run( 'ordersDecide', {
		connection: null,
		orderIds: [ 1 ],
		decision,
	} );

const statesTold = () =>
	scene.events.flatMap( ( event ) =>
		event.event === 'order' ? event.state : []
	);
const problemsTold = () =>
	scene.events.flatMap( ( event ) =>
		event.event === 'problem'
			? `${ event.problem.subject } ${ event.problem.code }`
			: []
	);

describe( 'a decision while the sales order is being made', () => {
	test.each( [
		[ 'hold', 'held' ],
		[ 'ignore', 'ignored' ],
	] as const )( '%s: the order ends %s', async ( decision, state ) => {
		scene = await createOrderScene();
		const letGo = await whileMaking();
		await decide( decision );
		letGo();
		await scene.rest();
		expect( await scene.link( 1 ) ).toMatchObject( {
			state,
			decision: state,
			salesOrderId: 5000,
		} );
		expect( scene.erp.sales ).toHaveLength( 1 );
		// When it was said, and when the order got its number.
		expect( statesTold() ).toEqual( [ state, state ] );
	} );

	test.each( [ 'hold', 'ignore' ] as const )(
		'%s and release: one sales order, and it is finished',
		async ( decision ) => {
			scene = await createOrderScene();
			scene.erp.lag = 2000;
			const letGo = await whileMaking();
			await decide( decision );
			await decide( 'release' );
			await scene.clock.advance( 4000 );
			letGo();
			await scene.rest();
			expect( scene.erp.sales ).toHaveLength( 1 );
			expect( scene.erp.payments ).toHaveLength( 1 );
			expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
		}
	);
} );

test( 'an event that comes while its order runs makes it run once more, and only once', async () => {
	scene = await createOrderScene();
	const letGo = await whileMaking();
	expect( scene.shop.reads ).toHaveLength( 1 );
	scene.shop.change( 1, {
		status: 'cancelled',
		modifiedAt: '2026-07-02T11:00:00Z',
	} );
	await scene.tell( 1 );
	await scene.tell( 1 );
	letGo();
	await scene.rest();
	expect( scene.shop.reads ).toHaveLength( 2 );
	expect( await scene.problems() ).toEqual( [ 'order:1 cancelled-paid' ] );
} );

test.each( [
	[ 'not-due', { status: 'pending' } ],
	[ 'problem', { paymentMethod: 'cheque' } ],
] as const )(
	'an order that stays %s is told of once, however often it is looked at',
	async ( state, more ) => {
		scene = await createOrderScene();
		scene.shop.put( anOrder( { id: 1, ...more } ) );
		scene.start();
		for ( let times = 0; times < 3; times += 1 ) {
			await scene.tell( 1 );
			await scene.rest();
		}
		expect( scene.shop.reads ).toHaveLength( 3 );
		expect( statesTold() ).toEqual( [ state ] );
		expect( problemsTold() ).toEqual(
			state === 'problem' ? [ 'order:1 payment-unmapped' ] : []
		);
	}
);

test( 'a decision is told once, and so is what comes after it', async () => {
	scene = await createOrderScene();
	scene.shop.put( anOrder( { id: 1 } ) );
	scene.start();
	await decide( 'hold' );
	await scene.rest();
	expect( statesTold() ).toEqual( [ 'held' ] );
	await decide( 'hold' );
	await scene.rest();
	expect( statesTold() ).toEqual( [ 'held' ] );
	await decide( 'release' );
	await scene.rest();
	expect( statesTold() ).toEqual( [ 'held', 'synced' ] );
} );

test( 'an outage is told once, and its end', async () => {
	scene = await createOrderScene();
	scene.shop.put( anOrder( { id: 1 } ) );
	let left = 2;
	scene.erp.before = ( call ) =>
		call === 'configuration' && left-- > 0
			? {
					kind: 'retry',
					cause: 'outage',
					side: 'brightpearl',
					message: 'Brightpearl answers 503.',
					after: null,
					outcomeUnknown: false,
					ruid: null,
				}
			: null;
	scene.start();
	await scene.tell( 1 );
	await scene.until(
		async () => ( await scene.link( 1 ) )?.state === 'synced'
	);
	expect( statesTold() ).toEqual( [ 'retrying', 'synced' ] );
} );

test( 'exactly one event is told for each change of an order', async () => {
	scene = await createOrderScene();
	scene.shop.put( anOrder( { id: 1 } ) );
	scene.start();
	await scene.tell( 1 );
	await scene.rest();
	expect( statesTold() ).toEqual( [ 'synced' ] );

	// The same again: looked at, and nothing is new.
	await scene.tell( 1 );
	await scene.rest();
	expect( scene.shop.reads ).toHaveLength( 2 );
	expect( statesTold() ).toEqual( [ 'synced' ] );

	scene.shop.change( 1, {
		status: 'cancelled',
		modifiedAt: '2026-07-02T11:00:00Z',
	} );
	await scene.tell( 1 );
	await scene.rest();
	expect( statesTold() ).toEqual( [ 'synced', 'problem' ] );
} );
