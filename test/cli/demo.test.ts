import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import type { Outcome } from '../../src/contracts/operations.ts';
import { errorAnswerSchema } from '../../src/contracts/answers.ts';
import type { Sandboxes, SandboxOptions } from '../../src/cli/sandbox-port.ts';
import { createBench, type Bench } from './program/run-main.ts';

const ACCOUNT = {
	account: 'pearldemo',
	apiDomain: 'http://127.0.0.1:9700',
	oauthUrl: 'http://127.0.0.1:9700/oauth',
	installationInstanceId: 11,
	privateApp: { appRef: 'a', accountToken: 't', staffToken: 's' },
	oauth: {
		clientId: 'c',
		clientSecret: 'x',
		devRef: 'd',
		refreshToken: 'r',
	},
};
const LINK = 'http://127.0.0.1:8780/#login=abc';
const SHOP = { consumerKey: 'ck', consumerSecret: 'cs', webhookSecret: 'ws' };

let bench: Bench;
let names: string[];
/** Of the connection that is there. */
let kept: Record< string, unknown >;
let log: string[];
let options: SandboxOptions[];
let taken: Server | null;
let link: Outcome;
beforeEach( () => {
	link = {
		exit: 0,
		body: { url: LINK, expiresAt: '2026-11-21T09:10:00.000Z' },
	};
	names = [];
	kept = { goLive: '2026-11-21T09:00:00.000Z' };
	log = [];
	options = [];
	taken = null;
	const start = ( name: string ) => async ( given: SandboxOptions ) => {
		options.push( given );
		if ( taken !== null && given.port !== 0 ) {
			throw Object.assign( new Error( 'taken' ), { code: 'EADDRINUSE' } );
		}
		log.push( `${ name } starts` );
		return {
			url: `http://127.0.0.1:${ given.port }`,
			close: async () => {
				log.push( `${ name } closes` );
			},
		};
	};
	const sandboxes: Sandboxes = {
		brightpearl: async ( given ) => ( {
			...( await start( 'brightpearl' )( given ) ),
			ready: { accounts: [ ACCOUNT ] },
			work: () => log.push( 'brightpearl works' ),
		} ),
		shop: async ( given ) => ( {
			...( await start( 'shop' )( given ) ),
			ready: SHOP,
			sell: ( { webhookUrl } ) =>
				log.push( `shop tells ${ webhookUrl }` ),
		} ),
		demoSettings: async () => ( { orders: { taxDefault: 'T20' } } ),
	};
	bench = createBench(
		{
			connectionList: () => ( {
				exit: 0,
				body: {
					items: names.map( ( name ) => ( {
						name,
						settings: kept,
					} ) ),
				},
			} ),
			connectionAdd: () => {
				names = [ 'demo' ];
				return { exit: 0, body: {} };
			},
			login: () => link,
		},
		sandboxes
	);
} );
afterEach( async () => {
	bench.remove();
	await new Promise( ( resolve ) =>
		taken === null ? resolve( null ) : taken.close( resolve )
	);
} );

const DEMO = [ 'demo', '--port', '0', '--data-dir', '.pearlbridge' ];

