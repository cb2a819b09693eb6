/**
 * OAuth 2.0 (platform reference, §2.2). It needs a client secret and a person's consent, so it runs
 * on the sandbox alone.
 */
import assert from 'node:assert/strict';
import type { Api, ApiReply, ConformanceCase, Mark } from '../case.ts';
import {
	appKeys,
	askToken,
	consentFields,
	decide,
	exchange,
	newCode,
	refresh,
	REDIRECT,
	sendDecision,
	signIn,
} from '../oauth-kit.ts';
import { bodyOf } from '../reading.ts';

const INVALID_GRANT = {
	error_description: 'The auth token has either expired or does not exist',
	error: 'invalid_grant',
};
const TOKEN = /^[A-Za-z0-9+/]{43}=$/;

const oauthCase = (
	id: string,
	mark: Mark,
	fact: string,
	run: ( api: Api ) => Promise< void >,
	source = 'platform §2.2'
): ConformanceCase => ( {
	id: `oauth/${ id }`,
	fact,
	source,
	mark,
	mode: 'write',
	needs: [ 'sandbox' ],
	run,
} );

const refusedWith = ( reply: ApiReply, body: object ): void => {
	assert.deepEqual( bodyOf( reply, 400 ), body );
	assert.match(
		reply.headers[ 'content-type' ] ?? '',
		/^application\/json;charset=utf-8$/i
	);
};

