/** What sweeps see of the shop, whatever else goes on meanwhile. */
import { afterEach, expect, test } from '@jest/globals';
import { enter } from '../../../src/flows/orders/scan.ts';
import { sweep } from '../../../src/flows/orders/sweeps.ts';
import { aLine, anOrder } from '../../helpers/an-order.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
afterEach( () => scene.close() );

const at = ( time: string ) => ( {
	placedAt: `2026-07-02T${ time }Z`,
	modifiedAt: `2026-07-02T${ time }Z`,
} );

test( 'a sweep told to begin later than the cursor leaves it, so that what lies between is seen', async () => {
	scene = await createOrderScene();
	scene.shop.put( anOrder( { id: 1, ...at( '01:00:00' ) } ) );
	await sweep( await scene.connected() );
	scene.shop.put(
		anOrder( { id: 2, ...at( '03:00:00' ) } ),
		anOrder( { id: 3, ...at( '08:00:00' ) } )
	);

	const later = await sweep(
		await scene.connected(),
		'2026-07-02T07:00:00Z'
	);
	expect( later ).toMatchObject( {
		ok: true,
		value: { scanned: 1, queued: 1, cursor: '2026-07-02T01:00:00Z' },
	} );
	expect( await scene.link( 2 ) ).toBeNull();
	await sweep( await scene.connected() );
	expect( await scene.link( 2 ) ).not.toBeNull();
} );

test( 'a sweep told to begin earlier than the cursor moves it on, never back', async () => {
	scene = await createOrderScene();
	scene.shop.put( anOrder( { id: 1, ...at( '05:00:00' ) } ) );
	await sweep( await scene.connected() );
	await sweep( await scene.connected(), '2026-07-02T02:00:00Z' );
	scene.shop.put( anOrder( { id: 2, ...at( '08:00:00' ) } ) );
	const swept = await sweep(
		await scene.connected(),
		'2026-07-02T02:00:00Z'
	);
	expect( swept ).toMatchObject( {
		ok: true,
		value: { cursor: '2026-07-02T08:00:00Z' },
	} );
} );

test( 'an order that cannot be read is told of by itself; the others of its page are kept', async () => {
	scene = await createOrderScene();
	for ( const id of [ 1, 2, 3 ] ) {
		scene.shop.put( anOrder( { id, number: `${ id }` } ) );
	}
	scene.shop.unreadable.add( 2 );
	scene.start();
	expect( await sweep( await scene.connected() ) ).toMatchObject( {
		ok: true,
		value: { queued: 3 },
	} );
	await scene.rest();
	expect( await scene.problems() ).toEqual( [ 'order:2 refused-by-store' ] );
	expect(
		scene.erp.sales.map( ( { reference } ) => reference ).sort()
	).toEqual( [ '1', '3' ] );

	scene.shop.unreadable.clear();
	await scene.run( 'problemsRetry', { connection: null, ids: null } );
	await scene.rest();
	expect( await scene.problems() ).toEqual( [] );
	expect( ( await scene.link( 2 ) )?.state ).toBe( 'synced' );
} );

test( 'an order that cannot be read is told of when a delivery names it', async () => {
	scene = await createOrderScene();
	scene.shop.put( anOrder( { id: 7 } ) );
	scene.shop.unreadable.add( 7 );
	scene.start();
	await scene.tell( 7 );
	await scene.rest();
	expect( await scene.problems() ).toEqual( [ 'order:7 refused-by-store' ] );
	const shown = await scene.run( 'ordersShow', {
		connection: null,
		orderId: 7,
	} );
	expect( shown ).toMatchObject( {
		exit: 0,
		body: { state: 'problem', problem: { code: 'refused-by-store' } },
	} );
} );

