/**
 * `GET /oauth/brightpearl`: the browser comes back from Brightpearl's consent page. There is no
 * session: the single-use state in the address is the right to call, and says which connection it
 * is for. What it is answered is for the person who looks at that browser.
 */
import type { FastifyInstance } from 'fastify';
import { MINUTE, SECOND } from '../contracts/primitives.ts';
import type { Clock, Logger } from '../contracts/world.ts';
import { finishConsent, type ConsentResult } from '../flows/consent.ts';
import type { OperationContext } from '../flows/operations/context.ts';
import { CONSENT_PAGE_HEADERS, consentPage } from './consent-page.ts';
import { createFailureLimit } from './failure-limit.ts';

/** States have 256 bit: the limit saves the log and the database, not the secret. */
const WRONG_STATES = { failures: 20, window: MINUTE };

export function consentRoute(
	scope: FastifyInstance,
	{
		context,
		clock,
		logger,
	}: {
		readonly context: OperationContext;
		readonly clock: Clock;
		readonly logger: Logger;
	}
): void {
	const wrongStates = createFailureLimit( { clock, ...WRONG_STATES } );

	scope.get(
		'/oauth/brightpearl',
		// A HEAD, as previews of links send it, would use the state up.
		{ exposeHeadRoute: false },
		async ( request, reply ) => {
			const [ , query = '' ] = ( request.raw.url ?? '' ).split( '?', 2 );
			void reply.headers( CONSENT_PAGE_HEADERS );
			const result = await finishConsent(
				context,
				new URLSearchParams( query ),
				null
			);
			// Asked only now: behind a proxy everybody has one address, and the right state is heard.
			if ( result.kind === 'unknown' ) {
				if ( wrongStates.isExceeded( request.ip ) ) {
					return reply
						.code( 429 )
						.header(
							'retry-after',
							String( WRONG_STATES.window / SECOND )
						)
						.send( consentPage( 'too-many' ) );
				}
				wrongStates.failed( request.ip );
				logger.warn(
					{ from: request.ip },
					'A consent came back with a state that is not open'
				);
			}
			return reply
				.code( statusOf( result ) )
				.send( consentPage( result ) );
		}
	);
}

function statusOf( result: ConsentResult ): number {
	switch ( result.kind ) {
		case 'done':
		case 'already':
			return 200;
		case 'unknown':
			return 400;
		case 'failed':
			return result.failure.kind === 'retry' ? 503 : 400;
	}
}
