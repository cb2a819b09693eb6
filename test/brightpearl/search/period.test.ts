import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
	formatPeriod,
	type Instant,
} from '../../../src/brightpearl/search/period.ts';

const UTC = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
const PERIOD = new RegExp( `^(${ UTC })?/(${ UTC })?$` );
const YEAR_9999 = Date.UTC( 9999, 11, 31, 23, 59, 59, 999 );

/** As Brightpearl reads it: milliseconds, null = open. */
function read( text: string ) {
	const match = PERIOD.exec( text );
	if ( ! match ) {
		throw new Error( `${ text } is no period` );
	}
	const [ , from, to ] = match;
	return {
		from: from === undefined ? null : Date.parse( from ),
		to: to === undefined ? null : Date.parse( to ),
	};
}

const time = fc.integer( { min: 0, max: YEAR_9999 } );
/** The same moment in one of the ways it is kept. */
const spelled = ( at: number ): fc.Arbitrary< Instant > =>
	fc.constantFrom< Instant >( at, new Date( at ).toISOString() );
const instant = time.chain( ( at ) =>
	fc.tuple( fc.constant( at ), spelled( at ) )
);
const overlap = fc.option( fc.integer( { min: 0, max: 864_000_000 } ), {
	nil: undefined,
} );

describe( 'a PERIOD filter', () => {
	test.each( [
		[ { from: '2026-07-01T00:00:00.000Z' }, '2026-07-01T00:00:00.000Z/' ],
		[ { to: '2026-07-31T23:59:59+01:00' }, '/2026-07-31T22:59:59.000Z' ],
		[
			{ from: 0, to: '2026-07-31T00:00:00Z', overlap: 5 },
			'1970-01-01T00:00:00.000Z/2026-07-31T00:00:00.000Z',
		],
		[
			{ from: '2026-04-17T10:00:00.000-06:00', overlap: 120_000 },
			'2026-04-17T15:58:00.000Z/',
		],
	] )( '%j is written %s', ( period, text ) => {
		expect( formatPeriod( period ) ).toBe( text );
	} );

	test( 'what is no time is refused, not sent', () => {
		expect( () => formatPeriod( { from: 'yesterday' } ) ).toThrow(
			RangeError
		);
		expect( () => formatPeriod( { from: '2026-07-01T00:00:00' } ) ).toThrow(
			RangeError
		);
		expect( () => formatPeriod( { to: NaN } ) ).toThrow( RangeError );
	} );

	test( 'is two UTC times, never inverted, and reaches as far back as was asked for', () => {
		fc.assert(
			fc.property(
				instant,
				fc.option( instant ),
				overlap,
				( [ from, fromSpelled ], to, back ) => {
					const text = formatPeriod( {
						from: fromSpelled,
						to: to?.[ 1 ] ?? null,
						...( back === undefined ? {} : { overlap: back } ),
					} );
					const found = read( text );
					expect( found.to ).toBe( to?.[ 0 ] ?? null );
					expect( found.from ).toBe(
						Math.max(
							0,
							Math.min( from, to?.[ 0 ] ?? from ) - ( back ?? 0 )
						)
					);
					expect( found.from ).toBeLessThanOrEqual(
						found.to ?? YEAR_9999
					);
					// Nothing in it would need to be encoded in a query.
					expect( text ).not.toContain( '+' );
				}
			)
		);
	} );

	test( 'without a beginning is open at that side', () => {
		fc.assert(
			fc.property( instant, ( [ to, spelledTo ] ) => {
				expect( read( formatPeriod( { to: spelledTo } ) ) ).toEqual( {
					from: null,
					to,
				} );
			} )
		);
	} );

	test( 'any number gives a period Brightpearl can read', () => {
		fc.assert(
			fc.property(
				fc.double( { noNaN: true } ),
				fc.double( { noNaN: true } ),
				( from, to ) => {
					const found = read( formatPeriod( { from, to } ) );
					expect( found.from ).toBeLessThanOrEqual( found.to ?? -1 );
				}
			)
		);
	} );
} );
