/**
 * Tokens and codes that an account handed out.
 */
import type { Account } from './account.ts';
import type { Credentials, InstalledApp, OAuthApp } from './credentials.ts';
import type { Grant } from './model.ts';
import { tokenFrom } from './prng.ts';
import type { Reply } from './reply.ts';
import type { Switches } from './switches.ts';

export interface OAuthCall {
	readonly account: Account;
	readonly credentials: Credentials;
	readonly switches: Switches;
	readonly seed: number;
	readonly now: number;
	/** `host:port`, told as `api_domain`. */
	readonly apiDomain: string;
}

/** Every refusal is a 400 (platform reference, §2.2d). */
export const refused = ( body: Record< string, string > ): Reply => ( {
	status: 400,
	body,
} );
export const invalidClient = (): Reply =>
	refused( { error: 'invalid_client' } );
export const invalidGrant = (): Reply =>
	refused( {
		error_description:
			'The auth token has either expired or does not exist',
		error: 'invalid_grant',
	} );

/** Access tokens that are remembered after their end, so that a 401 can say that they expired. */
const KEPT_EXPIRED = 50;

export function dropExpired( { account, now }: OAuthCall ): void {
	const { grants } = account.tables;
	const old = [ ...grants.values() ].filter(
		( { expiresAt } ) => expiresAt !== null && expiresAt < now
	);
	const access = old.filter( ( { kind } ) => kind === 'access' );
	const gone = [
		...old.filter( ( { kind } ) => kind === 'code' ),
		...access.slice( 0, Math.max( 0, access.length - KEPT_EXPIRED ) ),
	];
	for ( const { id } of gone ) {
		grants.remove( id );
	}
}

export function issue(
	{ account, seed }: OAuthCall,
	app: OAuthApp,
	grant: Pick< Grant, 'kind' | 'expiresAt' > & { redirectUri?: string }
): Grant {
	const made: Grant = {
		id: account.tables.grants.nextId(),
		clientId: app.clientId,
		token: tokenFrom(
			seed,
			account.code,
			grant.kind,
			account.counters.grant++
		),
		redirectUri: null,
		...grant,
	};
	account.tables.grants.put( made );
	return made;
}

/** A grant from before apps had names is the first app's. */
const belongsTo = (
	grant: Grant,
	app: OAuthApp,
	{ oauth }: Credentials
): boolean => ( grant.clientId ?? oauth.clientId ) === app.clientId;

const lastOf = (
	account: Account,
	credentials: Credentials,
	app: OAuthApp,
	kind: Grant[ 'kind' ]
): Grant | undefined =>
	[ ...account.tables.grants.values() ].findLast(
		( grant ) => grant.kind === kind && belongsTo( grant, app, credentials )
	);

/** An app's usable refresh token: the seed's first, later whatever was handed out last. */
export const currentRefreshToken = (
	account: Account,
	credentials: Credentials,
	app: OAuthApp = credentials.oauth
): string =>
	lastOf( account, credentials, app, 'refresh' )?.token ?? app.refreshToken;

/** The code of that name, if the app may still use it. */
export const usableCode = (
	{ account, credentials, now }: OAuthCall,
	app: OAuthApp,
	code: string
): Grant | undefined =>
	account
		.grantsByToken( code )
		.find(
			( grant ) =>
				grant.kind === 'code' &&
				( grant.expiresAt ?? 0 ) > now &&
				belongsTo( grant, app, credentials )
		);

/**
 * Seconds a refreshed access token lives: while the one before lives, the recorded answer had what
 * was left of it (platform reference, §2.2c).
 */
export function refreshedLife( call: OAuthCall, app: InstalledApp ): number {
	const { account, credentials, switches, now } = call;
	const last = lastOf( account, credentials, app, 'access' );
	const left = Math.floor( ( ( last?.expiresAt ?? 0 ) - now ) / 1000 );
	return switches.refreshedLife === 'remaining' && left > 0
		? Math.min( left, switches.tokenLifeSeconds )
		: switches.tokenLifeSeconds;
}
