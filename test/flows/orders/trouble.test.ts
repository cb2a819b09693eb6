/** What goes wrong on either side, what it costs, and what is told of it. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { MINUTE, SECOND } from '../../../src/contracts/primitives.ts';
import type { ProblemCode } from '../../../src/contracts/problem.ts';
import { ok, type Failure } from '../../../src/contracts/result.ts';
import {
	recovered,
	tellConnection,
} from '../../../src/flows/connection-problems.ts';
import { sweep } from '../../../src/flows/orders/sweeps.ts';
import { createOutbox, outboxTask } from '../../../src/flows/outbox.ts';
import { STOCK_FIELD } from '../../../src/woocommerce/plugin.ts';
import { ADDRESS, anOrder } from '../../helpers/an-order.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
afterEach( () => scene.close() );

function held( code: ProblemCode, field: string | null = null ): Failure {
	return {
		kind: 'hold',
		ruid: null,
		problem: { code, message: code, cause: null, fix: null, field },
	};
}

const unused = (): never => {
	throw new Error( 'Nothing but the outbox is asked.' );
};

test( 'a secret of Brightpearl that cannot be read stops its orders once, however well the shop answers', async () => {
	scene = await createOrderScene();
	let isUnreadable = true;
	scene.erp.before = () =>
		isUnreadable ? held( 'secret-unreadable', 'brightpearl.auth' ) : null;
	scene.start();
	for ( const id of [ 1, 2, 3, 4 ] ) {
		scene.shop.put( anOrder( { id, number: `${ id }` } ) );
		await scene.tell( id );
	}
	await scene.clock.advance( 2 * MINUTE );
	await scene.rest();
	expect( scene.shop.reads ).toHaveLength( 4 );
	expect( await scene.problems() ).toEqual( [
		'connection:main secret-unreadable',
	] );

	isUnreadable = false;
	await scene.run( 'problemsRetry', { connection: null, ids: null } );
	await scene.rest();
	expect( await scene.problems() ).toEqual( [] );
	expect( scene.erp.sales ).toHaveLength( 4 );
} );

test( 'a shop that asks to slow down and does not say for how long is left alone for longer and longer', async () => {
	scene = await createOrderScene();
	scene.shop.put( anOrder( { id: 1 } ) );
	scene.shop.fail = {
		kind: 'retry',
		cause: 'throttled',
		side: 'store',
		message: 'The shop asks us to slow down (429).',
		after: null,
		outcomeUnknown: false,
		ruid: null,
	};
	scene.shop.onRead = () => {
		if ( scene.shop.reads.length > 100 ) {
			throw new Error( 'The shop is asked without a pause.' );
		}
	};
	scene.start();
	await scene.tell( 1 );
	await scene.clock.advance( 60 * SECOND );
	// At 0, 1, 3, 7, 15 and 31 s at the latest.
	expect( scene.shop.reads.length ).toBeGreaterThan( 3 );
	expect( scene.shop.reads.length ).toBeLessThan( 12 );

	scene.shop.fail = null;
	await scene.clock.advance( MINUTE );
	await scene.rest();
	expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
} );

describe( 'a fault of ours', () => {
	test( 'is told on the order after three tries, and is tried again by itself', async () => {
		scene = await createOrderScene();
		scene.shop.put( anOrder( { id: 1 } ) );
		let tries = 0;
		let isFaulty = true;
		scene.erp.before = ( call ) => {
			if ( call === 'taxCodes' && isFaulty ) {
				tries += 1;
				throw new TypeError( 'x is not a function' );
			}
			return null;
		};
		scene.start();
		await scene.tell( 1 );
		await scene.rest();
		expect( ( await scene.link( 1 ) )?.state ).toBe( 'retrying' );
		expect( await scene.problems() ).toEqual( [] );
		await scene.until( () => tries >= 3 );
		await scene.rest();
		expect( await scene.problems() ).toEqual( [ 'order:1 defect' ] );
		expect( ( await scene.link( 1 ) )?.state ).toBe( 'retrying' );

		isFaulty = false;
		await scene.clock.advance( 5 * MINUTE );
		await scene.rest();
		expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
		expect( await scene.problems() ).toEqual( [] );
	} );

	test( 'is no success of a push', async () => {
		scene = await createOrderScene();
		scene.shop.put( anOrder( { id: 1 } ) );
		scene.erp.before = ( call ) => {
			if ( call === 'taxCodes' ) {
				throw new TypeError( 'x is not a function' );
			}
			return null;
		};
		scene.start();
		const pushed = await scene.run( 'ordersPush', {
			connection: null,
			orderIds: [ 1 ],
			dryRun: false,
			wait: true,
		} );
		expect( pushed ).toMatchObject( {
			exit: 5,
			body: { results: [ { orderId: 1, state: 'retrying' } ] },
		} );
	} );
} );

describe.each( [
	[ 'a key that may read but not write', 'rights-store', null ],
	[ 'a plugin that may not write stock', 'plugin-unreachable', STOCK_FIELD ],
] as const )( '%s', ( _, code, field ) => {
	test( 'is told of until a write has worked, however often the shop is read', async () => {
		scene = await createOrderScene();
		const connected = await scene.connected();
		await tellConnection( connected, held( code, field ) );
		scene.shop.put( anOrder( { id: 1 } ) );
		scene.start();
		await sweep( connected );
		await scene.rest();
		expect( await scene.problems() ).toEqual( [
			`connection:main ${ code }`,
		] );
		await recovered( connected, 'store', true );
		expect( await scene.problems() ).toEqual( [] );
	} );

	test( 'is no matter any more when no stock is pulled', async () => {
		scene = await createOrderScene( {
			settings: { stock: { every: null } },
		} );
		const connected = await scene.connected();
		await tellConnection( connected, held( code, field ) );
		await sweep( connected );
		expect( await scene.problems() ).toEqual( [] );
	} );
} );

test.each( [
	[ null, [] ],
	[ STOCK_FIELD, [ 'connection:main plugin-unreachable' ] ],
] )(
	'an outbox that is read ends the problem of the plugin with field %s: %j is left',
	async ( field, left ) => {
		scene = await createOrderScene();
		const { database, events, world } = await scene.connected();
		await tellConnection(
			await scene.connected(),
			held( 'plugin-unreachable', field )
		);
		await recovered( await scene.connected(), 'brightpearl', true );
		const read = createOutbox( {
			database,
			events,
			random: world.random,
			pluginOf: async () => ( {
				outbox: async () => ok( { items: [], more: false } ),
				ping: unused,
				acknowledge: unused,
				stock: unused,
				orderMeta: unused,
				orderStatus: unused,
			} ),
		} );
		expect(
			await read( {
				...outboxTask( 'main' ),
				payload: {},
				attempt: 1,
				lease: {
					name: 'outbox',
					token: 1,
					signal: new AbortController().signal,
				},
			} )
		).toEqual( { kind: 'done' } );
		expect( await scene.problems() ).toEqual( left );
	}
);

test( 'a contact that was refused is made with the address as it was corrected', async () => {
	scene = await createOrderScene();
	scene.shop.put( anOrder( { id: 1 } ) );
	let refuses = true;
	scene.erp.before = ( call ) =>
		call === 'createContact' && refuses
			? held( 'refused-by-brightpearl' )
			: null;
	scene.start();
	await scene.tell( 1 );
	await scene.rest();
	expect( await scene.problems() ).toEqual( [
		'order:1 refused-by-brightpearl',
	] );

	// Nothing changed: the address that was made is used again.
	await scene.run( 'problemsRetry', { connection: null, ids: null } );
	await scene.rest();
	expect( scene.erp.addresses ).toHaveLength( 1 );

	refuses = false;
	scene.shop.change( 1, {
		billing: { ...ADDRESS, address1: '1 New Road' },
		modifiedAt: '2026-07-02T11:00:00Z',
	} );
	await scene.run( 'problemsRetry', { connection: null, ids: null } );
	await scene.rest();
	const { addressId } = scene.erp.contacts[ 0 ]!;
	expect( scene.erp.addresses[ addressId - 1 ]?.addressLine1 ).toBe(
		'1 New Road'
	);
} );
