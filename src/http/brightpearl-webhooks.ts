/**
 * `POST /webhooks/brightpearl/{connection}/{token}`: the raw bytes go to the intake, its word
 * becomes the answer. Brightpearl drops for ever what is answered 4xx and sends again what is
 * answered 503 (platform reference, §6.4).
 *
 * The token is the secret: neither it nor the address it stands in is logged or answered.
 */
import type { FastifyInstance } from 'fastify';
import { MINUTE, SECOND } from '../contracts/primitives.ts';
import type { Clock, Logger } from '../contracts/world.ts';
import type { BrightpearlIntake } from '../flows/brightpearl-intake.ts';
import { rawBodyOf } from './bridge/gate.ts';
import { errorAnswer } from './error-answer.ts';
import { createFailureLimit } from './failure-limit.ts';
import { sendCannotStore } from './webhooks.ts';

/** Tokens have 256 bit: the limit saves the log, not the secret. */
const WRONG_TOKENS = { failures: 20, window: MINUTE };

const UNKNOWN = errorAnswer(
	'unknown-address',
	'There is no such connection, or the token is not its own.'
);
const TOO_MANY = errorAnswer(
	'too-many-failures',
	'Too many wrong tokens came from this address.',
	'The right one is still taken.'
);

export function brightpearlWebhookRoute(
	app: FastifyInstance,
	{
		intake,
		clock,
		logger,
	}: {
		readonly intake: BrightpearlIntake;
		readonly clock: Clock;
		readonly logger: Logger;
	}
): void {
	const wrongTokens = createFailureLimit( { clock, ...WRONG_TOKENS } );

	app.post< { Params: { connection: string; token: string } } >(
		'/webhooks/brightpearl/:connection/:token',
		{
			// One that cannot be parsed would be 415, and the delivery lost for ever.
			onRequest: async ( { headers } ) => {
				headers[ 'content-type' ] = 'application/octet-stream';
			},
		},
		async ( request, reply ) => {
			const { connection, token } = request.params;
			const answer = await intake.webhook( {
				connection,
				token,
				rawBody: rawBodyOf( request ),
			} );
			switch ( answer ) {
				case 'accepted':
					return { accepted: true };
				case 'cannot-store':
					return sendCannotStore( reply );
				case 'unknown':
					// Asked only now: behind a proxy everybody has one address, and the right token is heard.
					if ( wrongTokens.isExceeded( request.ip ) ) {
						return reply
							.code( 429 )
							.header(
								'retry-after',
								String( WRONG_TOKENS.window / SECOND )
							)
							.send( TOO_MANY );
					}
					wrongTokens.failed( request.ip );
					logger.warn(
						{
							from: request.ip,
							route: request.routeOptions.url ?? null,
						},
						'A delivery of Brightpearl came with a token that is not the connection’s.'
					);
					return reply.code( 404 ).send( UNKNOWN );
			}
		}
	);
}
