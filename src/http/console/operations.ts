/**
 * `POST /console/operations/{name}`: what a logged-in person may ask of the service. The answer
 * has status 200 whatever became of it, so that only a request that is none is an HTTP error.
 */
import type { FastifyInstance } from 'fastify';
import {
	consoleRequestSchema,
	isConsoleOperation,
} from '../../contracts/console.ts';
import type { Operations } from '../../contracts/operations.ts';
import type { Clock, Logger } from '../../contracts/world.ts';
import { createConsoleCalls } from '../console-call.ts';
import { errorAnswer } from '../error-answer.ts';
import { LARGEST_INPUT, parseJson } from '../json-body.ts';
import type { Gate } from './gate.ts';

export function consoleOperationRoutes(
	app: FastifyInstance,
	options: {
		readonly operations: Operations;
		readonly gate: Gate;
		readonly clock: Clock;
		readonly logger: Logger;
		/** Aborts when the server closes. */
		readonly closing: AbortSignal;
	}
): void {
	const answer = createConsoleCalls( options );

	app.post< { Params: { name: string } } >(
		'/console/operations/:name',
		{ bodyLimit: LARGEST_INPUT },
		async ( request, reply ) => {
			const { name } = request.params;
			if ( ! isConsoleOperation( name ) ) {
				return reply.code( 404 ).send( NO_OPERATION );
			}
			const asked = consoleRequestSchema.safeParse(
				parseJson( request.body )
			);
			if ( ! asked.success ) {
				return reply.code( 400 ).send( UNREADABLE );
			}
			const { status, body } = await answer( {
				...asked.data,
				name,
				asker: options.gate.sessionOf( request ).id,
				// Whoever holds a link of this service is nobody in particular.
				by: 'console',
				raw: reply.raw,
			} );
			return reply.code( status ).send( body );
		}
	);
}

const NO_OPERATION = errorAnswer(
	'not-found',
	'There is no such operation for the console.'
);
const UNREADABLE = errorAnswer( 'bad-request', 'The request cannot be read.' );
