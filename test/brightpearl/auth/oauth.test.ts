import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { createAuth } from '../../../src/brightpearl/auth/auth.ts';
import { exchangeConsent } from '../../../src/brightpearl/auth/consent.ts';
import type { OAuthConfig } from '../../../src/brightpearl/auth/oauth-app.ts';
import type { TokenKeeper } from '../../../src/brightpearl/auth/token-keeper.ts';
import {
	brightpearlConfigSchema,
	type BrightpearlConfig,
} from '../../../src/contracts/connection.ts';
import type { StoredToken } from '../../../src/contracts/database.ts';
import type { HttpFetch, HttpOutcome } from '../../../src/contracts/world.ts';
import {
	answer,
	createMemoryTokens,
	createVirtualClock,
	createWorld,
	plainSecrets,
	scripted,
	unreachable,
	valueOf,
} from '../world.ts';

const fixtures = (
	JSON.parse(
		readFileSync(
			new URL( '../../data/brightpearl-fixtures.json', import.meta.url ),
			'utf8'
		)
	) as { oauth: { name: string; status: number; body: object }[] }
 ).oauth;
const recorded = ( name: string, change: object = {} ): HttpOutcome => {
	const found = fixtures.find( ( one ) => one.name === name );
	if ( ! found ) {
		throw new Error( `no fixture ${ name }` );
	}
	return answer( found.status, { ...found.body, ...change } );
};

const DAY = 86_400_000;
const START = Date.UTC( 2026, 3, 17, 10 );
const at = ( ms: number ) => new Date( START + ms ).toISOString();

function configure( auth: object = {}, more: object = {} ): BrightpearlConfig {
	return brightpearlConfigSchema.parse( {
		account: 'acmeshop',
		apiDomain: 'euw1.brightpearlconnect.com',
		auth: {
			type: 'oauth',
			clientId: 'acmeshop_pearl',
			clientSecret: 'a+b/c=',
			devRef: 'dev1',
			refreshToken: 'FILE-REFRESH',
			...auth,
		},
		...more,
	} );
}

function setUp(
	fetch: HttpFetch,
	options: {
		config?: BrightpearlConfig;
		tokens?: TokenKeeper;
	} = {}
) {
	const clock = createVirtualClock( START );
	const world = createWorld( { fetch, clock } );
	const tokens = options.tokens ?? createMemoryTokens();
	const auth = createAuth( {
		connection: 'main',
		config: options.config ?? configure(),
		world,
		readSecret: plainSecrets,
		tokens,
	} );
	return { auth, clock, world };
}

const stored = ( change: Partial< StoredToken > = {} ): StoredToken => ( {
	accessToken: 'KEPT',
	refreshToken: 'KEPT-REFRESH',
	expiresAt: at( 3 * DAY ),
	tokenType: 'Bearer',
	apiDomain: 'use1.brightpearlconnect.com',
	installationInstanceId: 13,
	...change,
} );

const form = ( body: string | undefined ) =>
	Object.fromEntries( new URLSearchParams( body ) );

