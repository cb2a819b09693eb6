import { describe, expect, test } from '@jest/globals';
import {
	count,
	decimal,
	flag,
	id,
	idOrNone,
	quantity,
	timeOrNone,
	utcOf,
} from '../../../src/brightpearl/answers/fields.ts';

describe( 'times', () => {
	test.each( [
		[ '2026-04-17T10:00:00.000-06:00', '2026-04-17T16:00:00.000Z' ],
		[ '2026-04-17T10:00:00+01:00', '2026-04-17T09:00:00.000Z' ],
		[ '2026-04-17T10:00:00+0130', '2026-04-17T08:30:00.000Z' ],
		[ '2026-04-17T10:00:00.1Z', '2026-04-17T10:00:00.100Z' ],
		// The documented form with a colon before the milliseconds.
		[ '2015-01-31T23:59:59:999Z', '2015-01-31T23:59:59.999Z' ],
		// A bare date is UTC midnight, and so is no offset: never this machine's zone.
		[ '2022-01-20', '2022-01-20T00:00:00.000Z' ],
		[ '2016-06-19T12:00:00', '2016-06-19T12:00:00.000Z' ],
	] )( '%s is %s', ( text, utc ) => {
		expect( utcOf( text ) ).toBe( utc );
	} );
	test.each( [ 'yesterday', '2026-13-01', '17/04/2026', '' ] )(
		'%p is none',
		( text ) => {
			expect( utcOf( text ) ).toBeNull();
		}
	);
	test( 'null, absence and an empty text are no time; nonsense is refused', () => {
		expect( timeOrNone.parse( null ) ).toBeNull();
		expect( timeOrNone.parse( undefined ) ).toBeNull();
		expect( timeOrNone.parse( '' ) ).toBeNull();
		expect( timeOrNone.safeParse( 'soon' ).success ).toBe( false );
	} );
} );

describe( 'numbers', () => {
	test.each( [
		[ '9.0909', '9.0909' ],
		[ '100.00', '100.00' ],
		[ 9.1, '9.1' ],
		[ -0.5, '-0.5' ],
		[ 1e-7, '0.0000001' ],
		[ '1E-7', '0.0000001' ],
	] )( 'the decimal %p is %p', ( value, text ) => {
		expect( decimal.parse( value ) ).toBe( text );
	} );
	test.each( [ 'ten', '', '1,5', null, {}, NaN, '0x10', 'Infinity' ] )(
		'%p is no decimal',
		( value ) => {
			expect( decimal.safeParse( value ).success ).toBe( false );
		}
	);
	test( 'quantities lose their trailing zeros', () => {
		expect( quantity.parse( '2.0000' ) ).toBe( '2' );
		expect( quantity.parse( '0.2500' ) ).toBe( '0.25' );
		expect( quantity.parse( 100 ) ).toBe( '100' );
	} );
	test( 'counts are whole', () => {
		expect( count.parse( '12.0000' ) ).toBe( 12 );
		expect( count.parse( -3 ) ).toBe( -3 );
		expect( count.safeParse( '1.5' ).success ).toBe( false );
		expect( count.safeParse( '99999999999999999999' ).success ).toBe(
			false
		);
	} );
	test( 'ids are positive, foreign keys of 0 are none', () => {
		expect( id.parse( '412' ) ).toBe( 412 );
		expect( id.safeParse( 0 ).success ).toBe( false );
		expect( id.safeParse( '0' ).success ).toBe( false );
		expect( id.safeParse( 1.5 ).success ).toBe( false );
		for ( const none of [ 0, '0', '', null, undefined ] ) {
			expect( idOrNone.parse( none ) ).toBeNull();
		}
		expect( idOrNone.parse( '7' ) ).toBe( 7 );
	} );
	test( 'flags are read in every spelling', () => {
		for ( const yes of [ true, 'true', '1', 1 ] ) {
			expect( flag.parse( yes ) ).toBe( true );
		}
		for ( const no of [ false, 'false', '0', 0 ] ) {
			expect( flag.parse( no ) ).toBe( false );
		}
		expect( flag.safeParse( 'maybe' ).success ).toBe( false );
	} );
} );
