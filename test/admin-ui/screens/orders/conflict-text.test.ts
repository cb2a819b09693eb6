import { describe, expect, test } from '@jest/globals';
import {
	conflictName,
	conflictValue,
	writingText,
} from '../../../../admin-ui/src/screens/orders/conflict-text.ts';

const line = {
	what: 'line-12',
	name: 'line "Canvas Tote"',
	store: '2 × 10.00 + 4.00 tax',
	brightpearl: '3 × 10.00 + 6.00 tax',
};

describe( 'what both sides changed', () => {
	test( 'is called as a person calls it', () => {
		expect( conflictName( line ) ).toBe( 'line "Canvas Tote"' );
		expect( conflictName( { what: 'delivery', name: 'delivery' } ) ).toBe(
			'Delivery address'
		);
		expect( conflictName( { what: 'line-9', name: '' } ) ).toBe( 'line-9' );
	} );

	test( 'an empty value is said, and one that is gone', () => {
		expect( conflictValue( '' ) ).toBe( 'empty' );
		expect( conflictValue( 'removed' ) ).toBe( 'removed' );
		expect( conflictValue( line.store ) ).toBe( line.store );
	} );

	test( 'the shop’s value replaces Brightpearl’s, and never the other way round', () => {
		expect( writingText( line, 'store' ) ).toBe(
			'line "Canvas Tote": “2 × 10.00 + 4.00 tax” replaces “3 × 10.00 + 6.00 tax”'
		);
	} );

	test( 'with Brightpearl’s value nothing is written: each keeps its own', () => {
		expect( writingText( line, 'brightpearl' ) ).toBe(
			'line "Canvas Tote": Brightpearl keeps “3 × 10.00 + 6.00 tax”, the shop keeps “2 × 10.00 + 4.00 tax”'
		);
	} );
} );
