import { describe, expect, test } from '@jest/globals';
import {
	brightpearlConfigSchema,
	type BrightpearlConfig,
} from '../../src/contracts/connection.ts';
import { createKit, PRIVATE_APP } from './client-kit.ts';
import {
	answer,
	createMemoryCache,
	createMemoryTokens,
	lost,
	settled,
	unreachable,
	valueOf,
} from './world.ts';

const OAUTH = brightpearlConfigSchema.parse( {
	account: 'acmeshop',
	apiDomain: 'euw1.brightpearlconnect.com',
	auth: {
		type: 'oauth',
		clientId: 'pearl',
		devRef: 'dev1',
		refreshToken: 'REFRESH-1',
	},
} );
const TOKEN = {
	accessToken: 'ACCESS-1',
	refreshToken: 'REFRESH-1',
	expiresAt: '2026-04-20T00:00:00.000Z',
	tokenType: 'Bearer',
	apiDomain: 'euw1.brightpearlconnect.com',
	installationInstanceId: null,
};
const NONE = answer( 404, {
	errors: [ { code: 'CMNC-404', message: 'No reservation' } ],
} );
const BUSY = {
	response:
		'You have sent too many requests. Please wait before sending another request',
};

describe( 'what a request carries', () => {
	test.each< [ string, BrightpearlConfig, Record< string, string > ] >( [
		[
			'a private app',
			PRIVATE_APP,
			{
				'brightpearl-app-ref': 'acmeshop_woo',
				'brightpearl-account-token': 'ACCOUNT-TOKEN-1234',
			},
		],
		[
			'a staff token',
			brightpearlConfigSchema.parse( {
				...PRIVATE_APP,
				auth: {
					type: 'staff-token',
					appRef: 'acmeshop_woo',
					staffToken: 'STAFF',
				},
			} ),
			{
				'brightpearl-app-ref': 'acmeshop_woo',
				'brightpearl-staff-token': 'STAFF',
			},
		],
		[
			'OAuth',
			OAUTH,
			{
				authorization: 'Bearer ACCESS-1',
				'brightpearl-app-ref': 'pearl',
				'brightpearl-dev-ref': 'dev1',
			},
		],
	] )( '%s', async ( _name, config, headers ) => {
		const { asked, client } = createKit( () => NONE, {
			config,
			tokens: createMemoryTokens( TOKEN ),
		} );
		expect( valueOf( await client.reservation( 7 ) ) ).toBeNull();
		expect( asked[ 0 ]?.request ).toMatchObject( {
			method: 'GET',
			url: 'https://euw1.brightpearlconnect.com/public-api/acmeshop/warehouse-service/order/7/reservation',
			headers: { accept: 'application/json', ...headers },
		} );
		expect( asked[ 0 ]?.request ).not.toHaveProperty( 'body' );
		expect(
			Object.keys( asked[ 0 ]?.request.headers ?? {} ).sort()
		).toEqual( [ 'accept', ...Object.keys( headers ) ].sort() );
	} );

	test( 'a secret is read at each use, and its absence holds before anything is sent', async () => {
		let secret: string | null = 'ONE';
		const { asked, client } = createKit( () => NONE, {
			readSecret: () =>
				secret === null
					? {
							ok: false,
							problem: {
								code: 'secret-unreadable',
								message: 'gone',
								cause: null,
								fix: null,
								field: null,
							},
						}
					: { ok: true, value: secret },
		} );
		await client.reservation( 1 );
		secret = 'TWO';
		await client.reservation( 1 );
		secret = null;
		expect( await client.reservation( 1 ) ).toMatchObject( {
			failure: { kind: 'hold', problem: { code: 'secret-unreadable' } },
		} );
		expect(
			asked.map(
				( { request } ) =>
					request.headers[ 'brightpearl-account-token' ]
			)
		).toEqual( [ 'ONE', 'TWO' ] );
		expect( client.requests() ).toBe( 2 );
	} );

	test( 'nothing is sent to a host that is not Brightpearl’s', async () => {
		const { asked, client } = createKit( () => NONE, {
			config: { ...PRIVATE_APP, apiDomain: 'evil.test' },
		} );
		expect( await client.reservation( 1 ) ).toMatchObject( {
			failure: { problem: { field: 'brightpearl.apiDomain' } },
		} );
		expect( asked ).toHaveLength( 0 );
	} );
} );

