/**
 * Seeded randomness: the same seed sells the same things to the same people, and a restart
 * goes on where the saved state was.
 */
import { createHash } from 'node:crypto';

export interface SeededRandom {
	/** Uniform in [0, 1). */
	next(): number;
	/** Whole number from `from` to `to`, both included. */
	between( from: number, to: number ): number;
	pick< T >( items: readonly T[] ): T;
	chance( probability: number ): boolean;
	/** Letters and digits, as in an order key. */
	token( length: number ): string;
	/** Where the sequence stands, for the saved state. */
	position(): number;
}

const LETTERS =
	'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** mulberry32: small, fast, and its whole state is one number. */
export function createSeededRandom( start: number ): SeededRandom {
	let state = start >>> 0;
	const next = (): number => {
		state = ( state + 0x6d2b79f5 ) >>> 0;
		let mixed = state;
		mixed = Math.imul( mixed ^ ( mixed >>> 15 ), mixed | 1 );
		mixed ^= mixed + Math.imul( mixed ^ ( mixed >>> 7 ), mixed | 61 );
		return ( ( mixed ^ ( mixed >>> 14 ) ) >>> 0 ) / 4294967296;
	};
	const between = ( from: number, to: number ): number =>
		from + Math.floor( next() * ( to - from + 1 ) );
	return {
		next,
		between,
		pick: < T >( items: readonly T[] ): T => {
			const item = items[ between( 0, items.length - 1 ) ];
			if ( item === undefined ) {
				throw new RangeError( 'nothing to pick from' );
			}
			return item;
		},
		chance: ( probability ) => next() < probability,
		token: ( length ) =>
			Array.from(
				{ length },
				() => LETTERS[ between( 0, LETTERS.length - 1 ) ]
			).join( '' ),
		position: () => state,
	};
}

/** Forty hexadecimal digits that depend on the seed and the purpose alone. */
export function seededHex( seed: number, purpose: string ): string {
	return createHash( 'sha1' )
		.update( `shop sandbox ${ seed } ${ purpose }` )
		.digest( 'hex' );
}

export function md5( text: string ): string {
	return createHash( 'md5' ).update( text ).digest( 'hex' );
}
