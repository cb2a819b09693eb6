import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
	ceilTo,
	currencyDigits,
	decimal,
	decimalsNeeded,
	floorTo,
	money,
	placeByLargestRemainder,
	reachOf,
	roundTo,
	rowDecimals,
	shareOut,
	sum,
	unitOf,
} from '../../src/domain/money.ts';

/** Values as `?dp=6` prints them, either sign. */
const sixDecimals = fc
	.integer( { min: -50_000_000, max: 50_000_000 } )
	.map( ( millionths ) => decimal( String( millionths ) ).div( 1_000_000 ) );
const manyValues = fc.array( sixDecimals, { minLength: 1, maxLength: 40 } );
const decimals = fc.constantFrom( 0, 2 );

describe( 'the unit of an order', () => {
	test.each( [
		[ 'GBP', '64.74', 2 ],
		[ 'GBP', '64', 2 ],
		[ 'JPY', '2221', 0 ],
		[ 'JPY', '2221.00', 0 ],
		[ 'JPY', '2221.5', 2 ],
		[ 'KWD', '50.164', 2 ],
		[ 'KWD', '50.160', 2 ],
		[ 'no currency', '1', 2 ],
	] )( 'of %s %s has %i decimals', ( currency, total, expected ) => {
		expect( rowDecimals( currency, decimal( total ) ) ).toBe( expected );
	} );

	test( 'the digits of a currency are the ones of ISO 4217', () => {
		expect( [ 'GBP', 'JPY', 'KWD' ].map( currencyDigits ) ).toEqual( [
			2, 0, 3,
		] );
	} );

	test.each( [
		[ '60.0750', 3 ],
		[ '60.00', 0 ],
		[ '1000', 0 ],
		[ '-0.01', 2 ],
		[ '0', 0 ],
		[ '0.000001', 6 ],
	] )( '%s needs %i decimals', ( text, expected ) => {
		expect( decimalsNeeded( decimal( text ) ) ).toBe( expected );
	} );
} );

describe( 'printing money', () => {
	test.each( [
		[ '12.5', 2, '12.50' ],
		[ '-0.001', 2, '0.00' ],
		[ '-0.01', 2, '-0.01' ],
		[ '2221', 0, '2221' ],
		[ '0.0000001', 2, '0.00' ],
		[ '1.005', 2, '1.01' ],
		[ '-1.005', 2, '-1.01' ],
	] )( '%s with %i decimals is %s', ( text, places, expected ) => {
		expect( money( decimal( text ), places ) ).toBe( expected );
	} );
} );

describe( 'largest remainder', () => {
	test( 'the largest remainders go up, the earliest of equals first', () => {
		const placed = placeByLargestRemainder(
			[ '0.333', '0.338', '0.333', '-0.004' ].map( decimal ),
			decimal( '1.00' ),
			2
		);
		expect( placed?.map( String ) ).toEqual( [
			'0.33',
			'0.34',
			'0.33',
			'0',
		] );
	} );

	test( 'a sum that no choice of floor and ceiling reaches is refused', () => {
		expect(
			placeByLargestRemainder(
				[ decimal( '1.00' ), decimal( '2.001' ) ],
				decimal( '3.02' ),
				2
			)
		).toBeNull();
		expect(
			placeByLargestRemainder(
				[ decimal( '1.00' ) ],
				decimal( '0.99' ),
				2
			)
		).toBeNull();
	} );

	test( 'a target between two units is refused', () => {
		expect(
			placeByLargestRemainder(
				[ decimal( '1.004' ), decimal( '1.004' ) ],
				decimal( '2.008' ),
				2
			)
		).toBeNull();
	} );

	test( 'the sum rounded once is always reached, and no value leaves its two neighbours', () => {
		fc.assert(
			fc.property( manyValues, decimals, ( values, places ) => {
				const target = roundTo( sum( values ), places );
				const placed = placeByLargestRemainder(
					values,
					target,
					places
				);
				expect( placed ).not.toBeNull();
				expect( String( sum( placed ?? [] ) ) ).toBe(
					String( target )
				);
				for ( const [ index, value ] of values.entries() ) {
					expect( [
						String( floorTo( value, places ) ),
						String( ceilTo( value, places ) ),
					] ).toContain( String( placed?.[ index ] ) );
				}
			} )
		);
	} );

	test( 'every total within reach is reached, the next one on either side is not', () => {
		fc.assert(
			fc.property( manyValues, fc.nat( 100 ), ( values, position ) => {
				const { low, high } = reachOf( values, 2 );
				const steps = high.minus( low ).div( unitOf( 2 ) );
				const target = low.plus(
					unitOf( 2 ).times( position % ( steps.toNumber() + 1 ) )
				);
				const placed = placeByLargestRemainder( values, target, 2 );
				expect( sum( placed ?? [] ).eq( target ) ).toBe( true );
				expect( placed ).not.toBeNull();
				for ( const outside of [
					low.minus( unitOf( 2 ) ),
					high.plus( unitOf( 2 ) ),
				] ) {
					expect(
						placeByLargestRemainder( values, outside, 2 )
					).toBeNull();
				}
			} )
		);
	} );

	test( 'nobody with a smaller remainder goes up before somebody with a larger one', () => {
		fc.assert(
			fc.property( manyValues, ( values ) => {
				const placed =
					placeByLargestRemainder(
						values,
						roundTo( sum( values ), 2 ),
						2
					) ?? [];
				const remainders = values.map( ( value ) =>
					value.minus( floorTo( value, 2 ) )
				);
				const up = remainders.filter(
					( remainder, index ) =>
						remainder.gt( 0 ) &&
						placed[ index ]?.gt( values[ index ] ?? 0 )
				);
				const down = remainders.filter(
					( remainder, index ) =>
						remainder.gt( 0 ) &&
						placed[ index ]?.lt( values[ index ] ?? 0 )
				);
				for ( const raised of up ) {
					for ( const lowered of down ) {
						expect( raised.gte( lowered ) ).toBe( true );
					}
				}
			} )
		);
	} );
} );

describe( 'shares', () => {
	test( 'shares are in proportion and add up exactly', () => {
		fc.assert(
			fc.property(
				sixDecimals,
				fc.array( fc.integer( { min: 1, max: 9999 } ), {
					minLength: 1,
					maxLength: 6,
				} ),
				( amount, weights ) => {
					const bigs = weights.map( ( weight ) =>
						decimal( String( weight ) )
					);
					const shares = shareOut( amount, bigs );
					expect( sum( shares ).eq( amount ) ).toBe( true );
					const whole = weights.reduce( ( a, b ) => a + b );
					for ( const [ index, share ] of shares.entries() ) {
						const ideal = amount
							.times( weights[ index ] ?? 0 )
							.div( whole );
						expect( share.minus( ideal ).abs().lt( '1e-15' ) ).toBe(
							true
						);
					}
				}
			)
		);
	} );
} );
