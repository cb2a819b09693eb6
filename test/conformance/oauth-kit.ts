/**
 * Signing in to the sandbox as an app does: consent, code, tokens.
 */
import assert from 'node:assert/strict';
import type { Api, ApiReply } from './case.ts';
import { bodyOf } from './reading.ts';

export interface AppKeys {
	readonly clientId: string;
	readonly clientSecret: string;
	readonly devRef: string;
	readonly refreshToken: string;
}

export const REDIRECT = 'http://127.0.0.1:9/oauth/brightpearl';

export const appKeys = async ( api: Api ): Promise< AppKeys > => {
	const { oauth } = ( await api.sandbox(
		'GET',
		`/credentials?account=${ api.account }`
	) ) as { oauth: AppKeys };
	return oauth;
};

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

export async function askToken(
	api: Api,
	fields: Readonly< Record< string, string > >,
	path = `/oauth/token/${ api.account }`
): Promise< ApiReply > {
	const { clientId, clientSecret } = await appKeys( api );
	return api.raw( 'POST', path, {
		headers: FORM,
		body: new URLSearchParams( {
			client_id: clientId,
			client_secret: clientSecret,
			...fields,
		} ).toString(),
	} );
}

export const consentFields = async ( api: Api ) => ( {
	response_type: 'code',
	client_id: ( await appKeys( api ) ).clientId,
	redirect_uri: REDIRECT,
	state: 'opaque state',
} );

/** The page's form sent with one of its buttons. */
export const sendDecision = async (
	api: Api,
	decision: 'allow' | 'refuse'
): Promise< ApiReply > =>
	api.raw( 'POST', `/oauth/authorize/${ api.account }`, {
		headers: FORM,
		body: new URLSearchParams( {
			...( await consentFields( api ) ),
			decision,
		} ).toString(),
	} );

/** Answers where the browser is sent after the decision. */
export async function decide(
	api: Api,
	decision: 'allow' | 'refuse'
): Promise< URL > {
	const reply = await sendDecision( api, decision );
	assert.equal( reply.status, 302, reply.text );
	return new URL( reply.headers.location ?? '' );
}

export const newCode = async ( api: Api ): Promise< string > =>
	( await decide( api, 'allow' ) ).searchParams.get( 'code' ) ?? '';

export const exchange = (
	api: Api,
	code: string,
	more: Readonly< Record< string, string > > = {}
): Promise< ApiReply > =>
	askToken( api, {
		grant_type: 'authorization_code',
		code,
		redirect_uri: REDIRECT,
		...more,
	} );

/** The refresh token that counts now: that of the last exchange. */
export async function signIn( api: Api ) {
	const body = bodyOf( await exchange( api, await newCode( api ) ) );
	return {
		accessToken: String( body.access_token ),
		refreshToken: String( body.refresh_token ),
	};
}

export const refresh = (
	api: Api,
	refreshToken: string
): Promise< ApiReply > =>
	askToken( api, {
		grant_type: 'refresh_token',
		refresh_token: refreshToken,
	} );
