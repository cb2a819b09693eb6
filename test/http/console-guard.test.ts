import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHostCheck } from '../../src/http/console/host-check.ts';
import { createScene, type LoggedIn, type Scene } from './console-scene.ts';

let scene: Scene;
let who: LoggedIn;
beforeEach( async () => {
	scene = await createScene( {
		publicUrl: 'https://bridge.example.com/pearl',
		allowedHosts: [ 'Pearl.internal' ],
	} );
	who = await scene.login();
} );
afterEach( () => scene.close() );

const ADDRESSES = [
	[ 'GET', '/' ],
	[ 'GET', '/?x=1' ],
	[ 'GET', '/assets/console-ABCDEFGH.js' ],
	[ 'POST', '/console/login' ],
	[ 'GET', '/console/session' ],
	[ 'POST', '/console/logout' ],
	[ 'POST', '/console/operations/status' ],
	[ 'GET', '/console/events' ],
	[ 'GET', '/console/nothing' ],
] as const;

describe( 'the Host check', () => {
	test.each( ADDRESSES )(
		'%s %s answers 421 to a name that nobody vouched for, also with our port',
		async ( method, path ) => {
			const { port } = new URL( scene.url );
			for ( const host of [ 'evil.example', `evil.example:${ port }` ] ) {
				const { status, code, headers } = await scene.ask( path, {
					method,
					headers: {
						host,
						cookie: who.cookie,
						'x-pearlbridge-csrf': who.csrf,
					},
				} );
				expect( [ status, code() ] ).toEqual( [ 421, 'wrong-host' ] );
				expect( headers[ 'set-cookie' ] ).toBeUndefined();
			}
			expect( scene.calls ).toEqual( [] );
		}
	);

	test.each( [
		[ 'GET', '/healthz', 200 ],
		[ 'GET', '/readyz', 200 ],
		[ 'POST', '/webhooks/woocommerce/main', 200 ],
		[ 'GET', '/v1/operations', 401 ],
	] )(
		'%s %s is no address of the console',
		async ( method, path, wanted ) => {
			const { status } = await scene.ask( path, {
				method,
				headers: { host: 'evil.example' },
			} );
			expect( status ).toBe( wanted );
		}
	);

	test.each( [
		'localhost',
		'LOCALHOST:1',
		'localhost.:8780',
		'127.0.0.1:8780',
		'bridge.example.com',
		'BRIDGE.example.com:443',
		'pearl.internal:9000',
	] )( 'answers to %s', async ( host ) => {
		const { status } = await scene.ask( '/console/session', {
			headers: { host, cookie: who.cookie },
		} );
		expect( status ).toBe( 200 );
	} );

	test.each( [
		'localhost.evil.example',
		'evil.example#localhost',
		'localhost@evil.example',
		'127.0.0.1.evil.example',
		'127.0.0.2',
		'0.0.0.0:8780',
		'[::]',
		'192.168.1.7',
		'sub.bridge.example.com',
		'localhost:99999999',
		'local host',
		'[::1',
	] )( 'does not answer to %j', async ( host ) => {
		const { status } = await scene.ask( '/console/session', {
			headers: { host, cookie: who.cookie },
		} );
		expect( status ).toBe( 421 );
	} );

	test( 'what a proxy says the host was is not listened to', async () => {
		const { status } = await scene.ask( '/', {
			headers: {
				host: 'evil.example',
				'x-forwarded-host': 'localhost',
				forwarded: 'host=localhost',
			},
		} );
		expect( status ).toBe( 421 );
	} );
} );

describe( 'the listening address', () => {
	const at = ( listenHost: string ) =>
		createHostCheck( { listenHost, publicUrl: null, allowedHosts: [] } );

	test( 'may be IPv6, however it is written', () => {
		const { answersTo } = at( 'fd00:0::7' );
		expect( answersTo( '[fd00::7]:8780', undefined ) ).toBe( true );
		expect( answersTo( '[FD00:0:0::7]', undefined ) ).toBe( true );
		expect( answersTo( '[fd00::8]', undefined ) ).toBe( false );
		expect( answersTo( 'fd00::7', undefined ) ).toBe( false );
	} );

	test( 'is the one of this connection where all are listened at', () => {
		for ( const everything of [ '0.0.0.0', '::' ] ) {
			const { answersTo } = at( everything );
			expect( answersTo( '192.168.1.7', '192.168.1.7' ) ).toBe( true );
			expect( answersTo( '192.168.1.7', '::ffff:192.168.1.7' ) ).toBe(
				true
			);
			expect( answersTo( '[fe80::1]:80', 'fe80::1%eth0' ) ).toBe( true );
			expect( answersTo( '192.168.1.8', '192.168.1.7' ) ).toBe( false );
			expect( answersTo( '0.0.0.0:8780', '127.0.0.1' ) ).toBe( false );
			expect( answersTo( '[::]:8780', '::1' ) ).toBe( false );
		}
	} );

	test( 'is not what a request without a host asks for', () => {
		expect( at( '127.0.0.1' ).answersTo( undefined, '127.0.0.1' ) ).toBe(
			false
		);
		expect( at( '127.0.0.1' ).answersTo( '', '127.0.0.1' ) ).toBe( false );
	} );

	test( 'may be a name', () => {
		expect( at( 'Bridge' ).answersTo( 'bridge:80', undefined ) ).toBe(
			true
		);
	} );
} );

