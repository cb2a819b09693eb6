import { describe, expect, test } from '@jest/globals';
import { createFollower } from '../../../admin-ui/src/hosts/follow.ts';

const half = () => 0.5;
const changed = { event: 'changed', connection: 'demo', what: 'problems' };

describe( 'whoever follows the events', () => {
	test( 'begins now, and reads anew what was read before', () => {
		const follower = createFollower( half );
		expect( follower.cursor() ).toBeNull();
		expect(
			follower.take( { items: [], cursor: 'a1', reset: false } )
		).toEqual( { items: [], reset: true } );
		expect( follower.cursor() ).toBe( 'a1' );
	} );

	test( 'catches up after the cursor it has', () => {
		const follower = createFollower( half );
		follower.take( { items: [], cursor: 'a1', reset: false } );
		follower.failed();
		expect( follower.cursor() ).toBe( 'a1' );
		expect(
			follower.take( { items: [ changed ], cursor: 'a2', reset: false } )
		).toEqual( { items: [ changed ], reset: false } );
		expect( follower.cursor() ).toBe( 'a2' );
	} );

	test( 'reads everything anew when the service forgot where it was', () => {
		const follower = createFollower( half );
		follower.take( { items: [], cursor: 'a9', reset: false } );
		expect(
			follower.take( { items: [], cursor: 'b0', reset: true } )
		).toEqual( { items: [], reset: true } );
		expect( follower.cursor() ).toBe( 'b0' );
	} );

	test( 'passes over events of a kind it does not know yet', () => {
		const follower = createFollower( half );
		expect(
			follower.take( {
				items: [
					{ event: 'parcel', connection: 'demo' },
					changed,
					null,
				],
				cursor: 'a1',
				reset: false,
			} )?.items
		).toEqual( [ changed ] );
	} );

	test.each( [ null, 'x', {}, { items: [], cursor: 1, reset: false } ] )(
		'takes %j for no page, and stays where it is',
		( raw ) => {
			const follower = createFollower( half );
			follower.take( { items: [], cursor: 'a1', reset: false } );
			expect( follower.take( raw ) ).toBeNull();
			expect( follower.cursor() ).toBe( 'a1' );
		}
	);

	test( 'waits longer after each failure, half a minute at most, and not after a success', () => {
		const follower = createFollower( half );
		const waits = Array.from( { length: 7 }, () => follower.failed() );
		expect( waits ).toEqual( [
			1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
		] );
		follower.take( { items: [], cursor: 'a1', reset: false } );
		expect( follower.failed() ).toBe( 1000 );
	} );
} );
