/**
 * The one-time code a person carries from the sidecar to wp-admin, and the two keys it stands
 * for (pairing design, C3.1–2).
 */
import { hkdf } from './seal.ts';

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 100 bits. */
const LENGTH = 20;
const GROUP = 5;
/** Random bytes one code takes: one for each character, of which five bits are used. */
export const CODE_BYTES = LENGTH;

/** `XXXXX-XXXXX-XXXXX-XXXXX` of that many random bytes. */
export function pairingCode( random: Uint8Array ): string {
	const text = Array.from(
		random.subarray( 0, LENGTH ),
		// 256 is a multiple of 32: every character is equally likely.
		( byte ) => ALPHABET.charAt( byte % ALPHABET.length )
	).join( '' );
	return ( text.match( new RegExp( `.{${ GROUP }}`, 'g' ) ) ?? [] ).join(
		'-'
	);
}

/** However it was typed: upper case, without spaces and hyphens. */
export function normalizeCode( typed: string ): string {
	return typed.replace( /[\s-]/g, '' ).toUpperCase();
}

/** What the sidecar keeps of a code; neither key leads back to it. */
export function codeKeys( code: string ): {
	readonly proofKey: Uint8Array;
	readonly sealKey: Uint8Array;
} {
	const material = Buffer.from( normalizeCode( code ), 'utf8' );
	return {
		proofKey: hkdf( material, 'pair v1 auth' ),
		sealKey: hkdf( material, 'pair v1 seal' ),
	};
}
