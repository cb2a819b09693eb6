/**
 * Who a signed call comes from, in the order of the design (C3): the key, the clock, the
 * signature, and only then the nonce, so that strangers cannot fill the table of nonces.
 */
import type { PairingKey, Pairings } from '../../contracts/database.ts';
import { SIGNATURE_WINDOW_SECONDS } from '../../contracts/pairing.ts';
import { DAY, SECOND } from '../../contracts/primitives.ts';
import type { Clock } from '../../contracts/world.ts';
import type { SignedRequest } from '../../signing/canonical.ts';
import type { ReadHeaders } from '../../signing/headers.ts';
import { verify } from '../../signing/signature.ts';
import { clockSkew, refuse, type Answer } from './refusal.ts';

/** Calls under way, and a plugin that has not heard of the change, may use the old key so long. */
const OVERLAP = DAY;
/** A signature dated one window ahead is good until one window after: two in all. */
const NONCE_LIFE = 2 * SIGNATURE_WINDOW_SECONDS * SECOND;

export const UNKNOWN_KEY = refuse(
	'unknown-key',
	'The sidecar does not know this key, or not any more.',
	'Pair the shop again.'
);

export type Authenticate = (
	headers: ReadHeaders,
	request: SignedRequest
) => Promise< Answer< PairingKey > >;

export function createAuthenticate( {
	pairings,
	clock,
}: {
	readonly pairings: Pairings;
	readonly clock: Clock;
} ): Authenticate {
	return async ( headers, request ) => {
		const key = await pairings.key( headers.keyId );
		if ( key === null ) {
			return UNKNOWN_KEY;
		}
		const now = clock.now();
		const verdict = verify( headers, key, request, now );
		if ( verdict === 'clock-skew' ) {
			return clockSkew( now );
		}
		if ( verdict === 'wrong-signature' ) {
			return refuse(
				'wrong-signature',
				'The signature does not fit the request.',
				'If nothing between the two changes addresses or contents, pair the shop again.'
			);
		}
		const isNew = await pairings.takeNonce(
			key.keyId,
			headers.nonce,
			now + NONCE_LIFE
		);
		if ( ! isNew ) {
			return refuse( 'replayed', 'This very request has come before.' );
		}
		if ( key.slot === 'next' ) {
			await pairings.promote( key.keyId, now + OVERLAP );
		}
		await pairings.used( key.keyId );
		return { ok: true, value: key };
	};
}
