/**
 * `X-Bridge-Proof`: that whoever asks to pair knows the code (pairing design, C3.2).
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const PROOF_HEADER = 'x-bridge-proof';

const PROOF = /^[A-Za-z0-9+/]{43}=$/;

export function proofOf( proofKey: Uint8Array, rawBody: Uint8Array ): Buffer {
	return createHmac( 'sha256', proofKey ).update( rawBody ).digest();
}

/** The 32 bytes of the header; null when it is none. */
export function readProof(
	header: string | readonly string[] | undefined
): Uint8Array | null {
	return typeof header === 'string' && PROOF.test( header )
		? Buffer.from( header, 'base64' )
		: null;
}

export function provesCode(
	proofKey: Uint8Array,
	rawBody: Uint8Array,
	proof: Uint8Array
): boolean {
	const expected = proofOf( proofKey, rawBody );
	return (
		expected.length === proof.length && timingSafeEqual( expected, proof )
	);
}
