/** orders backfill: what is begun, what is cancelled, what a failure leaves. */
import { afterEach, expect, test } from '@jest/globals';
import { taskKey } from '../../../src/contracts/queue.ts';
import { anOrder } from '../../helpers/an-order.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
afterEach( () => scene.close() );

const IDS = [ 1, 2, 3, 4, 5 ];

async function sceneOf( settings: Record< string, unknown > ): Promise< void > {
	scene = await createOrderScene( { settings } );
	for ( const id of IDS ) {
		scene.shop.put( anOrder( { id, number: `${ id }` } ) );
	}
}

const backfill = () =>
	scene.run( 'ordersBackfill', {
		connection: null,
		from: '2026-07-01',
		to: '2026-07-01',
		dryRun: false,
		wait: false,
	} );

/** Orders that look as if somebody were at them, and nobody is. */
async function waitingForNobody(): Promise< number[] > {
	const lost: number[] = [];
	for ( const id of IDS ) {
		const link = await scene.link( id );
		const task = await scene.database.queue.find(
			taskKey( 'main', 'order', id )
		);
		if (
			task === null &&
			[ 'queued', 'working', 'retrying' ].includes( link?.state ?? '' )
		) {
			lost.push( id );
		}
	}
	return lost;
}

test( 'pushes orders from before go-live', async () => {
	await sceneOf( { goLive: null } );
	scene.start();
	expect( await backfill() ).toMatchObject( { exit: 0, body: { total: 5 } } );
	await scene.rest();
	expect( scene.erp.sales ).toHaveLength( 5 );
	expect(
		await scene.run( 'backfillShow', { connection: null, id: 1 } )
	).toMatchObject( {
		body: { state: 'done', synced: 5, remaining: 0 },
	} );
} );

test( 'of a cancelled one nothing more is pushed', async () => {
	await sceneOf( { goLive: null } );
	await backfill();
	expect(
		await scene.run( 'backfillCancel', { connection: null, id: 1 } )
	).toMatchObject( { exit: 0, body: { state: 'cancelled' } } );
	scene.start();
	await scene.rest();
	expect( scene.erp.sales ).toEqual( [] );
	expect( await waitingForNobody() ).toEqual( [] );
} );

test( 'a cancelled one leaves alone what is due anyway', async () => {
	await sceneOf( {} );
	await backfill();
	await scene.run( 'backfillCancel', { connection: null, id: 1 } );
	scene.start();
	await scene.rest();
	expect( scene.erp.sales ).toHaveLength( 5 );
} );

test( 'one whose second page is not answered leaves no order waiting for nobody', async () => {
	await sceneOf( { goLive: '2026-07-05T00:00:00Z' } );
	scene.start();
	// Some are in the ledger already.
	await scene.tell( 1 );
	await scene.rest();
	scene.shop.perPage = 3;
	scene.shop.failingPage = 2;
	expect( ( await backfill() ).exit ).toBe( 5 );
	await scene.rest();
	expect( await waitingForNobody() ).toEqual( [] );
	expect( scene.erp.sales ).toEqual( [] );

	scene.shop.failingPage = null;
	expect( ( await backfill() ).exit ).toBe( 0 );
	await scene.rest();
	expect( scene.erp.sales ).toHaveLength( 5 );
} );

test( 'killed before any one of its writes, it leaves no order waiting for nobody', async () => {
	for ( let nth = 0; nth < 8; nth += 1 ) {
		await sceneOf( { goLive: '2026-07-05T00:00:00Z' } );
		scene.start();
		for ( const id of IDS ) {
			await scene.tell( id );
		}
		await scene.rest();
		const { life } = scene;
		const begin = life.writes.length;
		life.killAt( ( _write, _args, done ) => done === begin + nth );
		void backfill().catch( () => undefined );
		await scene.until( () => life.isDead() );
		await scene.restart();
		await scene.rest();
		expect( await waitingForNobody() ).toEqual( [] );
		if ( nth < 7 ) {
			await scene.close();
		}
	}
} );

test.each( [ 'queued', 'working', 'retrying' ] as const )(
	'an order that looks %s gets a task when the service starts',
	async ( state ) => {
		await sceneOf( {} );
		await scene.database.orderLinks.save( 'main', 3, { state } );
		await scene.restart();
		await scene.rest();
		expect( ( await scene.link( 3 ) )?.state ).toBe( 'synced' );
		expect( scene.erp.sales ).toHaveLength( 1 );
	}
);

const at = ( id = 1 ) => ( { connection: null, id } );

test( 'tells which days it was asked for, and since when', async () => {
	await sceneOf( { goLive: null } );
	expect( await backfill() ).toMatchObject( {
		body: {
			from: '2026-07-01',
			to: '2026-07-01',
			startedAt: new Date( scene.clock.now() ).toISOString(),
			remaining: 5,
		},
	} );
	expect(
		await scene.run( 'backfillList', { connection: null, limit: 20 } )
	).toMatchObject( { exit: 0, body: { items: [ { id: 1, total: 5 } ] } } );
} );

