/**
 * The addresses of the plugin: `/v1/pair`, proven with a code, and everything else signed with
 * the key of one connection, which sees and moves nothing of another (pairing design, C3).
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { PairingKey } from '../../contracts/database.ts';
import {
	consentReturnSchema,
	movedSchema,
	nudgeSchema,
	storeKeysSchema,
} from '../../contracts/pairing.ts';
import { PRIORITY, taskKey, type TaskRequest } from '../../contracts/queue.ts';
import type { Operations } from '../../contracts/operations.ts';
import type { Clock, Logger } from '../../contracts/world.ts';
import type { EventLog } from '../../flows/event-log.ts';
import { outboxTask } from '../../flows/outbox.ts';
import type { Authenticate } from '../../flows/pairing/authenticate.ts';
import { pingAnswer, type BridgeContext } from '../../flows/pairing/bridge.ts';
import { refuse, type Answer } from '../../flows/pairing/refusal.ts';
import {
	isReplaced,
	REPLACED_KEY,
	revoke,
	rotate,
} from '../../flows/pairing/keys.ts';
import { takeConsent } from '../../flows/pairing/consent.ts';
import { takeMove } from '../../flows/pairing/moved.ts';
import {
	openAuthorization,
	storeKeys,
} from '../../flows/pairing/store-keys.ts';
import { consentRoute } from '../consent.ts';
import { parseJson } from '../json-body.ts';
import { bridgeConsoleRoute } from './console.ts';
import { rawBodyOf, sendRefusal, signedGate } from './gate.ts';
import { openRoutes } from './open.ts';

export interface BridgeHost {
	readonly context: BridgeContext;
	readonly authenticate: Authenticate;
	readonly eventLog: EventLog;
}

export function bridgeRoutes(
	app: FastifyInstance,
	options: BridgeHost & {
		readonly operations: Operations;
		readonly clock: Clock;
		readonly logger: Logger;
		/** Aborts when the server closes: nobody is kept waiting then. */
		readonly closing: AbortSignal;
	}
): void {
	void app.register( async ( scope ) => {
		tooLargeIn( scope );
		openRoutes( scope, options );
		consentRoute( scope, options );
	} );
	void app.register( async ( scope ) => {
		tooLargeIn( scope );
		const keyOf = signedGate( scope, options );
		signedRoutes( scope, { ...options, keyOf } );
		bridgeConsoleRoute( scope, { ...options, keyOf } );
	} );
}

const TOO_LARGE = refuse( 'too-large', 'The body is larger than 1 MB.' );
const UNREADABLE = refuse( 'bad-request', 'The request cannot be read.' );

/** Everything here is refused in the same shape; the rest is the server's business. */
function tooLargeIn( scope: FastifyInstance ): void {
	scope.setErrorHandler( ( error, _, reply ) => {
		if (
			error instanceof Error &&
			Reflect.get( error, 'statusCode' ) === 413
		) {
			return sendRefusal( reply, TOO_LARGE );
		}
		throw error;
	} );
}

const nothingSchema = z.object( {} );
const eventsQuerySchema = z.object( {
	after: z.string().max( 100 ).optional(),
} );

function signedRoutes(
	scope: FastifyInstance,
	{
		context,
		eventLog,
		keyOf,
	}: BridgeHost & {
		readonly keyOf: ( request: FastifyRequest ) => PairingKey;
	}
): void {
	/** A route with a JSON body of this shape, which may be left out where all of it may. */
	const route = < T >(
		method: 'POST' | 'PUT',
		url: string,
		schema: z.ZodType< T >,
		work: ( key: PairingKey, body: T ) => Promise< Answer< unknown > >
	): void => {
		scope.route( {
			method,
			url,
			handler: async ( request, reply ): Promise< FastifyReply > => {
				const raw = rawBodyOf( request );
				const body = schema.safeParse(
					raw.length === 0 ? {} : parseJson( raw )
				);
				if ( ! body.success ) {
					return sendRefusal( reply, UNREADABLE );
				}
				const answer = await work( keyOf( request ), body.data );
				return answer.ok
					? reply.send( answer.value )
					: sendRefusal( reply, answer );
			},
		} );
	};
	/** Leaked, the key before would otherwise outlive the rotation that was made against that. */
	const byCurrentKey =
		< T >(
			work: ( key: PairingKey, body: T ) => Promise< Answer< unknown > >
		) =>
		async ( key: PairingKey, body: T ): Promise< Answer< unknown > > =>
			isReplaced( key ) ? REPLACED_KEY : work( key, body );
	const pong = async ( { connection }: PairingKey ) => ( {
		ok: true as const,
		value: await pingAnswer( context, connection ),
	} );

	scope.get( '/v1/ping', async ( request ) =>
		pingAnswer( context, keyOf( request ).connection )
	);
	scope.get( '/v1/events', async ( request, reply ) => {
		const query = eventsQuerySchema.safeParse( request.query );
		return query.success
			? reply.send(
					eventLog.since(
						query.data.after ?? null,
						keyOf( request ).connection
					)
				)
			: sendRefusal( reply, UNREADABLE );
	} );
	route( 'POST', '/v1/nudge', nudgeSchema, async ( key, { orders } ) => {
		// Durable before the answer, and all that is done before it: a shopper may be waiting.
		// Products need nothing (see the outbox's reader).
		await context.database.queue.enqueue( [
			outboxTask( key.connection ),
			...orders.map( ( id ): TaskRequest => ( {
				key: taskKey( key.connection, 'order', id ),
				kind: 'order',
				connection: key.connection,
				priority: PRIORITY.order,
			} ) ),
		] );
		return { ok: true, value: { ok: true } };
	} );
	route(
		'PUT',
		'/v1/store',
		storeKeysSchema,
		byCurrentKey( async ( key, keys ) => {
			const answer = await storeKeys( context, key.connection, keys );
			return answer.ok ? pong( key ) : answer;
		} )
	);
	route(
		'POST',
		'/v1/store/authorization',
		nothingSchema,
		byCurrentKey( async ( { connection } ) => ( {
			ok: true,
			value: await openAuthorization( context, connection ),
		} ) )
	);
	route(
		'POST',
		'/v1/oauth/brightpearl',
		consentReturnSchema,
		byCurrentKey( ( { connection }, returned ) =>
			takeConsent( context, connection, returned )
		)
	);
	route(
		'POST',
		'/v1/rotate',
		nothingSchema,
		byCurrentKey( ( key ) => rotate( context, key ) )
	);
	route( 'POST', '/v1/revoke', nothingSchema, ( { connection } ) =>
		revoke( context, connection )
	);
	route(
		'POST',
		'/v1/moved',
		movedSchema,
		byCurrentKey( async ( key, moved ) => {
			const answer = await takeMove( context, key, moved );
			return answer.ok ? pong( key ) : answer;
		} )
	);
}
