/** Statuses that changed in Brightpearl, and those the shop did not take at first. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { hold, retry } from '../../../src/contracts/result.ts';
import { MINUTE, SECOND } from '../../../src/contracts/primitives.ts';
import type { Connected } from '../../../src/flows/connected.ts';
import { statusSweep } from '../../../src/flows/orders/status-sweep.ts';
import {
	createWriteBackScene,
	NAME,
	NEW,
	SHIPPED,
	type WriteBackScene,
} from '../../helpers/fakes/write-back-scene.ts';

let scene: WriteBackScene;
let connected: Connected;
beforeEach( async () => {
	scene = await createWriteBackScene();
	connected = scene.connected( { status: { [ SHIPPED ]: 'completed' } } );
	for ( const id of [ 1, 2, 3 ] ) {
		await scene.put( id, NEW );
	}
} );
afterEach( () => scene.close() );

const iso = ( at: number ) => new Date( at ).toISOString();

function changes(
	id: number,
	statusId: number | null,
	at = scene.now()
): void {
	scene.changed.push( {
		salesOrderId: 20000 + id,
		customerRef: null,
		externalRef: null,
		createdOn: iso( at - 60 * MINUTE ),
		updatedOn: iso( at ),
		statusId,
	} );
}

test( 'orders with another status are looked at in Brightpearl; the others are not', async () => {
	changes( 1, SHIPPED );
	changes( 2, NEW );
	changes( 3, null );
	changes( 99, SHIPPED );
	expect( await statusSweep( connected ) ).toEqual( {
		ok: true,
		value: { scanned: 4, queued: 1 },
	} );
	expect( await scene.tasks() ).toEqual( [ 'main/order:1 look' ] );
} );

test( 'it begins with now, and goes on where it was, a little earlier', async () => {
	const start = scene.now();
	await statusSweep( connected );
	await scene.advance( 10 * MINUTE );
	changes( 1, SHIPPED );
	await statusSweep( connected );
	await scene.advance( 10 * MINUTE );
	await statusSweep( connected );
	const overlap = 2 * MINUTE;
	expect( scene.askedSince ).toEqual( [
		iso( start - overlap ),
		iso( start - overlap ),
		iso( start + 10 * MINUTE - overlap ),
	] );
} );

test( 'an order that only was made counts by when it was', async () => {
	await statusSweep( connected );
	const made = scene.now() + 30 * SECOND;
	scene.changed.push( {
		salesOrderId: 20001,
		customerRef: null,
		externalRef: null,
		createdOn: iso( made ),
		updatedOn: null,
		statusId: SHIPPED,
	} );
	expect( await statusSweep( connected ) ).toMatchObject( {
		value: { queued: 1 },
	} );
	expect(
		await scene.database.cursors.get( NAME, 'statuses' )
	).toMatchObject( { cursor: iso( made ) } );
} );

test( 'while Brightpearl does not answer, nothing is passed over', async () => {
	await statusSweep( connected );
	await scene.advance( 5 * MINUTE );
	changes( 1, SHIPPED );
	scene.outage = retry( 'brightpearl', 'outage', 'Away.' ).failure;
	expect( ( await statusSweep( connected ) ).ok ).toBe( false );
	scene.outage = null;
	await scene.advance( 60 * MINUTE );
	await statusSweep( connected );
	expect( await scene.tasks() ).toEqual( [ 'main/order:1 look' ] );
} );

test.each( [
	[ 'no part of it is switched on', {} ],
	[ 'only the note is', { note: true } ],
] )( 'Brightpearl is not asked where %s', async ( _, wanted ) => {
	changes( 1, SHIPPED );
	expect( await statusSweep( scene.connected( wanted ) ) ).toMatchObject( {
		value: { queued: 0 },
	} );
	expect( scene.askedSince ).toEqual( [] );
} );

test( 'for the meta alone it is asked too', async () => {
	changes( 1, SHIPPED );
	await statusSweep( scene.connected( { meta: true } ) );
	expect( await scene.tasks() ).toEqual( [ 'main/order:1 look' ] );
} );

test( 'before go-live nothing is asked', async () => {
	changes( 1, SHIPPED );
	const { settings } = connected;
	await statusSweep( {
		...connected,
		settings: { ...settings, goLive: null },
	} );
	expect( scene.askedSince ).toEqual( [] );
} );

test( 'orders that a person decided on, or that are gone, are left alone', async () => {
	await scene.database.orderLinks.save( NAME, 1, { decision: 'held' } );
	await scene.database.orderLinks.save( NAME, 2, { decision: 'ignored' } );
	await scene.database.orderLinks.save( NAME, 3, { gone: 'trashed' } );
	for ( const id of [ 1, 2, 3 ] ) {
		changes( id, SHIPPED );
	}
	await statusSweep( connected );
	expect( await scene.tasks() ).toEqual( [] );
} );

/** All three were shipped; the shop takes no quiet status. */
async function refusedAll(): Promise< void > {
	scene.hasPlugin = false;
	for ( const id of [ 1, 2, 3 ] ) {
		await scene.move( id, SHIPPED );
		await scene.write( connected, id );
	}
}

