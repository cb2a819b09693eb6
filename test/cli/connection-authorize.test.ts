import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createBench, type Bench } from './program/run-main.ts';

const BEGUN = {
	connection: 'main',
	url: 'https://oauth.brightpearlapp.com/authorize/acmeshop?state=STATE',
	state: 'STATE',
	redirectUri: 'https://pearl.example.test/oauth/brightpearl',
	expiresAt: '2026-11-21T10:15:00.000Z',
	callback: true,
};
const CONNECTION = {
	name: 'main',
	live: false,
	store: { type: 'woocommerce', url: 'https://shop.example.test' },
	brightpearl: null,
	secrets: [],
	settings: {},
	paired: null,
};
const refusal = ( code: string ) => ( {
	code,
	message: 'It was refused.',
	fix: 'Begin again.',
	details: null,
} );
const WAITING = { state: 'waiting', exit: 0, failure: null };

let bench: Bench;
/** What the consent's state is, one answer after the other; the last stays. */
let states: unknown[];
beforeEach( () => {
	states = [ { state: 'done', exit: 0, failure: null } ];
	bench = createBench( {
		connectionConsent: () => ( { exit: 0, body: BEGUN } ),
		connectionConsentState: () => ( {
			exit: 0,
			body: states.length > 1 ? states.shift() : states[ 0 ],
		} ),
		connectionShow: () => ( { exit: 0, body: CONNECTION } ),
		connectionAuthorize: ( { input } ) =>
			( input as { code: string } ).code === 'GOOD'
				? { exit: 0, body: CONNECTION }
				: { exit: 4, body: { error: refusal( 'consent-unknown' ) } },
	} );
} );
afterEach( () => bench.remove() );

const authorize = ( ...more: string[] ) =>
	bench.run( [ '--json', 'connection', 'authorize', 'main', ...more ] );
const linesOf = ( stdout: string ): unknown[] =>
	stdout
		.trimEnd()
		.split( '\n' )
		.map( ( line ) => JSON.parse( line ) as unknown );
const asked = () => bench.fake.runs.map( ( { name } ) => name );

describe( 'connection authorize', () => {
	test( 'prints the address as one line, then the connection', async () => {
		states.unshift( WAITING );
		const { exit, stdout } = await authorize();
		expect( exit ).toBe( 0 );
		expect( linesOf( stdout ) ).toEqual( [
			{
				url: BEGUN.url,
				state: BEGUN.state,
				redirectUri: BEGUN.redirectUri,
			},
			CONNECTION,
		] );
		expect( asked() ).toEqual( [
			'connectionConsent',
			'connectionConsentState',
			'connectionConsentState',
			'connectionShow',
		] );
	} );

	test.each( [
		[ 4, 'credentials-brightpearl' ],
		[ 2, 'secret-unreadable' ],
	] )( 'exits %d when the consent failed', async ( code, error ) => {
		states = [ { state: 'failed', exit: code, failure: refusal( error ) } ];
		const { exit, stdout } = await authorize();
		expect( exit ).toBe( code );
		expect( linesOf( stdout )[ 1 ] ).toEqual( { error: refusal( error ) } );
	} );

	test.each( [
		[ WAITING, 'timeout' ],
		[ { state: 'expired', exit: 0, failure: null }, 'consent-expired' ],
	] )( 'exits 7 when nobody consents in time (%#)', async ( state, code ) => {
		states = [ state ];
		const { exit, stdout } = await authorize( '--timeout', '300ms' );
		expect( exit ).toBe( 7 );
		expect( linesOf( stdout )[ 1 ] ).toMatchObject( { error: { code } } );
	} );

	test( 'ends when it is interrupted, and lets go of the data dir meanwhile', async () => {
		states = [ WAITING ];
		const stop = new AbortController();
		const ran = await bench.run(
			[ '--json', 'connection', 'authorize', 'main' ],
			{
				stop: stop.signal,
				onStdout: () =>
					setTimeout( () => stop.abort( 'SIGINT' ), 50 ).unref(),
			}
		);
		expect( ran.exit ).toBe( 130 );
		// One app after the other: between two looks another command has its turn.
		expect( bench.fake.closed() ).toBe( bench.fake.apps.length );
		expect( bench.fake.apps.length ).toBeGreaterThan( 1 );
	} );

	test( '--code finishes without waiting', async () => {
		const { exit, json } = await authorize( '--code', 'GOOD' );
		expect( exit ).toBe( 0 );
		expect( json() ).toEqual( CONNECTION );
		expect( bench.fake.runs ).toMatchObject( [
			{
				name: 'connectionAuthorize',
				input: { name: 'main', code: 'GOOD' },
			},
		] );
	} );

	test( '--code tells why it is refused', async () => {
		const { exit, json } = await authorize( '--code', 'BAD' );
		expect( exit ).toBe( 4 );
		expect( json() ).toEqual( { error: refusal( 'consent-unknown' ) } );
	} );

	test( '--code needs a code', async () => {
		const { exit } = await authorize( '--code', ' ' );
		expect( exit ).toBe( 2 );
		expect( asked() ).toEqual( [] );
	} );

	test( 'tells a person what to open, and what to do when nobody listens', async () => {
		const { stdout } = await bench.run( [ 'connection', 'authorize' ] );
		expect( stdout ).toContain( BEGUN.url );
		expect( stdout ).toContain( BEGUN.redirectUri );
		expect( stdout ).not.toContain( '--code' );
		bench.remove();
		bench = createBench( {
			connectionConsent: () => ( {
				exit: 0,
				body: { ...BEGUN, callback: false },
			} ),
			connectionConsentState: () => ( { exit: 0, body: WAITING } ),
		} );
		const alone = await bench.run( [
			'connection',
			'authorize',
			'--timeout',
			'100ms',
		] );
		expect( alone.stdout ).toContain(
			"connection authorize main --code 'ADDRESS'"
		);
	} );
} );
