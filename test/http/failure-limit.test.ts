import { expect, test } from '@jest/globals';
import { createFailureLimit } from '../../src/http/failure-limit.ts';

function scene() {
	let now = 0;
	const limit = createFailureLimit( {
		clock: { now: () => now, sleep: async () => undefined },
		failures: 2,
		window: 100,
	} );
	return {
		...limit,
		pass: ( ms: number ) => {
			now += ms;
		},
	};
}

test( 'an address that fails too often waits for the rest of the window, others do not', () => {
	const { isExceeded, failed, pass } = scene();
	failed( 'a' );
	pass( 60 );
	expect( isExceeded( 'a' ) ).toBe( false );
	failed( 'a' );
	expect( [ isExceeded( 'a' ), isExceeded( 'b' ) ] ).toEqual( [
		true,
		false,
	] );
	pass( 39 );
	expect( isExceeded( 'a' ) ).toBe( true );
	pass( 1 );
	expect( isExceeded( 'a' ) ).toBe( false );
	failed( 'a' );
	expect( isExceeded( 'a' ) ).toBe( false );
} );

test( 'of a flood of addresses the newest are remembered', () => {
	const { isExceeded, failed } = scene();
	for ( let i = 0; i < 1001; i += 1 ) {
		failed( `${ i }` );
	}
	failed( '0' );
	failed( '1000' );
	expect( [ isExceeded( '0' ), isExceeded( '1000' ) ] ).toEqual( [
		false,
		true,
	] );
} );
