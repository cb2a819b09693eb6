import { describe, expect, test } from '@jest/globals';
import {
	emptySkuIndex,
	indexSku,
	reportSkus,
	type SoldItem,
} from '../../../src/domain/mapping/skus.ts';

const item = (
	productId: number,
	sku: string,
	variationId: number | null = null
): SoldItem => ( { productId, variationId, sku, managesStock: true } );

function report(
	items: readonly SoldItem[],
	skus: readonly string[],
	more: {
		aliases?: Record< string, string >;
		missingSku?: 'hold' | 'text-row';
	} = {}
) {
	const index = emptySkuIndex();
	skus.forEach( ( sku ) => indexSku( index, sku ) );
	return reportSkus(
		items,
		index,
		new Map( Object.entries( more.aliases ?? {} ) ),
		more.missingSku ?? 'hold'
	);
}

describe( 'coverage of SKUs', () => {
	test( 'what is found is counted and not listed', () => {
		const { counts, items } = report(
			[ item( 1, 'A' ), item( 2, 'B' ) ],
			[ 'A', 'B', 'C' ]
		);
		expect( counts ).toMatchObject( { total: 2, matched: 2, missing: 0 } );
		expect( items ).toEqual( [] );
	} );

	test( 'one that differs by capitals or spaces is proposed as an alias, unless two do', () => {
		const { counts, items } = report(
			[ item( 1, 'mug-1' ), item( 2, 'CAP 1' ), item( 3, 'pen' ) ],
			[ 'MUG-1', 'CAP1', 'PEN', 'Pen' ]
		);
		expect( counts ).toMatchObject( { similar: 3, missing: 0 } );
		expect( items ).toMatchObject( [
			{
				code: 'sku-case',
				level: 'error',
				proposal: { key: 'alias', value: 'MUG-1' },
			},
			{ code: 'sku-spaces', proposal: { key: 'alias', value: 'CAP1' } },
			{ code: 'sku-case', proposal: null },
		] );
	} );

	test( 'missing, duplicate, empty and aliased', () => {
		const { counts, items } = report(
			[
				item( 1, 'X' ),
				item( 2, 'D' ),
				item( 3, '' ),
				item( 4, 'a' ),
				item( 5, 'b' ),
			],
			[ 'D', 'D', 'A' ],
			{ aliases: { a: 'A', b: 'gone' } }
		);
		expect( counts ).toEqual( {
			total: 4,
			matched: 0,
			aliased: 1,
			missing: 2,
			duplicate: 1,
			similar: 0,
			parentOnly: 0,
			empty: 1,
		} );
		expect( items.map( ( { code, store } ) => [ code, store ] ) ).toEqual( [
			[ 'sku-missing', 'X' ],
			[ 'sku-duplicate', 'D' ],
			[ 'sku-missing', 'b' ],
			[ 'sku-empty', '' ],
		] );
	} );

	test( 'variations with the SKU of their product alone are told once; the product is not sold itself', () => {
		const { counts, items } = report(
			[
				item( 1, 'SHIRT' ),
				item( 1, 'SHIRT', 11 ),
				item( 1, 'SHIRT', 12 ),
				item( 1, 'SHIRT-L', 13 ),
				item( 2, 'PARENT' ),
				item( 2, 'CHILD', 21 ),
			],
			[ 'SHIRT', 'SHIRT-L', 'CHILD' ]
		);
		expect( counts ).toMatchObject( {
			total: 3,
			matched: 3,
			parentOnly: 2,
			missing: 0,
		} );
		expect( items ).toMatchObject( [
			{ code: 'sku-parent-only', level: 'warning', store: 'SHIRT' },
		] );
	} );

	test( 'what does not hold an order is a warning', () => {
		const { items } = report( [ item( 1, 'X' ) ], [], {
			missingSku: 'text-row',
		} );
		expect( items ).toMatchObject( [ { level: 'warning' } ] );
	} );

	test( 'fifty thousand are a matter of a second', () => {
		const skus = Array.from( { length: 50_000 }, ( _, n ) => `SKU-${ n }` );
		const began = performance.now();
		const { counts } = report(
			skus.map( ( sku, n ) =>
				item( n + 1, n % 2 ? sku : sku.toLowerCase() )
			),
			skus
		);
		expect( counts ).toMatchObject( { matched: 25_000, similar: 25_000 } );
		expect( performance.now() - began ).toBeLessThan( 5000 );
	} );
} );