test( 'while a refusal stands, one order tries for all; once it is over all are brought', async () => {
	await refusedAll();
	await statusSweep( connected );
	expect( await scene.tasks() ).toEqual( [ 'main/order:3 look' ] );
	await scene.write( connected, 3 );
	await statusSweep( connected );
	expect( await scene.tasks() ).toEqual( [ 'main/order:3 look' ] );

	scene.hasPlugin = true;
	await scene.write( connected, 3 );
	expect( await scene.problems() ).toEqual( [] );
	await statusSweep( connected );
	expect( await scene.tasks() ).toEqual( [
		'main/order:1 look',
		'main/order:2 look',
	] );
	for ( const id of [ 1, 2 ] ) {
		await scene.write( connected, id );
	}
	await statusSweep( connected );
	expect( await scene.tasks() ).toEqual( [] );
	expect( scene.writes ).toHaveLength( 3 );
} );

test( 'a refusal that a change of settings has cleared is tried with all its orders', async () => {
	await refusedAll();
	await scene.database.problems.clear( NAME, `connection:${ NAME }` );
	await statusSweep( connected );
	expect( await scene.tasks() ).toHaveLength( 3 );
} );

test( 'the order that tried for all is replaced by another when it was settled by hand', async () => {
	await refusedAll();
	const order = scene.orders.get( 3 );
	if ( order ) {
		scene.orders.set( 3, { ...order, status: 'completed' } );
	}
	await scene.write( connected, 3 );
	await statusSweep( connected );
	expect( await scene.tasks() ).toEqual( [ 'main/order:1 look' ] );
	expect( await scene.problems() ).toHaveLength( 1 );
} );

test( 'a refusal that stops no order any more goes by itself', async () => {
	await refusedAll();
	for ( const [ id, order ] of scene.orders ) {
		scene.orders.set( id, { ...order, status: 'completed' } );
		await scene.write( connected, id );
	}
	await statusSweep( connected );
	expect( await scene.tasks() ).toEqual( [] );
	expect( await scene.problems() ).toEqual( [] );
} );

test( 'statuses that the plugin could not be asked for are brought when it can be', async () => {
	const away = {
		code: 'plugin-unreachable' as const,
		message: 'The plugin does not answer.',
		cause: null,
		fix: null,
		field: null,
	};
	scene.refuse = () => hold( away ).failure;
	for ( const id of [ 1, 2 ] ) {
		await scene.move( id, SHIPPED );
		expect( await scene.write( connected, id ) ).toMatchObject( {
			failure: { problem: away },
		} );
	}
	await scene.database.problems.raise( NAME, `connection:${ NAME }`, away );
	await statusSweep( connected );
	expect( await scene.tasks() ).toEqual( [ 'main/order:2 look' ] );

	await scene.database.problems.clear( NAME, `connection:${ NAME }` );
	await statusSweep( connected );
	expect( await scene.tasks() ).toEqual( [
		'main/order:1 look',
		'main/order:2 look',
	] );
} );
