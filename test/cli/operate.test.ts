import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
	existsSync,
	mkdirSync,
	readFileSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { errorAnswerSchema } from '../../src/contracts/answers.ts';
import { databaseFile, tryLock } from '../../src/cli/data-dir.ts';
import { createBench, type Bench } from './program/run-main.ts';

const KEY = Buffer.alloc( 32, 7 ).toString( 'base64' );

let bench: Bench;
beforeEach( () => {
	bench = createBench( {
		connectionList: () => ( { exit: 0, body: { items: [] } } ),
		problemsRetry: () => ( { exit: 0, body: { retried: 1 } } ),
		ordersShow: () => ( {
			exit: 6,
			body: {
				error: {
					code: 'unknown-order',
					message: 'Order 9 is not in the ledger.',
					fix: null,
					details: null,
				},
			},
		} ),
		ordersPush: () => ( { exit: 3, body: { results: [] } } ),
		status: async ( { call } ) => {
			await new Promise< void >( ( resolve ) => {
				if ( call.signal.aborted ) {
					resolve();
				}
				call.signal.addEventListener( 'abort', () => resolve() );
			} );
			return { exit: 0, body: {} };
		},
		settingsGet: () => {
			throw new Error( 'a defect' );
		},
	} );
} );
afterEach( () => bench.remove() );

describe( 'without a service', () => {
	test( 'a new data dir is made for its owner alone, and the list is empty', async () => {
		const { exit, json } = await bench.run( [
			'connection',
			'list',
			'--json',
		] );
		expect( exit ).toBe( 0 );
		expect( json() ).toEqual( { items: [] } );
		expect( statSync( bench.dataDir ).mode & 0o777 ).toBe( 0o700 );
		expect( statSync( join( bench.dataDir, 'key' ) ).mode & 0o777 ).toBe(
			0o600
		);
		const [ options ] = bench.fake.opened;
		expect( options?.databaseFile ).toBe( databaseFile( bench.dataDir ) );
		expect( Buffer.from( options?.key ?? [] ).toString( 'base64' ) ).toBe(
			readFileSync( join( bench.dataDir, 'key' ), 'utf8' ).trim()
		);
		expect( bench.fake.closed() ).toBe( 1 );
	} );

	test( 'the key is the same the next time, and the lock is free again', async () => {
		await bench.run( [ 'connection', 'list' ] );
		await bench.run( [ 'connection', 'list' ] );
		const [ first, second ] = bench.fake.opened;
		expect( second?.key ).toEqual( first?.key );
		const locked = await tryLock( bench.dataDir, {
			pid: 1,
			what: 'command',
		} );
		expect( locked ).toMatchObject( { ok: true, lock: expect.anything() } );
		await ( locked.ok && locked.lock?.release() );
	} );

	test( 'a person reads text', async () => {
		const { stdout } = await bench.run( [ 'connection', 'list' ] );
		expect( stdout ).toMatch(
			/^There is no connection yet\. Add one with/
		);
	} );

	test( 'an operation that fails as a whole prints its error and its exit code', async () => {
		const asJson = await bench.run( [ 'orders', 'show', '9', '--json' ] );
		expect( asJson.exit ).toBe( 6 );
		expect( asJson.json() ).toEqual( {
			error: {
				code: 'unknown-order',
				message: 'Order 9 is not in the ledger.',
				fix: null,
				details: null,
			},
		} );
		const asText = await bench.run( [ 'orders', 'show', '9' ] );
		expect( asText ).toMatchObject( {
			exit: 6,
			stdout: '',
			stderr: 'Order 9 is not in the ledger.\n',
		} );
	} );

	test( 'an operation that failed in part prints its document and its exit code', async () => {
		const { exit, json } = await bench.run( [
			'orders',
			'push',
			'1',
			'--json',
		] );
		expect( exit ).toBe( 3 );
		expect( json() ).toEqual( { results: [] } );
	} );

	test( 'a defect is exit 1 with one document; its trace goes to stderr; the lock is let go', async () => {
		const { exit, json, stderr } = await bench.run( [
			'settings',
			'get',
			'--json',
		] );
		expect( exit ).toBe( 1 );
		expect( errorAnswerSchema.parse( json() ).error.code ).toBe( 'defect' );
		expect( stderr ).toMatch( /Error: a defect\n\s+at / );
		expect( ( await bench.run( [ 'connection', 'list' ] ) ).exit ).toBe(
			0
		);
	} );

	test( 'time that runs out is exit 7', async () => {
		const { exit, json } = await bench.run( [
			'status',
			'--timeout',
			'0s',
			'--json',
		] );
		expect( exit ).toBe( 7 );
		expect( errorAnswerSchema.parse( json() ).error.message ).toMatch(
			/the work goes on/
		);
		expect( bench.fake.closed() ).toBe( 1 );
	} );

	test( 'the deadline handed on is now plus --timeout', async () => {
		const before = Date.now();
		await bench.run( [ 'connection', 'list', '--timeout', '10m' ] );
		const deadline = bench.fake.runs[ 0 ]?.call.deadline ?? 0;
		expect( deadline ).toBeGreaterThanOrEqual( before + 600_000 );
		expect( deadline ).toBeLessThan( before + 660_000 );
	} );

	test.each( [
		[ 'SIGINT', 130 ],
		[ 'SIGTERM', 143 ],
	] as const )( 'interrupted by %s it is exit %i', async ( signal, code ) => {
		const stop = new AbortController();
		const running = bench.run( [ 'status', '--json' ], {
			stop: stop.signal,
		} );
		while ( bench.fake.runs.length === 0 ) {
			await new Promise( ( resolve ) => setTimeout( resolve, 5 ) );
		}
		stop.abort( signal );
		const { exit, json } = await running;
		expect( exit ).toBe( code );
		expect( errorAnswerSchema.parse( json() ).error.code ).toBe(
			'interrupted'
		);
	} );

	test( 'while another command holds the data dir it waits, then says who', async () => {
		await bench.run( [ 'connection', 'list' ] );
		const locked = await tryLock( bench.dataDir, {
			pid: 4242,
			what: 'command',
		} );
		const { exit, json } = await bench.run( [
			'connection',
			'list',
			'--timeout',
			'150ms',
			'--json',
		] );
		expect( exit ).toBe( 5 );
		expect( errorAnswerSchema.parse( json() ).error ).toMatchObject( {
			code: 'data-dir-busy',
			message: 'The data dir is in use by process 4242.',
		} );
		const waiting = bench.run( [ 'connection', 'list' ] );
		await ( locked.ok && locked.lock?.release() );
		expect( ( await waiting ).exit ).toBe( 0 );
	} );
} );

