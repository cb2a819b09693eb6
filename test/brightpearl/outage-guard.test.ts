import { describe, expect, test } from '@jest/globals';
import { createOutageGuard } from '../../src/brightpearl/outage-guard.ts';
import { createVirtualClock } from './world.ts';

const random = { next: () => 0.5, bytes: ( n: number ) => new Uint8Array( n ) };

function failed( times: number ) {
	const clock = createVirtualClock( 0 );
	const guard = createOutageGuard( { clock, random } );
	for ( let at = 0; at < times; at++ ) {
		expect( guard.wait() ).toBeNull();
		guard.down();
	}
	return { clock, guard };
}

describe( 'the outage guard', () => {
	test( 'lets single failures pass', () => {
		const { guard } = failed( 4 );
		expect( guard.wait() ).toBeNull();
		guard.up();
		guard.down();
		expect( guard.wait() ).toBeNull();
	} );

	test( 'after five in a row turns requests away and probes with one at a time', () => {
		const { clock, guard } = failed( 5 );
		expect( guard.wait() ).toBe( 2000 );
		clock.set( 2000 );
		expect( guard.wait() ).toBeNull();
		// The probe is under way.
		expect( guard.wait() ).toBeGreaterThan( 0 );
		guard.up();
		expect( guard.wait() ).toBeNull();
		expect( guard.wait() ).toBeNull();
	} );

	test( 'probes less and less often, up to once a minute', () => {
		const { clock, guard } = failed( 5 );
		const pauses: number[] = [];
		for ( let probe = 0; probe < 8; probe++ ) {
			const wait = guard.wait() ?? 0;
			pauses.push( wait );
			clock.set( clock.now() + wait );
			expect( guard.wait() ).toBeNull();
			guard.down();
		}
		expect( pauses ).toEqual( [
			2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000,
		] );
	} );

	test( 'requests sent before it opened do not lengthen the pause', () => {
		const { guard } = failed( 5 );
		guard.down();
		guard.down();
		expect( guard.wait() ).toBe( 2000 );
	} );

	test( 'a probe that was not sent after all leaves room for the next', () => {
		const { clock, guard } = failed( 5 );
		clock.set( 2000 );
		expect( guard.wait() ).toBeNull();
		guard.skipped();
		expect( guard.wait() ).toBeNull();
	} );
} );
