import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
	errorAnswerSchema,
	readyEventSchema,
} from '../../src/contracts/answers.ts';
import { createBench, type Bench } from './program/run-main.ts';

let bench: Bench;
beforeEach( () => {
	bench = createBench( {
		connectionList: () => ( { exit: 0, body: { items: [] } } ),
		problemsRetry: ( { call } ) => ( {
			exit: 0,
			body: {
				retried: Math.round( ( call.deadline - Date.now() ) / 1000 ),
			},
		} ),
		ordersShow: () => ( {
			exit: 6,
			body: {
				error: {
					code: 'unknown-order',
					message: 'No.',
					fix: null,
					details: null,
				},
			},
		} ),
		settingsGet: () => {
			throw new Error( 'a defect' );
		},
		status: async ( { call } ) => {
			await new Promise< void >( ( resolve ) => {
				call.signal.addEventListener( 'abort', () => resolve() );
			} );
			return { exit: 0, body: { waited: true } };
		},
	} );
} );
afterEach( () => bench.remove() );

const serviceFile = (): string => join( bench.dataDir, 'service.json' );

describe( 'serve', () => {
	test( 'says ready once it takes webhooks, tells what happens, and ends with 0', async () => {
		const service = await bench.serve();
		expect( readyEventSchema.strict().parse( service.ready ) ).toEqual( {
			event: 'ready',
			url: expect.stringMatching( /^http:\/\/127\.0\.0\.1:\d+$/ ),
			pid: process.pid,
			dataDir: bench.dataDir,
			version: '1.2.3',
			ms: 12,
		} );
		const webhook = await fetch(
			`${ String( service.ready[ 'url' ] ) }/webhooks/woocommerce/main`,
			{ method: 'POST', body: 'webhook_id=1' }
		);
		expect( [ webhook.status, await webhook.json() ] ).toEqual( [
			200,
			{ accepted: true },
		] );
		// For the console alone: no line of `serve`.
		bench.fake.emit( {
			event: 'progress',
			connection: 'main',
			runId: 1,
			done: 1,
			of: null,
		} );
		bench.fake.emit( {
			event: 'changed',
			connection: 'main',
			what: 'settings',
		} );
		bench.fake.emit( {
			event: 'stock',
			connection: 'main',
			runId: 1,
			state: 'done',
			changes: [ { sku: 'MUG-1', from: 3, to: 2 } ],
		} );
		const { exit } = await service.stop();
		expect( exit ).toBe( 0 );
		expect(
			service
				.lines()
				.slice( 1 )
				.map( ( line ) => JSON.parse( line ) )
		).toEqual( [
			{
				event: 'stock',
				connection: 'main',
				runId: 1,
				state: 'done',
				changes: [ { sku: 'MUG-1', from: 3, to: 2 } ],
			},
		] );
		expect( bench.fake.closed() ).toBe( 1 );
	} );

	test( 'is found by service.json, which only its owner reads and which goes with it', async () => {
		const service = await bench.serve();
		expect( statSync( serviceFile() ).mode & 0o777 ).toBe( 0o600 );
		const file: unknown = JSON.parse(
			readFileSync( serviceFile(), 'utf8' )
		);
		expect( file ).toEqual( {
			pid: process.pid,
			url: service.ready[ 'url' ],
			token: expect.stringMatching( /^[\w-]{43}$/ ),
			startedAt: expect.stringMatching( /^\d{4}-.*Z$/ ),
		} );
		await service.stop();
		expect( existsSync( serviceFile() ) ).toBe( false );
	} );

	test( 'a second one exits 2 and names the pid; after the first ended it runs', async () => {
		const service = await bench.serve();
		const { exit, json } = await bench.run( [
			'serve',
			'--port',
			'0',
			'--json',
		] );
		expect( exit ).toBe( 2 );
		const { error } = errorAnswerSchema.parse( json() );
		expect( error.code ).toBe( 'already-running' );
		expect( error.message ).toContain( `pid ${ process.pid }` );
		expect( existsSync( serviceFile() ) ).toBe( true );
		await service.stop();
		const again = await bench.serve();
		await again.stop();
	} );

	test( 'a port in use is exit 2, and the data dir is let go', async () => {
		const other = createServer();
		await new Promise< void >( ( resolve ) => {
			other.listen( 0, '127.0.0.1', resolve );
		} );
		const { port } = other.address() as AddressInfo;
		const { exit, json } = await bench.run( [
			'serve',
			'--port',
			String( port ),
			'--json',
		] );
		expect( exit ).toBe( 2 );
		expect( errorAnswerSchema.parse( json() ).error ).toMatchObject( {
			code: 'port-in-use',
			message: `Port ${ port } of 127.0.0.1 is in use.`,
		} );
		await new Promise( ( resolve ) => other.close( resolve ) );
		expect( existsSync( serviceFile() ) ).toBe( false );
		expect( bench.fake.closed() ).toBe( 1 );
		const service = await bench.serve();
		await service.stop();
	} );
} );

