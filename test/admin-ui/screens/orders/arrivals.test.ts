import { describe, expect, test } from '@jest/globals';
import { looked } from '../../../../admin-ui/src/screens/orders/arrivals.ts';
import type { Looked } from '../../../../admin-ui/src/screens/orders/arrivals.ts';

const page = (
	ids: readonly number[],
	more: Partial< Looked > = {}
): Looked => ( {
	key: 'all',
	page: 1,
	total: 100,
	items: ids.map( ( orderId ) => ( { orderId } ) ),
	...more,
} );

describe( 'new orders', () => {
	test( 'what is there at first is not new', () => {
		expect( looked( null, page( [ 3, 2, 1 ] ) ).fresh.size ).toBe( 0 );
	} );

	test( 'what comes in at the top is, and what slides in at the bottom is not', () => {
		const seen = looked(
			looked( null, page( [ 3, 2, 1 ] ) ),
			page( [ 5, 4, 3, 2, 0 ] )
		);
		expect( [ ...seen.fresh ] ).toEqual( [ 5, 4 ] );
	} );

	test( 'an order that left the top of the list makes none new', () => {
		const seen = looked(
			looked( null, page( [ 3, 2, 1 ] ) ),
			page( [ 2, 1, 0 ] )
		);
		expect( seen.fresh.size ).toBe( 0 );
	} );

	test( 'further back they are counted from when the first page was seen', () => {
		let seen = looked( null, page( [ 3 ], { total: 100 } ) );
		seen = looked( seen, page( [ 1 ], { page: 2, total: 100 } ) );
		expect( seen.waiting ).toBe( 0 );
		seen = looked( seen, page( [ 1 ], { page: 2, total: 103 } ) );
		seen = looked( seen, page( [ 0 ], { page: 3, total: 103 } ) );
		expect( seen.waiting ).toBe( 3 );
		seen = looked( seen, page( [ 6, 5, 4, 3 ], { total: 103 } ) );
		expect( seen.waiting ).toBe( 0 );
	} );

	test( 'another filter begins anew', () => {
		const seen = looked(
			looked( null, page( [ 3, 2 ] ) ),
			page( [ 9, 8 ], { key: 'held', page: 2, total: 7 } )
		);
		expect( seen ).toMatchObject( { total: 7, waiting: 0 } );
		expect( seen.fresh.size ).toBe( 0 );
	} );

	test( 'a list that became shorter has no new orders', () => {
		let seen = looked( null, page( [ 1 ], { page: 2, total: 10 } ) );
		seen = looked( seen, page( [ 1 ], { page: 2, total: 8 } ) );
		expect( seen.waiting ).toBe( 0 );
	} );
} );
