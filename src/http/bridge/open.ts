/**
 * The two addresses that are not signed: `POST /v1/pair`, proven with the one-time code, and
 * `POST /oauth/woocommerce`, where WooCommerce brings keys with a single-use state.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { SECOND } from '../../contracts/primitives.ts';
import type { Clock, Logger } from '../../contracts/world.ts';
import type { BridgeContext } from '../../flows/pairing/bridge.ts';
import { refuse } from '../../flows/pairing/refusal.ts';
import { CODE_GOOD_FOR, pair } from '../../flows/pairing/pair.ts';
import { takeCallback } from '../../flows/pairing/store-keys.ts';
import { PROOF_HEADER, readProof } from '../../signing/proof.ts';
import { createFailureLimit } from '../failure-limit.ts';
import { parseJson } from '../json-body.ts';
import { bridgeLogLimit, rawBodyOf, sendFailure, sendRefusal } from './gate.ts';

const BAD_PROOF = refuse(
	'bad-headers',
	'The request brings no proof of a pairing code.'
);
const TOO_MANY = refuse(
	'too-many-failures',
	'Too many wrong pairing codes came from this address.',
	'Compare the code with the one the sidecar shows: the right one is still taken.'
);
/** Wrong codes that one address may try while a code is open. */
const WRONG_CODES = { failures: 5, window: CODE_GOOD_FOR };

export function openRoutes(
	scope: FastifyInstance,
	{
		context,
		clock,
		logger,
	}: {
		readonly context: BridgeContext;
		readonly clock: Clock;
		readonly logger: Logger;
	}
): void {
	const quiet = bridgeLogLimit( clock );
	const wrongCodes = createFailureLimit( { clock, ...WRONG_CODES } );
	const counted = ( request: FastifyRequest ) => ( {
		who: `${ request.ip } ${ request.routeOptions.url ?? '' }`,
		quiet,
		logger,
	} );

	scope.post(
		'/v1/pair',
		{
			onRequest: async ( request, reply ) =>
				readProof( request.headers[ PROOF_HEADER ] ) === null
					? sendFailure(
							request,
							reply,
							BAD_PROOF,
							counted( request )
						)
					: undefined,
		},
		async ( request, reply ) => {
			const proof = readProof( request.headers[ PROOF_HEADER ] );
			if ( proof === null ) {
				return sendRefusal( reply, BAD_PROOF );
			}
			const answer = await pair( context, rawBodyOf( request ), proof );
			if ( answer.ok ) {
				return reply.send( answer.value );
			}
			// Asked only now: behind a proxy the owner has the address of every stranger, and the
			// right code, which has 100 bit, shall always be heard.
			if ( answer.code === 'wrong-proof' ) {
				if ( wrongCodes.isExceeded( request.ip ) ) {
					void reply.header(
						'retry-after',
						String( WRONG_CODES.window / SECOND )
					);
					return sendRefusal( reply, TOO_MANY );
				}
				wrongCodes.failed( request.ip );
			}
			return sendFailure( request, reply, answer, counted( request ) );
		}
	);

	scope.post( '/oauth/woocommerce', async ( request, reply ) => {
		const answer = await takeCallback( context, parseJson( request.body ) );
		// Anything but exactly 200 makes WooCommerce delete the key again.
		return answer.ok
			? reply.code( 200 ).send( { ok: true } )
			: sendFailure( request, reply, answer, counted( request ) );
	} );
}
