/**
 * The command line's contract, §2: `connection.json`, its secrets and its settings.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectDocument, expectError } from './contract/documents.ts';
import {
	createBench,
	type Bench,
	type CliResult,
	type RunOptions,
} from './harness.ts';
import { openStage, type SandboxAccount, type Stage } from './kit.ts';

/** Where nobody listens. */
const NOWHERE = 'http://127.0.0.1:9';

type Tree = { readonly [ key: string ]: unknown };

let stage: Stage;
let gb: SandboxAccount;
let us: SandboxAccount;
let bench: Bench;
let dir: string;

beforeAll( async () => {
	stage = await openStage();
	gb = stage.brightpearl.account( 'sandbox-gb' );
	us = stage.brightpearl.account( 'sandbox-us' );
	bench = await createBench();
	dir = await mkdtemp( join( tmpdir(), 'pearl-secrets-' ) );
} );
afterAll( async () => {
	await bench.end();
	await stage.end();
	await rm( dir, { recursive: true, force: true } );
} );

const privateApp = () => ( {
	type: 'private-app',
	appRef: gb.privateApp.appRef,
	accountToken: gb.privateApp.accountToken,
} );

/** A file that fits both sandboxes; the parts given replace those of the same name. */
function fileOf(
	name: string,
	change: { store?: Tree; brightpearl?: Tree; settings?: Tree } = {}
) {
	const { consumerKey, consumerSecret, webhookSecret, url } = stage.shop;
	return {
		name,
		store: {
			type: 'woocommerce',
			url,
			consumerKey,
			consumerSecret,
			webhookSecret,
			...change.store,
		},
		brightpearl: {
			account: gb.account,
			apiDomain: gb.apiDomain,
			sandbox: true,
			auth: privateApp(),
			...change.brightpearl,
		},
		settings: change.settings ?? { orders: { refPrefix: name } },
	};
}

/** Everything printed in this file, for secrets. */
const printed: string[] = [];

async function cli(
	line: string | readonly string[],
	options?: RunOptions
): Promise< CliResult > {
	const result = await bench.cli(
		typeof line === 'string' ? line.split( ' ' ) : line,
		undefined,
		options
	);
	printed.push( result.stdout, result.stderr );
	return result;
}

async function add(
	file: unknown,
	flags: readonly string[] = [],
	options?: RunOptions
): Promise< CliResult > {
	const result = await bench.cli(
		[ 'connection', 'add', '--file', '-', ...flags ],
		JSON.stringify( file ),
		options
	);
	printed.push( result.stdout, result.stderr );
	return result;
}

/** A data dir of its own, so that connections do not disturb each other. */
const apart = (
	name: string,
	env: Record< string, string > = {}
): RunOptions => ( {
	env: { PEARLBRIDGE_DATA_DIR: join( dir, name ), ...env },
} );

const pathsOf = ( details: readonly { path: string }[] | null ): string[] =>
	( details ?? [] ).map( ( { path } ) => path ).sort();

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

