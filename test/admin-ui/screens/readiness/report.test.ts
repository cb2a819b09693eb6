import { describe, expect, test } from '@jest/globals';
import type {
	MappingItem,
	MappingReport,
} from '../../../../src/contracts/answers.ts';
import { reportCsv } from '../../../../admin-ui/src/screens/readiness/report-csv.ts';
import {
	NO_FILTER,
	coverage,
	filtered,
	foundShare,
	grouped,
	itemKey,
} from '../../../../admin-ui/src/screens/readiness/report.ts';
import { anItem } from '../../helpers/mapping-item.ts';

const skus = (
	more: Partial< MappingReport[ 'skus' ] > = {}
): MappingReport[ 'skus' ] => ( {
	total: 100,
	matched: 80,
	aliased: 10,
	missing: 4,
	duplicate: 3,
	similar: 2,
	parentOnly: 1,
	empty: 0,
	...more,
} );

describe( 'how many products are found', () => {
	test( 'the shares are of all, what is found first and what is lost last', () => {
		const parts = coverage( skus() );
		expect( parts.map( ( { name } ) => name ) ).toEqual( [
			'matched',
			'aliased',
			'similar',
			'parentOnly',
			'duplicate',
			'empty',
			'missing',
		] );
		expect( parts.reduce( ( sum, { share } ) => sum + share, 0 ) ).toBe(
			100
		);
		expect( foundShare( skus() ) ).toBe( 90 );
	} );

	test( 'products without a SKU of their own are among them', () => {
		const with25 = skus( { empty: 25 } );
		expect( foundShare( with25 ) ).toBe( 72 );
		expect(
			coverage( with25 ).find( ( { name } ) => name === 'empty' )?.share
		).toBe( 20 );
	} );

	test( 'one of a thousand that is missing is not all', () => {
		expect(
			foundShare(
				skus( {
					total: 1000,
					matched: 999,
					aliased: 0,
					missing: 1,
					duplicate: 0,
					similar: 0,
					parentOnly: 0,
				} )
			)
		).toBe( 99 );
	} );

	test( 'a shop without products has no share', () => {
		expect(
			foundShare( {
				total: 0,
				matched: 0,
				aliased: 0,
				missing: 0,
				duplicate: 0,
				similar: 0,
				parentOnly: 0,
				empty: 0,
			} )
		).toBeNull();
	} );
} );

describe( 'what is shown of the report', () => {
	const items: readonly MappingItem[] = [
		anItem( { kind: 'sku', store: 'MUG-1', name: 'Blue Mug' } ),
		anItem( {
			kind: 'payment',
			store: 'klarna',
			level: 'warning',
			message: 'No payment method of Brightpearl.',
		} ),
		anItem( { kind: 'status', store: 'completed', level: 'ok' } ),
	];

	test( 'what is fine only when it is asked for', () => {
		expect(
			filtered( items, NO_FILTER ).map( ( { store } ) => store )
		).toEqual( [ 'MUG-1', 'klarna' ] );
		expect( filtered( items, { ...NO_FILTER, all: true } ) ).toHaveLength(
			3
		);
	} );

	test.each( [
		[ 'mug', [ 'MUG-1' ] ],
		[ ' BLUE ', [ 'MUG-1' ] ],
		[ 'payment method', [ 'klarna' ] ],
		[ 'nowhere', [] ],
	] )( 'a search for “%s”', ( search, stores ) => {
		expect(
			filtered( items, { ...NO_FILTER, search } ).map(
				( { store } ) => store
			)
		).toEqual( stores );
	} );

	test( 'one kind alone', () => {
		expect(
			filtered( items, { ...NO_FILTER, kind: 'payment' } ).map(
				( { store } ) => store
			)
		).toEqual( [ 'klarna' ] );
	} );

	test( 'stands by kind, products first; kinds without findings are left out', () => {
		expect(
			grouped( [ ...items ].reverse() ).map( ( { kind } ) => kind )
		).toEqual( [ 'sku', 'status', 'payment' ] );
	} );

	test( 'two findings about the same SKU are two', () => {
		const a = anItem( { code: 'sku-case' } );
		expect( itemKey( a ) ).not.toBe(
			itemKey( { ...a, code: 'sku-duplicate' } )
		);
		expect( itemKey( a ) ).toBe( itemKey( { ...a } ) );
	} );
} );

test( 'as a table it has every finding, and runs nothing in a spreadsheet', () => {
	const lines = reportCsv( {
		items: [ anItem( { store: '=HYPERLINK("http://x")', orders: 3 } ) ],
	} ).split( '\r\n' );
	expect( lines ).toHaveLength( 3 );
	expect( lines[ 1 ] ).toContain( `"'=HYPERLINK(""http://x"")"` );
	expect( lines[ 1 ] ).toMatch( /,3$/ );
} );