describe( 'what is refused before anything is touched', () => {
	const OTHER = Buffer.alloc( 31, 7 ).toString( 'base64' );
	test.each( [
		[
			{ PEARLBRIDGE_KEY: OTHER },
			'invalid-key',
			/PEARLBRIDGE_KEY does not hold a key/,
		],
		[ { PEARLBRIDGE_KEY: '' }, 'invalid-key', /does not hold a key/ ],
		[
			{ PEARLBRIDGE_KEY: `${ KEY }!` },
			'invalid-key',
			/does not hold a key/,
		],
		[
			{ PEARLBRIDGE_KEY_FILE: '/nowhere/key' },
			'invalid-key',
			/cannot be read: there is no such file/,
		],
		[
			{ PEARLBRIDGE_KEY: KEY, PEARLBRIDGE_KEY_FILE: 'x' },
			'invalid-key',
			/both set/,
		],
		[
			{ DATABASE_URL: 'postgres://db/x' },
			'not-in-this-version',
			/DATABASE_URL/,
		],
		[
			{ PEARLBRIDGE_DATADIR: 'x' },
			'invalid-environment',
			/PEARLBRIDGE_DATA_DIR/,
		],
	] )( '%j', async ( env, code, message ) => {
		for ( const command of [
			[ 'connection', 'list' ],
			[ 'serve' ],
			[ 'demo' ],
		] ) {
			const { exit, json, stdout } = await bench.run(
				[ ...command, '--json' ],
				{
					env: env as Record< string, string >,
				}
			);
			expect( exit ).toBe( 2 );
			const { error } = errorAnswerSchema.parse( json() );
			expect( error.code ).toBe( code );
			expect( error.message ).toMatch( message );
			expect( stdout ).not.toContain( OTHER );
		}
		expect( existsSync( bench.dataDir ) ).toBe( false );
		expect( bench.fake.opened ).toEqual( [] );
	} );

	test( 'a data dir whose key is gone is not given a new one', async () => {
		mkdirSync( bench.dataDir );
		writeFileSync( databaseFile( bench.dataDir ), '' );
		const { exit, json } = await bench.run( [
			'connection',
			'list',
			'--json',
		] );
		expect( exit ).toBe( 2 );
		expect( errorAnswerSchema.parse( json() ).error.code ).toBe(
			'key-missing'
		);
		expect( existsSync( join( bench.dataDir, 'key' ) ) ).toBe( false );
		const given = await bench.run( [ 'connection', 'list', '--json' ], {
			env: { PEARLBRIDGE_KEY: KEY },
		} );
		expect( given.exit ).toBe( 0 );
		expect( bench.fake.opened[ 0 ]?.key ).toEqual( Buffer.alloc( 32, 7 ) );
	} );

	test( 'a key file of somebody’s own is read, line end and all', async () => {
		const path = join( bench.dir, 'my.key' );
		writeFileSync( path, `${ KEY }\n` );
		await bench.run( [ 'connection', 'list' ], {
			env: { PEARLBRIDGE_KEY_FILE: path },
		} );
		expect( bench.fake.opened[ 0 ]?.key ).toEqual( Buffer.alloc( 32, 7 ) );
		expect( existsSync( join( bench.dataDir, 'key' ) ) ).toBe( false );
	} );

	test( 'a data dir that is a file', async () => {
		writeFileSync( join( bench.dir, 'file' ), '' );
		const { exit, json } = await bench.run( [
			'connection',
			'list',
			'--json',
			'--data-dir',
			'file',
		] );
		expect( exit ).toBe( 2 );
		expect( errorAnswerSchema.parse( json() ).error ).toMatchObject( {
			code: 'data-dir-unusable',
			fix: expect.stringContaining( '--data-dir' ),
		} );
	} );
} );

