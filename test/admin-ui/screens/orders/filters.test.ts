import { describe, expect, test } from '@jest/globals';
import {
	FILTER_FIELDS,
	isBackwards,
	isNarrowed,
	listInput,
	listKey,
	narrowings,
	without,
	withoutFilters,
} from '../../../../admin-ui/src/screens/orders/filters.ts';
import { narrowingText } from '../../../../admin-ui/src/screens/orders/filter-text.ts';
import {
	queryFromView,
	viewFromQuery,
} from '../../../../admin-ui/src/router/view.ts';
import type { RouteQuery } from '../../../../admin-ui/src/router/route.ts';
import { parseOperationInput } from '../../../../src/contracts/operations.ts';

const viewOf = ( query: RouteQuery ) => viewFromQuery( query, FILTER_FIELDS );

describe( 'what the list of orders asks for', () => {
	test( 'an empty address asks for the newest of all', () => {
		expect( listInput( 'demo', viewOf( {} ) ) ).toEqual( {
			connection: 'demo',
			state: null,
			since: null,
			until: null,
			search: null,
			customer: null,
			problem: null,
			limit: 25,
			cursor: null,
		} );
	} );

	test( 'both days are asked for whole, in the person’s own zone', () => {
		const { since, until } = listInput(
			'demo',
			viewOf( { since: '2026-03-01', until: '2026-03-01' } )
		);
		expect( since ).toBe( new Date( 2026, 2, 1 ).toISOString() );
		expect( until ).toBe( new Date( 2026, 2, 2 ).toISOString() );
	} );

	test( 'the last day of a month ends with the first of the next', () => {
		expect(
			listInput( 'demo', viewOf( { until: '2026-12-31' } ) ).until
		).toBe( new Date( 2027, 0, 1 ).toISOString() );
	} );

	test.each( [
		[ 'no state', { state: 'lost' } ],
		[ 'no day', { since: 'yesterday' } ],
		[ 'a day that does not exist', { since: '2026-02-30' } ],
		[ 'a month that does not exist', { until: '2026-13-01' } ],
		[ 'no kind of problem', { problem: 'lost' } ],
		[ 'too little of a customer', { customer: ' a ' } ],
		[ 'a cursor without a page', { cursor: 'x' } ],
	] )( '%s in the address is as good as nothing', ( _, query ) => {
		const view = viewOf( query as RouteQuery );
		expect( listInput( 'demo', view ) ).toEqual(
			listInput( 'demo', viewOf( {} ) )
		);
		expect( isNarrowed( view ) ).toBe( false );
	} );

	test( 'whatever is typed is something the operation takes', () => {
		for ( const search of [ '   ', 'x'.repeat( 200 ), ' 50 ' ] ) {
			const input = listInput( 'demo', viewOf( { search } ) );
			expect( parseOperationInput( 'ordersList', input ).ok ).toBe(
				true
			);
		}
	} );

	test( 'the address says again what it said', () => {
		const query = {
			state: 'problem',
			since: '2026-01-02',
			search: '50',
			page: '2',
			cursor: 'abc',
		};
		const again = Object.fromEntries(
			Object.entries( queryFromView( viewOf( query ) ) ).flatMap(
				( [ key, value ] ) =>
					value === null || value === undefined || value === ''
						? []
						: [ [ key, String( value ) ] ]
			)
		);
		expect( again ).toEqual( query );
	} );

	test( 'clearing leaves the size of the page alone', () => {
		const cleared = withoutFilters(
			viewOf( { state: 'held', search: 'x', perPage: '50' } )
		);
		expect( isNarrowed( cleared ) ).toBe( false );
		expect( cleared.perPage ).toBe( 50 );
	} );

	test( 'another page is the same list, another filter is not', () => {
		const key = listKey( viewOf( { state: 'held' } ) );
		expect(
			listKey( viewOf( { state: 'held', page: '3', cursor: 'c' } ) )
		).toBe( key );
		expect( listKey( viewOf( { state: 'ignored' } ) ) ).not.toBe( key );
	} );

	test( 'days the wrong way round are noticed', () => {
		expect(
			isBackwards(
				viewOf( { since: '2026-02-02', until: '2026-02-01' } )
			)
		).toBe( true );
		expect(
			isBackwards(
				viewOf( { since: '2026-02-01', until: '2026-02-01' } )
			)
		).toBe( false );
	} );
} );

describe( 'what narrows the list', () => {
	const view = viewOf( {
		problem: 'tax-unmapped',
		customer: ' ann@example.com ',
		since: '2026-03-01',
		state: 'problem',
		search: ' 43 ',
		page: '3',
		cursor: 'x',
	} );

	test( 'customer and problem are asked for', () => {
		const input = listInput( 'demo', view );
		expect( input ).toMatchObject( {
			customer: 'ann@example.com',
			problem: 'tax-unmapped',
		} );
		expect( parseOperationInput( 'ordersList', input ).ok ).toBe( true );
	} );

	test( 'is said one by one, in words', () => {
		expect( narrowings( view ).map( narrowingText ) ).toEqual( [
			'Search: 43',
			'State: Problem',
			'Problem: Tax not mapped',
			'Customer: ann@example.com',
			expect.stringMatching( /^Placed from .*2026/ ),
		] );
		expect( narrowings( viewOf( {} ) ) ).toEqual( [] );
	} );

	test( 'each can be taken away alone, and the list begins anew', () => {
		for ( const { field } of narrowings( view ) ) {
			const left = without( view, field );
			expect( narrowings( left ).map( ( one ) => one.field ) ).toEqual(
				narrowings( view )
					.map( ( one ) => one.field )
					.filter( ( one ) => one !== field )
			);
			expect( left.page ).toBe( 1 );
		}
	} );

	test( 'another customer or problem is another list', () => {
		const keys = [
			{},
			{ customer: 'ann@example.com' },
			{ customer: 'bob@example.com' },
			{ problem: 'tax-unmapped' },
		].map( ( query ) => listKey( viewOf( query as RouteQuery ) ) );
		expect( new Set( keys ).size ).toBe( keys.length );
	} );

	test( 'stays in the address', () => {
		expect( queryFromView( view ) ).toMatchObject( {
			customer: ' ann@example.com ',
			problem: 'tax-unmapped',
		} );
	} );
} );
