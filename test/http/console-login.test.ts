import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE } from '../../src/contracts/primitives.ts';
import { sessionSchema } from '../../src/contracts/console.ts';
import { cookieOf, createScene, type Scene } from './console-scene.ts';

let scene: Scene;
beforeEach( async () => {
	scene = await createScene();
} );
afterEach( () => scene.close() );

const login = ( token: unknown, headers: Record< string, string > = {} ) =>
	scene.ask( '/console/login', {
		method: 'POST',
		body: { token },
		headers,
	} );
const session = ( cookie: string ) =>
	scene.ask( '/console/session', { headers: { cookie } } );

describe( 'the login link', () => {
	test( 'opens a session, told only to the browser that used it', async () => {
		const answer = await login( await scene.loginToken() );
		expect( [ answer.status, answer.text ] ).toEqual( [ 204, '' ] );
		expect( answer.headers[ 'set-cookie' ] ).toEqual( [
			expect.stringMatching(
				/^pearlbridge-[0-9a-f]{12}=[\w-]{43}\.\w+; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/
			),
		] );
		const { status, json } = await session( cookieOf( answer.headers ) );
		expect( status ).toBe( 200 );
		expect( sessionSchema.parse( json() ) ).toMatchObject( {
			csrf: expect.stringMatching( /^[\w-]{43}$/ ),
			version: '1.2.3',
		} );
	} );

	test( 'opens once', async () => {
		const token = await scene.loginToken();
		expect( ( await login( token ) ).status ).toBe( 204 );
		const again = await login( token );
		expect( [ again.status, again.code() ] ).toEqual( [
			401,
			'bad-login',
		] );
		expect( again.headers[ 'set-cookie' ] ).toBeUndefined();
	} );

	test( 'of two tabs that use it at the same moment one gets in', async () => {
		const token = await scene.loginToken();
		const answers = await Promise.all( [
			login( token ),
			login( token ),
			login( token ),
		] );
		expect( answers.map( ( { status } ) => status ).toSorted() ).toEqual( [
			204, 401, 401,
		] );
	} );

	test( 'is good for ten minutes', async () => {
		const token = await scene.loginToken();
		scene.pass( 10 * MINUTE );
		expect( ( await login( token ) ).code() ).toBe( 'bad-login' );
	} );

	test.each( [
		[ 'an unknown token', 'x'.repeat( 43 ) ],
		[ 'a short one', 'short' ],
		[ 'an empty one', '' ],
		[ 'a number', 7 ],
		[ 'null', null ],
		[ 'a very long one', 'y'.repeat( 5000 ) ],
	] )( '%s opens nothing', async ( _, token ) => {
		const { status, code } = await login( token );
		expect( [ status, code() ] ).toEqual( [ 401, 'bad-login' ] );
	} );

	test( 'works however many wrong ones came from the same address, and a flood of them fills no log', async () => {
		const token = await scene.loginToken();
		const wrong = async () => {
			for ( let i = 0; i < 15; i += 1 ) {
				const { status } = await login( `wrong-wrong-wrong-${ i }` );
				expect( status ).toBe( 401 );
			}
		};
		const lines = () =>
			scene.logged().split( 'A console login was refused.' ).length - 1;
		await wrong();
		expect( lines() ).toBe( 10 );
		expect( ( await login( token ) ).status ).toBe( 204 );
		scene.pass( MINUTE );
		await wrong();
		expect( lines() ).toBe( 20 );
	} );

	test( 'a session that was planted beforehand is not the one that is opened', async () => {
		const planted = await scene.login();
		const answer = await login( await scene.loginToken(), {
			cookie: planted.cookie,
		} );
		const own = cookieOf( answer.headers );
		expect( own ).not.toBe( planted.cookie );
		expect( ( await session( own ) ).status ).toBe( 200 );
		expect( ( await session( planted.cookie ) ).status ).toBe( 401 );
	} );

	test( 'no token, cookie or CSRF token ever reaches the log', async () => {
		const token = await scene.loginToken();
		const answer = await login( token );
		const cookie = cookieOf( answer.headers );
		const csrf = String( ( await session( cookie ) ).json()[ 'csrf' ] );
		await login( token );
		await scene.operation( { cookie, csrf }, 'status' );
		scene.answer = async () => {
			throw new Error( 'a defect' );
		};
		await scene.operation( { cookie, csrf }, 'status' );
		expect( scene.logged() ).toContain( 'a defect' );
		for ( const secret of [ token, cookie.split( '=' )[ 1 ], csrf ] ) {
			expect( scene.logged() ).not.toContain( secret );
		}
	} );
} );

