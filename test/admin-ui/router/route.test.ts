import { describe, expect, test } from '@jest/globals';
import { formatRoute, parseRoute } from '../../../admin-ui/src/router/route.ts';

describe( 'an address inside the console', () => {
	test.each( [
		[ '', { screen: '', connection: null, rest: [], query: {} } ],
		[ '#/', { screen: '', connection: null, rest: [], query: {} } ],
		[
			'#/orders/demo/4336?state=problem&search=a%20b',
			{
				screen: 'orders',
				connection: 'demo',
				rest: [ '4336' ],
				query: { state: 'problem', search: 'a b' },
			},
		],
		[
			'#/overview?span=week',
			{
				screen: 'overview',
				connection: null,
				rest: [],
				query: { span: 'week' },
			},
		],
		[
			'#/orders/demo//',
			{ screen: 'orders', connection: 'demo', rest: [], query: {} },
		],
		[
			'#/stock/demo?sku=100%25%3F%2F',
			{
				screen: 'stock',
				connection: 'demo',
				rest: [],
				query: { sku: '100%?/' },
			},
		],
	] )( '%j names %j', ( hash, route ) => {
		expect( parseRoute( hash ) ).toEqual( route );
	} );

	test( 'that somebody wrote by hand and broke is still read', () => {
		expect( parseRoute( '#/orders/%E0%A4%A' ) ).toMatchObject( {
			screen: 'orders',
			connection: '%E0%A4%A',
		} );
	} );

	test( 'is read back as it was written, whatever the parts hold', () => {
		const target = {
			screen: 'stock',
			connection: 'demo',
			rest: [ 'a/b?c#d', 'ü' ],
			query: { sku: 'MUG/1 & "2"?' },
		};
		expect( parseRoute( formatRoute( target ) ) ).toEqual( target );
	} );

	test( 'leaves out what says nothing', () => {
		expect(
			formatRoute( {
				screen: 'orders',
				connection: 'demo',
				rest: [ 12 ],
				query: { state: '', page: null, search: undefined, limit: 5 },
			} )
		).toBe( '#/orders/demo/12?limit=5' );
		expect( formatRoute( { screen: 'overview', rest: [ 1 ] } ) ).toBe(
			'#/overview'
		);
	} );
} );
