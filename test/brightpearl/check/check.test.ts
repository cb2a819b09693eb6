import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../../src/contracts/answers.ts';
import { brightpearlConfigSchema } from '../../../src/contracts/connection.ts';
import {
	createKit,
	PRIVATE_APP,
	searchAnswer,
	type Handler,
} from '../client-kit.ts';
import { answer, createMemoryTokens, unreachable } from '../world.ts';

const healthy: Handler = ( { path } ) => {
	if ( path.endsWith( '-search' ) ) {
		return searchAnswer( [], [] );
	}
	if ( path.endsWith( '/channel' ) ) {
		return [ { id: 7, name: 'Web store' } ];
	}
	if ( path.endsWith( '/instance' ) ) {
		return { installedIntegrationInstanceId: 13, instanceName: 'acmeshop' };
	}
	return path.endsWith( '/account-configuration' ) ? undefined : [];
};

const OAUTH = brightpearlConfigSchema.parse( {
	...PRIVATE_APP,
	auth: {
		type: 'oauth',
		clientId: 'pearl',
		devRef: 'dev1',
		refreshToken: 'R',
	},
} );
const tokens = ( installationInstanceId: number | null ) =>
	createMemoryTokens( {
		accessToken: 'A',
		refreshToken: 'R',
		expiresAt: '2026-04-20T00:00:00.000Z',
		tokenType: 'Bearer',
		apiDomain: 'euw1.brightpearlconnect.com',
		installationInstanceId,
	} );
const levels = ( findings: readonly { code: string; level: string }[] ) =>
	findings.map( ( { code, level } ) => `${ code } ${ level }` );