describe( 'a 401', () => {
	const expired = answer( 401, { response: 'Authorization token expired' } );
	const fresh = answer( 200, {
		access_token: 'ACCESS-2',
		refresh_token: 'REFRESH-2',
		expires_in: 604800,
		token_type: 'Bearer',
		api_domain: 'euw1.brightpearlconnect.com',
	} );

	test( 'is answered by one renewal and one more try, also of a write', async () => {
		const tokens = createMemoryTokens( TOKEN );
		const { asked, client } = createKit(
			( { path, request } ) => {
				if ( path === '/token/acmeshop' ) {
					return fresh;
				}
				return request.headers[ 'authorization' ] === 'Bearer ACCESS-2'
					? 77
					: expired;
			},
			{ config: OAUTH, tokens }
		);
		expect(
			valueOf( await client.createPostalAddress( { addressLine1: 'x' } ) )
		).toBe( 77 );
		expect( asked.map( ( { path } ) => path ) ).toEqual( [
			'/contact-service/postal-address',
			'/token/acmeshop',
			'/contact-service/postal-address',
		] );
		expect( tokens.token?.refreshToken ).toBe( 'REFRESH-2' );
		// The token request is none of the budget's.
		expect( client.requests() ).toBe( 2 );
	} );

	test( 'a second time surfaces', async () => {
		const { asked, client } = createKit(
			( { path } ) => ( path === '/token/acmeshop' ? fresh : expired ),
			{ config: OAUTH, tokens: createMemoryTokens( TOKEN ) }
		);
		expect( await client.reservation( 1 ) ).toMatchObject( {
			failure: {
				kind: 'hold',
				problem: { code: 'credentials-brightpearl' },
			},
		} );
		expect( asked ).toHaveLength( 3 );
	} );

	test( 'of a private app surfaces at once, and its echo of the token reaches no log', async () => {
		const { asked, client, world } = createKit( () =>
			answer( 401, {
				response: 'Invalid instance token: ACCOUNT-TOKEN-1234',
			} )
		);
		const result = await client.reservation( 1 );
		expect( result ).toMatchObject( {
			failure: { problem: { field: 'brightpearl.auth.accountToken' } },
		} );
		expect( asked ).toHaveLength( 1 );
		expect( JSON.stringify( [ result, world.log ] ) ).not.toContain(
			'ACCOUNT-TOKEN'
		);
	} );
} );

describe( 'throttling and outage', () => {
	test( 'a throttled answer stops the pool until its window turns', async () => {
		let busy = true;
		const { asked, client, clock } = createKit( () =>
			busy
				? answer( 503, BUSY, {
						'brightpearl-requests-remaining': '0',
						'brightpearl-next-throttle-period': '12000',
					} )
				: NONE
		);
		expect( await client.reservation( 1 ) ).toMatchObject( {
			failure: {
				kind: 'retry',
				cause: 'throttled',
				after: 12_000,
				outcomeUnknown: false,
				ruid: 'ruid-1',
			},
		} );
		busy = false;
		const start = clock.now();
		const person = client.inLane( 'person' ).reservation( 1 );
		await clock.runTo( start + 11_990 );
		expect( asked ).toHaveLength( 1 );
		await clock.runTo( start + 12_010 );
		expect( valueOf( await person ) ).toBeNull();
		expect( client.budget() ).toMatchObject( {
			pool: 'acmeshop|private',
			refused: 1,
		} );
	} );

	test( 'an outage is probed, not hammered, and says when', async () => {
		const { asked, client, clock } = createKit( () => unreachable );
		for ( let at = 0; at < 5; at++ ) {
			await client.reservation( 1 );
		}
		expect( await client.reservation( 1 ) ).toMatchObject( {
			failure: { kind: 'retry', cause: 'outage', after: 1500 },
		} );
		expect( asked ).toHaveLength( 5 );
		clock.set( clock.now() + 1500 );
		await Promise.all( [
			client.reservation( 1 ),
			client.reservation( 1 ),
		] );
		expect( asked ).toHaveLength( 6 );
	} );

	test( 'a stumble over one record is no outage', async () => {
		const { asked, client } = createKit( () =>
			answer( 500, {
				errors: [
					{ code: 'CMNU-003', message: 'Internal Server Error' },
				],
			} )
		);
		for ( let at = 0; at < 9; at++ ) {
			expect( await client.reservation( 1 ) ).toMatchObject( {
				failure: { kind: 'retry', cause: 'outage', after: null },
			} );
		}
		expect( asked ).toHaveLength( 9 );
	} );

	test( 'a write without an answer has an unknown outcome; one never sent has not', async () => {
		for ( const [ outcome, unknown ] of [
			[ lost, true ],
			[ answer( 200, '{"respon' ), true ],
			[ unreachable, false ],
		] as const ) {
			const { client } = createKit( () => outcome );
			expect(
				await client.createPostalAddress( { addressLine1: 'x' } )
			).toMatchObject( {
				failure: { kind: 'retry', outcomeUnknown: unknown },
			} );
		}
	} );

	test( 'a fetch that throws, against its contract, frees its place', async () => {
		let broken = true;
		const { client } = createKit( () => {
			if ( broken ) {
				throw new Error( 'defect' );
			}
			return NONE;
		} );
		for ( let at = 0; at < 3; at++ ) {
			await expect( client.reservation( 1 ) ).rejects.toThrow( 'defect' );
		}
		broken = false;
		expect( valueOf( await client.reservation( 1 ) ) ).toBeNull();
	} );
} );

