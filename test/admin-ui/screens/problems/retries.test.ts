import { describe, expect, test } from '@jest/globals';
import {
	NO_RETRIES,
	begun,
	cameAgain,
	listed,
	totalOf,
} from '../../../../admin-ui/src/screens/problems/retries.ts';

describe( 'problems that are tried again', () => {
	test( 'are solved when they are gone from the list', () => {
		const some = listed(
			begun( NO_RETRIES, [ 1, 2, 3 ] ),
			new Set( [ 2, 9 ] )
		);
		expect( [ ...some.waiting ] ).toEqual( [ 2 ] );
		expect( some ).toMatchObject( { solved: 2, again: 0 } );
		expect( totalOf( some ) ).toBe( 3 );
	} );

	test( 'are still there when they say so', () => {
		const one = cameAgain( begun( NO_RETRIES, [ 1, 2 ] ), 1 );
		expect( [ ...one.waiting ] ).toEqual( [ 2 ] );
		expect( one ).toMatchObject( { solved: 0, again: 1 } );
		expect( listed( one, new Set( [ 1 ] ) ) ).toMatchObject( {
			solved: 1,
			again: 1,
		} );
	} );

	test( 'are not counted when nobody tried them', () => {
		const waiting = begun( NO_RETRIES, [ 1 ] );
		expect( cameAgain( waiting, 7 ) ).toBe( waiting );
		expect( listed( waiting, new Set( [ 1, 7 ] ) ) ).toBe( waiting );
	} );

	test( 'are added to those under way, and begin a new count after these', () => {
		const more = begun( begun( NO_RETRIES, [ 1 ] ), [ 1, 2 ] );
		expect( totalOf( more ) ).toBe( 2 );
		const done = listed( more, new Set() );
		expect( begun( done, [ 3 ] ) ).toMatchObject( { solved: 0, again: 0 } );
	} );
} );
