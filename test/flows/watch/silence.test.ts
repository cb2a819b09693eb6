/** Orders are placed and none gets through: told, with the cause, until one does. */
import { afterEach, expect, test } from '@jest/globals';
import type { LinkChange } from '../../../src/contracts/database.ts';
import { HOUR, MINUTE } from '../../../src/contracts/primitives.ts';
import { PRIORITY, taskKey } from '../../../src/contracts/queue.ts';
import { ok } from '../../../src/contracts/result.ts';
import { createKit, NAME, type Kit } from './kit.ts';

let kit: Kit;
afterEach( () => kit.close() );

const at = ( ago: number ) => new Date( kit.clock.now() - ago ).toISOString();
const link = ( id: number, placedAgo: number, change: LinkChange = {} ) =>
	kit.database.orderLinks.save( NAME, id, {
		placedAt: at( placedAgo ),
		number: String( 1000 + id ),
		state: 'queued',
		...change,
	} );
const silent = () => kit.problem( 'orders-silent' );

/** A service that has run for a day. */
async function running( settings: Record< string, unknown > = {} ) {
	kit = await createKit( { settings } );
	kit.site.startedAt -= 24 * HOUR;
}

test( 'two orders wait for an hour: told once, over when one is pushed', async () => {
	await running();
	await link( 1, HOUR );
	await link( 2, 20 * MINUTE );
	const since = at( HOUR );
	await kit.watch();
	expect( await silent() ).toMatchObject( {
		message: `2 orders wait, and none has reached Brightpearl since ${ since } (60 minutes).`,
		cause: expect.stringContaining( 'turn does not come' ),
		field: 'watch.silence',
	} );
	await kit.clock.advance( 5 * MINUTE );
	await link( 3, 0 );
	await kit.watch();
	expect( ( await silent() )?.message ).toMatch( /^3 orders wait/ );
	expect( kit.told() ).toEqual( [ 'orders-silent' ] );

	await kit.database.orderLinks.save( NAME, 1, {
		state: 'synced',
		pushedAt: at( 0 ),
	} );
	await kit.watch();
	expect( await silent() ).toBeNull();
} );

test( 'the cause is what stops the connection, and orders it stopped count', async () => {
	await running();
	await link( 1, HOUR, { state: 'problem' } );
	await kit.watch();
	expect( await silent() ).toBeNull();
	await kit.database.problems.raise( NAME, `connection:${ NAME }`, {
		code: 'credentials-brightpearl',
		message: 'Brightpearl refuses the token.',
		cause: null,
		fix: 'Authorize it again.',
		field: null,
	} );
	await kit.watch();
	expect( await silent() ).toMatchObject( {
		message: expect.stringMatching( /^1 order waits/ ),
		cause: 'Brightpearl refuses the token.',
		fix: 'Authorize it again.',
	} );
} );

test( 'or what the oldest one was told last', async () => {
	await running();
	await link( 1, HOUR, { state: 'retrying' } );
	const key = taskKey( NAME, 'order', 1 );
	await kit.database.queue.enqueue( [
		{ key, kind: 'order', connection: NAME, priority: PRIORITY.order },
	] );
	const task = await kit.database.queue.claim();
	await kit.database.queue.settle( task!.lease, {
		kind: 'retry',
		after: HOUR,
		message: 'The warehouse is being counted.',
	} );
	await kit.watch();
	expect( ( await silent() )?.cause ).toBe(
		'Order 1001 waits longest; its last try said: The warehouse is being counted.'
	);
} );

test( 'a service that has just begun has its time', async () => {
	kit = await createKit();
	await link( 1, 5 * HOUR );
	await kit.watch();
	expect( await silent() ).toBeNull();
	await kit.clock.advance( 31 * MINUTE );
	await kit.watch();
	expect( await silent() ).not.toBeNull();
} );

test( 'one that crashes every 25 minutes has had its time all the same', async () => {
	kit = await createKit();
	await link( 1, 0 );
	const since = at( 0 );
	for ( const minute of [ 0, 5, 10, 15, 20, 25, 30 ] ) {
		if ( minute === 25 ) {
			kit.site.startedAt = kit.clock.now();
		}
		await kit.watch();
		expect( await silent() ).toBeNull();
		await kit.clock.advance( 5 * MINUTE );
	}
	await kit.watch();
	expect( ( await silent() )?.message ).toContain( `since ${ since }` );
} );

test( 'time in which it did not run is no silence', async () => {
	kit = await createKit();
	await link( 1, 0 );
	await kit.watch();
	await kit.clock.advance( 12 * HOUR );
	kit.site.startedAt = kit.clock.now();
	await kit.watch();
	expect( await silent() ).toBeNull();
	await kit.clock.advance( 31 * MINUTE );
	await kit.watch();
	expect( await silent() ).not.toBeNull();
} );

test( 'nor is the time in which a person had to say which site it is', async () => {
	await running();
	await link( 1, 0 );
	await kit.watch();
	const itself = kit.site.identity;
	kit.site.identity = ok( {
		home: 'https://staging.example.test',
		storeId: 'A',
	} );
	await kit.clock.advance( 5 * HOUR );
	await kit.watch();
	kit.site.identity = itself;
	await kit.clock.advance( 5 * MINUTE );
	await kit.watch();
	expect( await silent() ).toBeNull();
	await kit.clock.advance( 31 * MINUTE );
	await kit.watch();
	expect( await silent() ).not.toBeNull();
} );

test( 'what took hours until now may take them', async () => {
	await running();
	for ( let id = 10; id < 20; id += 1 ) {
		await link( id, 50 * HOUR, {
			state: 'synced',
			pushedAt: at( 49 * HOUR ),
		} );
	}
	await link( 1, 2 * HOUR );
	await kit.watch();
	expect( await silent() ).toBeNull();
	await kit.clock.advance( 61 * MINUTE );
	await kit.watch();
	expect( await silent() ).not.toBeNull();
} );

test( 'it can be switched off', async () => {
	await running( { watch: { silence: false } } );
	await link( 1, HOUR );
	await kit.watch();
	expect( await silent() ).toBeNull();
} );

test( 'it is told though the shop does not answer', async () => {
	await running();
	await link( 1, HOUR );
	kit.site.identity = {
		ok: false,
		failure: {
			kind: 'retry',
			cause: 'outage',
			side: 'store',
			message: 'It is down.',
			after: null,
			outcomeUnknown: false,
			ruid: null,
		},
	};
	expect( await kit.watch() ).toMatchObject( { ok: false } );
	expect( await silent() ).not.toBeNull();
} );
