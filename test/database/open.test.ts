import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Database } from '../../src/contracts/database.ts';
import {
	ForeignDatabaseError,
	NewerDatabaseError,
	WrongKeyError,
} from '../../src/database/errors.ts';
import { migrate } from '../../src/database/migrate.ts';
import { MIGRATIONS } from '../../src/database/migrations/index.ts';
import { openDatabase } from '../../src/database/open.ts';
import { createSealer } from '../../src/database/sealer.ts';
import { openSqlite } from '../../src/database/sqlite/driver.ts';
import { connectionFile, SECRETS, TOKEN } from '../battery/samples.ts';
import { memoryLogger, seededRandom } from '../battery/bench.ts';
import {
	KEY,
	openSqliteBench,
	type SqliteBench,
} from '../battery/sqlite-bench.ts';

const OTHER_KEY = new Uint8Array( 32 ).fill( 9 );

describe( 'opening', () => {
	let bench: SqliteBench;

	beforeEach( async () => {
		bench = await openSqliteBench();
	} );
	afterEach( () => bench.destroy() );

	const open = ( key: Uint8Array ) =>
		openDatabase( {
			path: bench.path,
			key,
			clock: bench.clock,
			random: seededRandom(),
			logger: memoryLogger(),
			owner: 'test',
		} );

	/** Every byte the database keeps: the file, its log and what lies beside them. */
	const bytes = () => {
		const folder = dirname( bench.path );
		return Object.fromEntries(
			readdirSync( folder ).map( ( name ) => [
				name,
				readFileSync( join( folder, name ) ),
			] )
		);
	};

	/** What a pairing keeps secret, in every form it might be written in. */
	async function pair( { pairings }: Database ) {
		const [ secret, proofKey, sealKey ] = [ 'key', 'proof', 'seal' ].map(
			( label ) => createHash( 'sha256' ).update( label ).digest()
		) as [ Buffer, Buffer, Buffer ];
		await pairings.save( {
			connection: 'main',
			siteId: 'site',
			storeUrl: 'https://main.example.test',
			pluginVersion: '1',
			wpVersion: '1',
			wcVersion: '1',
			wooKeyId: null,
			webhookIds: [],
			since: '2026-01-01T00:00:00.000Z',
		} );
		await pairings.putKey( {
			keyId: 'k1',
			connection: 'main',
			secret,
			slot: 'current',
			createdAt: '2026-01-01T00:00:00.000Z',
			expiresAt: null,
		} );
		await pairings.addCode( {
			connection: null,
			proofKey,
			sealKey,
			expiresAt: bench.clock.now() + 1000,
		} );
		return [ secret, proofKey, sealKey ].flatMap( ( bytes ) => [
			bytes,
			bytes.toString( 'base64' ),
			bytes.toString( 'base64url' ),
			bytes.toString( 'hex' ),
		] );
	}

	test( 'no plain secret is in any file, before and after the log is folded in', async () => {
		const database = await bench.open();
		await database.connections.put( connectionFile( 'main' ) );
		const file = connectionFile( 'main' );
		await database.connections.put( {
			...file,
			store: {
				...file.store,
				previousWebhookSecret: {
					secret: 'wh_before-in-no-file-9',
					until: '2026-01-01T01:00:00.000Z',
				},
			},
		} );
		await database.connections.saveSettings( 'main', file.settings, {
			by: 'console',
			changes: [],
		} );
		await database.connections.saveToken( 'main', TOKEN );
		const bytesInNoFile = await pair( database );
		const look = () => {
			const files = bytes();
			for ( const [ name, content ] of Object.entries( files ) ) {
				for ( const secret of [
					...Object.values( SECRETS ),
					TOKEN.accessToken,
					TOKEN.refreshToken,
					'wh_before-in-no-file-9',
					...bytesInNoFile,
				] ) {
					expect( {
						name,
						found: content.includes( secret ),
					} ).toEqual( { name, found: false } );
				}
			}
			return Buffer.concat( Object.values( files ) ).includes(
				'main.example.test'
			);
		};
		expect( Object.keys( bytes() ) ).toContain( 'data.sqlite-wal' );
		expect( look() ).toBe( true );
		await database.close();
		expect( Object.keys( bytes() ) ).toEqual( [ 'data.sqlite' ] );
		expect( look() ).toBe( true );
	} );

	test( 'a sealed key that is copied to another key does not open', async () => {
		const database = await bench.open();
		await pair( database );
		await database.pairings.putKey( {
			keyId: 'k2',
			connection: 'main',
			secret: new Uint8Array( 32 ),
			slot: 'next',
			createdAt: '2026-01-01T00:00:00.000Z',
			expiresAt: null,
		} );
		const sqlite = openSqlite( bench.path );
		sqlite.exec(
			"update pairing_keys set sealed = (select sealed from pairing_keys where key_id = 'k1') where key_id = 'k2'"
		);
		sqlite.exec(
			'update pairing_codes set sealed_seal_key = sealed_proof_key'
		);
		sqlite.close();
		await expect( database.pairings.key( 'k2' ) ).rejects.toThrow();
		await expect( database.pairings.openCodes() ).rejects.toThrow();
		expect( await database.pairings.key( 'k1' ) ).not.toBeNull();
	} );

	test( 'the file is its owner’s alone', async () => {
		await bench.open();
		for ( const name of Object.keys( bytes() ) ) {
			expect(
				statSync( join( dirname( bench.path ), name ) ).mode & 0o077
			).toBe( 0 );
		}
	} );

	test( 'the wrong key is refused before anything is touched', async () => {
		const database = await bench.open();
		await database.connections.put( connectionFile( 'main' ) );
		await database.close();
		const before = bytes();
		await expect( open( OTHER_KEY ) ).rejects.toBeInstanceOf(
			WrongKeyError
		);
		expect( bytes()[ 'data.sqlite' ] ).toEqual( before[ 'data.sqlite' ] );
		const again = await bench.open();
		expect( ( await again.connections.find( 'main' ) )?.file ).toEqual(
			connectionFile( 'main' )
		);
	} );

	test( 'also after a kill, when the log is not folded in yet', async () => {
		const database = await bench.open();
		await database.connections.put( connectionFile( 'main' ) );
		const before = bytes();
		await expect( open( OTHER_KEY ) ).rejects.toBeInstanceOf(
			WrongKeyError
		);
		const after = bytes();
		expect( after[ 'data.sqlite' ] ).toEqual( before[ 'data.sqlite' ] );
		expect( after[ 'data.sqlite-wal' ] ).toEqual(
			before[ 'data.sqlite-wal' ]
		);
	} );

	test( 'a database of a newer version is refused, and left as it is', async () => {
		await ( await bench.open() ).close();
		const sqlite = openSqlite( bench.path );
		sqlite.exec( "insert into migrations values (999, 'future', '')" );
		sqlite.close();
		const before = bytes()[ 'data.sqlite' ];
		const refusal = open( KEY );
		await expect( refusal ).rejects.toBeInstanceOf( NewerDatabaseError );
		await expect( refusal ).rejects.toThrow( '999' );
		expect( bytes()[ 'data.sqlite' ] ).toEqual( before );
	} );

	test( 'somebody else’s file is refused, and left as it is', async () => {
		writeFileSync( bench.path, 'Dear diary, '.repeat( 1000 ) );
		await expect( open( KEY ) ).rejects.toBeInstanceOf(
			ForeignDatabaseError
		);
		expect( readFileSync( bench.path, 'utf8' ) ).toMatch( /^Dear diary/ );
	} );

	test( 'so is another program’s database', async () => {
		const sqlite = openSqlite( bench.path );
		sqlite.exec( 'create table bookmarks (url text)' );
		sqlite.close();
		await expect( open( KEY ) ).rejects.toBeInstanceOf(
			ForeignDatabaseError
		);
	} );

	test( 'migrations run once, in order, in one transaction', async () => {
		const sealer = createSealer( KEY );
		const sqlite = openSqlite( bench.path );
		const [ initial ] = MIGRATIONS;
		if ( ! initial ) {
			throw new Error( 'There is no migration.' );
		}
		const broken = [
			initial,
			{ version: 2, name: 'second', sql: 'create table second (x text)' },
			{
				version: 3,
				name: 'third',
				sql: 'insert into second values (1); insert into nowhere values (1)',
			},
		];
		const tables = () =>
			sqlite
				.query( "select name from sqlite_master where type = 'table'" )
				.rows.map( ( row ) => row.name );
		const bringTo = ( migrations: typeof broken ) =>
			migrate(
				bench.path,
				sqlite,
				sealer,
				'2026-01-01T00:00:00.000Z',
				migrations
			);
		try {
			expect( () => bringTo( broken ) ).toThrow( 'nowhere' );
			expect( tables() ).toEqual( [] );
			bringTo( broken.slice( 0, 1 ) );
			expect( () => bringTo( broken ) ).toThrow( 'nowhere' );
			expect( tables() ).not.toContain( 'second' );
			bringTo( broken.slice( 0, 2 ) );
			bringTo( broken.slice( 0, 2 ) );
			expect(
				sqlite.query(
					'select version, name from migrations order by version'
				).rows
			).toEqual( [
				expect.objectContaining( { version: 1, name: 'initial' } ),
				expect.objectContaining( { version: 2, name: 'second' } ),
			] );
		} finally {
			sqlite.close();
		}
	} );

	test( 'their numbers rise by one', () => {
		expect( MIGRATIONS.map( ( migration ) => migration.version ) ).toEqual(
			MIGRATIONS.map( ( _, index ) => index + 1 )
		);
	} );

	test( 'closing twice is harmless', async () => {
		const database = await bench.open();
		await Promise.all( [ database.close(), database.close() ] );
		await expect( database.connections.list() ).rejects.toThrow();
	} );
} );
