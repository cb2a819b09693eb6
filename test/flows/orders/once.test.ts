/**
 * Crashes and lost answers between any two steps, with and without de-duplication, while
 * Brightpearl's search lags: everything is made exactly once.
 */
import { afterEach, describe, expect, test } from '@jest/globals';
import { accountScope } from '../../../src/contracts/database.ts';
import { SECOND } from '../../../src/contracts/primitives.ts';
import type { Failure } from '../../../src/contracts/result.ts';
import { anOrder } from '../../helpers/an-order.ts';
import type { Call } from '../../helpers/fakes/order-brightpearl.ts';
import {
	createOrderScene,
	PREFIX,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
afterEach( () => scene.close() );

const OUTAGE: Failure = {
	kind: 'retry',
	cause: 'outage',
	side: 'brightpearl',
	message: 'Brightpearl answers 503.',
	after: null,
	outcomeUnknown: false,
	ruid: null,
};

function expectOnce(): void {
	const { contacts, sales, payments, reservations } = scene.erp;
	expect( {
		contacts: contacts.length,
		sales: sales.length,
		payments: payments.length,
		reservations: reservations.size,
	} ).toEqual( { contacts: 1, sales: 1, payments: 1, reservations: 1 } );
}

async function synced( id: number ): Promise< boolean > {
	return ( await scene.link( id ) )?.state === 'synced';
}

describe.each< [ string, { instanceId?: number } ] >( [
	[ 'without an instance id', {} ],
	[ 'with an instance id', { instanceId: 12 } ],
] )( '%s', ( _, account ) => {
	/** Longer than what is waited for on the spot. */
	const LAG = 10 * SECOND;

	test( 'killed before any one of its writes, an order makes one of each', async () => {
		scene = await createOrderScene( account );
		scene.shop.put( anOrder( { id: 1 } ) );
		scene.start();
		await scene.tell( 1 );
		const before = scene.life.writes.length;
		await scene.rest();
		const writes = scene.life.writes.slice( before );
		expect( writes ).toContain( 'journal.intent' );

		for ( let nth = 0; nth < writes.length; nth += 1 ) {
			await scene.close();
			scene = await createOrderScene( account );
			scene.erp.lag = LAG;
			scene.shop.put( anOrder( { id: 1 } ) );
			await scene.tell( 1 );
			const begin = scene.life.writes.length;
			scene.life.killAt(
				( _write, _args, done ) => done === begin + nth
			);
			scene.start();
			const { life } = scene;
			await scene.until( () => life.isDead() );
			await scene.restart();
			await scene.until( () => synced( 1 ) );
			expectOnce();
		}
	}, 60_000 );

	test( 'a ledger that forgot what the journal says was done finds it again', async () => {
		scene = await createOrderScene( account );
		scene.shop.put( anOrder( { id: 1 } ) );
		scene.start();
		await scene.tell( 1 );
		await scene.until( () => synced( 1 ) );
		await scene.database.orderLinks.save( 'main', 1, {
			salesOrderId: null,
			pushedAt: null,
			contactId: null,
			payments: [],
			allocation: null,
			brightpearl: null,
			proof: null,
		} );
		await scene.database.cache.drop( accountScope( 'acme' ) );
		// None of it is in the search yet.
		scene.erp.lag = scene.clock.now() - scene.erp.contacts[ 0 ]!.at + LAG;
		await scene.tell( 1 );
		await scene.until( () => synced( 1 ) );
		expectOnce();
		expect( await scene.link( 1 ) ).toMatchObject( {
			salesOrderId: 5000,
			contactId: 200,
			payments: [ { paymentId: 700 } ],
		} );
	} );

	test.each< [ Call ] >( [
		[ 'createContact' ],
		[ 'createSalesOrder' ],
		[ 'createPayment' ],
	] )( 'an answer to %s that is lost makes nothing twice', async ( lost ) => {
		scene = await createOrderScene( account );
		scene.erp.lag = LAG;
		scene.shop.put( anOrder( { id: 1 } ) );
		let isFirst = true;
		scene.erp.after = ( call ) => {
			const loses = call === lost && isFirst;
			isFirst = isFirst && ! loses;
			return loses ? { ...OUTAGE, outcomeUnknown: true } : null;
		};
		scene.start();
		await scene.tell( 1 );
		await scene.until( () => synced( 1 ) );
		expectOnce();
	} );
} );

describe( 'a call that waited for room longer than the search lags', () => {
	test.each< [ Call, { instanceId?: number } ] >( [
		[ 'createContact', {} ],
		[ 'createContact', { instanceId: 12 } ],
		[ 'createSalesOrder', {} ],
		[ 'createPayment', {} ],
		[ 'createPayment', { instanceId: 12 } ],
	] )(
		'%s is not made again when the service dies as it lands',
		async ( call, account ) => {
			scene = await createOrderScene( account );
			scene.erp.lag = 10 * SECOND;
			scene.shop.put( anOrder( { id: 1 } ) );
			const { clock, erp, life } = scene;
			let isFirst = true;
			erp.before = async ( asked ) => {
				if ( asked === call && isFirst ) {
					await clock.sleep( 40 * SECOND );
				}
				return null;
			};
			erp.after = ( asked ) => {
				if ( asked === call && isFirst ) {
					isFirst = false;
					life.kill();
				}
				return null;
			};
			scene.start();
			await scene.tell( 1 );
			await scene.until( () => life.isDead() );
			await scene.restart();
			await scene.until( () => synced( 1 ) );
			expectOnce();
		}
	);
} );

test( 'an order tried before its instance id was known is looked for under the reference alone', async () => {
	scene = await createOrderScene();
	scene.erp.lag = 10 * SECOND;
	scene.shop.put( anOrder( { id: 1 } ) );
	const { erp } = scene;
	erp.after = ( call ) => {
		if ( call !== 'createSalesOrder' || erp.instanceId !== null ) {
			return null;
		}
		erp.instanceId = 12;
		return { ...OUTAGE, outcomeUnknown: true };
	};
	scene.start();
	await scene.tell( 1 );
	await scene.until( () => synced( 1 ) );
	expectOnce();
} );

test( 'two orders of one new guest make one contact, though the search does not know it yet', async () => {
	scene = await createOrderScene();
	scene.erp.lag = 20 * SECOND;
	scene.start();
	for ( const id of [ 1, 2 ] ) {
		scene.shop.put( anOrder( { id, number: `${ id }` } ) );
		await scene.tell( id );
	}
	await scene.until(
		async () => ( await synced( 1 ) ) && ( await synced( 2 ) )
	);
	expect( scene.erp.contacts ).toHaveLength( 1 );
	expect( scene.erp.sales.map( ( { contactId } ) => contactId ) ).toEqual( [
		200, 200,
	] );
} );

describe( 'an order of somebody else under our reference', () => {
	const FOREIGN = {
		id: 4999,
		externalRef: `${ PREFIX }-1`,
		reference: 'OLD-1',
		placedOn: '2020-01-01T00:00:00Z',
		total: '999.00',
	};

	test.each( [ 0, 1, 2 ] )(
		'is not adopted when de-duplication answers with it and %i read-backs fail',
		async ( failing ) => {
			scene = await createOrderScene( { instanceId: 12 } );
			scene.erp.enter( FOREIGN );
			scene.shop.put( anOrder( { id: 1 } ) );
			let left = failing;
			scene.erp.before = ( call ) =>
				call === 'salesOrders' && left-- > 0 ? OUTAGE : null;
			scene.start();
			await scene.tell( 1 );
			await scene.until(
				async () => ( await scene.link( 1 ) )?.state === 'problem'
			);
			expect( await scene.problems() ).toEqual( [
				'order:1 reference-taken',
			] );
			expect( await scene.link( 1 ) ).toMatchObject( {
				salesOrderId: null,
				pushedAt: null,
				fingerprint: null,
			} );
			expect( scene.erp.payments ).toEqual( [] );
			expect( scene.erp.reservations.size ).toBe( 0 );
		}
	);

	test( 'leaves the prefix changeable, and with another one the order is pushed', async () => {
		scene = await createOrderScene( { instanceId: 12 } );
		scene.erp.enter( FOREIGN );
		scene.shop.put( anOrder( { id: 1 } ) );
		scene.start();
		await scene.tell( 1 );
		await scene.rest();

		await scene.set( { 'orders.refPrefix': 'second-shop' } );
		await scene.run( 'problemsRetry', { connection: null, ids: null } );
		await scene.until( () => synced( 1 ) );
		expect( scene.erp.sales.at( -1 )?.externalRef ).toBe( 'second-shop-1' );
		expect(
			await scene.run( 'settingsSet', {
				connection: null,
				changes: [ { key: 'orders.refPrefix', text: 'third-shop' } ],
			} )
		).toMatchObject( {
			exit: 2,
			body: { error: { code: 'prefix-fixed' } },
		} );
	} );

	test( 'is not adopted either when it is found by its reference', async () => {
		scene = await createOrderScene();
		scene.erp.enter( FOREIGN );
		scene.shop.put( anOrder( { id: 1 } ) );
		scene.start();
		await scene.tell( 1 );
		await scene.rest();
		expect( await scene.problems() ).toEqual( [
			'order:1 reference-taken',
		] );
		expect( scene.erp.payments ).toEqual( [] );
	} );
} );

test( 'a ledger that was lost pays nothing twice, though the payment method was mapped anew', async () => {
	scene = await createOrderScene( { instanceId: 12 } );
	scene.shop.put( anOrder( { id: 1 } ) );
	scene.start();
	await scene.tell( 1 );
	await scene.until( () => synced( 1 ) );
	const { erp } = scene;
	await scene.close();

	scene = await createOrderScene( {
		instanceId: 12,
		settings: { orders: { payments: { stripe: 'STRIPE' } } },
	} );
	scene.erp.contacts.push( ...erp.contacts );
	scene.erp.sales.push( ...erp.sales );
	scene.erp.payments.push( ...erp.payments );
	for ( const [ id, reservation ] of erp.reservations ) {
		scene.erp.reservations.set( id, reservation );
	}
	scene.shop.put( anOrder( { id: 1 } ) );
	scene.start();
	await scene.tell( 1 );
	await scene.until( () => synced( 1 ) );
	expectOnce();
	expect( scene.erp.payments[ 0 ]?.methodCode ).toBe( 'CARD' );
	expect( await scene.link( 1 ) ).toMatchObject( {
		salesOrderId: 5000,
		payments: [ { paymentId: 700 } ],
	} );
} );
