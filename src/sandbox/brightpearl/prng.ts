/**
 * What must be the same again for the same seed: credentials and the dice of faults.
 */
import { createHash } from 'node:crypto';

const hash = ( text: string ): Buffer =>
	createHash( 'sha256' ).update( text ).digest();

/** 32 bytes in base64, 44 characters: the form of Brightpearl's tokens. */
export const tokenFrom = ( ...parts: readonly ( string | number )[] ): string =>
	hash( parts.join( '\0' ) ).toString( 'base64' );

/** Looks like a random UUID, is a function of its parts. */
export function uuidFrom( ...parts: readonly ( string | number )[] ): string {
	const hex = hash( parts.join( '\0' ) ).toString( 'hex' );
	return [
		hex.slice( 0, 8 ),
		hex.slice( 8, 12 ),
		`4${ hex.slice( 13, 16 ) }`,
		`8${ hex.slice( 17, 20 ) }`,
		hex.slice( 20, 32 ),
	].join( '-' );
}

/** Uniform in [0, 1): mulberry32, small and good enough for dice. */
export function createDice( seed: string ): () => number {
	let state = hash( seed ).readUInt32LE( 0 );
	return () => {
		state = ( state + 0x6d2b79f5 ) | 0;
		let mixed = Math.imul( state ^ ( state >>> 15 ), 1 | state );
		mixed =
			( mixed + Math.imul( mixed ^ ( mixed >>> 7 ), 61 | mixed ) ) ^
			mixed;
		return ( ( mixed ^ ( mixed >>> 14 ) ) >>> 0 ) / 4_294_967_296;
	};
}
