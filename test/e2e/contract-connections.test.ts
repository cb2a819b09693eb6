/**
 * The command line's contract, §2: `connection.json` and the commands about connections.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
	openConnectionScene,
	pathsOf,
	type ConnectionScene,
} from './contract/connection-scene.ts';
import { expectDocument, expectError } from './contract/documents.ts';
import type { Tree } from './contract/program.ts';

let scene: ConnectionScene;
let stage: ConnectionScene[ 'stage' ];
let gb: ConnectionScene[ 'gb' ];
let us: ConnectionScene[ 'us' ];
let bench: ConnectionScene[ 'bench' ];
let dir: string;
beforeAll( async () => {
	scene = await openConnectionScene();
	stage = scene.stage;
	gb = scene.gb;
	us = scene.us;
	bench = scene.bench;
	dir = scene.dir;
} );
afterAll( async () => {
	await scene.end();
} );

const fileOf: ConnectionScene[ 'fileOf' ] = ( ...given ) =>
	scene.fileOf( ...given );
const cli: ConnectionScene[ 'cli' ] = ( ...given ) => scene.cli( ...given );
const add: ConnectionScene[ 'add' ] = ( ...given ) => scene.add( ...given );
const apart: ConnectionScene[ 'apart' ] = ( ...given ) =>
	scene.apart( ...given );

describe( 'connection add', () => {
	test( 'stores what it is given and calls nobody; secrets are never shown', async () => {
		const before = [
			await stage.shop.lastRequest(),
			await stage.brightpearl.lastRequest(),
		];
		const path = join( dir, 'connection.json' );
		const file = fileOf( 'first', {
			brightpearl: { installationInstanceId: '11' },
			settings: { goLive: '2026-01-01T02:00:00+02:00' },
		} );
		// As editors on Windows write it.
		await writeFile(
			path,
			`\uFEFF${ JSON.stringify( file, null, '\t' ) }\r\n`
		);
		const added = expectDocument(
			'connection',
			await cli( [ 'connection', 'add', '--file', path ] )
		);
		expect( added ).toMatchObject( {
			name: 'first',
			live: true,
			store: {
				type: 'woocommerce',
				url: stage.shop.url,
				auth: 'oauth1',
				keyTail: stage.shop.consumerKey.slice( -4 ),
			},
			brightpearl: {
				account: 'sandbox-gb',
				apiDomain: gb.apiDomain,
				installationInstanceId: 11,
				auth: {
					type: 'private-app',
					appRef: gb.privateApp.appRef,
					clientId: null,
					devRef: null,
					tokenType: null,
					expiresAt: null,
					expiresIn: null,
				},
			},
			webhookUrl: null,
			paired: null,
		} );
		expect( added.settings.goLive ).toBe( '2026-01-01T00:00:00.000Z' );
		expect( [
			await stage.shop.lastRequest(),
			await stage.brightpearl.lastRequest(),
		] ).toEqual( before );
		expect(
			expectDocument( 'connection', await cli( 'connection show first' ) )
		).toEqual( added );
		expect(
			expectDocument( 'connectionList', await cli( 'connection list' ) )
				.items
		).toEqual( [ added ] );

		expectError( await add( file ), 2, 'connection-exists' );
		const replaced = expectDocument(
			'connection',
			await add(
				fileOf( 'first', {
					settings: { goLive: '2999-01-01T00:00:00Z' },
				} ),
				[ '--replace' ]
			)
		);
		expect( replaced ).toMatchObject( {
			live: false,
			brightpearl: { installationInstanceId: null },
		} );
	} );

	test( 'names every required key that is missing', async () => {
		const error = expectError(
			await add( { store: {}, brightpearl: {} } ),
			2,
			'invalid-config'
		);
		expect( pathsOf( error.details ) ).toEqual( [
			'brightpearl.account',
			'brightpearl.apiDomain',
			'brightpearl.auth',
			'name',
			'store.consumerKey',
			'store.consumerSecret',
			'store.type',
			'store.url',
		] );
	} );

	test( 'tells all faults of a file at once, by path and never by value', async () => {
		const result = await add( {
			name: 'No Spaces',
			store: {
				type: 'magento',
				url: 'ftp://user:pass-word@shop.example',
				consumerKey: '',
				consumerSecret: { env: 'A', file: 'B' },
				webhooksecret: 'whsec',
			},
			brightpearl: {
				account: 'Acme Shop',
				apiDomain: 'https://evil.example',
				oauthUrl: 'https://evil.example/oauth',
				auth: {
					type: 'private-app',
					accountToken: 12345678,
					devRef: 'x',
				},
			},
			settings: {
				goLive: 'soon',
				orders: {
					delay: '5',
					roundingLimit: 0.05,
					refPrefix: 'Acme',
					tax: [ { percent: 20 } ],
				},
				stock: { warehouse: 2, buffer: -1 },
				webhooks: 'none',
			},
			setings: {},
		} );
		const error = expectError( result, 2, 'invalid-config' );
		expect( pathsOf( error.details ) ).toEqual( [
			'brightpearl.account',
			'brightpearl.apiDomain',
			'brightpearl.auth.accountToken',
			'brightpearl.auth.appRef',
			'brightpearl.auth.devRef',
			'brightpearl.oauthUrl',
			'name',
			'setings',
			'settings.goLive',
			'settings.orders.delay',
			'settings.orders.refPrefix',
			'settings.orders.roundingLimit',
			'settings.orders.tax.0.code',
			'settings.orders.tax.0.percent',
			'settings.stock.buffer',
			'settings.stock.warehouse',
			'settings.webhooks',
			'store.consumerKey',
			'store.consumerSecret',
			'store.type',
			'store.url',
			'store.webhooksecret',
		] );
		expect( result.stdout ).not.toMatch( /12345678|pass-word/ );
		expectError(
			await cli( 'connection show no-spaces' ),
			6,
			'unknown-connection'
		);
	} );

	test( 'a file that is not there or is no JSON is exit 2', async () => {
		expectError(
			await cli( [ 'connection', 'add', '--file', join( dir, 'none' ) ] ),
			2,
			'unreadable-file'
		);
		expectError( await cli( 'connection add' ), 2, 'missing-argument' );
		const error = expectError(
			await bench.cli(
				[ 'connection', 'add', '--file', '-' ],
				'{\n "name": main }'
			),
			2,
			'invalid-json'
		);
		expect( error.details ).toEqual( [
			{ path: 'line 2, column 10', message: expect.any( String ) },
		] );
	} );

	test( 'each way to sign in, and each address that may be reached', async () => {
		const token = { type: 'oauth', clientId: 'app', devRef: 'dev' };
		const accepted: [ string, Tree, Tree? ][] = [
			[
				'bare-host',
				{ apiDomain: 'euw1.brightpearlconnect.com', sandbox: false },
			],
			[
				'own-host',
				{ apiDomain: 'ws-eu1.brightpearl.com', sandbox: undefined },
			],
			[
				'staff',
				{ auth: { type: 'staff-token', appRef: 'a', staffToken: 't' } },
			],
			[
				'consent',
				{ auth: token, apiDomain: undefined, oauthUrl: undefined },
			],
			[
				'whole-oauth',
				{
					auth: {
						...token,
						clientSecret: 's',
						refreshToken: 'r',
						accessToken: 'a',
						expiresAt: '2026-01-01T00:00:00Z',
					},
				},
			],
			[ 'loopback', { oauthUrl: 'http://127.0.0.1:9700/oauth' } ],
			[ 'path', {}, { url: 'https://shop.example.test/blog/' } ],
		];
		for ( const [ name, brightpearl, store = {} ] of accepted ) {
			const shown = expectDocument(
				'connection',
				await add(
					fileOf( name, { brightpearl, store } ),
					[],
					apart( 'ways' )
				)
			);
			expect( shown.store.auth ).toBe(
				name === 'path' ? 'basic' : 'oauth1'
			);
			expect( shown.brightpearl?.apiDomain ).toBe(
				name === 'consent'
					? null
					: ( brightpearl[ 'apiDomain' ] ?? gb.apiDomain )
			);
		}
		const refused: [ Tree, string ][] = [
			[
				{ apiDomain: gb.apiDomain, sandbox: false },
				'brightpearl.apiDomain',
			],
			[
				{ apiDomain: 'brightpearl.com.evil.example' },
				'brightpearl.apiDomain',
			],
			[
				{ apiDomain: 'https://euw1.brightpearlconnect.com' },
				'brightpearl.apiDomain',
			],
			[
				{ apiDomain: 'euw1.brightpearlconnect.com/x' },
				'brightpearl.apiDomain',
			],
			[ { apiDomain: undefined }, 'brightpearl.apiDomain' ],
			[
				{ auth: { ...token, refreshToken: 'r' }, apiDomain: undefined },
				'brightpearl.apiDomain',
			],
			[ { auth: { type: 'basic' } }, 'brightpearl.auth.type' ],
		];
		await Promise.all(
			refused.map( async ( [ brightpearl, path ] ) => {
				const error = expectError(
					await add(
						fileOf( 'refused', { brightpearl } ),
						[],
						apart( 'refused' )
					),
					2,
					'invalid-config'
				);
				expect( pathsOf( error.details ) ).toEqual( [ path ] );
			} )
		);
	} );

	test( 'webhookUrl is made from the public address, with its path', async () => {
		const options = apart( 'public', {
			PEARLBRIDGE_PUBLIC_URL: 'https://hooks.example.test/pearl/',
		} );
		expect(
			expectDocument(
				'connection',
				await add( fileOf( 'main' ), [], options )
			).webhookUrl
		).toBe( 'https://hooks.example.test/pearl/webhooks/woocommerce/main' );
		const service = await bench.start(
			[ 'serve', '--port', '0' ],
			options
		);
		const shown = await cli( 'connection show main', apart( 'public' ) );
		await service.stop();
		expect( expectDocument( 'connection', shown ).webhookUrl ).toBe(
			'https://hooks.example.test/pearl/webhooks/woocommerce/main'
		);
	} );
} );

describe( 'connections by name', () => {
	const options = () => apart( 'several' );

	test( 'one may be left out, of several one is named', async () => {
		expectError(
			await cli( 'settings get', options() ),
			6,
			'unknown-connection'
		);
		expectDocument(
			'connection',
			await add( fileOf( 'one' ), [], options() )
		);
		expectDocument( 'settings', await cli( 'settings get', options() ) );
		expectDocument(
			'connection',
			await add( fileOf( 'two' ), [], options() )
		);
		const error = expectError(
			await cli( 'settings get', options() ),
			2,
			'connection-missing'
		);
		expect( error.fix ).toMatch( /one, two/ );
		expectDocument(
			'settings',
			await cli( 'settings get --connection two', options() )
		);
		expectError(
			await cli( 'connection show three', options() ),
			6,
			'unknown-connection'
		);
		const { items } = expectDocument(
			'connectionList',
			await cli( 'connection list', options() )
		);
		expect( items.map( ( { name } ) => name ) ).toEqual( [ 'one', 'two' ] );
	} );

	test( 'the reference prefix is unique in an account', async () => {
		const same = { settings: { orders: { refPrefix: 'one' } } };
		expectError(
			await add( fileOf( 'three', same ), [], options() ),
			2,
			'prefix-taken'
		);
		expectError(
			await cli(
				'settings set --connection two orders.refPrefix=one',
				options()
			),
			2,
			'prefix-taken'
		);
		expectDocument(
			'connection',
			await add(
				fileOf( 'three', {
					...same,
					brightpearl: { account: us.account },
				} ),
				[],
				options()
			)
		);
	} );

	test( 'connection remove needs --yes and takes it away', async () => {
		expectError(
			await cli( 'connection remove two', options() ),
			2,
			'not-confirmed'
		);
		expect(
			expectDocument(
				'connectionRemoved',
				await cli( 'connection remove two --yes', options() )
			)
		).toEqual( { removed: 'two' } );
		expectError(
			await cli( 'connection remove two --yes', options() ),
			6,
			'unknown-connection'
		);
	} );
} );

test( 'nothing printed held a secret', () => {
	expect( scene.leaks() ).toEqual( [] );
} );