describe( 'a service.json that leads nowhere', () => {
	async function listWith( service: unknown ): Promise< number > {
		mkdirSync( bench.dataDir, { recursive: true } );
		writeFileSync(
			join( bench.dataDir, 'service.json' ),
			typeof service === 'string' ? service : JSON.stringify( service )
		);
		return ( await bench.run( [ 'connection', 'list', '--json' ] ) ).exit;
	}
	const startedAt = '2026-11-21T09:00:00.000Z';

	test.each( [
		[ 'is not JSON', '{"pid":' ],
		[ 'lacks a field', { pid: process.pid } ],
		[
			'names a process that is gone',
			{
				pid: 2 ** 22 - 1,
				url: 'http://127.0.0.1:9',
				token: 't',
				startedAt,
			},
		],
		[
			'names a living process that is no service',
			{
				pid: process.pid,
				url: 'http://127.0.0.1:9',
				token: 't',
				startedAt,
			},
		],
	] )( 'that %s', async ( _, service ) => {
		expect( await listWith( service ) ).toBe( 0 );
		expect( bench.fake.runs ).toHaveLength( 1 );
	} );

	test( 'that names somebody else’s server: nothing but the question whether it is ours is sent', async () => {
		const asked: string[] = [];
		const stranger = createServer( ( request, response ) => {
			asked.push( `${ request.method } ${ request.url }` );
			response.end( '{"ok":true,"pid":1}' );
		} );
		await new Promise< void >( ( resolve ) => {
			stranger.listen( 0, '127.0.0.1', resolve );
		} );
		const { port } = stranger.address() as AddressInfo;
		expect(
			await listWith( {
				pid: process.pid,
				url: `http://127.0.0.1:${ port }`,
				token: 't',
				startedAt,
			} )
		).toBe( 0 );
		expect( asked ).toEqual( [ 'GET /v1/operations' ] );
		expect( bench.fake.runs ).toHaveLength( 1 );
		await new Promise( ( resolve ) => stranger.close( resolve ) );
	} );
} );
