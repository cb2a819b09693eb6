/**
 * The command line's contract, §4: the lines of `sandbox` and `demo`.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readyEventSchema } from '../../src/contracts/answers.ts';
import { expectError, read } from './contract/documents.ts';
import * as shapes from './contract/shapes.ts';
import { createBench, eventually, type Bench } from './harness.ts';

const text = z.string().min( 1 );
const origin = z.string().regex( /^http:\/\/127\.0\.0\.1:\d+$/ );
const started = { event: z.literal( 'ready' ), url: origin, pid: z.int() };
const accounts = z
	.array(
		z.object( {
			account: text,
			apiDomain: origin,
			oauthUrl: z.url(),
			installationInstanceId: z.int(),
			privateApp: z.object( {
				appRef: text,
				accountToken: text,
				staffToken: text,
			} ),
			oauth: z.object( {
				clientId: text,
				clientSecret: text,
				devRef: text,
				refreshToken: text,
			} ),
		} )
	)
	.min( 1 );
const keys = {
	consumerKey: z.string().startsWith( 'ck_' ),
	consumerSecret: z.string().startsWith( 'cs_' ),
	webhookSecret: text,
};

let bench: Bench;
beforeAll( async () => {
	bench = await createBench();
} );
afterAll( () => bench.end() );

test( 'the Brightpearl sandbox', async () => {
	const sandbox = await bench.start( [
		'sandbox',
		'brightpearl',
		'--port',
		'0',
		'--seed',
		'7',
		'--speed',
		'60',
	] );
	const ready = read(
		'ready',
		sandbox.ready,
		z.object( { ...started, accounts } ),
		shapes.BRIGHTPEARL_READY
	);
	expect( ready.pid ).toBe( sandbox.process.pid );
	for ( const { apiDomain, oauthUrl } of ready.accounts ) {
		expect( [ apiDomain, oauthUrl ] ).toEqual( [
			ready.url,
			`${ ready.url }/oauth`,
		] );
	}
	const port = new URL( ready.url ).port;
	expectError(
		await bench.cli( [ 'sandbox', 'brightpearl', '--port', port ] ),
		2,
		'port-in-use'
	);
	expect( await sandbox.stop() ).toBe( 0 );
	// The same seed makes the same data.
	const again = await bench.start( [
		'sandbox',
		'brightpearl',
		'--port',
		port,
		'--seed',
		'7',
	] );
	expect( { ...again.ready, pid: 0 } ).toEqual( {
		...sandbox.ready,
		pid: 0,
	} );
	expect( await again.stop( 'SIGINT' ) ).toBe( 0 );
} );

test( 'the shop sandbox', async () => {
	const sandbox = await bench.start( [
		'sandbox',
		'shop',
		'--port',
		'0',
		'--seed',
		'7',
	] );
	read(
		'ready',
		sandbox.ready,
		z.object( { ...started, ...keys } ),
		shapes.SHOP_READY
	);
	expect( await sandbox.stop() ).toBe( 0 );
} );

test( 'the demo is live by itself: orders arrive, and it ends cleanly', async () => {
	const demo = await bench.start( [ 'demo' ], {
		cwd: bench.dataDir,
		env: { PEARLBRIDGE_DATA_DIR: undefined },
	} );
	const ready = read(
		'ready',
		demo.ready,
		readyEventSchema.extend( {
			console: z
				.string()
				.regex( /^http:\/\/127\.0\.0\.1:\d+\/#login=[\w-]{43}$/ ),
			brightpearl: z.object( { url: origin, accounts } ),
			shop: z.object( { url: origin, ...keys } ),
		} ),
		shapes.DEMO_READY
	);
	expect( ready.dataDir ).toBe(
		join( await realpath( bench.dataDir ), '.pearlbridge-demo' )
	);
	expect( ( await fetch( `${ ready.url }/healthz` ) ).status ).toBe( 200 );
	const order = await eventually( 'an order is in Brightpearl', async () =>
		demo.lines.find(
			( { event, state } ) => event === 'order' && state === 'synced'
		)
	);
	expect( order ).toMatchObject( {
		connection: 'demo',
		salesOrderId: expect.any( Number ),
	} );
	expect( await demo.stop( 'SIGINT' ) ).toBe( 0 );
} );
