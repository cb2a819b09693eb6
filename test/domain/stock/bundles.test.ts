import { expect, test } from '@jest/globals';
import {
	baseProducts,
	type Compositions,
} from '../../../src/domain/stock/bundles.ts';

const of = (
	...bundles: [ number, Record< number, number > ][]
): Compositions =>
	new Map(
		bundles.map( ( [ id, parts ] ) => [
			id,
			Object.entries( parts ).map( ( [ productId, quantity ] ) => ( {
				productId: Number( productId ),
				quantity,
			} ) ),
		] )
	);

test( 'a product that is no bundle is its own base', () => {
	expect( baseProducts( 1, of( [ 1, {} ] ) ) ).toEqual( {
		ok: true,
		base: new Map( [ [ 1, 1 ] ] ),
	} );
} );

test( 'nested bundles come down to sums of base products', () => {
	const compositions = of(
		[ 1, { 2: 2, 10: 1 } ],
		[ 2, { 3: 3, 10: 4 } ],
		[ 3, {} ],
		[ 10, {} ]
	);
	expect( baseProducts( 1, compositions ) ).toEqual( {
		ok: true,
		base: new Map( [
			[ 3, 6 ],
			[ 10, 9 ],
		] ),
	} );
} );

test( 'what is not known is named, each once', () => {
	expect(
		baseProducts( 1, of( [ 1, { 2: 1, 3: 1, 4: 1 } ], [ 3, { 4: 1 } ] ) )
	).toEqual( { ok: false, unknown: [ 2, 4 ] } );
	expect( baseProducts( 9, of() ) ).toEqual( { ok: false, unknown: [ 9 ] } );
} );

test( 'a bundle that holds itself is told, and ends', () => {
	expect(
		baseProducts(
			1,
			of( [ 1, { 2: 1 } ], [ 2, { 3: 1 } ], [ 3, { 1: 1 } ] )
		)
	).toEqual( { ok: false, circle: 1 } );
} );

test( 'the same product beside itself is no circle', () => {
	const compositions = of(
		[ 1, { 2: 1, 3: 1 } ],
		[ 2, { 3: 1 } ],
		[ 3, {} ]
	);
	expect( baseProducts( 1, compositions ) ).toEqual( {
		ok: true,
		base: new Map( [ [ 3, 2 ] ] ),
	} );
} );
