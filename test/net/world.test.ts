import { describe, expect, test } from '@jest/globals';
import { systemClock, systemRandom } from '../../src/net/world.ts';

describe( 'the system clock', () => {
	test( 'sleeps at least as long as asked', async () => {
		const start = process.hrtime.bigint();
		await systemClock.sleep( 30 );
		// Timers count whole milliseconds and may start within one.
		expect(
			Number( process.hrtime.bigint() - start ) / 1e6
		).toBeGreaterThan( 28 );
	} );

	test( 'wakes at once when the signal aborts, and does not reject', async () => {
		const abort = new AbortController();
		const sleeping = systemClock.sleep( 2 ** 40, abort.signal );
		abort.abort();
		await expect( sleeping ).resolves.toBeUndefined();
		await expect(
			systemClock.sleep( 2 ** 40, abort.signal )
		).resolves.toBeUndefined();
	} );
} );

describe( 'the system randomness', () => {
	test( 'stays in [0, 1) and does not repeat', () => {
		const numbers = Array.from( { length: 1000 }, systemRandom.next );
		expect( numbers.every( ( n ) => n >= 0 && n < 1 ) ).toBe( true );
		expect( new Set( numbers ).size ).toBe( 1000 );
	} );

	test( 'gives as many bytes as asked', () => {
		expect( systemRandom.bytes( 16 ) ).toHaveLength( 16 );
		expect( systemRandom.bytes( 16 ) ).not.toEqual(
			systemRandom.bytes( 16 )
		);
	} );
} );