describe( 'while the service runs, commands go through it', () => {
	test( 'with their input, their time and the outcome as it is', async () => {
		const service = await bench.serve();
		const { exit, json } = await bench.run( [
			...'problems retry 4 5 --timeout 90s --json'.split( ' ' ),
		] );
		expect( exit ).toBe( 0 );
		expect( json() ).toEqual( { retried: 90 } );
		expect( bench.fake.runs[ 0 ]?.input ).toEqual( {
			connection: null,
			ids: [ 4, 5 ],
		} );
		const refused = await bench.run( [ 'orders', 'show', '9', '--json' ] );
		expect( [ refused.exit, refused.json() ] ).toEqual( [
			6,
			{
				error: {
					code: 'unknown-order',
					message: 'No.',
					fix: null,
					details: null,
				},
			},
		] );
		// One app: the commands opened none of their own.
		expect( bench.fake.opened ).toHaveLength( 1 );
		await service.stop();
	} );

	test( 'a defect there is exit 1 here, its trace stays in the log of the service', async () => {
		const service = await bench.serve();
		const { exit, json, stdout, stderr } = await bench.run( [
			'settings',
			'get',
			'--json',
		] );
		expect( exit ).toBe( 1 );
		expect( errorAnswerSchema.parse( json() ).error.code ).toBe( 'defect' );
		expect( stdout + stderr ).not.toContain( 'a defect' );
		const { stderr: log } = await service.stop();
		expect( JSON.parse( log ) ).toMatchObject( {
			level: 'error',
			operation: 'settingsGet',
			err: { message: 'a defect' },
		} );
	} );

	test( 'an interrupted command stops waiting there too', async () => {
		const service = await bench.serve();
		const stop = new AbortController();
		const waiting = bench.run( [ 'status', '--json' ], {
			stop: stop.signal,
		} );
		while ( bench.fake.runs.length === 0 ) {
			await new Promise( ( resolve ) => setTimeout( resolve, 5 ) );
		}
		stop.abort( 'SIGINT' );
		expect( ( await waiting ).exit ).toBe( 130 );
		const { signal } = bench.fake.runs[ 0 ]?.call ?? {};
		while ( signal?.aborted === false ) {
			await new Promise( ( resolve ) => setTimeout( resolve, 5 ) );
		}
		await service.stop();
	} );

	test( 'a service that stops lets a waiting command go', async () => {
		const service = await bench.serve();
		const waiting = bench.run( [ 'status', '--json' ] );
		while ( bench.fake.runs.length === 0 ) {
			await new Promise( ( resolve ) => setTimeout( resolve, 5 ) );
		}
		expect( ( await service.stop() ).exit ).toBe( 0 );
		expect( await waiting ).toMatchObject( { exit: 0 } );
	} );
} );
