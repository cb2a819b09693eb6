/**
 * What a signed request must be before anything is done for it, in the order of the design (C3,
 * *Signature v1*): the headers' syntax before the body is read, the size while it is read, then
 * key, clock, signature and nonce.
 *
 * Failures are counted by address and key, and too many are answered shortly. A request whose
 * signature fits is never among them: a stranger behind the same proxy, who knows a key's id,
 * cannot lock its owner out.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PairingKey } from '../../contracts/database.ts';
import { MINUTE } from '../../contracts/primitives.ts';
import type { Clock, Logger } from '../../contracts/world.ts';
import type { Authenticate } from '../../flows/pairing/authenticate.ts';
import { refuse, type Refusal } from '../../flows/pairing/bridge.ts';
import { readHeaders, type ReadHeaders } from '../../signing/headers.ts';
import { createFailureLimit, type FailureLimit } from '../failure-limit.ts';
import { errorAnswer } from '../error-answer.ts';

const FAILURES = { failures: 20, window: MINUTE };
const NOTHING = Buffer.alloc( 0 );

export function bridgeFailureLimit( clock: Clock ): FailureLimit {
	return createFailureLimit( { clock, ...FAILURES } );
}

/** Byte for byte; empty when there is none. */
export function rawBodyOf( { body }: FastifyRequest ): Buffer {
	return Buffer.isBuffer( body ) ? body : NOTHING;
}

/** Lets only signed requests into the scope; returns whose a request is. */
export function signedGate(
	scope: FastifyInstance,
	{
		authenticate,
		clock,
		logger,
	}: {
		readonly authenticate: Authenticate;
		readonly clock: Clock;
		readonly logger: Logger;
	}
): ( request: FastifyRequest ) => PairingKey {
	const limit = bridgeFailureLimit( clock );
	const headersOf = new WeakMap< FastifyRequest, ReadHeaders >();
	const keyOf = new WeakMap< FastifyRequest, PairingKey >();

	scope.addHook( 'onRequest', async ( request, reply ) => {
		const headers = readHeaders( request.headers );
		if ( headers === null ) {
			return sendFailure( request, reply, BAD_HEADERS, {
				who: request.ip,
				limit,
				logger,
			} );
		}
		headersOf.set( request, headers );
		return undefined;
	} );
	scope.addHook( 'preHandler', async ( request, reply ) => {
		const headers = headersOf.get( request );
		if ( headers === undefined ) {
			throw new Error( 'The headers of this request were not read.' );
		}
		const answer = await authenticate( headers, {
			method: request.method,
			path: request.raw.url ?? '',
			body: rawBodyOf( request ),
		} );
		if ( ! answer.ok ) {
			return sendFailure( request, reply, answer, {
				who: `${ request.ip } ${ headers.keyId }`,
				limit,
				logger,
			} );
		}
		keyOf.set( request, answer.value );
		return undefined;
	} );
	return ( request ) => {
		const key = keyOf.get( request );
		if ( key === undefined ) {
			throw new Error( 'This address asks for no signature.' );
		}
		return key;
	};
}

const BAD_HEADERS = refuse(
	'bad-headers',
	'The request is not signed, or not as signature v1 is written.'
);
const TOO_MANY = refuse(
	'too-many-failures',
	'Too many requests that do not prove where they come from.',
	'Wait a minute.'
);

/** A refusal that is counted. */
export function sendFailure(
	request: FastifyRequest,
	reply: FastifyReply,
	refusal: Refusal,
	{
		who,
		limit,
		logger,
	}: {
		readonly who: string;
		readonly limit: FailureLimit;
		readonly logger: Logger;
	}
): FastifyReply {
	if ( limit.isExceeded( who ) ) {
		void reply.header( 'retry-after', String( FAILURES.window / 1000 ) );
		return sendRefusal( reply, TOO_MANY );
	}
	limit.failed( who );
	logger.warn(
		{
			code: refusal.code,
			from: request.ip,
			route: request.routeOptions.url ?? null,
			requestId: requestIdOf( request ),
		},
		'A call of a plugin was refused.'
	);
	return sendRefusal( reply, refusal );
}

export function sendRefusal(
	reply: FastifyReply,
	{ status, code, message, fix, time }: Refusal
): FastifyReply {
	return reply.code( status ).send( {
		...errorAnswer( code, message, fix ),
		...( time === null ? {} : { time } ),
	} );
}

/** What the plugin calls this request in its own log. */
export function requestIdOf( { headers }: FastifyRequest ): string | null {
	const id = headers[ 'x-request-id' ];
	return typeof id === 'string' && /^[\w-]{1,64}$/.test( id ) ? id : null;
}
