/** The live parts of connections: which client is closed, and when. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Brightpearl } from '../../src/brightpearl/api.ts';
import { systemClock, systemRandom } from '../../src/cli/system.ts';
import {
	connectionRecordSchema,
	type ConnectionRecord,
} from '../../src/contracts/connection.ts';
import type { Database } from '../../src/contracts/database.ts';
import type { Store } from '../../src/contracts/store.ts';
import { openDatabase } from '../../src/database/open.ts';
import {
	createConnections,
	type ConnectionsRegistry,
} from '../../src/flows/connections.ts';
import { createEvents } from '../../src/flows/events.ts';
import { createLogger } from '../../src/logging.ts';
import { refusing } from '../helpers/fakes/refusing.ts';

let dir: string;
let database: Database;
let connections: ConnectionsRegistry;
/** `main 1`: of which connection, and which of its clients. */
let made: string[];
let closed: string[];
beforeEach( async () => {
	dir = mkdtempSync( join( tmpdir(), 'pearlbridge-connections-' ) );
	const world = {
		clock: systemClock,
		random: systemRandom,
		logger: createLogger( { level: 'silent' } ),
		fetch: () => Promise.reject( new Error( 'nobody is asked' ) ),
	};
	database = await openDatabase( {
		...world,
		path: join( dir, 'pearlbridge.db' ),
		key: new Uint8Array( 32 ).fill( 7 ),
		owner: 'test',
	} );
	made = [];
	closed = [];
	connections = createConnections( {
		database,
		world,
		events: createEvents(),
		makeStore: () => refusing< Store >( {}, 'no shop' ),
		makeBrightpearl( { file } ) {
			const before = made.filter( ( one ) =>
				one.startsWith( file.name )
			);
			const name = `${ file.name } ${ before.length + 1 }`;
			made.push( name );
			return refusing< Brightpearl >(
				{ close: () => void closed.push( name ) },
				'nobody is asked'
			);
		},
	} );
} );
afterEach( async () => {
	await database.close();
	rmSync( dir, { recursive: true } );
} );

async function put( name: string, reserve = 0 ): Promise< ConnectionRecord > {
	const record = connectionRecordSchema.parse( {
		name,
		store: {
			type: 'woocommerce',
			url: `https://${ name }.example.test`,
			consumerKey: 'ck_test',
			consumerSecret: 'cs_test',
		},
		brightpearl: {
			account: 'acme',
			apiDomain: 'euw1.brightpearlconnect.com',
			auth: {
				type: 'private-app',
				appRef: 'acme_test',
				accountToken: 'token',
			},
		},
		settings: { budget: { reserve } },
	} );
	await database.connections.put( record );
	connections.changed();
	return record;
}

test( 'a client is made once, and anew when its settings changed; who has the old one goes on', async () => {
	await put( 'main' );
	await put( 'second' );
	await connections.list();
	await connections.list();
	expect( made ).toEqual( [ 'main 1', 'second 1' ] );
	const before = await connections.find( 'main' );

	await put( 'main', 20 );
	const after = await connections.find( 'main' );
	expect( after ).not.toBe( before );
	expect( made ).toEqual( [ 'main 1', 'second 1', 'main 2' ] );
	expect( closed ).toEqual( [] );

	connections.close();
	expect( closed.sort() ).toEqual( [ 'main 1', 'main 2', 'second 1' ] );
	expect( before?.connected.settings.budget.reserve ).toBe( 0 );
} );

test( 'one that is removed is closed at once, and alone', async () => {
	await put( 'main' );
	await put( 'second' );
	await connections.list();
	await database.connections.remove( 'main' );
	connections.changed();
	expect( await connections.find( 'main' ) ).toBeNull();
	expect( closed ).toEqual( [ 'main 1' ] );
	connections.close();
	expect( closed ).toEqual( [ 'main 1', 'second 1' ] );
} );

test( 'one that lacks something again is closed, and made anew when it is complete', async () => {
	const record = await put( 'main' );
	await connections.list();
	await database.connections.put( { ...record, brightpearl: null } );
	connections.changed();
	expect( await connections.find( 'main' ) ).toBeNull();
	expect( closed ).toEqual( [ 'main 1' ] );
	await put( 'main' );
	expect( await connections.find( 'main' ) ).not.toBeNull();
	expect( made ).toEqual( [ 'main 1', 'main 2' ] );
} );