describe( 'settings', () => {
	const options = () => apart( 'settings' );
	const get = ( key = '' ) =>
		cli( [ 'settings', 'get', ...( key ? [ key ] : [] ) ], options() );
	const set = ( ...changes: string[] ) =>
		cli( [ 'settings', 'set', ...changes ], options() );

	test( 'have the defaults of the table', async () => {
		const shown = expectDocument(
			'connection',
			await add(
				fileOf( 'main', {
					store: {
						url: 'https://www.Müller-Söhne.example.test:8443/shop',
					},
					settings: {},
				} ),
				[],
				options()
			)
		);
		expect( shown.live ).toBe( false );
		expect( expectDocument( 'settings', await get() ) ).toEqual(
			shown.settings
		);
		expect( shown.settings ).toEqual( {
			goLive: null,
			orders: {
				refPrefix: expect.stringMatching( /^[a-z0-9-]{24}$/ ),
				channelId: null,
				warehouseId: null,
				priceListId: null,
				leadSourceId: null,
				status: { processing: null, completed: null, 'on-hold': null },
				payments: {},
				shipping: { '*': 0 },
				tax: [],
				taxDefault: null,
				nominal: {},
				discounts: 'net',
				missingSku: 'hold',
				roundingLimit: '0.05',
				allocate: true,
				delay: '0s',
				cancelPaid: 'hold',
			},
			sweep: { every: '5m', overlap: '2m', deep: '24h' },
			stock: {
				every: '10m',
				warehouses: null,
				buffer: 0,
				minimum: 0,
				maximum: null,
				breaker: { percent: 20, minimum: 20 },
			},
			webhooks: 'auto',
			budget: { reserve: 0 },
		} );
	} );

	test( 'the prefix is the host without www. and port, cut to 24', async () => {
		const prefixOf = async ( url: string ): Promise< string | null > =>
			expectDocument(
				'connection',
				await add(
					fileOf( 'main', { store: { url }, settings: {} } ),
					[ '--replace' ],
					apart( 'prefix' )
				)
			).settings.orders.refPrefix;
		expect(
			await prefixOf( 'https://www.shop.example.test:8443/blog' )
		).toBe( 'shop-example-test' );
		expect( await prefixOf( 'http://127.0.0.1:9701' ) ).toBe( '127-0-0-1' );
		expect(
			await prefixOf( 'https://a-very-long-name-of-a-shop.example' )
		).toBe( 'a-very-long-name-of-a-sh' );
	} );

	test( 'set reads JSON or else text, get reads by dotted path', async () => {
		const changed = expectDocument(
			'settings',
			await set(
				'goLive=2026-11-21T09:00:00Z',
				'orders.channelId=7',
				'orders.refPrefix=acme',
				'orders.payments.stripe=CARD',
				'orders.payments.cod=1200',
				'orders.shipping={"flat_rate:2":3}',
				'orders.shipping.free_shipping:6=4',
				'orders.tax=[{"percent":"20","class":"reduced-rate","country":"GB","state":"","label":"VAT","code":"T20"}]',
				'orders.taxDefault=T9',
				'orders.status.pending=2',
				'orders.nominal.sales=4000',
				'orders.missingSku={"productId":1001}',
				'orders.roundingLimit=0.10',
				'orders.allocate=false',
				'orders.discounts=rows',
				'orders.cancelPaid=reverse',
				'orders.delay=10m',
				'sweep.every=500ms',
				'stock.warehouses=[2,3]',
				'stock.maximum=100',
				'stock.minimum=-5',
				'stock.breaker.percent=50',
				'webhooks=manual',
				'budget.reserve=20'
			)
		);
		expect( changed ).toMatchObject( {
			goLive: '2026-11-21T09:00:00.000Z',
			orders: {
				channelId: 7,
				refPrefix: 'acme',
				payments: { stripe: 'CARD', cod: '1200' },
				shipping: { 'flat_rate:2': 3, 'free_shipping:6': 4 },
				tax: [
					{
						percent: '20',
						class: 'reduced-rate',
						country: 'GB',
						state: '',
						label: 'VAT',
						code: 'T20',
					},
				],
				taxDefault: 'T9',
				status: {
					processing: null,
					completed: null,
					'on-hold': null,
					pending: 2,
				},
				nominal: { sales: '4000' },
				missingSku: { productId: 1001 },
				roundingLimit: '0.10',
				allocate: false,
				discounts: 'rows',
				cancelPaid: 'reverse',
				delay: '10m',
			},
			sweep: { every: '500ms' },
			stock: {
				warehouses: [ 2, 3 ],
				maximum: 100,
				minimum: -5,
				breaker: { percent: 50, minimum: 20 },
			},
			webhooks: 'manual',
			budget: { reserve: 20 },
		} );
		// An object that is given replaces the default one.
		expect( changed.orders.shipping ).not.toHaveProperty( '*' );
		const reads = [
			[ 'orders.payments.cod', '1200' ],
			[ 'orders.shipping.flat_rate:2', 3 ],
			[ 'orders.payments.unset', null ],
			[ 'stock.breaker', { percent: 50, minimum: 20 } ],
			[ 'goLive', '2026-11-21T09:00:00.000Z' ],
		] as const;
		for ( const [ key, value ] of reads ) {
			expect( await get( key ) ).toMatchObject( {
				code: 0,
				json: value,
			} );
		}
	} );

	test( 'null resets', async () => {
		const reset = expectDocument(
			'settings',
			await set(
				'goLive=null',
				'orders.refPrefix=null',
				'orders.payments=null',
				'orders.shipping=null',
				'orders.status=null',
				'orders.roundingLimit=null',
				'orders.allocate=null',
				'sweep=null',
				'stock.breaker.percent=null',
				'stock.maximum=null',
				'webhooks=null'
			)
		);
		expect( reset ).toMatchObject( {
			goLive: null,
			orders: {
				refPrefix: expect.stringMatching( /^[a-z0-9-]{24}$/ ),
				payments: {},
				shipping: { '*': 0 },
				status: { processing: null, completed: null, 'on-hold': null },
				roundingLimit: '0.05',
				allocate: true,
			},
			sweep: { every: '5m', overlap: '2m', deep: '24h' },
			stock: { breaker: { percent: 20, minimum: 20 }, maximum: null },
			webhooks: 'auto',
		} );
		expect( reset.orders.status ).not.toHaveProperty( 'pending' );
		// Off is a value of its own here, not the default.
		expect(
			expectDocument( 'settings', await set( 'stock.every=null' ) ).stock
				.every
		).toBeNull();
	} );

	test( 'faults are told all at once, and nothing of the command is done', async () => {
		const before = expectDocument( 'settings', await get() );
		const unknown = expectError(
			await set( 'budget.reserve=1', 'sweep.evry=7m', 'stock.bufer=1' ),
			2,
			'invalid-settings'
		);
		expect( pathsOf( unknown.details ) ).toEqual( [
			'stock.bufer',
			'sweep.evry',
		] );
		const wrong = expectError(
			await set(
				'budget.reserve=1',
				'sweep.every=often',
				'stock.buffer=-1',
				'orders.delay=10',
				'goLive=2026-11-21'
			),
			2,
			'invalid-settings'
		);
		expect( pathsOf( wrong.details ) ).toEqual( [
			'goLive',
			'orders.delay',
			'stock.buffer',
			'sweep.every',
		] );
		expectError( await set( 'budget.reserve' ), 2, 'invalid-argument' );
		expectError( await get( 'stock.bufer' ), 2, 'unknown-setting' );
		expectError( await get( 'constructor' ), 2, 'unknown-setting' );
		expect( await get( 'orders.payments.constructor' ) ).toMatchObject( {
			code: 0,
			json: null,
			stdout: 'null\n',
		} );
		expect( expectDocument( 'settings', await get() ) ).toEqual( before );
	} );
} );

