/**
 * The command line's contract, §2 and §4: `connection check`, and secrets that lie elsewhere.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
	openConnectionScene,
	type ConnectionScene,
} from './contract/connection-scene.ts';
import { expectDocument, expectError } from './contract/documents.ts';
import type { FileParts } from './contract/program.ts';

let scene: ConnectionScene;
let stage: ConnectionScene[ 'stage' ];
let gb: ConnectionScene[ 'gb' ];
let us: ConnectionScene[ 'us' ];
let dir: string;
beforeAll( async () => {
	scene = await openConnectionScene();
	stage = scene.stage;
	gb = scene.gb;
	us = scene.us;
	dir = scene.dir;
} );
afterAll( async () => {
	await scene.end();
} );

const fileOf: ConnectionScene[ 'fileOf' ] = ( ...given ) =>
	scene.fileOf( ...given );
const privateApp = () => scene.privateApp();
const cli: ConnectionScene[ 'cli' ] = ( ...given ) => scene.cli( ...given );
const add: ConnectionScene[ 'add' ] = ( ...given ) => scene.add( ...given );
const apart: ConnectionScene[ 'apart' ] = ( ...given ) =>
	scene.apart( ...given );

/** Where nobody listens. */
const NOWHERE = 'http://127.0.0.1:9';

describe( 'connection check', () => {
	const options = ( dataDir = 'check' ) => apart( dataDir );
	const check = async (
		change: FileParts,
		exit: number,
		dataDir?: string
	) => {
		await add(
			fileOf( 'main', change ),
			[ '--replace' ],
			options( dataDir )
		);
		return expectDocument(
			'connectionCheck',
			await cli( 'connection check main', options( dataDir ) ),
			exit
		);
	};
	const errors = ( {
		findings,
	}: Awaited< ReturnType< typeof check > > ): string[] =>
		findings
			.filter( ( { level } ) => level === 'error' )
			.map(
				( { side, code, fix } ) =>
					`${ side } ${ code }${ fix === null ? ' without a fix' : '' }`
			);

	test( 'asks both sides and writes nothing', async () => {
		const before = [
			await stage.shop.lastRequest(),
			await stage.brightpearl.lastRequest(),
		] as const;
		const answer = await check(
			{ brightpearl: { installationInstanceId: 11 } },
			0
		);
		expect( answer ).toMatchObject( {
			name: 'main',
			ok: true,
			store: {
				name: 'Harbour & Pine',
				version: expect.any( String ),
				timeZone: 'Europe/London',
				currency: 'GBP',
			},
			brightpearl: {
				account: 'sandbox-gb',
				baseCurrency: 'GBP',
				timeZone: 'Europe/London',
				taxScheme: 'VAT',
				channels: expect.arrayContaining( [
					{ id: 7, name: 'Web store' },
				] ),
				requestsRemaining: expect.any( Number ),
			},
		} );
		expect(
			new Set( answer.findings.map( ( { side } ) => side ) )
		).toEqual( new Set( [ 'store', 'brightpearl' ] ) );
		const asked = [
			...( await stage.shop.requests( before[ 0 ] ) ),
			...( await stage.brightpearl.requests( before[ 1 ] ) ),
		];
		expect( asked.length ).toBeGreaterThan( 4 );
		expect( asked.filter( ( { method } ) => method !== 'GET' ) ).toEqual(
			[]
		);
	} );

	test( 'warns where Brightpearl does not de-duplicate', async () => {
		const { findings, ok } = await check( {}, 0 );
		expect( ok ).toBe( true );
		expect( findings ).toContainEqual(
			expect.objectContaining( { side: 'brightpearl', level: 'warning' } )
		);
	} );

	test( 'works with a staff token', async () => {
		const { appRef, staffToken } = gb.privateApp;
		const { ok } = await check(
			{
				brightpearl: {
					auth: { type: 'staff-token', appRef, staffToken },
				},
			},
			0
		);
		expect( ok ).toBe( true );
	} );

	test( 'works with OAuth, and the connection then shows what the token answer said', async () => {
		const { clientId, clientSecret, devRef, refreshToken } = us.oauth;
		const brightpearl = {
			account: us.account,
			oauthUrl: us.oauthUrl,
			apiDomain: 'http://127.0.0.1:9',
			auth: {
				type: 'oauth',
				clientId,
				clientSecret,
				devRef,
				refreshToken,
			},
		};
		const { ok } = await check( { brightpearl }, 0 );
		expect( ok ).toBe( true );
		const shown = expectDocument(
			'connection',
			await cli( 'connection show main', options() )
		);
		expect( shown.brightpearl ).toMatchObject( {
			account: us.account,
			apiDomain: new URL( us.apiDomain ).host,
			installationInstanceId: us.installationInstanceId,
			auth: {
				type: 'oauth',
				appRef: null,
				clientId,
				devRef,
				tokenType: expect.any( String ),
			},
		} );
		const { expiresAt, expiresIn } = shown.brightpearl!.auth;
		expect(
			Math.abs(
				Date.parse( expiresAt! ) - Date.now() - expiresIn! * 1000
			)
		).toBeLessThan( 60000 );
		const status = expectDocument(
			'status',
			await cli( 'status', options() )
		);
		expect( status.connections[ 0 ]?.token ).toEqual( { expiresAt } );
	} );

	test( 'exits 3 on an error finding, and on nothing else', async () => {
		const secret = { file: join( dir, 'nowhere' ) };
		const wrong: Record< string, FileParts > = {
			key: { store: { consumerKey: `ck_${ '0'.repeat( 40 ) }` } },
			token: {
				brightpearl: {
					auth: { ...privateApp(), accountToken: 'wrong' },
				},
			},
			down: { store: { url: NOWHERE } },
			dead: { brightpearl: { apiDomain: NOWHERE } },
			secret: {
				brightpearl: {
					auth: { ...privateApp(), accountToken: secret },
				},
			},
		};
		const found = Object.fromEntries(
			await Promise.all(
				Object.entries( wrong ).map( async ( [ name, change ] ) => [
					name,
					errors( await check( change, 3, `check-${ name }` ) ),
				] )
			)
		) as Record< string, string[] >;
		expect( found ).toEqual( {
			key: [ 'store credentials-store' ],
			token: [ 'brightpearl credentials-brightpearl' ],
			down: [ 'store store-unreachable' ],
			dead: [
				expect.stringMatching(
					/^brightpearl (service|brightpearl)-unreachable$/
				),
			],
			secret: [ 'brightpearl secret-unreadable' ],
		} );
		expectError(
			await cli( 'connection check other', options() ),
			6,
			'unknown-connection'
		);
	} );
} );

