import { describe, expect, test } from '@jest/globals';
import { agreement } from '../../../../admin-ui/src/screens/orders/agreement.ts';
import { alignRows } from '../../../../admin-ui/src/screens/orders/align.ts';
import type { ComparedRow } from '../../../../admin-ui/src/screens/orders/align.ts';

const row = ( more: Partial< ComparedRow > = {} ): ComparedRow => ( {
	key: 'line-1',
	name: 'Mug',
	sku: 'MUG',
	quantity: '1',
	net: '10.00',
	tax: '2.00',
	...more,
} );

describe( 'rows side by side', () => {
	test( 'rows of one key stand together, whatever their order', () => {
		const aligned = alignRows(
			[ row(), row( { key: 'ship-2' } ) ],
			[
				row( { key: 'ship-2' } ),
				row( { quantity: '1.0000', net: '10' } ),
			]
		);
		expect( aligned.map( ( { key } ) => key ) ).toEqual( [
			'line-1',
			'ship-2',
		] );
		expect( aligned.every( ( { agrees } ) => agrees ) ).toBe( true );
	} );

	test( 'each difference is named', () => {
		const [ aligned ] = alignRows(
			[ row() ],
			[ row( { quantity: '2', net: '20.00', tax: '2.01', sku: 'CUP' } ) ]
		);
		expect( aligned?.differs ).toEqual( [
			'quantity',
			'net',
			'tax',
			'sku',
		] );
		expect( aligned?.agrees ).toBe( false );
	} );

	test( 'a row that is only here or only there disagrees', () => {
		const aligned = alignRows(
			[ row() ],
			[ row( { key: null, name: 'By hand' } ) ]
		);
		expect(
			aligned.map( ( { store, brightpearl, agrees } ) => [
				store?.name ?? null,
				brightpearl?.name ?? null,
				agrees,
			] )
		).toEqual( [
			[ 'Mug', null, false ],
			[ null, 'By hand', false ],
		] );
	} );

	test( 'a rounding row belongs to Brightpearl alone', () => {
		const [ , rounding ] = alignRows(
			[ row() ],
			[ row(), row( { key: 'rounding' } ) ]
		);
		expect( rounding?.agrees ).toBe( true );
	} );

	test( 'two rows of one key are paired one by one, and have ids of their own', () => {
		const aligned = alignRows( [ row() ], [ row(), row() ] );
		expect( aligned ).toHaveLength( 2 );
		expect( aligned[ 0 ]?.agrees ).toBe( true );
		expect( aligned[ 1 ]?.store ).toBeNull();
		expect( new Set( aligned.map( ( { id } ) => id ) ).size ).toBe( 2 );
	} );

	test( 'with nothing in Brightpearl there is nothing to disagree with', () => {
		expect( alignRows( [ row() ], null )[ 0 ]?.agrees ).toBe( true );
		expect( alignRows( null, [ row() ] )[ 0 ]?.agrees ).toBe( true );
	} );
} );

describe( 'whether both are the same order', () => {
	const side = {
		currency: 'GBP',
		net: '10.00',
		tax: '2.00',
		total: '12.00',
		rows: [ row() ],
	};
	const compare = ( store: object | null, brightpearl: object | null ) =>
		agreement( { store, brightpearl } as never );

	test( 'same rows and totals agree', () => {
		expect( compare( side, { ...side, total: '12' } ) ).toBe( 'agree' );
	} );

	test.each( [
		[ 'another currency', { currency: 'EUR' } ],
		[ 'another total', { total: '12.01' } ],
		[ 'another tax', { tax: '2.01' } ],
		[ 'another row', { rows: [ row( { net: '9.99' } ) ] } ],
	] )( '%s is a difference', ( _, more ) => {
		expect( compare( side, { ...side, ...more } ) ).toBe( 'differ' );
	} );

	test( 'with one side alone nothing is said', () => {
		expect( compare( side, null ) ).toBeNull();
		expect( compare( null, side ) ).toBeNull();
	} );
} );