describe( 'demo', () => {
	test( 'starts both sandboxes and the service, connected and live, and stops the service first', async () => {
		const demo = await bench.serve( DEMO );
		expect( demo.ready ).toEqual( {
			event: 'ready',
			url: expect.stringMatching( /^http:\/\/127\.0\.0\.1:\d+$/ ),
			pid: process.pid,
			dataDir: bench.dataDir,
			version: '1.2.3',
			ms: 12,
			console: LINK,
			brightpearl: {
				url: 'http://127.0.0.1:9700',
				accounts: [ ACCOUNT ],
			},
			shop: { url: 'http://127.0.0.1:9701', ...SHOP },
		} );
		const added = bench.fake.runs.find(
			( { name } ) => name === 'connectionAdd'
		);
		expect( added?.input ).toMatchObject( {
			replace: true,
			file: {
				name: 'demo',
				store: { url: 'http://127.0.0.1:9701', ...SHOP },
				brightpearl: {
					account: 'pearldemo',
					apiDomain: 'http://127.0.0.1:9700',
					sandbox: true,
					installationInstanceId: 11,
				},
				settings: {
					goLive: expect.stringMatching( /^\d{4}-/ ),
					orders: { taxDefault: 'T20' },
				},
			},
		} );
		const { exit } = await demo.stop( 'SIGINT' );
		expect( exit ).toBe( 0 );
		expect( log ).toEqual( [
			'brightpearl starts',
			'shop starts',
			`shop tells ${ String( demo.ready[ 'url' ] ) }/webhooks/woocommerce/demo`,
			'brightpearl works',
			'brightpearl closes',
			'shop closes',
		] );
		expect( bench.fake.closed() ).toBe( 1 );
	} );

	test( 'started again it keeps its go-live and the sandboxes their state', async () => {
		await ( await bench.serve( DEMO ) ).stop();
		await ( await bench.serve( DEMO ) ).stop();
		expect(
			bench.fake.runs.findLast( ( { name } ) => name === 'connectionAdd' )
				?.input
		).toMatchObject( {
			file: { settings: { goLive: '2026-11-21T09:00:00.000Z' } },
		} );
		expect( options.map( ( { stateFile } ) => stateFile ) ).toEqual(
			[ 'brightpearl', 'shop', 'brightpearl', 'shop' ].map(
				( kind ) => `${ bench.dataDir }/sandbox-${ kind }.json`
			)
		);
	} );

	test.each( [
		{
			goLive: '2026-11-21T09:00:00.000Z',
			orders: { taxDefault: 'T0', delay: '5m' },
		},
		// Paused by a person, it stays so.
		{ goLive: null, orders: { taxDefault: 'T20' } },
	] )( 'started again it keeps what a person has set: %j', async ( set ) => {
		await ( await bench.serve( DEMO ) ).stop();
		kept = set;
		await ( await bench.serve( DEMO ) ).stop();
		const [ first, second ] = bench.fake.runs
			.filter( ( { name } ) => name === 'connectionAdd' )
			.map( ( { input } ) => input );
		expect( first ).toMatchObject( {
			file: { settings: { orders: { taxDefault: 'T20' } } },
		} );
		expect( second ).toMatchObject( { file: { settings: set } } );
	} );

	test.each( [ [ [ 'main' ] ], [ [ 'demo', 'main' ] ], [ [ 'demo' ] ] ] )(
		'never runs on somebody’s data dir: %j',
		async ( theirs ) => {
			names = theirs;
			const { exit, json } = await bench.run( [ ...DEMO, '--json' ] );
			expect( exit ).toBe( 2 );
			expect( errorAnswerSchema.parse( json() ).error.code ).toBe(
				'not-a-demo'
			);
			expect( log ).toEqual( [] );
			expect( bench.fake.closed() ).toBe( 1 );
		}
	);

	test( 'takes other ports when its usual ones are in use', async () => {
		taken = createServer();
		const busy = taken;
		await new Promise< void >( ( resolve ) => {
			busy.listen( 8780, '127.0.0.1', resolve );
			// Somebody else may have it already: that is in use, too.
			busy.once( 'error', () => resolve() );
		} );
		const demo = await bench.serve( DEMO.slice( 0, 1 ) );
		expect( new URL( String( demo.ready[ 'url' ] ) ).port ).not.toBe(
			'8780'
		);
		expect( options.map( ( { port } ) => port ) ).toEqual( [
			9700, 0, 9701, 0,
		] );
		await demo.stop();
	} );

	test( 'without a link to the console it does not run, and closes what it began', async () => {
		link = {
			exit: 5,
			body: {
				error: {
					code: 'service-not-running',
					message: 'No.',
					fix: null,
					details: null,
				},
			},
		};
		const { exit, json } = await bench.run( [ ...DEMO, '--json' ] );
		expect( exit ).toBe( 5 );
		expect( errorAnswerSchema.parse( json() ).error.code ).toBe(
			'service-not-running'
		);
		expect( log.slice( -2 ) ).toEqual( [
			'brightpearl closes',
			'shop closes',
		] );
	} );

	test( 'a person sees a calm picture', async () => {
		const stop = new AbortController();
		let seen: () => void = () => undefined;
		const begun = new Promise< void >( ( resolve ) => {
			seen = resolve;
		} );
		const demo = bench.run( DEMO, {
			stop: stop.signal,
			onStdout: () => seen(),
		} );
		await begun;
		bench.fake.emit( {
			event: 'order',
			connection: 'demo',
			orderId: 42,
			number: '1042',
			state: 'synced',
			salesOrderId: 100123,
			rows: 3,
			currency: 'GBP',
			total: '54.20',
			allocation: 'all',
		} );
		bench.fake.emit( {
			event: 'order',
			connection: 'demo',
			orderId: 43,
			number: '1043',
			state: 'working',
			salesOrderId: null,
			rows: null,
			currency: null,
			total: null,
			allocation: null,
		} );
		bench.fake.emit( {
			event: 'progress',
			connection: 'demo',
			runId: 2,
			done: 1,
			of: 3,
		} );
		bench.fake.emit( {
			event: 'changed',
			connection: 'demo',
			what: 'problems',
		} );
		bench.fake.emit( {
			event: 'stock',
			connection: 'demo',
			runId: 2,
			state: 'done',
			changes: [ { sku: 'MUG-1', from: 3, to: 2 } ],
		} );
		stop.abort( 'SIGINT' );
		const { stdout } = await demo;
		expect( stdout.replace( /:\d+$/gm, ':N' ) ).toBe(
			[
				'Pearlbridge 1.2.3, demo: a shop that sells, a Brightpearl that takes its orders.',
				'',
				'Open the console (this link works once, for ten minutes):',
				'',
				`  ${ LINK }`,
				'',
				`Another link: pearlbridge login --data-dir ${ bench.dataDir }`,
				'',
				'Service              http://127.0.0.1:N',
				'Shop sandbox         http://127.0.0.1:N',
				'Brightpearl sandbox  http://127.0.0.1:N',
				`Data                 ${ bench.dataDir }`,
				'',
				'Orders and stock appear below. Ctrl-C stops everything; the next start goes on from here.',
				'order   1042 → Brightpearl 100123 (3 rows, 54.20 GBP, allocated: all)',
				'stock   MUG-1 3 → 2',
				'',
			].join( '\n' )
		);
	} );
} );
