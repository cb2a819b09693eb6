import { describe, expect, test } from '@jest/globals';
import {
	calculationOf,
	verdictOf,
} from '../../../../admin-ui/src/screens/stock/calculation.ts';
import type { Explain } from '../../../../src/contracts/answers.ts';

const warehouse = ( id: number, onHand: number, counted = true ) => ( {
	id,
	name: `W${ id }`,
	inStock: onHand + 1,
	allocated: 1,
	onHand,
	counted,
} );

const explain = ( more: Partial< Explain > = {} ): Explain => ( {
	sku: 'MUG',
	shown: 9,
	wanted: 9,
	store: null,
	brightpearl: {
		productId: 1,
		readAt: '2026-01-01T00:00:00Z',
		warehouses: [ warehouse( 3, 99, false ), warehouse( 2, 12 ) ],
	},
	inFlight: {
		total: 2,
		orders: [
			{ orderId: 101, quantity: 2, why: 'not in Brightpearl yet' },
		],
	},
	buffer: 1,
	minimum: 0,
	maximum: null,
	lastWrite: null,
	why: '',
	...more,
} );

const brief = ( of: Explain ) =>
	calculationOf( of )?.map( ( line ) =>
		'value' in line
			? `${ line.kind } ${ line.value }`
			: line.kind === 'warehouse'
				? `${ line.kind } ${ line.id } ${ line.counted ? line.onHand : 'left out' }`
				: line.kind
	);

describe( 'the sum', () => {
	test( 'adds what counts, names what does not, and takes off what is promised', () => {
		expect( brief( explain() ) ).toEqual( [
			'warehouse 2 12',
			'warehouse 3 left out',
			'on-hand 12',
			'order',
			'buffer 1',
			'wanted 9',
		] );
	} );

	test( 'says so when nothing is in flight', () => {
		expect(
			brief(
				explain( { inFlight: { total: 0, orders: [] }, wanted: 11 } )
			)
		).toContain( 'no-order' );
	} );

	test( 'shows the limit that raised or cut the result', () => {
		expect( brief( explain( { wanted: 10, minimum: 10 } ) ) ).toEqual(
			expect.arrayContaining( [
				'sellable 9',
				'minimum 10',
				'wanted 10',
			] )
		);
		expect( brief( explain( { wanted: 5, maximum: 5 } ) ) ).toEqual(
			expect.arrayContaining( [ 'sellable 9', 'maximum 5', 'wanted 5' ] )
		);
	} );

	test( 'a figure below the minimum is the result where backorders are allowed', () => {
		const lines = brief(
			explain( { inFlight: { total: 20, orders: [] }, wanted: -9 } )
		);
		expect( lines?.at( -1 ) ).toBe( 'wanted -9' );
		expect( lines ).not.toContain( 'minimum 0' );
	} );

	test( 'a product that is left alone has a sum and no result', () => {
		expect( brief( explain( { wanted: null } ) )?.at( -1 ) ).toBe(
			'sellable 9'
		);
		expect( calculationOf( explain( { brightpearl: null } ) ) ).toBeNull();
	} );
} );

test( 'the verdict compares what is shown with what should be', () => {
	expect( verdictOf( explain() ) ).toBe( 'agrees' );
	expect( verdictOf( explain( { shown: 3 } ) ) ).toBe( 'differs' );
	expect( verdictOf( explain( { shown: null } ) ) ).toBe( 'differs' );
	expect( verdictOf( explain( { wanted: null } ) ) ).toBe( 'left-alone' );
} );
