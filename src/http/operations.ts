/**
 * The internal address by which commands go through the running service:
 * `POST /v1/operations/{name}` and `GET /v1/operations` to ask whether it is ours. Only for
 * this machine, and only with the token of `service.json`.
 */
import type { FastifyInstance } from 'fastify';
import {
	isOperationName,
	operationRequestSchema,
	parseOperationInput,
	type Operations,
	type Outcome,
} from '../contracts/operations.ts';
import type { Clock, Logger } from '../contracts/world.ts';
import { isFromHere, tokenCheck } from './caller.ts';
import { defect } from './defect.ts';
import { errorAnswer } from './error-answer.ts';
import { LARGEST_INPUT, parseJson } from './json-body.ts';

export function operationRoutes(
	app: FastifyInstance,
	options: {
		readonly operations: Operations;
		readonly token: string;
		readonly logger: Logger;
		readonly clock: Clock;
		/** Aborts when the server closes: nobody is kept waiting then. */
		readonly closing: AbortSignal;
	}
): void {
	const { operations, logger, clock, closing } = options;
	const isOurs = tokenCheck( options.token );

	// Before the body is read: strangers make no work.
	app.addHook( 'onRequest', async ( request, reply ) => {
		if (
			! ( request.routeOptions.url ?? '' ).startsWith( '/v1/operations' )
		) {
			return;
		}
		if ( ! isFromHere( request ) ) {
			await reply
				.code( 404 )
				.send( errorAnswer( 'not-found', 'There is nothing here.' ) );
		} else if ( ! isOurs( request.headers.authorization ) ) {
			await reply
				.code( 401 )
				.send(
					errorAnswer(
						'bad-token',
						'This needs the token of service.json.'
					)
				);
		}
	} );

	app.get( '/v1/operations', async () => ( { ok: true, pid: process.pid } ) );

	app.post< { Params: { name: string } } >(
		'/v1/operations/:name',
		{ bodyLimit: LARGEST_INPUT },
		async ( request, reply ) => {
			const { name } = request.params;
			if ( ! isOperationName( name ) ) {
				return reply
					.code( 404 )
					.send(
						errorAnswer(
							'not-found',
							'There is no such operation.'
						)
					);
			}
			const asked = operationRequestSchema.safeParse(
				parseJson( request.body )
			);
			if ( ! asked.success ) {
				return reply
					.code( 400 )
					.send(
						errorAnswer(
							'bad-request',
							'The request cannot be read.'
						)
					);
			}
			const read = parseOperationInput( name, asked.data.input );
			if ( ! read.ok ) {
				const refused: Outcome = {
					exit: 2,
					body: { error: read.error },
				};
				return refused;
			}
			const gone = new AbortController();
			reply.raw.once( 'close', () => gone.abort() );
			return operations
				.run( name, read.input, {
					signal: AbortSignal.any( [ gone.signal, closing ] ),
					deadline: clock.now() + asked.data.timeout,
					by: 'command line',
				} )
				.catch( ( error: unknown ) =>
					defect( logger, error, { operation: name } )
				);
		}
	);
}
