/**
 * The real clock and the real randomness, for `app.ts` to pass in.
 */
import { randomBytes } from 'node:crypto';
import type { Clock, Random } from '../contracts/world.ts';

/** `setTimeout` fires at once for anything above a signed 32-bit number of milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
	now: () => Date.now(),
	sleep: async ( ms, signal ) => {
		let left = ms;
		while ( left > 0 && signal?.aborted !== true ) {
			const part = Math.min( left, LONGEST_TIMER );
			await timer( part, signal );
			left -= part;
		}
	},
};

function timer( ms: number, signal: AbortSignal | undefined ): Promise< void > {
	return new Promise( ( resolve ) => {
		const done = (): void => {
			clearTimeout( handle );
			signal?.removeEventListener( 'abort', done );
			resolve();
		};
		const handle = setTimeout( done, ms );
		signal?.addEventListener( 'abort', done, { once: true } );
	} );
}

export const systemRandom: Random = {
	/** 48 bits: the most that a double in [0, 1) takes without losing uniformity. */
	next: () => randomBytes( 6 ).readUIntBE( 0, 6 ) / 2 ** 48,
	bytes: ( length ) => new Uint8Array( randomBytes( length ) ),
};
