/**
 * Secrets at rest: AES-256-GCM with a random 96-bit IV. The envelope names the key it was
 * sealed with, and the additional data ties it to the place it belongs to, so that a sealed
 * value copied to another row or field does not open.
 *
 * Envelope: `v1.{key id}.{iv}.{ciphertext and tag}`, base64url.
 */
import {
	createCipheriv,
	createDecipheriv,
	createHmac,
	randomBytes,
} from 'node:crypto';
import { WrongKeyError } from './errors.ts';

const VERSION = 'v1';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface Sealer {
	/** Eight bytes that tell keys apart and say nothing about the key. */
	readonly keyId: string;
	/** `place` is where the value lives: connection and field. */
	seal( text: string, place: readonly string[] ): string;
	/** Throws `WrongKeyError` when another key sealed it, and on any tampering. */
	open( envelope: string, place: readonly string[] ): string;
	sealBytes( bytes: Uint8Array, place: readonly string[] ): string;
	openBytes( envelope: string, place: readonly string[] ): Uint8Array;
}

export function createSealer( key: Uint8Array ): Sealer {
	if ( key.length !== KEY_BYTES ) {
		throw new Error( `The key must have ${ KEY_BYTES } bytes.` );
	}
	const keyId = createHmac( 'sha256', key )
		.update( 'pearlbridge key id' )
		.digest()
		.subarray( 0, 8 )
		.toString( 'base64url' );
	const aad = ( place: readonly string[] ) =>
		Buffer.from( JSON.stringify( place ) );

	function seal( bytes: Uint8Array, place: readonly string[] ): string {
		// Not the world's randomness, which a test or a seeded sandbox may repeat: two
		// values under one IV would give the key stream away.
		const iv = randomBytes( IV_BYTES );
		const cipher = createCipheriv( 'aes-256-gcm', key, iv );
		cipher.setAAD( aad( place ) );
		const sealed = Buffer.concat( [
			cipher.update( bytes ),
			cipher.final(),
			cipher.getAuthTag(),
		] );
		return [
			VERSION,
			keyId,
			iv.toString( 'base64url' ),
			sealed.toString( 'base64url' ),
		].join( '.' );
	}

	function open( envelope: string, place: readonly string[] ): Buffer {
		const [ version, sealedWith, iv, body ] = envelope.split( '.' );
		if ( version !== VERSION || ! sealedWith || ! iv || ! body ) {
			throw new Error( 'A sealed value is damaged.' );
		}
		if ( sealedWith !== keyId ) {
			throw new WrongKeyError();
		}
		const bytes = Buffer.from( body, 'base64url' );
		const decipher = createDecipheriv(
			'aes-256-gcm',
			key,
			Buffer.from( iv, 'base64url' ),
			{ authTagLength: TAG_BYTES }
		);
		decipher.setAAD( aad( place ) );
		decipher.setAuthTag( bytes.subarray( -TAG_BYTES ) );
		return Buffer.concat( [
			decipher.update( bytes.subarray( 0, -TAG_BYTES ) ),
			decipher.final(),
		] );
	}

	return {
		keyId,
		seal: ( text, place ) => seal( Buffer.from( text, 'utf8' ), place ),
		open: ( envelope, place ) => open( envelope, place ).toString( 'utf8' ),
		sealBytes: seal,
		openBytes: ( envelope, place ) =>
			new Uint8Array( open( envelope, place ) ),
	};
}