describe( 'the client object', () => {
	test( 'counts its own requests and those of its lanes', async () => {
		const { client } = createKit( () => NONE );
		const stock = client.inLane( 'stock' );
		const person = stock.inLane( 'person' );
		await client.reservation( 1 );
		await stock.reservation( 1 );
		await person.reservation( 1 );
		expect( [
			client.requests(),
			stock.requests(),
			person.requests(),
		] ).toEqual( [ 3, 2, 1 ] );
	} );

	test( 'reads the budget from every answer', async () => {
		const { client, clock } = createKit( () =>
			answer(
				200,
				{ response: [] },
				{
					'brightpearl-requests-remaining': '187',
					'brightpearl-next-throttle-period': '30000',
				}
			)
		);
		await client.reservation( 1 );
		expect( client.budget() ).toEqual( {
			pool: 'acmeshop|private',
			limit: 200,
			remaining: 187,
			resetsAt: new Date( clock.now() + 30_005 ).toISOString(),
			refused: 0,
		} );
	} );

	test( 'two connections of one account share a pool; another developer has its own', async () => {
		const one = createKit( () => NONE );
		expect( one.budgets.pool( 'acmeshop|private' ) ).toBe(
			one.budgets.pool( 'acmeshop|private' )
		);
		expect(
			createKit( () => NONE, { config: OAUTH } ).client.budget().pool
		).toBe( 'acmeshop|dev1' );
	} );

	test( 'logs method, path, status, request id and time, but no query and no secret', async () => {
		const { client, world } = createKit( () => undefined, {} );
		await client.configuration();
		const other = createKit( () => lost );
		await other.client.contactsByEmail( 'ines@example.test' );
		await settled();
		expect( world.log ).toContainEqual( {
			level: 'debug',
			message: 'Asked Brightpearl',
			fields: {
				connection: 'main',
				side: 'brightpearl',
				method: 'GET',
				path: '/integration-service/account-configuration',
				status: 200,
				ruid: 'ruid-1',
				ms: 0,
			},
		} );
		expect( JSON.stringify( other.world.log ) ).not.toContain( 'ines' );
		expect( JSON.stringify( world.log ) ).not.toContain( 'TOKEN' );
	} );
} );

describe( 'the installation instance id', () => {
	const headers = {
		'brightpearl-installed-integration-instance-id': '11',
	};

	test( 'is learned from the header with OAuth, and known after a restart', async () => {
		const cache = createMemoryCache();
		const options = {
			config: OAUTH,
			tokens: createMemoryTokens( TOKEN ),
			cache,
			headers,
		};
		const first = createKit( () => undefined, options );
		expect( first.client.installationInstanceId() ).toBeNull();
		await first.client.configuration();
		expect( first.client.installationInstanceId() ).toBe( 11 );

		// The configuration comes from the cache: no request tells the id again.
		const again = createKit( () => undefined, options );
		await again.client.configuration();
		expect( again.asked ).toHaveLength( 0 );
		expect( again.client.installationInstanceId() ).toBe( 11 );
	} );

	test( 'of the token answer wins over the header, one given by hand over both', async () => {
		const tokens = createMemoryTokens( {
			...TOKEN,
			installationInstanceId: 13,
		} );
		const told = createKit( () => undefined, {
			config: OAUTH,
			tokens,
			headers,
		} );
		await told.client.configuration();
		expect( told.client.installationInstanceId() ).toBe( 13 );
		const given = createKit( () => undefined, {
			config: { ...OAUTH, installationInstanceId: 99 },
			tokens,
			headers,
		} );
		await given.client.configuration();
		expect( given.client.installationInstanceId() ).toBe( 99 );
	} );

	test( 'of a private app is only what was given by hand', async () => {
		const kit = createKit( () => undefined, { headers } );
		await kit.client.configuration();
		expect( kit.client.installationInstanceId() ).toBeNull();
	} );
} );
