/**
 * What a signed request must be before anything is done for it, in the order of the design (C3,
 * *Signature v1*): the headers' syntax before the body is read, the size while it is read, then
 * key, clock, signature and nonce.
 *
 * Every refusal says why, however many there were: a console that polls every second and a half
 * is where a person reads it. What a flood saves itself is its lines in the log and, where the key
 * is unknown, our reading of its bodies. A key that is known is never refused unheard: a stranger
 * behind the same proxy, who knows its id, cannot lock its owner out.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PairingKey } from '../../contracts/database.ts';
import { MINUTE } from '../../contracts/primitives.ts';
import type { Clock, Logger } from '../../contracts/world.ts';
import {
	UNKNOWN_KEY,
	type Authenticate,
} from '../../flows/pairing/authenticate.ts';
import { refuse, type Refusal } from '../../flows/pairing/refusal.ts';
import { readHeaders, type ReadHeaders } from '../../signing/headers.ts';
import { createFailureLimit, type FailureLimit } from '../failure-limit.ts';
import { errorAnswer } from '../error-answer.ts';

const FLOOD = { failures: 20, window: MINUTE };
const NOTHING = Buffer.alloc( 0 );

/** Whose refusals are no longer logged. */
export function bridgeLogLimit( clock: Clock ): FailureLimit {
	return createFailureLimit( { clock, ...FLOOD } );
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
	const quiet = bridgeLogLimit( clock );
	/** Unknown keys become no known ones: we make them, at random. */
	const strangers = createFailureLimit( { clock, ...FLOOD } );
	const headersOf = new WeakMap< FastifyRequest, ReadHeaders >();
	const keyOf = new WeakMap< FastifyRequest, PairingKey >();

	scope.addHook( 'onRequest', async ( request, reply ) => {
		const headers = readHeaders( request.headers );
		if ( headers === null ) {
			return sendFailure( request, reply, BAD_HEADERS, {
				who: request.ip,
				quiet,
				logger,
			} );
		}
		if ( strangers.isExceeded( strangerOf( request, headers ) ) ) {
			return sendRefusal( reply, UNKNOWN_KEY );
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
			const isUnknown = answer.code === 'unknown-key';
			if ( isUnknown ) {
				strangers.failed( strangerOf( request, headers ) );
			}
			return sendFailure( request, reply, answer, {
				// Or a new name for each request would fill the log.
				who: isUnknown
					? request.ip
					: `${ request.ip } ${ headers.keyId }`,
				quiet,
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

function strangerOf( { ip }: FastifyRequest, { keyId }: ReadHeaders ): string {
	return `${ ip } ${ keyId }`;
}

/** A refusal that is logged, unless it is one of a flood. */
export function sendFailure(
	request: FastifyRequest,
	reply: FastifyReply,
	refusal: Refusal,
	{
		who,
		quiet,
		logger,
	}: {
		readonly who: string;
		readonly quiet: FailureLimit;
		readonly logger: Logger;
	}
): FastifyReply {
	if ( ! quiet.isExceeded( who ) ) {
		quiet.failed( who );
		logger.warn(
			{
				code: refusal.code,
				from: request.ip,
				route: request.routeOptions.url ?? null,
				requestId: requestIdOf( request ),
			},
			'A call of a plugin was refused.'
		);
	}
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
