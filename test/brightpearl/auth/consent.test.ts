import { describe, expect, test } from '@jest/globals';
import {
	consentUrl,
	exchangeConsent,
} from '../../../src/brightpearl/auth/consent.ts';
import type { OAuthConfig } from '../../../src/brightpearl/auth/oauth-app.ts';
import { brightpearlConfigSchema } from '../../../src/contracts/connection.ts';
import { createWorld, plainSecrets, scripted, valueOf } from '../world.ts';

const REDIRECT =
	'https://shop.example.test/wp-admin/admin.php?page=pearlbridge';

function deps( change: object = {} ) {
	const { asked, fetch } = scripted();
	const config = brightpearlConfigSchema.parse( {
		account: 'acmeshop',
		auth: {
			type: 'oauth',
			clientId: 'acmeshop_pearl',
			clientSecret: 'a+b/c=',
			devRef: 'dev1',
		},
		...change,
	} );
	return {
		asked,
		connection: 'main',
		config,
		auth: config.auth as OAuthConfig,
		world: createWorld( { fetch } ),
		readSecret: plainSecrets,
	};
}

describe( 'the address of the consent', () => {
	test( 'names account, app, return address and state, and nothing else', () => {
		const url = new URL(
			valueOf(
				consentUrl( deps(), { state: 'STATE', redirectUri: REDIRECT } )
			)
		);
		expect( url.origin + url.pathname ).toBe(
			'https://oauth.brightpearlapp.com/authorize/acmeshop'
		);
		expect( Object.fromEntries( url.searchParams ) ).toEqual( {
			response_type: 'code',
			client_id: 'acmeshop_pearl',
			redirect_uri: REDIRECT,
			state: 'STATE',
		} );
	} );

	test( 'is never one of somebody else’s', () => {
		const given = deps();
		expect(
			consentUrl(
				{
					...given,
					config: {
						...given.config,
						oauthUrl: 'https://evil.test/oauth',
					},
				},
				{ state: 'STATE', redirectUri: REDIRECT }
			)
		).toMatchObject( {
			failure: { problem: { field: 'brightpearl.oauthUrl' } },
		} );
	} );
} );

describe( 'what comes back', () => {
	const come = ( query: string, state: string | null = 'STATE' ) => {
		const given = deps();
		return exchangeConsent( given, {
			parameters: new URLSearchParams( query ),
			state,
			redirectUri: REDIRECT,
			before: null,
		} ).then( ( result ) => ( { asked: given.asked, result } ) );
	};

	test( 'as a refusal is said as one, in Brightpearl’s words', async () => {
		const { asked, result } = await come(
			'state=STATE&error=access_denied&error_description=The%20user%20said%20no'
		);
		expect( result ).toMatchObject( {
			failure: {
				kind: 'hold',
				problem: {
					code: 'credentials-brightpearl',
					message: expect.stringMatching(
						/refused in Brightpearl .*The user said no/
					),
				},
			},
		} );
		expect( asked ).toEqual( [] );
	} );

	test.each( [
		[ 'no code', 'state=STATE' ],
		[ 'an empty code', 'state=STATE&code=' ],
		[ 'two codes', 'state=STATE&code=A&code=B' ],
		[ 'another state', 'state=OTHER&code=A' ],
		[ 'no state', 'code=A' ],
		[ 'two states', 'state=STATE&state=STATE&code=A' ],
		[ 'a token instead', 'state=STATE&token=T' ],
	] )( 'with %s asks for nothing', async ( _, query ) => {
		const { asked, result } = await come( query );
		expect( result ).toMatchObject( {
			failure: {
				kind: 'hold',
				problem: { code: 'credentials-brightpearl' },
			},
		} );
		expect( asked ).toEqual( [] );
	} );

	test( 'with a state where a person typed a code alone asks for nothing', async () => {
		const { asked, result } = await come( 'code=A&state=STATE', null );
		expect( result.ok ).toBe( false );
		expect( asked ).toEqual( [] );
	} );
} );