describe( 'connection check', () => {
	const options = ( env = {} ) => apart( 'check', env );
	const check = async (
		change: Parameters< typeof fileOf >[ 1 ],
		exit: number,
		env = {}
	) => {
		await add( fileOf( 'main', change ), [ '--replace' ], options( env ) );
		return expectDocument(
			'connectionCheck',
			await cli( 'connection check main', options( env ) ),
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
		const found = {
			key: errors(
				await check(
					{ store: { consumerKey: `ck_${ '0'.repeat( 40 ) }` } },
					3
				)
			),
			token: errors(
				await check(
					{
						brightpearl: {
							auth: { ...privateApp(), accountToken: 'wrong' },
						},
					},
					3
				)
			),
			down: errors( await check( { store: { url: NOWHERE } }, 3 ) ),
			dead: errors(
				await check( { brightpearl: { apiDomain: NOWHERE } }, 3 )
			),
			secret: errors(
				await check(
					{
						brightpearl: {
							auth: { ...privateApp(), accountToken: secret },
						},
					},
					3
				)
			),
		};
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
	const { consumerKey, consumerSecret, webhookSecret } = stage.shop;
	const secrets = [
		consumerKey,
		consumerSecret,
		webhookSecret,
		gb.privateApp.accountToken,
		gb.privateApp.staffToken,
		us.oauth.clientSecret,
		us.oauth.refreshToken,
	];
	const all = printed.join( '\n' );
	expect( all.length ).toBeGreaterThan( 10000 );
	expect( secrets.filter( ( secret ) => all.includes( secret ) ) ).toEqual(
		[]
	);
} );
