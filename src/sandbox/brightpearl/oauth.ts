/**
 * The token endpoint (platform reference, §2.2): form only, 400 for every refusal, no throttle
 * headers. The consent page says yes by itself.
 */
import type { Account } from './account.ts';
import type { Credentials } from './credentials.ts';
import type { Grant } from './model.ts';
import { tokenFrom } from './prng.ts';
import type { Reply } from './reply.ts';
import type { Switches } from './switches.ts';

/** How long a code lives is not known. */
const CODE_LIFE = 10 * 60_000;

export interface OAuthCall {
	readonly account: Account;
	readonly credentials: Credentials;
	readonly switches: Switches;
	readonly seed: number;
	readonly now: number;
	/** `host:port`, told as `api_domain`. */
	readonly apiDomain: string;
}

const refused = ( body: Record< string, string > ): Reply => ( {
	status: 400,
	body,
} );
const invalidClient = () => refused( { error: 'invalid_client' } );
const invalidGrant = () =>
	refused( {
		error_description:
			'The auth token has either expired or does not exist',
		error: 'invalid_grant',
	} );

function issue(
	{ account, seed }: OAuthCall,
	kind: Grant[ 'kind' ],
	expiresAt: number | null,
	redirectUri: string | null = null
): Grant {
	const grant: Grant = {
		id: account.tables.grants.nextId(),
		kind,
		token: tokenFrom( seed, account.code, kind, account.counters.grant++ ),
		expiresAt,
		redirectUri,
	};
	account.tables.grants.put( grant );
	return grant;
}

/** The account's usable refresh token: the seed's first, later whatever was handed out last. */
export function currentRefreshToken( account: Account, first: string ): string {
	const issued = [ ...account.tables.grants.values() ].findLast(
		( grant ) => grant.kind === 'refresh'
	);
	return issued?.token ?? first;
}

function tokens(
	call: OAuthCall,
	refreshToken: string
): Record< string, unknown > {
	const life = call.switches.tokenLifeSeconds;
	const access = issue( call, 'access', call.now + life * 1000 );
	return {
		access_token: access.token,
		refresh_token: refreshToken,
		api_domain: call.apiDomain,
		token_type: 'Bearer',
		expires_in: life,
	};
}

function dropExpired( { account, now }: OAuthCall ): void {
	for ( const grant of [ ...account.tables.grants.values() ] ) {
		if ( grant.kind === 'code' && ( grant.expiresAt ?? now ) < now ) {
			account.tables.grants.remove( grant.id );
		}
	}
}

function refresh( call: OAuthCall, form: URLSearchParams ): Reply {
	const current = currentRefreshToken(
		call.account,
		call.credentials.oauth.refreshToken
	);
	if ( form.get( 'refresh_token' ) !== current ) {
		return invalidGrant();
	}
	const next =
		call.switches.refreshToken === 'rotate'
			? issue( call, 'refresh', null ).token
			: current;
	// Without the instance id: recorded so.
	return { status: 200, body: tokens( call, next ) };
}

function exchange( call: OAuthCall, form: URLSearchParams ): Reply {
	const { account } = call;
	const code = account
		.grantsByToken( form.get( 'code' ) ?? '' )
		.find( ( grant ) => grant.kind === 'code' );
	if ( ! code || ( code.expiresAt ?? 0 ) < call.now ) {
		return invalidGrant();
	}
	if ( form.get( 'redirect_uri' ) !== code.redirectUri ) {
		return refused( {
			error_description:
				'Redirect uri does not match that used to request auth token',
			error: 'invalid_grant',
		} );
	}
	// Single use.
	account.tables.grants.remove( code.id );
	const current = currentRefreshToken(
		account,
		call.credentials.oauth.refreshToken
	);
	return {
		status: 200,
		body: {
			...tokens( call, current ),
			installation_instance_id: String( account.profile.instanceId ),
		},
	};
}

export function answerToken(
	call: OAuthCall,
	contentType: string,
	body: string
): Reply {
	if ( ! contentType.startsWith( 'application/x-www-form-urlencoded' ) ) {
		return refused( { error: 'invalid_request' } );
	}
	const form = new URLSearchParams( body );
	const { oauth } = call.credentials;
	if (
		form.get( 'client_id' ) !== oauth.clientId ||
		form.get( 'client_secret' ) !== oauth.clientSecret
	) {
		return invalidClient();
	}
	switch ( form.get( 'grant_type' ) ) {
		case 'refresh_token':
			return refresh( call, form );
		case 'authorization_code':
			return exchange( call, form );
		default:
			return refused( { error: 'unsupported_grant_type' } );
	}
}

/** Where the browser goes after consent; null = the request is not one to answer. */
export function consent(
	call: OAuthCall,
	query: URLSearchParams
): string | null {
	const redirectUri = query.get( 'redirect_uri' ) ?? '';
	if (
		query.get( 'response_type' ) !== 'code' ||
		query.get( 'client_id' ) !== call.credentials.oauth.clientId ||
		! URL.canParse( redirectUri )
	) {
		return null;
	}
	dropExpired( call );
	const target = new URL( redirectUri );
	target.searchParams.set(
		'code',
		issue( call, 'code', call.now + CODE_LIFE, redirectUri ).token
	);
	const state = query.get( 'state' );
	if ( state !== null ) {
		target.searchParams.set( 'state', state );
	}
	return target.href;
}