describe( 'the first token', () => {
	test( 'comes from the file’s refresh token, form-encoded, and is kept before it is used', async () => {
		const { asked, fetch } = scripted( recorded( 'refresh' ) );
		const tokens = createMemoryTokens();
		const { auth } = setUp( fetch, { tokens } );
		const credentials = valueOf( await auth.current() );
		expect( asked[ 0 ] ).toMatchObject( {
			method: 'POST',
			url: 'https://oauth.brightpearlapp.com/token/acmeshop',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
		} );
		expect( asked[ 0 ]?.body ).toContain( 'client_secret=a%2Bb%2Fc%3D' );
		expect( form( asked[ 0 ]?.body ) ).toEqual( {
			grant_type: 'refresh_token',
			refresh_token: 'FILE-REFRESH',
			client_id: 'acmeshop_pearl',
			client_secret: 'a+b/c=',
		} );
		expect( credentials ).toMatchObject( {
			origin: 'https://euw1.brightpearlconnect.com',
			headers: {
				authorization:
					'Bearer TkVXQUNDRVNTVE9LRU4wMTIzNDU2Nzg5QUJDREVGR0g=',
				'brightpearl-app-ref': 'acmeshop_pearl',
				'brightpearl-dev-ref': 'dev1',
			},
		} );
		expect( tokens.token ).toMatchObject( {
			accessToken: 'TkVXQUNDRVNTVE9LRU4wMTIzNDU2Nzg5QUJDREVGR0g=',
			refreshToken: 'UkVGUkVTSDAxMjM0NTY3ODlBQkNERUZHSElKS0xNTk8=',
			// 537 227 s, the number answered, not a week.
			expiresAt: at( 537_227_000 ),
			apiDomain: 'euw1.brightpearlconnect.com',
			installationInstanceId: null,
		} );
	} );

	test( 'is the kept one where there is one', async () => {
		const { fetch } = scripted();
		const { auth } = setUp( fetch, {
			tokens: createMemoryTokens( stored() ),
		} );
		expect( valueOf( await auth.current() ) ).toMatchObject( {
			origin: 'https://use1.brightpearlconnect.com',
			headers: { authorization: 'Bearer KEPT' },
		} );
		expect( auth.installationInstanceId() ).toBe( 13 );
	} );

	test( 'is the file’s where that lives longer', async () => {
		const { fetch } = scripted();
		const { auth } = setUp( fetch, {
			config: configure( {
				accessToken: 'FILE',
				expiresAt: at( 6 * DAY ),
			} ),
			tokens: createMemoryTokens( stored() ),
		} );
		expect(
			valueOf( await auth.current() ).headers[ 'authorization' ]
		).toBe( 'Bearer FILE' );
	} );

	test( 'cannot be had without consent', async () => {
		const { fetch } = scripted();
		const { auth } = setUp( fetch, {
			config: configure( { refreshToken: undefined } ),
		} );
		expect( await auth.current() ).toMatchObject( {
			failure: {
				kind: 'hold',
				problem: {
					code: 'credentials-brightpearl',
					fix: expect.stringContaining( 'connection authorize main' ),
				},
			},
		} );
	} );

	test( 'an unreadable secret holds with its own problem', async () => {
		const { fetch } = scripted();
		const { auth } = setUp( fetch, {
			config: configure( { clientSecret: { env: 'NOT_SET' } } ),
		} );
		expect( await auth.current() ).toMatchObject( {
			failure: { kind: 'hold', problem: { code: 'secret-unreadable' } },
		} );
	} );
} );

