/** Which repeating work a connection has, and that its tasks are understood. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MINUTE } from '../../src/contracts/primitives.ts';
import { ok } from '../../src/contracts/result.ts';
import type { ConnectionsRegistry } from '../../src/flows/connections.ts';
import { createDispatch } from '../../src/flows/dispatch.ts';
import { createScheduler } from '../../src/flows/schedule.ts';
import { memoryLogger } from '../battery/bench.ts';
import {
	createWriteBackScene,
	NEW,
	SHIPPED,
	type WriteBackScene,
} from '../helpers/fakes/write-back-scene.ts';

let scene: WriteBackScene;
beforeEach( async () => {
	scene = await createWriteBackScene();
} );
afterEach( () => scene.close() );

const MAPPED = { status: { [ SHIPPED ]: 'completed' } };

/** One connection with these settings. */
function registry( writeBack: Record< string, unknown > ): ConnectionsRegistry {
	const connected = scene.connected( writeBack );
	const live = {
		connected: {
			...connected,
			brightpearl: {
				...connected.brightpearl,
				inLane: () => connected.brightpearl,
			},
		},
	};
	return {
		list: async () => [ live ],
		find: async () => live,
		all: async () => [],
	} as unknown as ConnectionsRegistry;
}

async function keysAfterStart(
	writeBack: Record< string, unknown >
): Promise< string[] > {
	const scheduler = createScheduler( {
		connections: registry( writeBack ),
		database: scene.database,
		clock: {
			now: () => scene.now(),
			sleep: async () => new Promise( () => {} ),
		},
		logger: memoryLogger(),
	} );
	await scheduler.refresh();
	await scheduler.start();
	return scene.tasks();
}

test( 'statuses of Brightpearl are asked for only where the shop follows them', async () => {
	expect( await keysAfterStart( { note: true } ) ).toEqual( [
		'main/deep-sweep:deep',
		'main/stock:pull',
		'main/sweep:changed',
		'main/watch:shop',
	] );
	await scene.advance( 6 * MINUTE );
	expect( await keysAfterStart( MAPPED ) ).toContain(
		'main/status-sweep:statuses'
	);
	await scene.advance( 6 * MINUTE );
	expect( await keysAfterStart( {} ) ).not.toContain(
		'main/status-sweep:statuses'
	);
} );

test( 'the tasks of both kinds come to their work', async () => {
	await scene.put( 1, NEW );
	const watched: string[] = [];
	const handle = createDispatch( registry( MAPPED ), undefined, {
		stops: async () => null,
		watch: async ( { name } ) => {
			watched.push( name );
			return ok( undefined );
		},
	} );
	for ( const kind of [ 'status-sweep', 'watch' ] as const ) {
		await scene.database.queue.enqueue( [
			{ key: `main/${ kind }:x`, kind, connection: 'main' },
		] );
		const task = await scene.database.queue.claim();
		if ( task === null ) {
			throw new Error( 'There is no task.' );
		}
		expect( await handle( task ) ).toEqual( { kind: 'done' } );
		await scene.database.queue.settle( task.lease, { kind: 'done' } );
	}
	expect( scene.askedSince ).toHaveLength( 1 );
	expect( watched ).toEqual( [ 'main' ] );
} );
