import { describe, expect, test } from '@jest/globals';
import {
	fits,
	isCovered,
	moved,
	plainPercent,
	suggestTaxRules,
	withSuggestion,
	type ShopRate,
} from '../../../../admin-ui/src/screens/settings/tax-rules.ts';

const rate = (
	percent: string,
	country: string,
	more: Partial< ShopRate > = {}
): ShopRate => ( {
	percent,
	country,
	class: 'standard',
	state: '',
	label: 'VAT',
	...more,
} );

describe( 'suggestions of tax rules', () => {
	test( 'one code of the same percentage is suggested without a country', () => {
		const { suggestions, without } = suggestTaxRules(
			[ rate( '20', 'GB' ), rate( '5.5', 'FR' ) ],
			[
				{ code: 'T20', rate: '20.00' },
				{ code: 'T0', rate: '0' },
			],
			[]
		);
		expect( suggestions ).toEqual( [
			{
				rule: { percent: '20' },
				codes: [ 'T20' ],
				rates: [ rate( '20', 'GB' ) ],
			},
		] );
		expect( without ).toEqual( [ rate( '5.5', 'FR' ) ] );
	} );

	test( 'a code that begins with a country of the shop is for that country alone, and comes first', () => {
		const { suggestions } = suggestTaxRules(
			[ rate( '20', 'GB' ), rate( '20', 'FR' ) ],
			[
				{ code: 'T20', rate: '20' },
				{ code: 'FR20', rate: '20' },
			],
			[]
		);
		expect(
			suggestions.map( ( { rule, codes } ) => [ rule, codes ] )
		).toEqual( [
			[ { percent: '20', country: 'FR' }, [ 'FR20', 'T20' ] ],
			[ { percent: '20' }, [ 'T20' ] ],
		] );
	} );

	test( 'what a rule covers already is told apart from what has none', () => {
		const rules = [ { percent: '20', code: 'T20' } ];
		const { suggestions } = suggestTaxRules(
			[ rate( '20', 'FR' ), rate( '5', 'GB' ) ],
			[
				{ code: 'T20', rate: '20' },
				{ code: 'FR20', rate: '20' },
				{ code: 'T5', rate: '5' },
			],
			rules
		);
		expect(
			suggestions.map( ( one ) => [
				one.codes[ 0 ],
				isCovered( one, rules ),
			] )
		).toEqual( [
			[ 'FR20', true ],
			[ 'T5', false ],
		] );
	} );

	test( 'a code of one country is not offered to another', () => {
		const { suggestions, without } = suggestTaxRules(
			[ rate( '7', 'DE' ), rate( '7', 'ES' ) ],
			[ { code: 'DE7', rate: '7' } ],
			[]
		);
		expect( suggestions.map( ( { rule } ) => rule ) ).toEqual( [
			{ percent: '7', country: 'DE' },
		] );
		expect( without ).toEqual( [ rate( '7', 'ES' ) ] );
	} );

	test( 'a rate that a rule settles is not suggested again, but for a better code of its country', () => {
		const rates = [ rate( '20', 'GB' ), rate( '20', 'FR' ) ];
		const codes = [
			{ code: 'T20', rate: '20' },
			{ code: 'FR20', rate: '20' },
		];
		const general = [ { percent: '20', code: 'T20' } ];
		const [ only, ...more ] = suggestTaxRules(
			rates,
			codes,
			general
		).suggestions;
		expect( more ).toEqual( [] );
		expect( only?.rule ).toEqual( { percent: '20', country: 'FR' } );
		const rules = withSuggestion( general, only!, 'FR20' );
		// First match wins: the exact rule has to stand before the general one.
		expect( rules.map( ( { code } ) => code ) ).toEqual( [
			'FR20',
			'T20',
		] );
		expect( suggestTaxRules( rates, codes, rules ).suggestions ).toEqual(
			[]
		);
	} );

	test( 'who chose another code for a country on purpose is not asked again', () => {
		expect(
			suggestTaxRules(
				[ rate( '20', 'FR' ) ],
				[
					{ code: 'T20', rate: '20' },
					{ code: 'FR20', rate: '20' },
				],
				[ { percent: '20', country: 'fr', code: 'T20' } ]
			).suggestions
		).toEqual( [] );
	} );

	test( 'percentages are compared as numbers, without losing a digit', () => {
		expect( plainPercent( '020.00' ) ).toBe( '20' );
		expect( plainPercent( '0.0' ) ).toBe( '0' );
		expect( plainPercent( '8.8750' ) ).toBe( '8.875' );
		expect( plainPercent( '9.97500000000000000001' ) ).not.toBe( '9.975' );
	} );

	test( 'the standard class has two names', () => {
		expect( fits( { class: '' }, rate( '20', 'GB' ) ) ).toBe( true );
		expect(
			fits( { class: 'standard' }, rate( '20', 'GB', { class: '' } ) )
		).toBe( true );
		expect( fits( { class: 'reduced-rate' }, rate( '5', 'GB' ) ) ).toBe(
			false
		);
	} );
} );

describe( 'the order of the rules', () => {
	test( 'a rule moves one place, and not past the ends', () => {
		const list = [ 'a', 'b', 'c' ];
		expect( moved( list, 0, 1 ) ).toEqual( [ 'b', 'a', 'c' ] );
		expect( moved( list, 2, -1 ) ).toEqual( [ 'a', 'c', 'b' ] );
		expect( moved( list, 0, -1 ) ).toBe( list );
		expect( moved( list, 2, 1 ) ).toBe( list );
	} );
} );
