import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
	formatIdSet,
	parseIdSet,
} from '../../../src/brightpearl/search/id-set.ts';
import {
	LONGEST_TARGET,
	packIds,
} from '../../../src/brightpearl/search/packing.ts';

const ids = fc.array( fc.integer( { min: 1, max: 9_999_999 } ), {
	maxLength: 700,
} );
const sorted = ( list: number[] ) =>
	[ ...new Set( list ) ].sort( ( a, b ) => a - b );

describe( 'id sets', () => {
	test.each( [
		[ [ 8 ], '8' ],
		[ [ 7, 1, 2 ], '1-2,7' ],
		[ [ 3, 3, 3 ], '3' ],
		[ [ 10, 11, 12, 5, 200 ], '5,10-12,200' ],
		[ [], '' ],
	] )( '%p is written %p', ( list, text ) => {
		expect( formatIdSet( list ) ).toBe( text );
	} );

	test.each( [
		[ '8', [ 8 ] ],
		[ '100-103', [ 100, 101, 102, 103 ] ],
		[ '1,2,7', [ 1, 2, 7 ] ],
		[ '7.1.2', [ 7, 1, 2 ] ],
		[ '5906-5908,5911', [ 5906, 5907, 5908, 5911 ] ],
	] )( '%p is read', ( text, list ) => {
		expect( parseIdSet( text ) ).toEqual( list );
	} );

	test.each( [ '', 'a', '5-3', '0', '1,,2', '-4', '1-', '1-999999999999' ] )(
		'%p is no id set',
		( text ) => {
			expect( parseIdSet( text ) ).toBeNull();
		}
	);

	test( 'what is written reads back, ascending', () => {
		fc.assert(
			fc.property( ids, ( list ) => {
				fc.pre( list.length > 0 );
				expect( parseIdSet( formatIdSet( list ) ) ).toEqual(
					sorted( list )
				);
			} )
		);
	} );
} );

describe( 'packing', () => {
	test( 'loses and repeats nothing, and keeps both limits', () => {
		fc.assert(
			fc.property(
				ids,
				fc.integer( { min: 0, max: 400 } ),
				( list, overhead ) => {
					const sets = packIds( list, overhead );
					expect( sets.flat() ).toEqual( sorted( list ) );
					for ( const set of sets ) {
						expect( set.length ).toBeGreaterThan( 0 );
						expect( set.length ).toBeLessThanOrEqual( 200 );
						expect(
							overhead + formatIdSet( set ).length
						).toBeLessThan( LONGEST_TARGET );
					}
				}
			)
		);
	} );

	test( 'whatever the ids, every request is one Brightpearl reads back', () => {
		// Addresses of the API, one with a query, and ids longer than any it gives.
		const wide = fc.array( fc.integer( { min: 1, max: 2 ** 40 } ), {
			minLength: 1,
			maxLength: 500,
		} );
		fc.assert(
			fc.property(
				fc.oneof( ids, wide ),
				fc.integer( { min: 1, max: 200 } ),
				fc.constantFrom(
					'/public-api/acmeshop/order-service/sales-order/',
					'/public-api/acmeshop/warehouse-service/product-availability/',
					'/public-api/acmeshop/accounting-service/customer-payment-search?sort=paymentId.ASC&pageSize=500&orderId='
				),
				( list, most, address ) => {
					const sets = packIds( list, address.length, most );
					const read = sets.map( ( set ) => {
						const target = `${ address }${ formatIdSet( set ) }`;
						expect( target.length ).toBeLessThanOrEqual( 2000 );
						const back = parseIdSet(
							target.slice( address.length )
						);
						expect( back ).toEqual( set );
						expect( set.length ).toBeLessThanOrEqual( most );
						return back ?? [];
					} );
					// Every id exactly once, ascending through all the sets.
					expect( read.flat() ).toEqual( sorted( list ) );
				}
			)
		);
	} );

	test( '57 000 ids in a row are 285 sets', () => {
		const many = Array.from( { length: 57_000 }, ( _, at ) => at + 1001 );
		expect( packIds( many, 80 ) ).toHaveLength( 285 );
	} );

	test( '200 scattered seven-digit ids still go in one request', () => {
		const many = Array.from(
			{ length: 200 },
			( _, at ) => 1_000_000 + at * 2
		);
		expect( packIds( many, 80 ) ).toHaveLength( 1 );
	} );
} );
