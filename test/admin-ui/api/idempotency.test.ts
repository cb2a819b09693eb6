import { expect, test } from '@jest/globals';
import { createKeys } from '../../../admin-ui/src/api/idempotency.ts';

const keys = () => {
	let count = 0;
	return createKeys( () => `key-${ ++count }` );
};

test( 'every click has its own key', () => {
	const { of, settle } = keys();
	expect( of( { id: 1 } ) ).toBe( 'key-1' );
	settle( false );
	expect( of( { id: 1 } ) ).toBe( 'key-2' );
} );

test( 'trying the same again after a lost answer is the same click', () => {
	const { of, settle } = keys();
	expect( of( { id: 1 } ) ).toBe( 'key-1' );
	settle( true );
	expect( of( { id: 1 } ) ).toBe( 'key-1' );
	settle( false );
	expect( of( { id: 1 } ) ).toBe( 'key-2' );
} );

test( 'something else after a lost answer is another click', () => {
	const { of, settle } = keys();
	of( { id: 1 } );
	settle( true );
	expect( of( { id: 2 } ) ).toBe( 'key-2' );
} );