test( 'more orders of one second than a page holds are all seen, once each', async () => {
	scene = await createOrderScene();
	const ids = Array.from( { length: 230 }, ( _, index ) => index + 1 );
	for ( const id of ids ) {
		scene.shop.put( anOrder( { id, ...at( '05:00:00' ) } ) );
	}
	scene.shop.put( anOrder( { id: 900, ...at( '05:00:01' ) } ) );
	let pages = 0;
	scene.shop.onPage = () => {
		pages += 1;
	};
	const swept = await sweep( await scene.connected() );
	expect( swept ).toMatchObject( {
		ok: true,
		value: { scanned: 231, queued: 231, cursor: '2026-07-02T05:00:01Z' },
	} );
	expect(
		await scene.database.orderLinks.findMany( 'main', [ ...ids, 900 ] )
	).toHaveLength( 231 );
	expect( pages ).toBeLessThan( 10 );
} );

test( 'an order that is changed while pages are walked hides no other', async () => {
	scene = await createOrderScene();
	scene.shop.perPage = 2;
	for ( const id of [ 1, 2, 3, 4, 5 ] ) {
		scene.shop.put( anOrder( { id, ...at( `0${ id }:00:00` ) } ) );
	}
	let pages = 0;
	scene.shop.onPage = () => {
		pages += 1;
		if ( pages === 2 ) {
			// Everything after it moves up by one place.
			scene.shop.change( 1, { modifiedAt: '2026-07-02T09:00:00Z' } );
		}
	};
	await sweep( await scene.connected() );
	const links = await scene.database.orderLinks.findMany(
		'main',
		[ 1, 2, 3, 4, 5 ]
	);
	expect( links.map( ( { orderId } ) => orderId ) ).toEqual( [
		1, 2, 3, 4, 5,
	] );
} );

test.each( [
	[ 'its status', { status: 'cancelled' } ],
	[ 'its total', { total: '39.77', totalTax: '7.00' } ],
	[
		'what the shop took off its stock',
		{ lines: [ aLine( { reducedStock: 1 } ) ] },
	],
] )(
	'an order changed twice within one second is looked at again for %s',
	async ( _, change ) => {
		scene = await createOrderScene();
		scene.shop.put( anOrder( { id: 1 } ) );
		scene.start();
		await sweep( await scene.connected() );
		await scene.rest();
		expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
		expect( await sweep( await scene.connected() ) ).toMatchObject( {
			value: { queued: 0 },
		} );

		scene.shop.change( 1, change );
		expect( await sweep( await scene.connected() ) ).toMatchObject( {
			value: { queued: 1 },
		} );
	}
);

test( 'entering an order that was read before its payment was recorded takes nothing back', async () => {
	scene = await createOrderScene();
	scene.shop.put( anOrder( { id: 1 } ) );
	const database = scene.database;
	let isMaking = false;
	let letGo = () => {};
	const gate = new Promise< void >( ( resolve ) => {
		letGo = resolve;
	} );
	scene.erp.after = async ( call ) => {
		if ( call === 'createSalesOrder' ) {
			isMaking = true;
			await gate;
		}
		return null;
	};
	scene.start();
	await scene.tell( 1 );
	await scene.until( () => isMaking );

	// The link is read now; what is made of it is stored after the task has ended.
	const connected = await scene.connected();
	const entering = enter(
		{
			...connected,
			database: {
				...database,
				queue: {
					...database.queue,
					async enqueue( requests ) {
						letGo();
						await scene.until(
							async () =>
								( await scene.link( 1 ) )?.payments[ 0 ]
									?.paymentId != null
						);
						await database.queue.enqueue( requests );
					},
				},
			},
		},
		{ orders: [ ...scene.shop.orders.values() ], unreadable: [] }
	);
	expect( await entering ).toBe( 1 );
	expect( ( await scene.link( 1 ) )?.payments ).toMatchObject( [
		{ n: 1, paymentId: 700 },
	] );
	await scene.rest();
	expect( scene.erp.payments ).toHaveLength( 1 );
} );
