import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
	packIds,
	parseIdSet,
} from '../../../src/sandbox/brightpearl/id-set.ts';
import { startHarness } from './harness.ts';

test.each( [
	[ '8', [ 8 ] ],
	[ '100-103', [ 100, 101, 102, 103 ] ],
	[ '1,2,7', [ 1, 2, 7 ] ],
	[ '7.1.2', [ 1, 2, 7 ] ],
	[ '1-3,9', [ 1, 2, 3, 9 ] ],
] )( '%s is a set', ( text, ids ) => {
	expect( parseIdSet( text, 200, true ) ).toEqual( { ok: true, ids } );
} );

test.each( [
	'9,3',
	'3,3',
	'5-2',
	'1-4,4',
	'',
	'0',
	'-1',
	'a',
	'1,',
	'1.2,3',
	'*',
] )( '%j is refused with CMNC-006', ( text ) => {
	expect( parseIdSet( text, 200, true ) ).toMatchObject( {
		ok: false,
		problem: { code: 'CMNC-006' },
	} );
} );

test( 'a range larger than the limit is refused without being counted out', () => {
	expect( parseIdSet( '1-999999999999', 200, true ) ).toMatchObject( {
		ok: false,
		problem: { code: 'CMNC-902' },
	} );
} );

test( 'packed sets hold exactly the ids, ascending, at most the limit each', () => {
	fc.assert(
		fc.property(
			fc.uniqueArray( fc.integer( { min: 1, max: 2000 } ), {
				maxLength: 600,
			} ),
			( given ) => {
				const ids = given.toSorted( ( a, b ) => a - b );
				const sets = packIds( ids, 200 ).map( ( text ) =>
					parseIdSet( text, 200, true )
				);
				expect( sets.every( ( set ) => set.ok ) ).toBe( true );
				expect(
					sets.flatMap( ( set ) => ( set.ok ? set.ids : [] ) )
				).toEqual( ids );
			}
		)
	);
} );

test( 'over the wire: descending and oversized sets are refused, 200 are not', async () => {
	const bp = await startHarness();
	try {
		const status = async ( set: string ) =>
			( await bp.call( 'GET', `/order-service/order/${ set }` ) ).status;
		expect( await status( '1-200' ) ).toBe( 200 );
		expect( await status( '1-201' ) ).toBe( 400 );
		expect( await status( '9,3' ) ).toBe( 400 );
		bp.sandbox.setSwitches( { descendingIds: 'sort', idLimit: 500 } );
		expect( await status( '9,3' ) ).toBe( 200 );
		expect( await status( '1-500' ) ).toBe( 200 );
	} finally {
		await bp.close();
	}
} );
