import { describe, expect, test } from '@jest/globals';
import { formatRoute, parseRoute } from '../../../admin-ui/src/router/route.ts';
import {
	DEFAULT_VIEW,
	filterValue,
	queryFromView,
	viewFromQuery,
	withFilter,
	withSearch,
	type View,
} from '../../../admin-ui/src/router/view.ts';

const through = ( view: View ): View =>
	viewFromQuery(
		parseRoute(
			formatRoute( { screen: 'orders', query: queryFromView( view ) } )
		).query,
		[ 'state', 'since' ]
	);

describe( 'what a table shows', () => {
	test( 'goes into the address and comes back', () => {
		const view: View = {
			...DEFAULT_VIEW,
			search: 'W-1 & co',
			filters: [
				{ field: 'state', operator: 'is', value: 'problem' },
				{ field: 'since', operator: 'is', value: '2026-11-01' },
			],
			sort: { field: 'placedAt', direction: 'asc' },
			page: 3,
			cursor: 'abc=',
			perPage: 50,
		};
		expect( through( view ) ).toEqual( view );
	} );

	test( 'leaves the address clean when nothing was chosen', () => {
		expect(
			formatRoute( {
				screen: 'orders',
				query: queryFromView( DEFAULT_VIEW ),
			} )
		).toBe( '#/orders' );
	} );

	test.each( [
		[ { page: '0' }, 1, null ],
		[ { page: '-3', cursor: 'x' }, 1, null ],
		[ { page: 'many', cursor: 'x' }, 1, null ],
		// Without its cursor nobody knows where page 4 begins.
		[ { page: '4' }, 1, null ],
		[ { page: '4', cursor: 'x' }, 4, 'x' ],
	] )( 'from %j begins at page %j', ( query, page, cursor ) => {
		expect(
			viewFromQuery( query as Record< string, string >, [] )
		).toMatchObject( { page, cursor } );
	} );

	test( 'takes no page size nobody offers', () => {
		expect( viewFromQuery( { perPage: '100000' }, [] ).perPage ).toBe( 25 );
	} );

	test( 'knows only its own filters', () => {
		const view = viewFromQuery( { state: 'held', span: 'week' }, [
			'state',
		] );
		expect( view.filters ).toHaveLength( 1 );
		expect( filterValue( view, 'state' ) ).toBe( 'held' );
		expect( filterValue( view, 'span' ) ).toBeNull();
	} );

	test( 'begins at the first page again with any other question', () => {
		const third = { ...DEFAULT_VIEW, page: 3, cursor: 'c' };
		expect( withSearch( third, 'x' ) ).toMatchObject( {
			page: 1,
			cursor: null,
		} );
		expect( withFilter( third, 'state', 'held' ) ).toMatchObject( {
			page: 1,
			cursor: null,
			filters: [ { field: 'state', value: 'held' } ],
		} );
	} );

	test( 'has one value for a filter, and none when it is taken away', () => {
		const held = withFilter( DEFAULT_VIEW, 'state', 'held' );
		expect( withFilter( held, 'state', 'problem' ).filters ).toEqual( [
			{ field: 'state', operator: 'is', value: 'problem' },
		] );
		expect( withFilter( held, 'state', null ).filters ).toEqual( [] );
	} );
} );