describe( 'secrets that lie elsewhere', () => {
	test( 'are read at use, so that they can be rotated; shown is only the tail of a key in the file', async () => {
		const path = join( dir, 'token' );
		const options = apart( 'pointers', {
			WOO_KEY: stage.shop.consumerKey,
			WOO_SECRET: stage.shop.consumerSecret,
		} );
		const file = fileOf( 'main', {
			store: {
				consumerKey: { env: 'WOO_KEY' },
				consumerSecret: { env: 'WOO_SECRET' },
			},
			brightpearl: {
				auth: { ...privateApp(), accountToken: { file: path } },
			},
		} );
		// `add` stores it all the same.
		expect(
			expectDocument( 'connection', await add( file, [], options ) ).store
				.keyTail
		).toBeNull();

		const unreadable = expectError(
			await cli( 'stock explain OSB-01', options ),
			2,
			'secret-unreadable'
		);
		expect( unreadable.message ).toContain( path );
		await writeFile( path, `${ gb.privateApp.accountToken }\n` );
		expectDocument(
			'explain',
			await cli( 'stock explain OSB-01', options )
		);
		await writeFile( path, 'rotated' );
		expectError(
			await cli( 'stock explain OSB-01', options ),
			4,
			'credentials-brightpearl'
		);
	} );

	test( 'unreadable ones are exit 2 for whatever needs them', async () => {
		const options = apart( 'unreadable' );
		await add(
			fileOf( 'main', { store: { consumerSecret: { env: 'NOT_SET' } } } ),
			[],
			options
		);
		const lines = [
			'orders push 5001',
			'orders push 5001 --dry-run',
			'orders sweep',
			'orders backfill --from 2026-01-01 --to 2026-01-02',
			'stock pull',
			'stock pull --dry-run',
			'stock explain OSB-01',
		];
		await Promise.all(
			lines.map( async ( line ) => {
				const error = expectError(
					await cli( line, options ),
					2,
					'secret-unreadable'
				);
				expect( error.message ).toContain( 'NOT_SET' );
			} )
		);
		// What needs none goes on.
		expectDocument( 'status', await cli( 'status', options ) );
		expectDocument( 'orderList', await cli( 'orders list', options ) );
	} );
} );

test( 'nothing printed held a secret', () => {
	expect( scene.leaks() ).toEqual( [] );
} );