describe( 'checking a connection', () => {
	test( 'a private app that works: facts, channels, and the missing instance id as a warning', async () => {
		const { asked, client } = createKit( healthy, {
			headers: {
				'brightpearl-requests-remaining': '180',
				'brightpearl-next-throttle-period': '30000',
			},
		} );
		const check = await client.check();
		expect( levels( check.findings ) ).toEqual( [
			'account-ok ok',
			'services-ok ok',
			'instance-id-missing warning',
		] );
		expect( check ).toMatchObject( {
			instanceName: null,
			baseCurrency: 'GBP',
			timeZone: 'Europe/London',
			taxScheme: 'VAT',
			channels: [ { id: 7, name: 'Web store' } ],
			requestsRemaining: 180,
		} );
		expect( new Set( asked.map( ( { method } ) => method ) ) ).toEqual(
			new Set( [ 'GET' ] )
		);
	} );

	test( 'asks anew although everything is cached', async () => {
		const { asked, client } = createKit( healthy );
		await client.check();
		const once = asked.length;
		await client.check();
		expect( asked ).toHaveLength( once * 2 );
	} );

	test( 'OAuth has an instance, with its name', async () => {
		const { client } = createKit( healthy, {
			config: OAUTH,
			tokens: tokens( 13 ),
		} );
		const check = await client.check();
		expect( check.instanceName ).toBe( 'acmeshop' );
		expect( levels( check.findings ) ).toContain( 'instance-id-ok ok' );
	} );

	test( 'an instance id by hand that Brightpearl contradicts is a warning', async () => {
		const { client } = createKit( healthy, {
			config: { ...OAUTH, installationInstanceId: 99 },
			tokens: tokens( 13 ),
		} );
		expect( levels( ( await client.check() ).findings ) ).toContain(
			'instance-id-differs warning'
		);
	} );

	test.each( [
		[
			'a wrong token',
			answer( 401, { response: 'Invalid instance token: x' } ),
			'credentials-brightpearl',
		],
		[
			'no rights',
			answer( 403, { response: 'No' } ),
			'credentials-brightpearl',
		],
		[
			'a wrong account',
			answer( 404, {
				errors: [
					{ code: 'CMNC-404', message: 'Cannot find the resource' },
				],
			} ),
			'refused-by-brightpearl',
		],
		[ 'nobody there', unreachable, 'service-unreachable' ],
		[ 'an outage', answer( 502, '<html>' ), 'service-unreachable' ],
		[
			'no requests left',
			answer( 503, { response: 'You have sent too many requests.' } ),
			'throttled',
		],
	] )( '%s is one error with its fix', async ( _what, outcome, code ) => {
		const { asked, client } = createKit( () => outcome );
		const check = await client.check();
		expect( check.findings ).toHaveLength( 1 );
		expect( check.findings[ 0 ] ).toMatchObject( {
			side: 'brightpearl',
			code,
			level: 'error',
			fix: expect.any( String ),
		} );
		expect( check.channels ).toEqual( [] );
		expect( asked ).toHaveLength( 1 );
	} );

	describe( 'while the access token lives', () => {
		const withSecret = ( clientSecret: unknown, auth: object = {} ) =>
			brightpearlConfigSchema.parse( {
				...OAUTH,
				auth: { ...OAUTH.auth, clientSecret, ...auth },
			} );
		const tokenAnswer = answer( 200, {
			access_token: 'B',
			refresh_token: 'R',
			token_type: 'Bearer',
			expires_in: 604_800,
		} );
		/** Lets one secret in. */
		const guarded =
			( right: string ): Handler =>
			( one ) =>
				! one.path.startsWith( '/token/' )
					? healthy( one )
					: String( one.body ).includes( `client_secret=${ right }` )
						? tokenAnswer
						: answer( 400, { error: 'invalid_client' } );
		const errors = ( { findings }: { findings: readonly Finding[] } ) =>
			findings.filter( ( { level } ) => level === 'error' );

		test( 'a secret that cannot be read is told all the same', async () => {
			const { asked, client } = createKit( guarded( 'right' ), {
				config: withSecret( { env: 'BP_SECRET' } ),
				tokens: tokens( 13 ),
			} );
			const check = await client.check();
			expect( errors( check ) ).toMatchObject( [
				{
					code: 'secret-unreadable',
					message: expect.stringContaining( 'BP_SECRET' ),
					fix: 'Set it.',
				},
			] );
			expect( levels( check.findings ) ).toContain( 'services-ok ok' );
			expect( levels( check.findings ) ).not.toContain( 'token-ok ok' );
			expect( asked.map( ( { method } ) => method ) ).not.toContain(
				'POST'
			);
		} );

		test( 'a secret that is wrong is told, and the token that lives is kept', async () => {
			const kept = tokens( 13 );
			const { client } = createKit( guarded( 'right' ), {
				config: withSecret( 'mis-typed-1' ),
				tokens: kept,
			} );
			const check = await client.check();
			expect( errors( check ) ).toMatchObject( [
				{ code: 'credentials-brightpearl' },
			] );
			expect( levels( check.findings ) ).toContain( 'services-ok ok' );
			expect( JSON.stringify( check ) ).not.toContain( 'mis-typed-1' );
			expect( kept.token?.accessToken ).toBe( 'A' );
			expect( errors( await client.check() ) ).toHaveLength( 1 );
		} );

		test( 'a new secret is proven once, and used from then on', async () => {
			const kept = tokens( 13 );
			const { asked, client } = createKit( guarded( 'right' ), {
				config: withSecret( 'right' ),
				tokens: kept,
			} );
			expect( errors( await client.check() ) ).toEqual( [] );
			await client.check();
			expect(
				asked.filter( ( { path } ) => path.startsWith( '/token/' ) )
			).toHaveLength( 1 );
			expect( kept.token ).toMatchObject( {
				accessToken: 'B',
				provenBy: expect.stringMatching( /^[0-9a-f]{64}$/ ),
			} );
		} );

		test( 'a secret that changes where it lies is proven anew', async () => {
			let secret = 'right';
			const { client } = createKit( guarded( 'right' ), {
				config: withSecret( { env: 'BP_SECRET' } ),
				tokens: tokens( 13 ),
				readSecret: ( input ) => ( {
					ok: true,
					value: typeof input === 'string' ? input : secret,
				} ),
			} );
			expect( errors( await client.check() ) ).toEqual( [] );
			secret = 'mistyped';
			expect( errors( await client.check() ) ).toMatchObject( [
				{ code: 'credentials-brightpearl' },
			] );
		} );

		test( 'that the token service is down is no proof', async () => {
			const { client } = createKit(
				( one ) =>
					one.path.startsWith( '/token/' )
						? unreachable
						: healthy( one ),
				{ config: withSecret( 'new' ), tokens: tokens( 13 ) }
			);
			expect( errors( await client.check() ) ).toMatchObject( [
				{ code: 'service-unreachable' },
			] );
		} );

		test.each( [
			[ 'client secret', { env: 'BP_SECRET' }, undefined ],
			[ 'refresh token', 'right', { env: 'BP_REFRESH' } ],
		] )(
			'before the consent an unreadable %s is told beside it',
			async ( _what, clientSecret, refreshToken ) => {
				const { client } = createKit( guarded( 'right' ), {
					config: withSecret( clientSecret, { refreshToken } ),
				} );
				expect( levels( ( await client.check() ).findings ) ).toEqual( [
					'consent-missing error',
					'secret-unreadable error',
				] );
			}
		);

		test( 'once it has ended, one sentence says what stops everything', async () => {
			const { client } = createKit( guarded( 'right' ), {
				config: withSecret( 'wrong' ),
			} );
			const { findings } = await client.check();
			expect( levels( findings ) ).toEqual( [
				'credentials-brightpearl error',
			] );
		} );
	} );

	test.each( [
		[ 159, 200, [] ],
		[ 160, 200, [ 'reserve-high' ] ],
		[ 200, 200, [ 'reserve-high' ] ],
		[ 500, 200, [ 'reserve-high' ] ],
		[ 0, 200, [] ],
	] )(
		'a reserve of %d of %d is told when it leaves too little',
		async ( reserve, limit, expected ) => {
			const { client } = createKit( healthy, {
				headers: {
					'brightpearl-requests-remaining': String( limit - 1 ),
					'brightpearl-next-throttle-period': '60000',
				},
				parts: { reserve: () => reserve },
			} );
			const { findings } = await client.inLane( 'person' ).check();
			const found = findings.filter(
				( { code } ) => code === 'reserve-high'
			);
			expect( found.map( ( { code } ) => code ) ).toEqual( expected );
			for ( const { level, message, fix } of found ) {
				expect( level ).toBe( 'warning' );
				expect( message ).toContain( 'budget.reserve' );
				expect( fix ).toContain( 'budget.reserve to 100 or less' );
			}
		}
	);

	test( 'one service that does not answer is named', async () => {
		const { client } = createKit( ( one ) =>
			one.path.startsWith( '/contact-service' )
				? answer( 403, { response: 'Forbidden' } )
				: healthy( one )
		);
		const { findings } = await client.check();
		expect( findings ).toContainEqual(
			expect.objectContaining( {
				level: 'error',
				code: 'credentials-brightpearl',
				message: expect.stringContaining( 'Contact service' ),
			} )
		);
		expect( levels( findings ) ).not.toContain( 'services-ok ok' );
	} );
} );
