import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { errorAnswerSchema } from '../../src/contracts/answers.ts';
import type { SandboxOptions } from '../../src/cli/sandbox-port.ts';
import { createBench, type Bench } from './program/run-main.ts';

const READY = { consumerKey: 'ck', consumerSecret: 'cs', webhookSecret: 'ws' };

let bench: Bench;
let options: SandboxOptions[];
let closed: number;
beforeEach( () => {
	options = [];
	closed = 0;
	const start = async ( given: SandboxOptions ) => {
		options.push( given );
		if ( given.port === 1 ) {
			throw Object.assign( new Error(), { code: 'EADDRINUSE' } );
		}
		return {
			url: `http://127.0.0.1:${ given.port }`,
			close: async () => {
				closed += 1;
			},
		};
	};
	bench = createBench(
		{},
		{
			brightpearl: async ( given ) => ( {
				...( await start( given ) ),
				ready: { accounts: [] },
				work: () => undefined,
			} ),
			shop: async ( given ) => ( {
				...( await start( given ) ),
				ready: READY,
				sell: () => undefined,
			} ),
			demoSettings: async () => ( {} ),
		}
	);
} );
afterEach( () => bench.remove() );

describe( 'sandbox', () => {
	test.each( [
		[
			'brightpearl',
			[],
			{ port: 9700, seed: 1, speed: 1 },
			{ accounts: [] },
		],
		[ 'shop', [], { port: 9701, seed: 1, speed: 1 }, READY ],
		[
			'shop',
			[ '--port', '7', '--seed', '0', '--speed', '60' ],
			{ port: 7, seed: 0, speed: 60 },
			READY,
		],
	] )(
		'%s %j says ready with what connects to it, until it is stopped',
		async ( kind, flags, given, ready ) => {
			const sandbox = await bench.serve( [ 'sandbox', kind, ...flags ] );
			expect( sandbox.ready ).toEqual( {
				event: 'ready',
				url: `http://127.0.0.1:${ given.port }`,
				pid: process.pid,
				...ready,
			} );
			expect( options ).toMatchObject( [
				{ ...given, stateFile: null, host: '127.0.0.1' },
			] );
			expect( ( await sandbox.stop() ).exit ).toBe( 0 );
			expect( closed ).toBe( 1 );
			// It needs no data dir, and so makes none.
			expect( existsSync( bench.dataDir ) ).toBe( false );
		}
	);

	test.each( [
		[ [ '--port', '1' ], 'port-in-use', /Port 1 is in use/ ],
		[
			[ '--speed', 'fast' ],
			'invalid-flag',
			/--speed must be a number from 1/,
		],
		[
			[ '--speed', '0' ],
			'invalid-flag',
			/--speed must be a number from 1/,
		],
		[ [ '--seed=-1' ], 'invalid-flag', /--seed must be a whole number/ ],
		[ [ '--port', 'x' ], 'invalid-flag', /--port must be a port/ ],
	] as const )( '%j is exit 2', async ( flags, code, message ) => {
		const { exit, json } = await bench.run( [
			'sandbox',
			'shop',
			...flags,
			'--json',
		] );
		const { error } = errorAnswerSchema.parse( json() );
		expect( [ exit, error.code ] ).toEqual( [ 2, code ] );
		expect( error.message ).toMatch( message );
	} );

	test( 'works where DATABASE_URL is set: it has no data', async () => {
		const stop = AbortSignal.abort( 'SIGTERM' );
		const { exit } = await bench.run( [ 'sandbox', 'shop' ], {
			env: { DATABASE_URL: 'postgres://db/x' },
			stop,
		} );
		expect( exit ).toBe( 0 );
	} );
} );
