import { describe, expect, test } from '@jest/globals';
import type { StoreTaxRate } from '../../../../src/contracts/store.ts';
import type { TaxRule } from '../../../../src/contracts/settings.ts';
import {
	taxCodeOf,
	taxedOf,
	taxPlaceOf,
} from '../../../../src/domain/orders/rows/tax.ts';
import { ADDRESS, anOrder, NO_ADDRESS } from '../../../helpers/an-order.ts';

const rate = ( percent: string, label = 'VAT' ): StoreTaxRate => ( {
	percent,
	label,
	compound: false,
} );
const GB = { country: 'GB', state: 'Kent' };

function code(
	rules: readonly TaxRule[],
	rates: readonly StoreTaxRate[],
	{ taxClass = '', place = GB, taxDefault = null as string | null } = {}
): string | null {
	return taxCodeOf( taxedOf( { taxClass, rates }, place ), {
		tax: [ ...rules ],
		taxDefault,
	} );
}

describe( 'tax rules', () => {
	test( 'the first match wins', () => {
		const rules = [
			{ percent: '20', code: 'A' },
			{ country: 'GB', code: 'B' },
			{ code: 'C' },
		];
		expect( code( rules, [ rate( '20' ) ] ) ).toBe( 'A' );
		expect( code( rules, [ rate( '5' ) ] ) ).toBe( 'B' );
		expect(
			code( rules, [ rate( '5' ) ], {
				place: { country: 'FR', state: '' },
			} )
		).toBe( 'C' );
	} );

	test.each( [
		[ '20', [ '20' ] ],
		[ '20.0000', [ '20' ] ],
		[ '20', [ '20.0' ] ],
		[ '8.875', [ '4', '4.5', '0.375' ] ],
		[ '14.975', [ '5', '9.975' ] ],
		[ '0', [] ],
		[ '0.0', [ '0' ] ],
	] )( 'percent %s is the sum of %j, as a number', ( percent, rates ) => {
		expect(
			code(
				[ { percent, code: 'T' } ],
				rates.map( ( value ) => rate( value ) )
			)
		).toBe( 'T' );
	} );

	test( 'a percent that is only near does not match', () => {
		expect(
			code( [ { percent: '8.87', code: 'T' } ], [ rate( '8.875' ) ] )
		).toBeNull();
	} );

	test.each( [
		[ '', '', true ],
		[ 'standard', '', true ],
		[ '', 'standard', true ],
		[ 'reduced-rate', 'reduced-rate', true ],
		[ 'standard', 'reduced-rate', false ],
		[ 'reduced-rate', '', false ],
	] )( 'class "%s" against "%s"', ( wanted, taxClass, matches ) => {
		expect(
			code( [ { class: wanted, code: 'T' } ], [], { taxClass } ) === 'T'
		).toBe( matches );
	} );

	test( 'a label may be that of any rate of the row', () => {
		const rates = [ rate( '5', 'GST' ), rate( '9.975', 'QST' ) ];
		expect( code( [ { label: 'QST', code: 'Q' } ], rates ) ).toBe( 'Q' );
		expect( code( [ { label: 'PST', code: 'P' } ], rates ) ).toBeNull();
		expect( code( [ { label: 'VAT', code: 'V' } ], [] ) ).toBeNull();
	} );

	test( 'all conditions of a rule must hold', () => {
		const rules = [
			{
				percent: '20',
				class: '',
				country: 'GB',
				state: 'Kent',
				label: 'VAT',
				code: 'T',
			},
		];
		expect( code( rules, [ rate( '20' ) ] ) ).toBe( 'T' );
		expect(
			code( rules, [ rate( '20' ) ], {
				place: { country: 'GB', state: '' },
			} )
		).toBeNull();
	} );

	test( 'the default is for what no rule matches', () => {
		expect( code( [], [ rate( '20' ) ], { taxDefault: 'D' } ) ).toBe( 'D' );
	} );
} );

describe( 'the place of taxation', () => {
	const france = { ...ADDRESS, country: 'FR', state: '' };

	test( 'is the shipping address', () => {
		expect( taxPlaceOf( anOrder( { shipping: france } ) ) ).toEqual( {
			country: 'FR',
			state: '',
		} );
	} );

	test( 'is billing where nothing is shipped', () => {
		expect( taxPlaceOf( anOrder( { shipping: NO_ADDRESS } ) ) ).toEqual( {
			country: 'GB',
			state: 'Avon',
		} );
	} );
} );
