import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { backoffMs } from '../../src/queue/backoff.ts';

describe( 'backoff', () => {
	test.each( [
		[ 1, 500, 1000 ],
		[ 2, 1000, 2000 ],
		[ 3, 2000, 4000 ],
		[ 8, 64_000, 128_000 ],
		[ 9, 128_000, 256_000 ],
		[ 10, 150_000, 300_000 ],
		[ 11, 150_000, 300_000 ],
		[ 5000, 150_000, 300_000 ],
	] )( 'try %i waits from %i to %i ms', ( attempt, least, most ) => {
		expect( backoffMs( attempt, { next: () => 0 } ) ).toBe( least );
		expect( backoffMs( attempt, { next: () => 1 } ) ).toBe( most );
	} );

	test( 'it is always a whole number of milliseconds within half a second and five minutes', () => {
		fc.assert(
			fc.property(
				fc.integer(),
				fc.double( { min: 0, max: 1, noNaN: true } ),
				( attempt, chance ) => {
					const wait = backoffMs( attempt, { next: () => chance } );
					return (
						Number.isInteger( wait ) &&
						wait >= 500 &&
						wait <= 300_000
					);
				}
			)
		);
	} );
} );
