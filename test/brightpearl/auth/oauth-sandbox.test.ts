/**
 * OAuth against the sandbox's token endpoint over real HTTP, with tokens kept in a real database:
 * whether Brightpearl rotates refresh tokens is not known, so both are survived.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	afterAll,
	afterEach,
	beforeAll,
	describe,
	expect,
	test,
} from '@jest/globals';
import { createAuth } from '../../../src/brightpearl/auth/auth.ts';
import { createBrightpearl } from '../../../src/brightpearl/client.ts';
import {
	consentUrl,
	exchangeConsent,
	type ConsentDeps,
} from '../../../src/brightpearl/auth/consent.ts';
import type { Auth } from '../../../src/brightpearl/auth/credentials.ts';
import type { OAuthConfig } from '../../../src/brightpearl/auth/oauth-app.ts';
import { createBudgetRegistry } from '../../../src/brightpearl/budget/pools.ts';
import type { TokenKeeper } from '../../../src/brightpearl/auth/token-keeper.ts';
import {
	brightpearlConfigSchema,
	type BrightpearlConfig,
} from '../../../src/contracts/connection.ts';
import type { Database } from '../../../src/contracts/database.ts';
import { DAY, SECOND } from '../../../src/contracts/primitives.ts';
import type { Clock } from '../../../src/contracts/world.ts';
import { openDatabase } from '../../../src/database/open.ts';
import { createHttpFetch } from '../../../src/net/http-fetch.ts';
import { systemClock, systemRandom } from '../../../src/net/world.ts';
import {
	startBrightpearlSandbox,
	type BrightpearlSandbox,
	type SandboxAccount,
} from '../../../src/sandbox/brightpearl/index.ts';
import { answerConsent } from '../../helpers/consent-page.ts';
import { WORLDS } from '../../helpers/worlds.ts';
import { createLog, plainSecrets, valueOf } from '../world.ts';

const NAME = 'main';
const REDIRECT = 'https://pearl.example.test/oauth/brightpearl';
const fetchHttp = createHttpFetch( { clock: systemClock } );
afterAll( () => fetchHttp.close() );
let ahead = 0;
const clock: Clock = {
	now: () => systemClock.now() + ahead,
	sleep: systemClock.sleep,
};
const { logger } = createLog();
const world = { clock, random: systemRandom, logger, fetch: fetchHttp };

describe.each( WORLDS )( 'in the $name world:', ( { switches } ) => {
	const isPublic = switches.oauthClient === 'public';
	let sandbox: BrightpearlSandbox;
	let account: SandboxAccount;
	let directory: string;
	const open: Database[] = [];

	beforeAll( async () => {
		sandbox = await startBrightpearlSandbox( {
			clock: systemClock,
			switches,
		} );
		account = sandbox.ready.accounts[ 0 ]!;
	} );
	afterEach( async () => {
		ahead = 0;
		for ( const database of open.splice( 0 ) ) {
			await database.close();
		}
		rmSync( directory, { recursive: true, force: true } );
	} );
	afterAll( () => sandbox.close() );

	function configOf(
		auth: object = {},
		more: object = {}
	): BrightpearlConfig & { auth: OAuthConfig } {
		const { clientId, clientSecret, devRef } = account.oauth;
		return brightpearlConfigSchema.parse( {
			account: account.account,
			apiDomain: account.apiDomain,
			oauthUrl: account.oauthUrl,
			sandbox: true,
			auth: {
				type: 'oauth',
				clientId,
				...( isPublic ? {} : { clientSecret } ),
				devRef,
				...auth,
			},
			...more,
		} ) as BrightpearlConfig & { auth: OAuthConfig };
	}

	/** Each is a process of its own with the same file. */
	async function process(): Promise< Database > {
		if ( open.length === 0 ) {
			directory = mkdtempSync( join( tmpdir(), 'pearlbridge-oauth-' ) );
		}
		const database = await openDatabase( {
			path: join( directory, 'test.db' ),
			key: new Uint8Array( 32 ),
			clock,
			random: systemRandom,
			logger,
			owner: `process-${ open.length }`,
		} );
		open.push( database );
		if ( open.length === 1 ) {
			await database.connections.put( {
				name: NAME,
				store: {
					type: 'woocommerce',
					url: 'https://shop.example.test',
					consumerKey: 'ck_1',
					consumerSecret: 'cs_1',
				},
				brightpearl: configOf(),
				settings: {} as never,
			} );
		}
		return database;
	}

	function keeperOf( database: Database ): TokenKeeper {
		return {
			load: () => database.connections.token( NAME ),
			save: ( token ) => database.connections.saveToken( NAME, token ),
			async lock( work ) {
				const held = await database.locks.withLock(
					`token:${ NAME }`,
					{ wait: 30 * SECOND },
					work
				);
				return held.ok ? held.value : held;
			},
		};
	}

	const authOf = ( database: Database, config = configOf() ): Auth =>
		createAuth( {
			connection: NAME,
			config,
			world,
			readSecret: plainSecrets,
			tokens: keeperOf( database ),
		} );

	const depsOf = ( config = configOf() ): ConsentDeps => ( {
		connection: NAME,
		config,
		auth: config.auth,
		world,
		readSecret: plainSecrets,
	} );

	/** The code of a new consent. */
	async function consent( redirectUri = REDIRECT ): Promise< string > {
		const url = valueOf(
			consentUrl( depsOf(), { state: 'STATE', redirectUri } )
		);
		const back = await answerConsent( url );
		expect( back.searchParams.get( 'state' ) ).toBe( 'STATE' );
		return back.searchParams.get( 'code' ) ?? '';
	}

	const exchange = (
		code: string,
		config = configOf(),
		redirect = REDIRECT
	) =>
		exchangeConsent( depsOf( config ), {
			parameters: new URLSearchParams( { code, state: 'STATE' } ),
			state: 'STATE',
			redirectUri: redirect,
			before: null,
		} );

	/** A kept token of a fresh consent. */
	async function granted( database: Database ) {
		const token = valueOf( await exchange( await consent() ) );
		await database.connections.saveToken( NAME, token );
		return token;
	}

	async function log() {
		const response = await fetch(
			`${ sandbox.url }/_sandbox/requests?since=0`
		);
		const { requests } = ( await response.json() ) as {
			requests: { method: string; path: string; status: number }[];
		};
		return requests;
	}
	const tokenRequests = async () =>
		( await log() ).filter( ( { path } ) =>
			path.startsWith( '/oauth/token/' )
		).length;

	describe.each( [ 'keep', 'rotate' ] as const )(
		'where refreshing means to %s the refresh token',
		( refreshToken ) => {
			beforeAll( () => sandbox.setSwitches( { refreshToken } ) );

			test( 'an access token is renewed week after week', async () => {
				const database = await process();
				const first = await granted( database );
				expect( first ).toMatchObject( {
					tokenType: 'Bearer',
					installationInstanceId: account.installationInstanceId,
					apiDomain: account.apiDomain.replace( 'http://', '' ),
				} );
				const auth = authOf( database );
				const seen = [ first.accessToken ];
				const refreshed = [ first.refreshToken ];
				for ( let week = 1; week <= 3; week += 1 ) {
					ahead = week * 8 * DAY;
					const { headers } = valueOf( await auth.current() );
					const kept = await database.connections.token( NAME );
					expect( headers[ 'authorization' ] ).toBe(
						`Bearer ${ kept?.accessToken }`
					);
					// The answer of a refresh is silent of it.
					expect( kept?.installationInstanceId ).toBe(
						account.installationInstanceId
					);
					seen.push( kept?.accessToken ?? '' );
					refreshed.push( kept?.refreshToken ?? '' );
				}
				expect( new Set( seen ).size ).toBe( 4 );
				expect( new Set( refreshed ).size ).toBe(
					refreshToken === 'rotate' ? 4 : 1
				);
			} );

			test( 'two processes that need a new token at once ask once', async () => {
				const databases = [ await process(), await process() ];
				await granted( databases[ 0 ]! );
				const auths = databases.map( ( database ) =>
					authOf( database )
				);
				for ( const auth of auths ) {
					valueOf( await auth.current() );
				}
				ahead = 8 * DAY;
				const before = await tokenRequests();
				const headers = await Promise.all(
					[ ...auths, ...auths ].map( async ( auth ) =>
						valueOf( await auth.current() )
					)
				);
				expect( ( await tokenRequests() ) - before ).toBe( 1 );
				expect(
					new Set(
						headers.map( ( one ) => one.headers[ 'authorization' ] )
					).size
				).toBe( 1 );
			} );

			test( 'a token refused with 401 is renewed once, and the request sent again', async () => {
				const database = await process();
				const token = await granted( database );
				await database.connections.saveToken( NAME, {
					...token,
					accessToken: 'bm90LWEtdG9rZW4tb2YtYW55Ym9keS1hdC1hbGwhIQ==',
				} );
				const client = createBrightpearl( {
					connection: NAME,
					config: configOf(),
					world,
					readSecret: plainSecrets,
					cache: database.cache,
					tokens: keeperOf( database ),
					budgets: createBudgetRegistry( world ),
					reserve: () => 0,
				} );
				const before = ( await log() ).length;
				valueOf( await client.configuration() );
				expect(
					( await log() )
						.slice( before )
						.map( ( { status, path } ) => [
							status,
							path.split( '/' )[ 1 ],
						] )
				).toEqual( [
					[ 401, 'public-api' ],
					[ 200, 'oauth' ],
					[ 200, 'public-api' ],
				] );
			} );
		}
	);

	describe( 'a refresh token that is refused', () => {
		test( 'is told with the way to a new one', async () => {
			const database = await process();
			const token = await granted( database );
			await database.connections.saveToken( NAME, {
				...token,
				refreshToken: 'withdrawn',
			} );
			ahead = 8 * DAY;
			expect( await authOf( database ).current() ).toMatchObject( {
				failure: {
					kind: 'hold',
					problem: {
						code: 'credentials-brightpearl',
						fix: expect.stringContaining(
							`connection authorize ${ NAME }`
						),
					},
				},
			} );
		} );

		test( 'gives way to the one of a new consent without a restart', async () => {
			const database = await process();
			const auth = authOf( database );
			expect( ( await auth.current() ).ok ).toBe( false );
			const token = await granted( database );
			expect(
				valueOf( await auth.current() ).headers[ 'authorization' ]
			).toBe( `Bearer ${ token.accessToken }` );
		} );
	} );

	describe( 'an exchange', () => {
		const wrong = [
			[
				'a code that never was',
				async () => 'bm90aGluZw==',
				{},
				REDIRECT,
			],
			[
				'a code that was used',
				async () => {
					const code = await consent();
					valueOf( await exchange( code ) );
					return code;
				},
				{},
				REDIRECT,
			],
			[
				'another return address',
				consent,
				{},
				'https://elsewhere.example.test/',
			],
			[ 'another app', consent, { clientId: 'another_app' }, REDIRECT ],
			// Only an app that has one can send a wrong one.
			...( isPublic
				? []
				: ( [
						[
							'a wrong secret',
							consent,
							{ clientSecret: 'wrong' },
							REDIRECT,
						],
					] as const ) ),
		] as const;
		test.each( wrong )(
			'with %s holds',
			async ( _, code, auth, redirect ) => {
				await process();
				const given = await code();
				const result = await exchange(
					given,
					configOf( auth ),
					redirect
				);
				expect( result ).toMatchObject( {
					failure: {
						kind: 'hold',
						problem: { code: 'credentials-brightpearl' },
					},
				} );
				expect( JSON.stringify( result ) ).not.toContain( given );
			}
		);
	} );
} );