describe( 'the cookie', () => {
	const PUBLIC = { publicUrl: 'https://bridge.example.com/pearl' };
	const flags = ( headers: Parameters< typeof cookieOf >[ 0 ] ) =>
		headers[ 'set-cookie' ]?.[ 0 ]?.split( '; ' ).slice( 1 );

	test( 'is for https alone where the browser came by https', async () => {
		await scene.restart( PUBLIC );
		const byHost = await login( await scene.loginToken(), {
			host: 'bridge.example.com',
		} );
		const byOrigin = await login( await scene.loginToken(), {
			origin: 'https://bridge.example.com',
		} );
		expect( flags( byHost.headers ) ).toContain( 'Secure' );
		expect( flags( byOrigin.headers ) ).toContain( 'Secure' );
	} );

	test( 'works at http://localhost of a service with a public address, too', async () => {
		await scene.restart( PUBLIC );
		const answer = await login( await scene.loginToken(), {
			host: 'localhost:8780',
		} );
		expect( flags( answer.headers ) ).not.toContain( 'Secure' );
	} );

	test( 'of another sidecar on this machine opens nothing, even with the same database row', async () => {
		const { cookie } = await scene.login();
		const [ , value ] = cookie.split( '=' );
		const others = `pearlbridge-000000000000=${ value }`;
		expect( ( await session( others ) ).status ).toBe( 401 );
		expect( ( await session( `${ others }; ${ cookie }` ) ).status ).toBe(
			200
		);
	} );

	test.each( [ 'x', '', 'a.b.c', `${ 'x'.repeat( 43 ) }.zzzzzzzz` ] )(
		'%j opens nothing',
		async ( value ) => {
			const { cookie } = await scene.login();
			const [ name ] = cookie.split( '=' );
			const { status, code } = await session( `${ name }=${ value }` );
			expect( [ status, code() ] ).toEqual( [ 401, 'no-session' ] );
		}
	);
} );

describe( 'a session', () => {
	test( 'ends twelve hours after it was last used', async () => {
		const { cookie } = await scene.login();
		scene.pass( 12 * HOUR - MINUTE );
		expect( ( await session( cookie ) ).status ).toBe( 200 );
		scene.pass( 12 * HOUR - MINUTE );
		expect( ( await session( cookie ) ).status ).toBe( 200 );
		scene.pass( 12 * HOUR );
		expect( ( await session( cookie ) ).status ).toBe( 401 );
	} );

	test( 'ends after seven days however much it is used, and nobody can move that end', async () => {
		const { cookie } = await scene.login();
		for ( let hours = 0; hours < 7 * 24 - 8; hours += 8 ) {
			scene.pass( 8 * HOUR );
			expect( ( await session( cookie ) ).status ).toBe( 200 );
		}
		const later = ( Date.now() + 30 * DAY ).toString( 36 );
		expect(
			( await session( cookie.replace( /\.\w+$/, `.${ later }` ) ) )
				.status
		).toBe( 401 );
		scene.pass( 8 * HOUR );
		expect( ( await session( cookie ) ).status ).toBe( 401 );
	} );

	test( 'is over after seven days for a stream that was opened before, too', async () => {
		const { cookie } = await scene.login();
		for ( let hours = 0; hours < 7 * 24 - 1; hours += 1 ) {
			scene.pass( HOUR );
			expect( ( await session( cookie ) ).status ).toBe( 200 );
		}
		// All that a stream asks by: the hash names the session and cannot open it.
		const name = createHash( 'sha256' )
			.update( cookie.split( '=' )[ 1 ] ?? '' )
			.digest( 'hex' );
		const { sessions } = scene.database;
		expect( await sessions.find( name ) ).not.toBeNull();
		scene.pass( HOUR );
		expect( await sessions.find( name ) ).toBeNull();
	} );

	test( 'outlives a restart of the service', async () => {
		const { cookie } = await scene.login();
		await scene.restart();
		expect( ( await session( cookie ) ).status ).toBe( 200 );
	} );

	test( 'ends with logout, for the server as for the browser', async () => {
		const { cookie, csrf } = await scene.login();
		const other = await scene.login();
		const answer = await scene.ask( '/console/logout', {
			method: 'POST',
			headers: { cookie, 'x-pearlbridge-csrf': csrf },
		} );
		expect( answer.status ).toBe( 204 );
		expect( answer.headers[ 'set-cookie' ]?.[ 0 ] ).toMatch(
			/^pearlbridge-\w+=; Path=\/; Max-Age=0; HttpOnly; SameSite=Strict$/
		);
		expect( ( await session( cookie ) ).status ).toBe( 401 );
		expect( ( await session( other.cookie ) ).status ).toBe( 200 );
	} );
} );
