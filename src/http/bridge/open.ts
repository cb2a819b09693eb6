/**
 * The two addresses that are not signed: `POST /v1/pair`, proven with the one-time code, and
 * `POST /oauth/woocommerce`, where WooCommerce brings keys with a single-use state.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock, Logger } from '../../contracts/world.ts';
import { refuse, type BridgeContext } from '../../flows/pairing/bridge.ts';
import { pair } from '../../flows/pairing/pair.ts';
import { takeCallback } from '../../flows/pairing/store-keys.ts';
import { PROOF_HEADER, readProof } from '../../signing/proof.ts';
import { parseJson } from '../json-body.ts';
import {
	bridgeFailureLimit,
	rawBodyOf,
	sendFailure,
	sendRefusal,
} from './gate.ts';

const BAD_PROOF = refuse(
	'bad-headers',
	'The request brings no proof of a pairing code.'
);
/** Refusals that a person meets who has the right code. */
const NO_GUESS = [ 'known-site', 'clock-skew', 'bad-request' ];

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
	const limit = bridgeFailureLimit( clock );
	const counted = ( request: FastifyRequest ) => ( {
		who: `${ request.ip } ${ request.routeOptions.url ?? '' }`,
		limit,
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
			const isGuessing = limit.isExceeded( counted( request ).who );
			const answer = await pair(
				context,
				rawBodyOf( request ),
				proof,
				isGuessing
			);
			if ( answer.ok ) {
				return reply.send( answer.value );
			}
			return NO_GUESS.includes( answer.code )
				? sendRefusal( reply, answer )
				: sendFailure( request, reply, answer, counted( request ) );
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
