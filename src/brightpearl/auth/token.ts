/**
 * Brightpearl's OAuth token endpoint (platform reference, §2.2): a form POST that answers a
 * token, or 400 with `{"error": …}`. Serves refreshing and the code exchange alike.
 */
import {
	authorizationCodeGrantRequest,
	nopkce,
	processAuthorizationCodeResponse,
	processRefreshTokenResponse,
	refreshTokenGrantRequest,
} from 'oauth4webapi';
import { z } from 'zod';
import type { StoredToken } from '../../contracts/database.ts';
import { DAY, SECOND } from '../../contracts/primitives.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { World } from '../../contracts/world.ts';
import { count, id } from '../answers/fields.ts';
import type { OAuthApp } from './oauth-app.ts';
import { apiOrigin } from './origin.ts';
import { askForToken, noToken } from './token-request.ts';

/** Recorded: a week. Past some hundred thousand years there are no dates. */
const LONGEST_LIFE = 3650 * DAY;

/** The library has judged the rest; these are Brightpearl's own, or it lets them be absent. */
const answerSchema = z.object( {
	access_token: z.string().min( 1 ),
	refresh_token: z.string().min( 1 ).optional(),
	expires_in: count,
	token_type: z.string(),
	api_domain: z.string().min( 1 ).optional(),
	installation_instance_id: id.optional(),
} );

/** @param before What is renewed; what the answer is silent of stays. */
export async function refreshToken(
	world: World,
	app: OAuthApp,
	before: StoredToken
): Promise< Result< StoredToken > > {
	const answer = await askForToken( world, {
		app,
		secret: before.refreshToken,
		refreshing: true,
		send: ( options ) =>
			refreshTokenGrantRequest(
				app.server,
				app.client,
				app.authentication,
				before.refreshToken,
				options
			),
		read: ( response ) =>
			processRefreshTokenResponse( app.server, app.client, response ),
	} );
	return answer.ok ? takeOver( world, app, answer.value, before ) : answer;
}

/**
 * @param callback As `validateAuthResponse` gave it back.
 * @param before   The token until now: a new consent may be silent of the instance.
 */
export async function exchangeCode(
	world: World,
	app: OAuthApp,
	{
		callback,
		redirectUri,
		before,
	}: {
		readonly callback: URLSearchParams;
		readonly redirectUri: string;
		readonly before: StoredToken | null;
	}
): Promise< Result< StoredToken > > {
	const answer = await askForToken( world, {
		app,
		secret: callback.get( 'code' ) ?? '',
		refreshing: false,
		send: ( options ) =>
			authorizationCodeGrantRequest(
				app.server,
				app.client,
				app.authentication,
				callback,
				redirectUri,
				// Nothing says that Brightpearl knows of PKCE, and what it does not know it might refuse.
				nopkce,
				options
			),
		read: ( response ) =>
			processAuthorizationCodeResponse(
				app.server,
				app.client,
				response
			),
	} );
	return answer.ok ? takeOver( world, app, answer.value, before ) : answer;
}

function takeOver(
	world: World,
	{ digest, sandbox }: OAuthApp,
	json: unknown,
	before: StoredToken | null
): Result< StoredToken > {
	const read = answerSchema.safeParse( json );
	if ( ! read.success ) {
		return noToken();
	}
	const answer = read.data;
	let apiDomain = before?.apiDomain ?? null;
	if ( answer.api_domain !== undefined ) {
		if ( apiOrigin( answer.api_domain, sandbox ) !== null ) {
			apiDomain = answer.api_domain;
		} else {
			world.logger.warn(
				{ apiDomain: answer.api_domain.slice( 0, 100 ) },
				'Ignored an API domain in a token answer that is not Brightpearl’s'
			);
		}
	}
	return ok( {
		accessToken: answer.access_token,
		refreshToken: answer.refresh_token ?? before?.refreshToken ?? '',
		// Never a fixed week: a refresh may answer the remaining life (platform reference, §2.2c).
		expiresAt: new Date(
			world.clock.now() +
				Math.min( answer.expires_in * SECOND, LONGEST_LIFE )
		).toISOString(),
		// The library takes no other, and writes it in lower case.
		tokenType: 'Bearer',
		apiDomain,
		installationInstanceId:
			answer.installation_instance_id ??
			before?.installationInstanceId ??
			null,
		provenBy: digest,
	} );
}
