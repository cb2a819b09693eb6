import { expect, test } from '@jest/globals';
import { tokenOf } from '../../../admin-ui/src/hosts/session.ts';
import { kebabCase } from '../../../admin-ui/src/hosts/kebab-case.ts';

test( 'operations are named in addresses as WordPress names routes', () => {
	expect( kebabCase( 'stockRunShow' ) ).toBe( 'stock-run-show' );
	expect( kebabCase( 'status' ) ).toBe( 'status' );
} );

test.each( [
	[ 'http://127.0.0.1:8780/#login=abc_DEF-123', 'abc_DEF-123' ],
	[ '#login=abc&x=1', 'abc' ],
	[ 'Console: https://x.test/p/#login=abc \n', 'abc' ],
	[ '#/orders/demo?search=login', null ],
	[ '', null ],
] )( 'in %j the login token is %j', ( link, token ) => {
	expect( tokenOf( link ) ).toBe( token );
} );
