/**
 * `POST /v1/console/{name}`: what the console in wp-admin asks through the plugin. The call is
 * bound to the connection of its key: an input that names another is refused, and one that names
 * none is given this.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
	CONSOLE_OPERATIONS,
	consoleRequestSchema,
	isConsoleOperation,
} from '../../contracts/console.ts';
import type { PairingKey } from '../../contracts/database.ts';
import type { Operations } from '../../contracts/operations.ts';
import { refusedToShop } from '../../contracts/shop-inputs.ts';
import type { Clock, Logger } from '../../contracts/world.ts';
import { refuse, type Refusal } from '../../flows/pairing/refusal.ts';
import { isReplaced, REPLACED_KEY } from '../../flows/pairing/keys.ts';
import { createConsoleCalls } from '../console-call.ts';
import { parseJson } from '../json-body.ts';
import { requestIdOf, sendRefusal } from './gate.ts';

export function bridgeConsoleRoute(
	scope: FastifyInstance,
	options: {
		readonly operations: Operations;
		readonly keyOf: ( request: FastifyRequest ) => PairingKey;
		readonly clock: Clock;
		readonly logger: Logger;
		readonly closing: AbortSignal;
	}
): void {
	const answer = createConsoleCalls( options );

	scope.post< { Params: { name: string } } >(
		'/v1/console/:name',
		async ( request, reply ) => {
			const { name } = request.params;
			const operation = isConsoleOperation( name )
				? CONSOLE_OPERATIONS[ name ]
				: null;
			if (
				! isConsoleOperation( name ) ||
				operation === null ||
				operation.bound === null
			) {
				return sendRefusal( reply, NO_OPERATION );
			}
			const asked = consoleRequestSchema.safeParse(
				parseJson( request.body )
			);
			if ( ! asked.success ) {
				return sendRefusal( reply, UNREADABLE );
			}
			const key = options.keyOf( request );
			const { connection, keyId } = key;
			const bound = boundInput(
				asked.data.input,
				operation.bound,
				connection
			);
			if ( ! bound.ok ) {
				return sendRefusal( reply, bound );
			}
			if ( CREDENTIALS.includes( name ) && isReplaced( key ) ) {
				return sendRefusal( reply, REPLACED_KEY );
			}
			const refused = refusedToShop( name, bound.value );
			if ( refused !== null ) {
				return { exit: 2, body: { error: refused } };
			}
			const { status, body } = await answer( {
				...asked.data,
				name,
				input: bound.value,
				asker: keyId,
				by: asked.data.by ?? 'wp-admin',
				raw: reply.raw,
				log: { connection, requestId: requestIdOf( request ) },
			} );
			return reply.code( status ).send( body );
		}
	);
}

/** Operations that change what the connection signs in with. */
const CREDENTIALS: readonly string[] = [
	'connectionEdit',
	'connectionConsent',
	'connectionAuthorize',
];
const NO_OPERATION = refuse(
	'not-found',
	'There is no such operation for the console of a shop.'
);
const UNREADABLE = refuse( 'bad-request', 'The request cannot be read.' );

function boundInput(
	input: unknown,
	field: 'connection' | 'name',
	connection: string
): { readonly ok: true; readonly value: object } | Refusal {
	const given: unknown = input ?? {};
	if (
		typeof given !== 'object' ||
		given === null ||
		Array.isArray( given )
	) {
		return UNREADABLE;
	}
	const named: unknown = Reflect.get( given, field );
	return named === undefined || named === null || named === connection
		? { ok: true, value: { ...given, [ field ]: connection } }
		: refuse(
				'foreign-connection',
				'This shop may ask for its own connection only.'
			);
}
