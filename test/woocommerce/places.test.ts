import { describe, expect, test } from '@jest/globals';
import { createPlaces } from '../../src/woocommerce/places.ts';

const turn = () =>
	new Promise< void >( ( resolve ) => setImmediate( resolve ) );

describe( 'Places', () => {
	test( 'no more than so many work at a time, and everybody gets their turn in order', async () => {
		const places = createPlaces( 2 );
		const begun: number[] = [];
		const ends: ( () => void )[] = [];
		const all = [ 0, 1, 2, 3, 4 ].map( ( n ) =>
			places.take(
				() =>
					new Promise< number >( ( resolve ) => {
						begun.push( n );
						ends.push( () => resolve( n ) );
					} )
			)
		);
		await turn();
		expect( begun ).toEqual( [ 0, 1 ] );
		ends[ 1 ]?.();
		await turn();
		expect( begun ).toEqual( [ 0, 1, 2 ] );
		for ( let n = 0; n < 5; n++ ) {
			ends[ n ]?.();
			await turn();
		}
		expect( await Promise.all( all ) ).toEqual( [ 0, 1, 2, 3, 4 ] );
		expect( begun ).toEqual( [ 0, 1, 2, 3, 4 ] );
	} );

	test( 'a place is free again when its work failed', async () => {
		const places = createPlaces( 1 );
		const first = places.take( () => Promise.reject( new Error( 'no' ) ) );
		const second = places.take( async () => 'done' );
		await expect( first ).rejects.toThrow( 'no' );
		expect( await second ).toBe( 'done' );
	} );
} );