describe( 'who may change something', () => {
	const status = ( headers: Record< string, string > ) =>
		scene.operation( who, 'status', {}, headers );

	test( 'a session with its CSRF token', async () => {
		expect( ( await status( {} ) ).status ).toBe( 200 );
		expect( scene.calls ).toHaveLength( 1 );
	} );

	test.each( [ '', 'x', 'x'.repeat( 43 ) ] )(
		'not with the CSRF token %j',
		async ( csrf ) => {
			const { status: got, code } = await scene.operation(
				{ ...who, csrf },
				'status'
			);
			expect( [ got, code() ] ).toEqual( [ 403, 'bad-csrf' ] );
			expect( scene.calls ).toEqual( [] );
		}
	);

	test( 'not without a CSRF token, nor with that of another session', async () => {
		const without = await scene.ask( '/console/operations/status', {
			method: 'POST',
			headers: { cookie: who.cookie },
			body: { input: {}, timeout: 0 },
		} );
		expect( without.code() ).toBe( 'bad-csrf' );
		const { csrf } = await scene.login();
		const others = await scene.operation( { ...who, csrf }, 'status' );
		expect( others.code() ).toBe( 'bad-csrf' );
		const logout = await scene.ask( '/console/logout', {
			method: 'POST',
			headers: { cookie: who.cookie },
		} );
		expect( logout.code() ).toBe( 'bad-csrf' );
		expect( ( await status( {} ) ).status ).toBe( 200 );
	} );

	test.each( [
		[ 'POST', '/console/operations/status' ],
		[ 'POST', '/console/operations/nothing' ],
		[ 'POST', '/console/logout' ],
		[ 'GET', '/console/session' ],
		[ 'GET', '/console/events' ],
	] )( 'not without a session: %s %s', async ( method, path ) => {
		for ( const cookie of [ '', 'pearlbridge=x', '=;;=' ] ) {
			const { status: got, code } = await scene.ask( path, {
				method,
				headers: { cookie, 'x-pearlbridge-csrf': who.csrf },
			} );
			expect( [ got, code() ] ).toEqual( [ 401, 'no-session' ] );
		}
		expect( scene.calls ).toEqual( [] );
	} );

	test.each( [
		{ 'sec-fetch-site': 'cross-site' },
		{ 'sec-fetch-site': 'same-site' },
		{ origin: 'http://evil.example' },
		{ origin: 'http://127.0.0.1:1' },
		{ origin: 'http://localhost:3000' },
		{ origin: 'null' },
		{ origin: 'file://' },
		{ origin: 'https://bridge.example.com.evil.example' },
	] )( 'not a page of somebody else: %j', async ( headers ) => {
		const { status: got, code } = await status( headers );
		expect( [ got, code() ] ).toEqual( [ 403, 'cross-site' ] );
		const login = await scene.ask( '/console/login', {
			method: 'POST',
			body: { token: await scene.loginToken() },
			headers,
		} );
		expect( login.code() ).toBe( 'cross-site' );
		expect( scene.calls ).toEqual( [] );
	} );

	test( 'our own page, also behind a proxy that says another host than the browser', async () => {
		for ( const headers of [
			{ origin: scene.url, 'sec-fetch-site': 'same-origin' },
			{ origin: 'https://bridge.example.com' },
			{ origin: 'https://pearl.internal:8443' },
			{
				origin: 'http://localhost:9999',
				host: 'localhost:9999',
			},
		] ) {
			expect( ( await status( headers ) ).status ).toBe( 200 );
		}
	} );

	test( 'no answer lets another origin read it', async () => {
		const { headers } = await status( { origin: scene.url } );
		expect(
			Object.keys( headers ).filter( ( name ) =>
				name.startsWith( 'access-control' )
			)
		).toEqual( [] );
		const preflight = await scene.ask( '/console/operations/status', {
			method: 'OPTIONS',
			headers: {
				origin: 'http://evil.example',
				'access-control-request-method': 'POST',
			},
		} );
		expect( preflight.status ).toBeGreaterThanOrEqual( 400 );
	} );
} );
