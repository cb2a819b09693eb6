import { describe, expect, test } from '@jest/globals';
import {
	CHANGE_FIELDS,
	changePage,
} from '../../../../admin-ui/src/screens/stock/changes.ts';
import { viewFromQuery } from '../../../../admin-ui/src/router/view.ts';
import type { RouteQuery } from '../../../../admin-ui/src/router/route.ts';
import type { StockChange } from '../../../../src/contracts/answers.ts';

const change = (
	sku: string,
	from: number | null,
	to: number,
	written = true
): StockChange => ( {
	sku,
	productId: 1,
	variationId: null,
	from,
	to,
	onHand: to,
	inFlight: 0,
	buffer: 0,
	written,
} );

const CHANGES = [
	change( 'MUG-1', 5, 3 ),
	change( 'mug-2', 5, 0 ),
	change( 'CUP', null, 7, false ),
];
const skus = ( query: RouteQuery, changes = CHANGES ) =>
	changePage( changes, viewFromQuery( query, CHANGE_FIELDS ) ).items.map(
		( { sku } ) => sku
	);

describe( 'a run’s changes', () => {
	test( 'are found by a part of the SKU, capitals or not', () => {
		expect( skus( { search: ' MUG ' } ) ).toEqual( [ 'MUG-1', 'mug-2' ] );
	} );

	test( 'can be narrowed to what was not written and what is sold out', () => {
		expect( skus( { show: 'unwritten' } ) ).toEqual( [ 'CUP' ] );
		expect( skus( { show: 'zero' } ) ).toEqual( [ 'mug-2' ] );
		expect( skus( { show: 'nonsense' } ) ).toHaveLength( 3 );
	} );

	test( 'are sorted by the move, both ways', () => {
		expect( skus( { sort: 'move:asc' } ) ).toEqual( [
			'mug-2',
			'MUG-1',
			'CUP',
		] );
		expect( skus( { sort: 'move:desc' } ) ).toEqual( [
			'CUP',
			'MUG-1',
			'mug-2',
		] );
		expect( skus( { sort: 'toString:asc' } ) ).toHaveLength( 3 );
	} );

	test( 'thousands are paged without losing or repeating one', () => {
		const many = Array.from( { length: 2345 }, ( _, index ) =>
			change( `S${ index }`, 0, index )
		);
		const seen: string[] = [];
		let query: RouteQuery = { perPage: '100' };
		for ( let page = 2; ; page++ ) {
			const { items, nextCursor, total } = changePage(
				many,
				viewFromQuery( query, CHANGE_FIELDS )
			);
			expect( total ).toBe( 2345 );
			seen.push( ...items.map( ( { sku } ) => sku ) );
			if ( nextCursor === null ) {
				break;
			}
			query = {
				perPage: '100',
				page: String( page ),
				cursor: nextCursor,
			};
		}
		expect( seen ).toEqual( many.map( ( { sku } ) => sku ) );
	} );
} );
