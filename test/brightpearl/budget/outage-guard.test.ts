import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createOutageGuard } from '../../../src/brightpearl/budget/outage-guard.ts';
import { createVirtualClock } from '../world.ts';

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

	test( 'whatever happens, requests are let through again within two minutes, and one at a time while it is down', () => {
		const step = fc.record( {
			/** What becomes of the requests that are on their way. */
			event: fc.constantFrom( 'up', 'down', 'skipped', 'ask' ),
			/** The clock, which may be set back. */
			wait: fc.integer( { min: -5_000, max: 90_000 } ),
			chance: fc.double( { min: 0, max: 0.999, noNaN: true } ),
		} );
		fc.assert(
			fc.property( fc.array( step, { maxLength: 80 } ), ( steps ) => {
				const clock = createVirtualClock( 1_000_000 );
				let chance = 0;
				const guard = createOutageGuard( {
					clock,
					random: { ...random, next: () => chance },
				} );
				/** Failures since somebody answered. */
				let failures = 0;
				let underWay = 0;
				for ( const one of steps ) {
					chance = one.chance;
					clock.set( clock.now() + one.wait );
					if ( one.event === 'ask' ) {
						const isOpen = failures >= 5;
						const wait = guard.wait();
						if ( wait === null ) {
							// While it is down only one probe is on its way.
							expect( isOpen && underWay > 0 ).toBe( false );
							underWay += 1;
						} else {
							expect( isOpen ).toBe( true );
							expect( wait ).toBeGreaterThan( 0 );
							expect( wait ).toBeLessThanOrEqual( 60_000 );
						}
					} else if ( underWay > 0 ) {
						if ( one.event === 'up' ) {
							guard.up();
							failures = 0;
						} else if ( one.event === 'down' ) {
							guard.down();
							failures += 1;
						} else {
							guard.skipped();
						}
						underWay -= 1;
					}
					// Those of before the outage are no probes: let them end first.
					while ( failures === 5 && underWay > 0 ) {
						guard.down();
						underWay -= 1;
						failures += 1;
					}
				}
				if ( underWay > 0 ) {
					guard.skipped();
				}
				clock.set( clock.now() + 60_001 );
				expect( guard.wait() ).toBeNull();
			} )
		);
	} );
} );