export const oauthCases: readonly ConformanceCase[] = [
	oauthCase(
		'consent-page',
		'C',
		'The account is a part of the consent address; a page asks the person',
		async ( api ) => {
			const query = new URLSearchParams( await consentFields( api ) );
			const page = await api.raw(
				'GET',
				`/oauth/authorize/${ api.account }?${ query }`
			);
			assert.equal( page.status, 200 );
			assert.match( page.headers[ 'content-type' ] ?? '', /^text\/html/ );
		}
	),
	oauthCase(
		'callback-has-code-and-state',
		'I',
		'After consent the browser comes back with code and state',
		async ( api ) => {
			const back = await decide( api, 'allow' );
			assert.equal( `${ back.origin }${ back.pathname }`, REDIRECT );
			assert.equal( back.searchParams.get( 'state' ), 'opaque state' );
			assert( back.searchParams.get( 'code' ) );
		}
	),
	oauthCase(
		'refusal-is-access-denied',
		'I',
		'After a refusal the callback carries error=access_denied and no code',
		async ( api ) => {
			const back = await decide( api, 'refuse' );
			assert.equal( back.searchParams.get( 'error' ), 'access_denied' );
			assert.equal( back.searchParams.get( 'state' ), 'opaque state' );
			assert.equal( back.searchParams.get( 'code' ), null );
		}
	),
	oauthCase(
		'refusal-may-lead-nowhere',
		'I',
		'After a refusal the browser may never come back',
		async ( api ) => {
			await api.sandbox( 'POST', '/switches', {
				consentRefusal: 'no-callback',
			} );
			const reply = await sendDecision( api, 'refuse' );
			assert.equal( reply.status, 200 );
			assert.equal( reply.headers.location, undefined );
			assert.equal( ( await sendDecision( api, 'allow' ) ).status, 302 );
		}
	),
	oauthCase(
		'exchange-fields',
		'V',
		'An exchanged code answers the recorded fields: a token of 44 characters for 7 days, the instance id as text',
		async ( api ) => {
			const body = bodyOf( await exchange( api, await newCode( api ) ) );
			assert.deepEqual( Object.keys( body ).sort(), [
				'access_token',
				'api_domain',
				'expires_in',
				'installation_instance_id',
				'refresh_token',
				'token_type',
			] );
			assert.match( String( body.access_token ), TOKEN );
			assert.match( String( body.refresh_token ), TOKEN );
			assert.equal( body.token_type, 'Bearer' );
			assert.equal( body.expires_in, 604_800 );
			assert.equal( typeof body.installation_instance_id, 'string' );
			assert.match( String( body.installation_instance_id ), /^\d+$/ );
		}
	),
	oauthCase(
		'api-domain-is-a-bare-host',
		'V',
		'api_domain is a host without scheme',
		async ( api ) => {
			const body = bodyOf( await exchange( api, await newCode( api ) ) );
			assert.match( String( body.api_domain ), /^[\w.-]+(:\d+)?$/ );
		}
	),
	oauthCase(
		'redirect-must-match',
		'V',
		'Another redirect address than at consent is refused with a text of its own',
		async ( api ) => {
			refusedWith(
				await exchange( api, await newCode( api ), {
					redirect_uri: 'http://127.0.0.1:9/elsewhere',
				} ),
				{
					error_description:
						'Redirect uri does not match that used to request auth token',
					error: 'invalid_grant',
				}
			);
		}
	),
	oauthCase(
		'a-code-is-good-once',
		'V',
		'A code that was used, or never was, is invalid_grant',
		async ( api ) => {
			const code = await newCode( api );
			bodyOf( await exchange( api, code ) );
			refusedWith( await exchange( api, code ), INVALID_GRANT );
			refusedWith( await exchange( api, 'nonsense' ), INVALID_GRANT );
		}
	),
	oauthCase(
		'wrong-client',
		'V',
		'A wrong client or secret is invalid_client and nothing else',
		async ( api ) => {
			for ( const wrong of [
				{ client_id: 'nobody' },
				{ client_secret: 'wrong' },
			] ) {
				refusedWith( await exchange( api, 'x', wrong ), {
					error: 'invalid_client',
				} );
			}
		}
	),
	oauthCase(
		'secret-only-of-confidential-apps',
		'D',
		'An app that is not confidential sends no secret',
		async ( api ) => {
			await api.sandbox( 'POST', '/switches', { oauthClient: 'public' } );
			const { clientId } = await appKeys( api );
			const reply = await api.raw(
				'POST',
				`/oauth/token/${ api.account }`,
				{
					headers: {
						'content-type': 'application/x-www-form-urlencoded',
					},
					body: new URLSearchParams( {
						grant_type: 'authorization_code',
						client_id: clientId,
						redirect_uri: REDIRECT,
						code: await newCode( api ),
					} ).toString(),
				}
			);
			assert.equal( bodyOf( reply ).token_type, 'Bearer' );
		}
	),
	oauthCase(
		'the-secret-is-url-encoded',
		'D',
		'A secret whose `+`, `/` and `=` are not encoded is another secret',
		async ( api ) => {
			const { clientId, clientSecret } = await appKeys( api );
			const reply = await api.raw(
				'POST',
				`/oauth/token/${ api.account }`,
				{
					headers: {
						'content-type': 'application/x-www-form-urlencoded',
					},
					// A plus that is not encoded arrives as a space.
					body: `grant_type=authorization_code&client_id=${ clientId }&client_secret=${ clientSecret.replace( /^./, '+' ) }&code=x`,
				}
			);
			refusedWith( reply, { error: 'invalid_client' } );
		}
	),
	oauthCase(
		'refresh-fields',
		'V',
		'A refresh answers the same fields without the instance id',
		async ( api ) => {
			const { refreshToken } = await signIn( api );
			const body = bodyOf( await refresh( api, refreshToken ) );
			assert.deepEqual( Object.keys( body ).sort(), [
				'access_token',
				'api_domain',
				'expires_in',
				'refresh_token',
				'token_type',
			] );
		}
	),
	oauthCase(
		'refresh-keeps-the-remaining-life',
		'I',
		'A refresh while the token lives has what is left of its life',
		async ( api ) => {
			const { refreshToken } = await signIn( api );
			await new Promise( ( resolve ) => setTimeout( resolve, 1100 ) );
			const body = bodyOf( await refresh( api, refreshToken ) );
			assert( Number( body.expires_in ) < 604_800 );
		}
	),
	oauthCase(
		'rotation-either-way',
		'I',
		'A refresh may hand out a new refresh token: the old one is then worth nothing',
		async ( api ) => {
			const { refreshToken } = await signIn( api );
			const same = bodyOf( await refresh( api, refreshToken ) );
			assert.equal( same.refresh_token, refreshToken );
			await api.sandbox( 'POST', '/switches', {
				refreshToken: 'rotate',
			} );
			const next = bodyOf( await refresh( api, refreshToken ) );
			assert.notEqual( next.refresh_token, refreshToken );
			refusedWith( await refresh( api, refreshToken ), INVALID_GRANT );
		}
	),
	oauthCase(
		'no-throttle-headers',
		'V',
		'Token answers carry no throttle headers and no Ruid, and are not cached',
		async ( api ) => {
			const { headers } = await exchange( api, 'x' );
			assert.equal(
				headers[ 'brightpearl-requests-remaining' ],
				undefined
			);
			assert.equal(
				headers[ 'brightpearl-next-throttle-period' ],
				undefined
			);
			assert.equal( headers.ruid, undefined );
			assert.equal( headers[ 'cache-control' ], 'no-cache, private' );
		}
	),
	oauthCase(
		'form-only',
		'D',
		'The token endpoint takes a form',
		async ( api ) => {
			const reply = await api.raw(
				'POST',
				`/oauth/token/${ api.account }`,
				{
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify( { grant_type: 'refresh_token' } ),
				}
			);
			assert.equal( reply.status, 400 );
		}
	),
	...( [ 'in-the-path', 'in-the-form' ] as const ).map( ( where ) =>
		oauthCase(
			`old-address-account-${ where }`,
			'D',
			`The older token address with the account ${ where.replaceAll( '-', ' ' ) } still answers`,
			async ( api ) => {
				const { refreshToken } = await signIn( api );
				const fields = {
					grant_type: 'refresh_token',
					refresh_token: refreshToken,
				};
				const reply =
					where === 'in-the-path'
						? await askToken(
								api,
								fields,
								`/${ api.account }/oauth/token`
							)
						: await askToken(
								api,
								{ ...fields, account_code: api.account },
								'/oauth/token'
							);
				assert.equal( bodyOf( reply ).token_type, 'Bearer' );
			},
			'platform §1.1'
		)
	),
	oauthCase(
		'introspection-answers-texts',
		'D',
		'Introspection of an access token answers active, token_type and exp, all as texts',
		async ( api ) => {
			const { accessToken } = await signIn( api );
			const { clientId, clientSecret } = await appKeys( api );
			const ask = ( token: string ) =>
				api.raw( 'POST', `/${ api.account }/oauth/token/introspect`, {
					headers: {
						'content-type': 'application/x-www-form-urlencoded',
						authorization: `Basic ${ Buffer.from(
							`${ encodeURIComponent( clientId ) }:${ encodeURIComponent( clientSecret ) }`
						).toString( 'base64' ) }`,
					},
					body: new URLSearchParams( { token } ).toString(),
				} );
			const body = bodyOf( await ask( accessToken ) );
			assert.equal( body.active, 'true' );
			assert.equal( body.token_type, 'Bearer' );
			assert.match( String( body.exp ), /^\d{10}$/ );
			assert.equal( typeof body.exp, 'string' );
			assert.equal( bodyOf( await ask( 'unknown' ) ).active, 'false' );
		}
	),
];
