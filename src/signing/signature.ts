/**
 * Signature v1, both directions (pairing design, C3): HMAC-SHA256 over the canonical string.
 * Pure: time, nonce and keys are passed in; who keeps nonces and keys is the caller's business.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { SIGNATURE_WINDOW_SECONDS } from '../contracts/pairing.ts';
import { canonicalString, type SignedRequest } from './canonical.ts';
import { SIGNATURE_HEADERS, type ReadHeaders } from './headers.ts';

export interface SigningKey {
	readonly keyId: string;
	/** 32 bytes. */
	readonly secret: Uint8Array;
}

/** The headers to send with `request`. */
export function sign(
	key: SigningKey,
	request: SignedRequest,
	{
		now,
		nonce,
	}: {
		/** Milliseconds since the epoch. */
		readonly now: number;
		/** 16 random bytes or more. */
		readonly nonce: Uint8Array;
	}
): Record< string, string > {
	const timestamp = String( Math.floor( now / 1000 ) );
	const nonceText = Buffer.from( nonce ).toString( 'base64url' );
	const mac = macOf( key, timestamp, nonceText, request );
	return {
		[ SIGNATURE_HEADERS.key ]: key.keyId,
		[ SIGNATURE_HEADERS.timestamp ]: timestamp,
		[ SIGNATURE_HEADERS.nonce ]: nonceText,
		[ SIGNATURE_HEADERS.signature ]: `v1=${ mac.toString( 'base64' ) }`,
	};
}

/** The clocks agree within the window. `now` in milliseconds. */
export function isTimely( { timestamp }: ReadHeaders, now: number ): boolean {
	return (
		Math.abs( Math.floor( now / 1000 ) - Number( timestamp ) ) <=
		SIGNATURE_WINDOW_SECONDS
	);
}

/** One of the signatures is made with this key over this request. */
export function isSignedBy(
	{ timestamp, nonce, signatures }: ReadHeaders,
	key: SigningKey,
	request: SignedRequest
): boolean {
	const expected = macOf( key, timestamp, nonce, request );
	// All are looked at, so that the time says nothing of which one fits.
	return (
		signatures.filter(
			( given ) =>
				given.length === expected.length &&
				timingSafeEqual( given, expected )
		).length > 0
	);
}

/**
 * Clock, then signature: the order of the design, in which a wrong clock is told before anything
 * is compared.
 */
export function verify(
	headers: ReadHeaders,
	key: SigningKey,
	request: SignedRequest,
	now: number
): 'ok' | 'clock-skew' | 'wrong-signature' {
	if ( ! isTimely( headers, now ) ) {
		return 'clock-skew';
	}
	return isSignedBy( headers, key, request ) ? 'ok' : 'wrong-signature';
}

function macOf(
	{ keyId, secret }: SigningKey,
	timestamp: string,
	nonce: string,
	request: SignedRequest
): Buffer {
	return createHmac( 'sha256', secret )
		.update( canonicalString( { keyId, timestamp, nonce, request } ) )
		.digest();
}
