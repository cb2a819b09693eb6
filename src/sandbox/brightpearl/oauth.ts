/**
 * The token endpoint and introspection (platform reference, §2.2): form only, 400 for every
 * refusal, no throttle headers.
 */
import type { InstalledApp } from './credentials.ts';
import {
	currentRefreshToken,
	dropExpired,
	invalidClient,
	invalidGrant,
	issue,
	refreshedLife,
	refused,
	usableCode,
} from './oauth-grants.ts';
import type { OAuthCall } from './oauth-grants.ts';
import type { Reply } from './reply.ts';

function tokens(
	call: OAuthCall,
	app: InstalledApp,
	refreshToken: string,
	life: number
): Record< string, unknown > {
	dropExpired( call );
	const access = issue( call, app, {
		kind: 'access',
		expiresAt: call.now + life * 1000,
	} );
	return {
		access_token: access.token,
		refresh_token: refreshToken,
		api_domain: call.apiDomain,
		token_type: 'Bearer',
		expires_in: life,
	};
}

function refresh(
	call: OAuthCall,
	app: InstalledApp,
	form: URLSearchParams
): Reply {
	const { account, credentials, switches } = call;
	const current = currentRefreshToken( account, credentials, app );
	if ( form.get( 'refresh_token' ) !== current ) {
		return invalidGrant();
	}
	const next =
		switches.refreshToken === 'rotate'
			? issue( call, app, { kind: 'refresh', expiresAt: null } ).token
			: current;
	// Without the instance id: recorded so.
	return {
		status: 200,
		body: tokens( call, app, next, refreshedLife( call, app ) ),
	};
}

function exchange(
	call: OAuthCall,
	app: InstalledApp,
	form: URLSearchParams
): Reply {
	const { account, credentials, switches } = call;
	const code = usableCode( call, app, form.get( 'code' ) ?? '' );
	if ( ! code ) {
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
	return {
		status: 200,
		body: {
			...tokens(
				call,
				app,
				currentRefreshToken( account, credentials, app ),
				switches.tokenLifeSeconds
			),
			installation_instance_id: String( app.instanceId ),
		},
	};
}

/** The app that a client id and secret belong to; a public client has no secret. */
function clientOf(
	{ credentials, switches }: OAuthCall,
	clientId: string | null,
	secret: string | null
): InstalledApp | null {
	const app = credentials.apps.find(
		( entry ) => entry.clientId === clientId
	);
	return app &&
		( switches.oauthClient === 'public' || app.clientSecret === secret )
		? app
		: null;
}

const isForm = ( contentType: string ): boolean =>
	contentType.startsWith( 'application/x-www-form-urlencoded' );

export function answerToken(
	call: OAuthCall,
	contentType: string,
	body: string
): Reply {
	if ( ! isForm( contentType ) ) {
		return refused( { error: 'invalid_request' } );
	}
	const form = new URLSearchParams( body );
	const app = clientOf(
		call,
		form.get( 'client_id' ),
		form.get( 'client_secret' )
	);
	if ( ! app ) {
		return invalidClient();
	}
	switch ( form.get( 'grant_type' ) ) {
		case 'refresh_token':
			return refresh( call, app, form );
		case 'authorization_code':
			return exchange( call, app, form );
		default:
			return refused( { error: 'unsupported_grant_type' } );
	}
}

/** `Basic` of client id and secret, each URL-encoded before (RFC 6749, §2.3.1). */
function basic( authorization: string ): [ string, string ] {
	const [ id = '', ...secret ] = Buffer.from(
		authorization.replace( /^Basic /, '' ),
		'base64'
	)
		.toString( 'utf8' )
		.split( ':' );
	const decode = ( text: string ): string => {
		try {
			return decodeURIComponent( text );
		} catch {
			return text;
		}
	};
	return [ decode( id ), decode( secret.join( ':' ) ) ];
}

/** Access tokens only; every value of the answer is a text (platform reference, §2.2e). */
export function introspect(
	call: OAuthCall,
	contentType: string,
	authorization: string,
	body: string
): Reply {
	if ( ! isForm( contentType ) ) {
		return refused( { error: 'invalid_request' } );
	}
	if ( ! clientOf( call, ...basic( authorization ) ) ) {
		return invalidClient();
	}
	const token = new URLSearchParams( body ).get( 'token' ) ?? '';
	const grant = call.account
		.grantsByToken( token )
		.find( ( { kind } ) => kind === 'access' );
	const expiresAt = grant?.expiresAt ?? 0;
	return {
		status: 200,
		body:
			grant && expiresAt > call.now
				? {
						active: 'true',
						token_type: 'Bearer',
						exp: String( Math.floor( expiresAt / 1000 ) ),
					}
				: { active: 'false' },
	};
}