test( 'a dry run counts, begins nothing and is in no list', async () => {
	await sceneOf( { goLive: null } );
	expect(
		await scene.run( 'ordersBackfill', {
			connection: null,
			from: '2026-07-01',
			to: '2026-07-01',
			dryRun: true,
			wait: false,
		} )
	).toMatchObject( {
		body: { id: 0, total: 5, from: null, to: null, startedAt: null },
	} );
	expect(
		await scene.run( 'backfillList', { connection: null, limit: 20 } )
	).toMatchObject( { body: { items: [] } } );
} );

test( 'of a paused one nothing is pushed and nothing is lost; resumed, all of it is', async () => {
	await sceneOf( { goLive: null } );
	await backfill();
	expect( await scene.run( 'backfillPause', at() ) ).toMatchObject( {
		exit: 0,
		body: { state: 'paused', remaining: 5 },
	} );
	scene.start();
	await scene.rest();
	expect( scene.erp.sales ).toEqual( [] );
	expect( await scene.run( 'backfillShow', at() ) ).toMatchObject( {
		body: { state: 'paused', remaining: 5 },
	} );

	expect( await scene.run( 'backfillResume', at() ) ).toMatchObject( {
		exit: 0,
		body: { state: 'running', remaining: 5 },
	} );
	await scene.rest();
	expect( scene.erp.sales ).toHaveLength( 5 );
	expect( await scene.run( 'backfillShow', at() ) ).toMatchObject( {
		body: { state: 'done', synced: 5, remaining: 0 },
	} );
} );

test( 'a paused one stays paused over a restart, and a running one goes on', async () => {
	await sceneOf( { goLive: null } );
	await backfill();
	await scene.run( 'backfillPause', at() );
	scene.start();
	await scene.rest();
	await scene.restart();
	await scene.rest();
	expect( scene.erp.sales ).toEqual( [] );
	expect( await scene.run( 'backfillShow', at() ) ).toMatchObject( {
		body: { state: 'paused', remaining: 5 },
	} );

	// The word was kept, and the tasks were not: it died in between.
	await scene.database.backfills.setState( 'main', 1, 'running' );
	await scene.restart();
	await scene.rest();
	expect( scene.erp.sales ).toHaveLength( 5 );
	expect( await waitingForNobody() ).toEqual( [] );
} );

test( 'what is due anyway is pushed though its backfill is paused', async () => {
	await sceneOf( {} );
	await backfill();
	await scene.run( 'backfillPause', at() );
	scene.start();
	await scene.tell( 3 );
	await scene.rest();
	expect( ( await scene.link( 3 ) )?.state ).toBe( 'synced' );
} );

test( 'of a paused one that is cancelled nothing is pushed, and no order waits for nobody', async () => {
	await sceneOf( { goLive: null } );
	await backfill();
	await scene.run( 'backfillPause', at() );
	scene.start();
	await scene.rest();
	expect( await scene.run( 'backfillCancel', at() ) ).toMatchObject( {
		exit: 0,
		body: { state: 'cancelled' },
	} );
	await scene.rest();
	expect( scene.erp.sales ).toEqual( [] );
	expect( await waitingForNobody() ).toEqual( [] );
	expect( ( await scene.link( 1 ) )?.state ).toBe( 'not-due' );
} );

test( 'what is over is neither paused nor resumed, and an unknown one is told', async () => {
	await sceneOf( { goLive: null } );
	await backfill();
	await scene.run( 'backfillCancel', at() );
	for ( const operation of [ 'backfillPause', 'backfillResume' ] as const ) {
		expect( await scene.run( operation, at() ) ).toMatchObject( {
			exit: 2,
			body: { error: { code: 'backfill-over' } },
		} );
		expect( await scene.run( operation, at( 9 ) ) ).toMatchObject( {
			exit: 6,
			body: { error: { code: 'unknown-backfill' } },
		} );
	}
	expect( await scene.run( 'backfillShow', at() ) ).toMatchObject( {
		body: { state: 'cancelled' },
	} );
} );

test( 'a pause and a resume said twice do no more than once', async () => {
	await sceneOf( { goLive: null } );
	await backfill();
	await scene.run( 'backfillPause', at() );
	expect( await scene.run( 'backfillPause', at() ) ).toMatchObject( {
		exit: 0,
		body: { state: 'paused' },
	} );
	await scene.run( 'backfillResume', at() );
	expect( await scene.run( 'backfillResume', at() ) ).toMatchObject( {
		exit: 0,
		body: { state: 'running' },
	} );
	scene.start();
	await scene.rest();
	expect( scene.erp.sales ).toHaveLength( 5 );
} );
