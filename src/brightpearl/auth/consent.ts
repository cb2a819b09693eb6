/**
 * The consent of an account (platform reference, §2.2a and b): the address a person opens, and
 * what the browser brings back from it.
 */
import {
	AuthorizationResponseError,
	expectNoState,
	validateAuthResponse,
} from 'oauth4webapi';
import type { BrightpearlConfig } from '../../contracts/connection.ts';
import type { SecretReader, StoredToken } from '../../contracts/database.ts';
import { hold, ok, type Result } from '../../contracts/result.ts';
import type { World } from '../../contracts/world.ts';
import {
	authorizeFix,
	oauthApp,
	type OAuthApp,
	type OAuthConfig,
} from './oauth-app.ts';
import { redact } from '../transport/redact.ts';
import { exchangeCode } from './token.ts';

export interface ConsentDeps {
	readonly connection: string;
	readonly config: BrightpearlConfig;
	readonly auth: OAuthConfig;
	readonly world: World;
	readonly readSecret: SecretReader;
}

/** What comes back and what it has to fit. */
export interface ConsentReturn {
	/** `code` and `state`, or `error`; anything else in the address is not looked at. */
	readonly parameters: URLSearchParams;
	/** Null = a person typed the code alone, which is bound by who they are. */
	readonly state: string | null;
	/** The same as in the consent's address. */
	readonly redirectUri: string;
	readonly before: StoredToken | null;
}

/** The address of Brightpearl's consent page. No scope and no PKCE: nothing documents either. */
export function consentUrl(
	deps: ConsentDeps,
	{
		state,
		redirectUri,
	}: { readonly state: string; readonly redirectUri: string }
): Result< string > {
	const app = oauthApp( deps );
	if ( ! app.ok ) {
		return app;
	}
	const { server, client } = app.value;
	const url = new URL( server.authorization_endpoint );
	for ( const [ name, value ] of [
		[ 'response_type', 'code' ],
		[ 'client_id', client.client_id ],
		[ 'redirect_uri', redirectUri ],
		[ 'state', state ],
	] as const ) {
		url.searchParams.set( name, value );
	}
	return ok( url.href );
}

/** A token for what the browser brought back. */
export async function exchangeConsent(
	deps: ConsentDeps,
	returned: ConsentReturn
): Promise< Result< StoredToken > > {
	const app = oauthApp( deps );
	if ( ! app.ok ) {
		return app;
	}
	const callback = validated( app.value, returned );
	return callback.ok
		? exchangeCode( deps.world, app.value, {
				callback: callback.value,
				redirectUri: returned.redirectUri,
				before: returned.before,
			} )
		: callback;
}

function validated(
	app: OAuthApp,
	{ parameters, state }: ConsentReturn
): Result< URLSearchParams > {
	try {
		const callback = validateAuthResponse(
			app.server,
			app.client,
			parameters,
			state ?? expectNoState
		);
		const [ code = '', ...more ] = callback.getAll( 'code' );
		return code === '' || more.length > 0
			? unreadable( app )
			: ok( callback );
	} catch ( error ) {
		return error instanceof AuthorizationResponseError
			? declined( app, error )
			: unreadable( app );
	}
}

function declined(
	{ connection }: OAuthApp,
	{ error, error_description: why }: AuthorizationResponseError
): Result< never > {
	const said = redact( `${ error }${ why ? `: ${ why }` : '' }`, [] );
	return hold( {
		code: 'credentials-brightpearl',
		message:
			error === 'access_denied'
				? `The consent was refused in Brightpearl (${ said }).`
				: `Brightpearl gave no consent (${ said }).`,
		cause:
			error === 'access_denied'
				? 'Somebody chose not to allow it, or may not allow apps in this account.'
				: 'The app’s registration in Brightpearl and this connection do not fit together, or Brightpearl had a fault.',
		fix: authorizeFix( connection ),
		field: 'brightpearl.auth',
	} );
}

function unreadable( { connection }: OAuthApp ): Result< never > {
	return hold( {
		code: 'credentials-brightpearl',
		message:
			'What came back from Brightpearl’s consent page holds no code, or more than one.',
		cause: 'The address was cut or changed on its way.',
		fix: authorizeFix( connection ),
		field: 'brightpearl.auth',
	} );
}