describe( 'renewing', () => {
	test( 'happens shortly before the end, once for all who wait', async () => {
		const { asked, fetch } = scripted( recorded( 'refresh' ) );
		const { auth, clock } = setUp( fetch, {
			tokens: createMemoryTokens( stored() ),
		} );
		await auth.current();
		clock.set( START + 3 * DAY - 5 * 60_000 - 1 );
		await auth.current();
		expect( asked ).toHaveLength( 0 );
		clock.set( START + 3 * DAY - 5 * 60_000 );
		await Promise.all( [ auth.current(), auth.current(), auth.current() ] );
		expect( asked ).toHaveLength( 1 );
		// The instance id is told once and kept.
		expect( auth.installationInstanceId() ).toBe( 13 );
	} );

	test( 'two processes renew once between them', async () => {
		const { asked, fetch } = scripted( recorded( 'refresh' ) );
		const tokens = createMemoryTokens( stored( { expiresAt: at( -1 ) } ) );
		const one = setUp( fetch, { tokens } );
		const other = setUp( fetch, { tokens } );
		const both = await Promise.all( [
			one.auth.current(),
			other.auth.current(),
		] );
		expect( asked ).toHaveLength( 1 );
		expect( valueOf( both[ 0 ] ).headers ).toEqual(
			valueOf( both[ 1 ] ).headers
		);
	} );

	test( 'a token that answers only what remained is not renewed at every request', async () => {
		const { asked, fetch } = scripted(
			recorded( 'refresh', { access_token: 'A', expires_in: 20 } ),
			recorded( 'refresh', { access_token: 'B' } )
		);
		const { auth, clock } = setUp( fetch );
		await auth.current();
		clock.set( START + 9_000 );
		await auth.current();
		expect( asked ).toHaveLength( 1 );
		clock.set( START + 18_000 );
		expect(
			valueOf( await auth.current() ).headers[ 'authorization' ]
		).toBe( 'Bearer B' );
	} );

	test( 'an outage of the token service stops nothing while the token lives', async () => {
		const { fetch } = scripted( unreachable, unreachable );
		const { auth, clock } = setUp( fetch, {
			tokens: createMemoryTokens( stored() ),
		} );
		await auth.current();
		clock.set( START + 3 * DAY - 60_000 );
		expect( ( await auth.current() ).ok ).toBe( true );
		clock.set( START + 3 * DAY );
		expect( await auth.current() ).toMatchObject( {
			failure: { kind: 'retry', cause: 'outage' },
		} );
	} );

	test( 'after a 401 another process’s newer token is taken without asking', async () => {
		const { fetch } = scripted();
		const tokens = createMemoryTokens( stored() );
		const { auth } = setUp( fetch, { tokens } );
		const refused = valueOf( await auth.current() );
		tokens.token = stored( { accessToken: 'NEWER' } );
		const renewed = await auth.renew( refused );
		expect( renewed && valueOf( renewed ).headers[ 'authorization' ] ).toBe(
			'Bearer NEWER'
		);
	} );

	test( 'two dead access tokens are not tried in turn for ever', async () => {
		const { asked, fetch } = scripted( recorded( 'refresh' ) );
		const { auth } = setUp( fetch, {
			config: configure( { accessToken: 'FILE', expiresAt: at( DAY ) } ),
			tokens: createMemoryTokens( stored() ),
		} );
		const kept = valueOf( await auth.current() );
		const file = await auth.renew( kept );
		expect( file && valueOf( file ).headers[ 'authorization' ] ).toBe(
			'Bearer FILE'
		);
		const fresh = file && ( await auth.renew( valueOf( file ) ) );
		expect( fresh && valueOf( fresh ).headers[ 'authorization' ] ).toMatch(
			/TkVX/
		);
		expect( asked ).toHaveLength( 1 );
	} );

	test( 'a kept refresh token that died gives way to the file’s', async () => {
		const { asked, fetch } = scripted(
			recorded( 'bad refresh token' ),
			recorded( 'refresh' )
		);
		const { auth } = setUp( fetch, {
			tokens: createMemoryTokens( stored( { expiresAt: at( -DAY ) } ) ),
		} );
		expect( ( await auth.current() ).ok ).toBe( true );
		expect(
			asked.map( ( one ) => form( one.body )[ 'refresh_token' ] )
		).toEqual( [ 'KEPT-REFRESH', 'FILE-REFRESH' ] );
	} );

	test( 'a renewed token that could not be stored is stored before anything else is asked', async () => {
		const { asked, fetch } = scripted(
			recorded( 'refresh', { refresh_token: 'ROTATED' } )
		);
		const tokens = createMemoryTokens();
		const { save } = tokens;
		let full = true;
		tokens.save = async ( token ) => {
			if ( full ) {
				throw new Error( 'the disk is full' );
			}
			await save( token );
		};
		const { auth } = setUp( fetch, { tokens } );
		expect( await auth.current() ).toMatchObject( {
			failure: { kind: 'retry', side: 'service' },
		} );
		full = false;
		expect( ( await auth.current() ).ok ).toBe( true );
		expect( tokens.token?.refreshToken ).toBe( 'ROTATED' );
		expect( asked ).toHaveLength( 1 );
	} );

	test.each( [
		[ 'bad client', 'brightpearl.auth.clientId' ],
		[ 'bad refresh token', 'brightpearl.auth.refreshToken' ],
	] )( '%s holds, naming the field', async ( name, field ) => {
		const { fetch } = scripted( recorded( name ) );
		const { auth } = setUp( fetch );
		const result = await auth.current();
		expect( result ).toMatchObject( {
			failure: {
				kind: 'hold',
				problem: { code: 'credentials-brightpearl', field },
			},
		} );
		expect( JSON.stringify( result ) ).not.toContain( 'FILE-REFRESH' );
	} );
} );

describe( 'the API domain of a token answer', () => {
	test( 'is followed', async () => {
		const { fetch } = scripted(
			recorded( 'refresh', { api_domain: 'use1.brightpearlconnect.com' } )
		);
		const { auth } = setUp( fetch );
		expect( valueOf( await auth.current() ).origin ).toBe(
			'https://use1.brightpearlconnect.com'
		);
	} );

	test( 'is ignored where it is no host of Brightpearl’s', async () => {
		const { fetch } = scripted(
			recorded( 'refresh', { api_domain: 'evil.test' } )
		);
		const { auth, world } = setUp( fetch );
		expect( valueOf( await auth.current() ).origin ).toBe(
			'https://euw1.brightpearlconnect.com'
		);
		expect( world.log ).toContainEqual(
			expect.objectContaining( { level: 'warn' } )
		);
	} );

	test( 'is read with http:// from a sandbox', async () => {
		const { asked, fetch } = scripted(
			recorded( 'refresh', { api_domain: '127.0.0.1:9700' } )
		);
		const { auth } = setUp( fetch, {
			config: configure(
				{},
				{
					sandbox: true,
					apiDomain: 'http://127.0.0.1:9700',
					oauthUrl: 'http://127.0.0.1:9700/oauth',
				}
			),
		} );
		expect( valueOf( await auth.current() ).origin ).toBe(
			'http://127.0.0.1:9700'
		);
		expect( asked[ 0 ]?.url ).toBe(
			'http://127.0.0.1:9700/oauth/token/acmeshop'
		);
	} );
} );

