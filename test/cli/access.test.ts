import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Outcome } from '../../src/contracts/operations.ts';
import { createBench, type Bench } from './program/run-main.ts';

const LINK = {
	url: 'http://127.0.0.1:8780/#login=abc',
	expiresAt: '2026-11-21T09:10:00.000Z',
};
const CODE = {
	code: 'ABCDE-FGHJK-MNPQR-STVWX',
	expiresAt: '2026-11-21T09:10:00.000Z',
	connection: null,
};
const NOT_RUNNING: Outcome = {
	exit: 5,
	body: {
		error: {
			code: 'service-not-running',
			message: 'No service runs on this data dir.',
			fix: 'Start it with: pearlbridge serve',
			details: null,
		},
	},
};

let bench: Bench;
let login: Outcome;
beforeEach( () => {
	login = { exit: 0, body: LINK };
	bench = createBench( {
		login: () => login,
		pair: ( { input } ) => ( {
			exit: 0,
			body: { ...CODE, ...( input as object ) },
		} ),
	} );
} );
afterEach( () => bench.remove() );

describe( 'login', () => {
	test( 'goes through the running service and prints its link once', async () => {
		const service = await bench.serve();
		const { exit, json } = await bench.run( [ 'login', '--json' ] );
		expect( [ exit, json() ] ).toEqual( [ 0, LINK ] );
		expect( bench.fake.runs ).toMatchObject( [
			{ name: 'login', input: {}, call: { by: 'command line' } },
		] );
		const { stderr } = await service.stop();
		expect( service.lines().join() + stderr ).not.toContain( '#login=' );
	} );

	test( 'tells a person where and for how long', async () => {
		const { stdout } = await bench.run( [ 'login' ] );
		expect( stdout ).toBe(
			[
				'Open this in a browser; it works once, until 2026-11-21T09:10:00.000Z:',
				'',
				'  http://127.0.0.1:8780/#login=abc',
				'',
			].join( '\n' )
		);
	} );

	test( 'without a running service is exit 5 and says what to do', async () => {
		login = NOT_RUNNING;
		const { exit, stdout, stderr } = await bench.run( [ 'login' ] );
		expect( [ exit, stdout ] ).toEqual( [ 5, '' ] );
		expect( stderr ).toBe(
			'No service runs on this data dir.\nStart it with: pearlbridge serve\n'
		);
	} );

	test( 'takes no arguments', async () => {
		expect( ( await bench.run( [ 'login', 'me' ] ) ).exit ).toBe( 2 );
	} );
} );

describe( 'pair', () => {
	test( 'is for a new connection, or for the one that is named', async () => {
		const fresh = await bench.run( [ 'pair', '--json' ] );
		expect( [ fresh.exit, fresh.json() ] ).toEqual( [ 0, CODE ] );
		const named = await bench.run( [
			'pair',
			'--connection',
			'main',
			'--json',
		] );
		expect( named.json() ).toEqual( { ...CODE, connection: 'main' } );
	} );

	test( 'tells a person the code and where it goes', async () => {
		const { stdout } = await bench.run( [ 'pair' ] );
		expect( stdout ).toContain( '\n  ABCDE-FGHJK-MNPQR-STVWX\n' );
		expect( stdout ).toContain( 'WooCommerce → Pearlbridge' );
		expect( stdout ).toContain( 'makes a new connection' );
		const named = await bench.run( [ 'pair', '--connection', 'main' ] );
		expect( named.stdout ).toContain( 'It pairs the connection main.' );
	} );
} );

test.each( [ 'login', 'pair' ] )( '%s is in the help', async ( command ) => {
	expect( ( await bench.run( [ '--help' ] ) ).stdout ).toMatch(
		new RegExp( `^  ${ command } +A new one-time`, 'm' )
	);
	const { stdout } = await bench.run( [ command, '--help' ] );
	expect( stdout ).toContain( `Usage: pearlbridge ${ command } [FLAGS]` );
} );
