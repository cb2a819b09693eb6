/**
 * `POST /webhooks/woocommerce/{connection}`: the raw bytes go to the intake, its word becomes
 * the answer. WooCommerce never retries and disables a webhook after a few refusals, so what
 * can be stored is answered with exactly 200 (WooCommerce reference, *Webhooks*).
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from '../contracts/world.ts';
import type { IntakeAnswer } from '../flows/intake.ts';
import { errorAnswer } from './error-answer.ts';

export interface WebhookIntake {
	webhook( request: {
		readonly connection: string;
		/** Byte for byte as it came. */
		readonly rawBody: Uint8Array;
		/** Names in lower case. */
		readonly headers: Readonly<
			Record< string, string | string[] | undefined >
		>;
		/** As it was requested, with query. */
		readonly path: string;
	} ): Promise< IntakeAnswer >;
}

/** Seconds until the disk or database may have recovered. */
const RETRY_AFTER = '10';
const NOTHING = Buffer.alloc( 0 );

export function sendCannotStore( reply: FastifyReply ): FastifyReply {
	return reply
		.code( 503 )
		.header( 'retry-after', RETRY_AFTER )
		.send(
			errorAnswer( 'cannot-store', 'The delivery cannot be stored now.' )
		);
}

export function webhookRoutes(
	app: FastifyInstance,
	{
		intake,
		logger,
	}: { readonly intake: WebhookIntake; readonly logger: Logger }
): void {
	app.post< { Params: { connection: string } } >(
		'/webhooks/woocommerce/:connection',
		async ( request, reply ) => {
			const { connection } = request.params;
			const rawBody = Buffer.isBuffer( request.body )
				? request.body
				: NOTHING;
			const answer = await intake
				.webhook( {
					connection,
					rawBody,
					headers: request.headers,
					path: request.raw.url ?? '',
				} )
				.catch( ( error: unknown ): IntakeAnswer => {
					logger.error(
						{ err: error, connection },
						'A delivery could not be stored.'
					);
					return 'cannot-store';
				} );
			switch ( answer ) {
				case 'accepted':
				case 'ping':
					return { accepted: true };
				case 'bad-signature':
					return reply
						.code( 401 )
						.send(
							errorAnswer(
								'bad-signature',
								'The signature does not fit the body and the secret of this connection.'
							)
						);
				case 'unknown-connection':
					return reply
						.code( 404 )
						.send(
							errorAnswer(
								'unknown-connection',
								'There is no such connection.'
							)
						);
				case 'cannot-store':
					return sendCannotStore( reply );
			}
		}
	);
}
