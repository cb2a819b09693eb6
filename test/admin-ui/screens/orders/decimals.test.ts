import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
	add,
	isNegative,
	isZero,
	same,
	subtract,
} from '../../../../admin-ui/src/screens/orders/decimals.ts';

describe( 'decimal strings', () => {
	test.each( [
		[ '0.1', '0.2', '0.3' ],
		[ '12345678901234567890.01', '0.005', '12345678901234567890.015' ],
		[ '-0.5', '0.25', '-0.25' ],
		[ '63', '0', '63' ],
		[ '-1', '1.00', '0.00' ],
		[ '0', '-0.05', '-0.05' ],
	] )( '%s + %s = %s', ( a, b, sum ) => {
		expect( add( a, b ) ).toBe( sum );
	} );

	test( 'trailing zeros make no difference', () => {
		expect( same( '2', '2.000' ) ).toBe( true );
		expect( same( '2', '2.001' ) ).toBe( false );
		expect( isZero( '-0.00' ) ).toBe( true );
		expect( isNegative( '-0.00' ) ).toBe( false );
		expect( isNegative( '-0.01' ) ).toBe( true );
	} );

	test( 'what is added and taken off again was never there', () => {
		const decimal = fc
			.tuple(
				fc.bigInt( { min: -( 10n ** 20n ), max: 10n ** 20n } ),
				fc.integer( { min: 0, max: 6 } )
			)
			.map( ( [ value, scale ] ) => {
				const digits = ( value < 0n ? -value : value )
					.toString()
					.padStart( scale + 1, '0' );
				const cut = digits.length - scale;
				return `${ value < 0n ? '-' : '' }${ digits.slice( 0, cut ) }${ scale === 0 ? '' : `.${ digits.slice( cut ) }` }`;
			} );
		fc.assert(
			fc.property( decimal, decimal, ( a, b ) =>
				same( subtract( add( a, b ), b ), a )
			)
		);
	} );
} );
