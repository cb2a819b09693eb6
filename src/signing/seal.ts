/**
 * How secrets travel: sealed with AES-256-GCM, so that they are safe on any transport and the
 * receiver knows who sealed them (pairing design, C3.3).
 * Written as base64 of `iv (12) ‖ ciphertext ‖ tag (16)`.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

export const IV_BYTES = 12;
const TAG_BYTES = 16;

/** HKDF-SHA256 with an empty salt, 32 bytes. */
export function hkdf( material: Uint8Array, info: string ): Uint8Array {
	return new Uint8Array(
		hkdfSync( 'sha256', material, new Uint8Array( 0 ), info, 32 )
	);
}

export function seal(
	key: Uint8Array,
	plain: Uint8Array,
	additional: Uint8Array,
	/** 12 random bytes, never used twice with one key. */
	iv: Uint8Array
): string {
	const cipher = createCipheriv( 'aes-256-gcm', key, iv );
	cipher.setAAD( additional );
	return Buffer.concat( [
		iv,
		cipher.update( plain ),
		cipher.final(),
		cipher.getAuthTag(),
	] ).toString( 'base64' );
}

/** Null when it was not sealed with this key and additional data, or was changed. */
export function unseal(
	key: Uint8Array,
	sealed: string,
	additional: Uint8Array
): Uint8Array | null {
	const bytes = Buffer.from( sealed, 'base64' );
	if ( bytes.length < IV_BYTES + TAG_BYTES ) {
		return null;
	}
	const decipher = createDecipheriv(
		'aes-256-gcm',
		key,
		bytes.subarray( 0, IV_BYTES ),
		{ authTagLength: TAG_BYTES }
	);
	decipher.setAAD( additional );
	decipher.setAuthTag( bytes.subarray( -TAG_BYTES ) );
	try {
		return Buffer.concat( [
			decipher.update( bytes.subarray( IV_BYTES, -TAG_BYTES ) ),
			decipher.final(),
		] );
	} catch {
		return null;
	}
}

/** Seals the next key of a rotation: only the owner of the current one can open it. */
export function rotationKey( currentSecret: Uint8Array ): Uint8Array {
	return hkdf( currentSecret, 'rotate v1 seal' );
}