describe( 'the code exchange', () => {
	const exchange = ( outcome: HttpOutcome, auth: object = {} ) => {
		const { asked, fetch } = scripted( outcome );
		const world = createWorld( {
			fetch,
			clock: createVirtualClock( START ),
		} );
		const config = configure( { clientSecret: undefined, ...auth } );
		const result = exchangeConsent(
			{
				connection: 'main',
				config,
				auth: config.auth as OAuthConfig,
				world,
				readSecret: plainSecrets,
			},
			{
				parameters: new URLSearchParams( 'code=CODE&state=STATE' ),
				state: 'STATE',
				redirectUri: 'https://pearl.example.test/oauth/brightpearl',
				before: null,
			}
		);
		return { asked, result };
	};

	test( 'answers the instance id, a string of digits', async () => {
		const { asked, result } = exchange( recorded( 'code exchange' ) );
		expect( valueOf( await result ) ).toMatchObject( {
			installationInstanceId: 13,
			expiresAt: at( 7 * DAY ),
		} );
		expect( form( asked[ 0 ]?.body ) ).toEqual( {
			grant_type: 'authorization_code',
			code: 'CODE',
			redirect_uri: 'https://pearl.example.test/oauth/brightpearl',
			client_id: 'acmeshop_pearl',
		} );
	} );

	test.each( [ 'bad code', 'redirect mismatch', 'bad client' ] )(
		'%s holds',
		async ( name ) => {
			expect( await exchange( recorded( name ) ).result ).toMatchObject( {
				failure: {
					kind: 'hold',
					problem: { code: 'credentials-brightpearl' },
				},
			} );
		}
	);

	test( 'sends the secret of a confidential app in the body, encoded', async () => {
		const { asked, result } = exchange( recorded( 'code exchange' ), {
			clientSecret: 'a+b/c=',
		} );
		valueOf( await result );
		expect( asked[ 0 ]?.body ).toContain( 'client_secret=a%2Bb%2Fc%3D' );
		expect( asked[ 0 ]?.headers ).not.toHaveProperty( 'authorization' );
	} );

	test.each( [
		[ 'without a token type', { token_type: undefined } ],
		[ 'with a null token type', { token_type: null } ],
		[ 'in capitals', { token_type: 'BEARER' } ],
		[ 'with a life as text', { expires_in: '604800' } ],
		[ 'with an empty scope', { scope: null } ],
	] )( 'an answer %s is a token all the same', async ( _, change ) => {
		expect(
			valueOf(
				await exchange( recorded( 'code exchange', change ) ).result
			)
		).toMatchObject( {
			tokenType: 'Bearer',
			expiresAt: at( 7 * DAY ),
		} );
	} );

	test( 'an answer is read as JSON whatever its type says', async () => {
		const { body, status } = fixtures.find(
			( { name } ) => name === 'bad client'
		)!;
		expect(
			await exchange(
				answer( status, body, { 'content-type': 'text/html' } )
			).result
		).toMatchObject( { failure: { kind: 'hold' } } );
	} );

	test( 'a life beyond all calendars is a long one', async () => {
		expect(
			valueOf(
				await exchange(
					recorded( 'code exchange', {
						expires_in: Number.MAX_SAFE_INTEGER,
					} )
				).result
			).expiresAt
		).toMatch( /^20\d\d-/ );
	} );

	test.each( [
		answer( 400, { error: 'temporarily_unavailable' } ),
		answer( 400, { error: 'server_error' } ),
		answer( 500, { error: 'invalid_grant' } ),
		answer( 302, '' ),
		answer( 204, '' ),
		answer( 200, { ...( fixtures[ 0 ]?.body ?? {} ), token_type: 'mac' } ),
		answer( 200, '[]' ),
		answer( 404, '<html>' ),
		answer( 200, { access_token: '' } ),
		answer( 200, '{"access_token":"A","expi' ),
		answer( 502, '<html>' ),
		answer( 429, '' ),
		unreachable,
	] )( 'what is no answer is tried again (%#)', async ( outcome ) => {
		expect( await exchange( outcome ).result ).toMatchObject( {
			failure: { kind: 'retry' },
		} );
	} );
} );
