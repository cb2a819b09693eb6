/**
 * One request to the token endpoint through the OAuth library, with our own fetch: what comes
 * back is a failure of ours or the answer as the library has judged it.
 */
import {
	customFetch,
	ResponseBodyError,
	type CustomFetchOptions,
	type TokenEndpointRequestOptions,
} from 'oauth4webapi';
import { SECOND } from '../../contracts/primitives.ts';
import {
	fail,
	hold,
	ok,
	retry,
	type Failure,
	type Result,
} from '../../contracts/result.ts';
import type { HttpAnswer, World } from '../../contracts/world.ts';
import { authorizeFix, type OAuthApp } from './oauth-app.ts';
import { redact } from '../transport/redact.ts';

const TIMEOUT = 30 * SECOND;

export interface TokenRequest {
	readonly app: OAuthApp;
	/** The code or refresh token that is sent. */
	readonly secret: string;
	readonly refreshing: boolean;
	readonly send: (
		options: TokenEndpointRequestOptions
	) => Promise< Response >;
	readonly read: ( response: Response ) => Promise< unknown >;
}

export async function askForToken(
	world: World,
	{ app, secret, refreshing, send, read }: TokenRequest
): Promise< Result< unknown > > {
	const secrets = [ ...app.secrets, secret ];
	let status: number | null = null;
	let failure: Failure | null = null;

	/** The library expects a `fetch` that throws; why it did is told beside it. */
	async function fetch(
		url: string,
		{ body, headers, method }: CustomFetchOptions< 'POST', URLSearchParams >
	): Promise< Response > {
		const outcome = await world.fetch( {
			method,
			url,
			headers: {
				...headers,
				// As it is documented, without the parameter the library adds.
				'content-type': 'application/x-www-form-urlencoded',
			},
			// Encodes the `+ / =` of base64 secrets, which otherwise fail now and then.
			body: body.toString(),
			timeout: TIMEOUT,
		} );
		if ( ! outcome.ok ) {
			failure = outage(
				`could not be reached: ${ redact( outcome.message, secrets ) }`
			);
			throw new Error( 'There is no answer.' );
		}
		status = outcome.answer.status;
		failure = refusalOfStatus( status );
		if ( failure !== null ) {
			throw new Error( 'There is no answer to read.' );
		}
		return responseOf( outcome.answer );
	}

	try {
		const response = await send( {
			...app.options,
			[ customFetch ]: fetch,
		} );
		return ok( await read( response ) );
	} catch ( error ) {
		if ( failure !== null ) {
			return fail( failure );
		}
		if ( status === null ) {
			// Nothing was asked: a defect of ours.
			throw error;
		}
		if ( error instanceof ResponseBodyError ) {
			return refused( app, refreshing, {
				error: redact( error.error, secrets ),
				why: redact( error.error_description ?? '', secrets ),
			} );
		}
		return status === 200
			? noToken()
			: fail( outage( `answered ${ String( status ) }.` ) );
	}
}

export function noToken() {
	return fail( outage( 'sent an answer that holds no token.' ) );
}

function outage(
	what: string,
	cause: 'outage' | 'throttled' = 'outage'
): Failure {
	return retry(
		'brightpearl',
		cause,
		`Brightpearl's token service ${ what }`
	).failure;
}

/** What says nothing about the credentials; null = an answer for the library to judge. */
function refusalOfStatus( status: number ): Failure | null {
	if ( status === 429 ) {
		return outage( 'answered 429.', 'throttled' );
	}
	return status === 200 || ( status >= 400 && status < 500 )
		? null
		: outage( `answered ${ status }.` );
}

/**
 * The answer as the library takes it. It is strict where nothing is at stake: recorded answers
 * are JSON whatever a proxy says of their type, and clients of Brightpearl's do not rely on
 * `token_type`; unset is as good as null.
 */
function responseOf( { status, body, headers }: HttpAnswer ): Response {
	const json = parse( body );
	if ( typeof json !== 'object' || json === null || Array.isArray( json ) ) {
		return new Response( body, {
			status,
			headers: { 'content-type': headers[ 'content-type' ] ?? '' },
		} );
	}
	const set = Object.fromEntries(
		Object.entries( json ).filter( ( [ , value ] ) => value !== null )
	);
	return new Response(
		JSON.stringify(
			status === 200 ? { token_type: 'Bearer', ...set } : set
		),
		{ status, headers: { 'content-type': 'application/json' } }
	);
}

function parse( text: string ): unknown {
	try {
		return JSON.parse( text );
	} catch {
		return null;
	}
}

/** Errors by which a server says that it is busy (RFC 6749, §4.1.2.1 and §5.2). */
const PASSING = [ 'temporarily_unavailable', 'server_error' ];

function refused(
	{ connection }: OAuthApp,
	refreshing: boolean,
	{ error, why }: { readonly error: string; readonly why: string }
): Result< never > {
	const said = `${ error }${ why && `: ${ why }` }`;
	if ( PASSING.includes( error ) ) {
		return fail( outage( `answered ${ said }` ) );
	}
	if ( error === 'invalid_client' ) {
		return hold( {
			code: 'credentials-brightpearl',
			message: `Brightpearl does not know this app (${ said }).`,
			cause: 'The client id or the client secret is wrong, or the app was removed.',
			fix: 'Correct `brightpearl.auth.clientId` and `clientSecret`, in the console or with `connection add --replace`.',
			field: 'brightpearl.auth.clientId',
		} );
	}
	return hold( {
		code: 'credentials-brightpearl',
		message: `Brightpearl gives no token (${ said }).`,
		cause: refreshing
			? 'The consent was withdrawn, or its refresh token was used up or replaced elsewhere.'
			: 'The code was used already or has run out, or the app is registered with another return address.',
		fix: authorizeFix( connection ),
		field: 'brightpearl.auth.refreshToken',
	} );
}
