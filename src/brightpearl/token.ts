/**
 * Brightpearl's OAuth token endpoint (platform reference, §2.2): a form POST that answers a
 * token, or 400 with `{"error": …}`. Serves refreshing and the code exchange alike.
 */
import { z } from 'zod';
import type { StoredToken } from '../contracts/database.ts';
import { SECOND } from '../contracts/primitives.ts';
import { hold, ok, retry, type Result } from '../contracts/result.ts';
import type { World } from '../contracts/world.ts';
import { count, id } from './fields.ts';
import { apiOrigin } from './origin.ts';
import { redact } from './redact.ts';

const TIMEOUT = 30 * SECOND;

export type Grant =
	| {
			readonly grant_type: 'authorization_code';
			readonly code: string;
			readonly redirect_uri: string;
	  }
	| {
			readonly grant_type: 'refresh_token';
			readonly refresh_token: string;
	  };

export interface TokenRequest {
	/** `{oauth base}/token/{account}` */
	readonly url: string;
	readonly clientId: string;
	/** Null for a public client. */
	readonly clientSecret: string | null;
	readonly grant: Grant;
	readonly sandbox: boolean;
	/** What stays where the answer is silent: a refresh names no instance id. */
	readonly before: StoredToken | null;
}

const answerSchema = z.object( {
	access_token: z.string().min( 1 ),
	refresh_token: z.string().min( 1 ).optional(),
	expires_in: count,
	token_type: z.string().optional(),
	api_domain: z.string().min( 1 ).optional(),
	installation_instance_id: id.optional(),
} );

const errorSchema = z.object( {
	error: z.string(),
	error_description: z.string().optional(),
} );

function parse( text: string ): unknown {
	try {
		return JSON.parse( text );
	} catch {
		return null;
	}
}

export async function requestToken(
	world: World,
	request: TokenRequest
): Promise< Result< StoredToken > > {
	const { grant, clientId, clientSecret, before } = request;
	// URLSearchParams encodes the `+ / =` of base64 secrets, which otherwise fail now and then.
	const form = new URLSearchParams( {
		...grant,
		client_id: clientId,
		...( clientSecret === null ? {} : { client_secret: clientSecret } ),
	} );
	const secrets = [
		clientSecret ?? '',
		...( grant.grant_type === 'refresh_token'
			? [ grant.refresh_token ]
			: [ grant.code ] ),
	];
	const outcome = await world.fetch( {
		method: 'POST',
		url: request.url,
		headers: {
			'content-type': 'application/x-www-form-urlencoded',
			accept: 'application/json',
		},
		body: form.toString(),
		timeout: TIMEOUT,
	} );
	if ( ! outcome.ok ) {
		return retry(
			'brightpearl',
			'outage',
			`Brightpearl's token service could not be reached: ${ redact( outcome.message, secrets ) }`
		);
	}
	const { status, body } = outcome.answer;
	const json = parse( body );
	if ( status >= 200 && status < 300 ) {
		const answer = answerSchema.safeParse( json );
		if ( ! answer.success ) {
			return retry(
				'brightpearl',
				'outage',
				"Brightpearl's token service sent an answer that holds no token."
			);
		}
		return ok( takeOver( answer.data, request, world ) );
	}
	const refusal = errorSchema.safeParse( json );
	if ( status >= 400 && status < 500 && status !== 429 && refusal.success ) {
		const { error, error_description: why } = refusal.data;
		return refused( error, redact( why ?? '', secrets ), before !== null );
	}
	return retry(
		'brightpearl',
		status === 429 ? 'throttled' : 'outage',
		`Brightpearl's token service answered ${ status }.`
	);
}

function takeOver(
	answer: z.infer< typeof answerSchema >,
	{ grant, sandbox, before }: TokenRequest,
	world: World
): StoredToken {
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
	return {
		accessToken: answer.access_token,
		refreshToken:
			answer.refresh_token ??
			( grant.grant_type === 'refresh_token' ? grant.refresh_token : '' ),
		// Never a fixed week: a refresh may answer the remaining life (platform reference, §2.2c).
		expiresAt: new Date(
			world.clock.now() + answer.expires_in * SECOND
		).toISOString(),
		tokenType: answer.token_type ?? 'Bearer',
		apiDomain,
		installationInstanceId:
			answer.installation_instance_id ??
			before?.installationInstanceId ??
			null,
	};
}

function refused( error: string, why: string, refreshing: boolean ) {
	const said = `${ error }${ why && `: ${ why }` }`;
	if ( error === 'invalid_client' ) {
		return hold( {
			code: 'credentials-brightpearl',
			message: `Brightpearl does not know this app (${ said }).`,
			cause: 'The client id or the client secret is wrong, or the app was removed.',
			fix: 'Correct `brightpearl.auth.clientId` and `clientSecret` and run `connection add --replace`.',
			field: 'brightpearl.auth.clientId',
		} );
	}
	return hold( {
		code: 'credentials-brightpearl',
		message: `Brightpearl gives no token (${ said }).`,
		cause: refreshing
			? 'The consent was withdrawn, or its refresh token was used up or replaced elsewhere.'
			: 'The code or refresh token is wrong, was used already, or has run out.',
		fix: 'Give the app consent again, and enter the new refresh token for the connection.',
		field: 'brightpearl.auth.refreshToken',
	} );
}
