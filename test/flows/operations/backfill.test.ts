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
		body: {
			id: 0,
			total: 5,
			there: 0,
			from: '2026-07-01',
			to: '2026-07-01',
			startedAt: null,
		},
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

const counted = () =>
	scene.run( 'ordersBackfill', {
		connection: null,
		from: '2026-07-01',
		to: '2026-07-01',
		dryRun: true,
		wait: false,
	} );

test( 'what is in Brightpearl, held, ignored or kept by a rule is not counted among those to be pushed', async () => {
	await sceneOf( {
		goLive: '2026-07-05T00:00:00Z',
		orders: { rules: [ { payment: 'cod', push: false } ] },
	} );
	scene.start();
	await scene.run( 'ordersPush', {
		connection: null,
		orderIds: [ 1 ],
		dryRun: false,
		wait: true,
	} );
	for ( const [ id, decision ] of [
		[ 2, 'hold' ],
		[ 3, 'ignore' ],
	] as const ) {
		await scene.run( 'ordersDecide', {
			connection: null,
			orderIds: [ id ],
			decision,
		} );
	}
	scene.shop.change( 4, { paymentMethod: 'cod' } );
	expect( await counted() ).toMatchObject( {
		exit: 0,
		body: { total: 1, remaining: 1, there: 1 },
	} );

	expect( await backfill() ).toMatchObject( {
		body: { total: 1, there: 1 },
	} );
	await scene.rest();
	expect( scene.erp.sales ).toHaveLength( 2 );
	expect( await scene.run( 'backfillShow', at() ) ).toMatchObject( {
		body: { state: 'done', total: 1, synced: 1, remaining: 0, there: 1 },
	} );
} );

test( 'days are those of the shop’s zone', async () => {
	await sceneOf( { goLive: null } );
	const placed = ( id: number, placedAt: string ) =>
		scene.shop.change( id, { placedAt } );
	IDS.forEach( ( id ) => placed( id, '2026-07-01T12:00:00Z' ) );
	// The evening before in UTC, and the same day in the shop.
	placed( 1, '2026-06-30T23:30:00Z' );
	scene.shop.site.timeZone = '+01:00';
	expect( await counted() ).toMatchObject( { body: { total: 5 } } );
	scene.shop.site.timeZone = 'UTC';
	expect( await counted() ).toMatchObject( { body: { total: 4 } } );
} );

test.each( [
	[ 'store-unreachable', 5 ],
	[ 'credentials-store', 4 ],
] as const )(
	'a shop that does not tell its zone: %s is the answer, and no other days are taken',
	async ( code, exit ) => {
		await sceneOf( { goLive: null } );
		scene.shop.site.timeZone = null;
		scene.shop.findings.push( {
			side: 'store',
			code,
			level: 'error',
			message: 'The shop does not answer.',
			fix: null,
		} );
		expect( await backfill() ).toMatchObject( {
			exit,
			body: { error: { code } },
		} );
		scene.shop.findings.length = 0;
		expect( await backfill() ).toMatchObject( {
			exit: 3,
			body: { error: { code: 'time-zone-unknown' } },
		} );
		expect(
			await scene.run( 'backfillList', { connection: null, limit: 20 } )
		).toMatchObject( { body: { items: [] } } );
	}
);

test( 'figures add up at any moment: while it runs, at its end, just after it is cancelled', async () => {
	await sceneOf( { goLive: null } );
	const figures = async () => {
		const { body } = await scene.run( 'backfillShow', at() );
		if ( 'error' in body ) {
			throw new Error( body.error.message );
		}
		const { synced, problems, remaining, total } = body;
		expect( synced + problems + remaining ).toBe( total );
		return body;
	};
	await backfill();
	expect( await figures() ).toMatchObject( { total: 5, remaining: 5 } );
	let begun = 0;
	scene.shop.onRead = async () => {
		begun += 1;
		if ( begun === 2 ) {
			await scene.run( 'backfillCancel', at() );
		}
		await figures();
	};
	scene.start();
	await scene.rest();
	expect( begun ).toBeGreaterThan( 2 );
	const { synced, remaining } = await figures();
	expect( synced + remaining ).toBe( 5 );
	expect( remaining ).toBeGreaterThan( 0 );
	expect( scene.erp.sales ).toHaveLength( synced );
} );

test( 'an order that nobody asked for waits in no backfill that rests', async () => {
	await sceneOf( { goLive: null } );
	// Between those that are asked for.
	scene.shop.change( 3, { placedAt: '2026-06-01T09:00:00Z' } );
	await backfill();
	await scene.run( 'backfillPause', at() );
	scene.start();
	await scene.tell( 3 );
	await scene.rest();
	expect( ( await scene.link( 3 ) )?.state ).toBe( 'not-due' );
	expect( ( await scene.link( 4 ) )?.state ).toBe( 'queued' );
} );
