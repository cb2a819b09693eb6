import { describe, expect, test } from '@jest/globals';
import { isSameHome, isSameHost } from '../../../src/flows/pairing/home.ts';

describe( 'the homes of shops', () => {
	test.each( [
		[ 'https://shop.example', 'http://shop.example' ],
		[ 'https://www.shop.example/', 'https://shop.example' ],
		[ 'https://SHOP.example:443', 'https://shop.example' ],
		[ 'https://shop.example/de/', 'http://www.shop.example/de' ],
		[ 'http://shop.example:443', 'https://shop.example.' ],
	] )( '%s and %s are one place', ( one, other ) => {
		expect( isSameHome( one, other ) ).toBe( true );
	} );

	test.each( [
		[ 'https://shop.example', 'https://staging.shop.example' ],
		[ 'https://shop.example', 'https://shop.example/copy' ],
		[ 'https://shop.example', 'https://shop.example:8443' ],
		[ 'https://shop.example', 'https://shop.example.evil.test' ],
		[ 'https://shop.example', 'https://user@shop.example' ],
		[ 'nothing', 'nothing' ],
	] )( '%s and %s are two, or none', ( one, other ) => {
		expect( isSameHome( one, other ) ).toBe( false );
	} );

	test( 'a delivery may name any path of the host', () => {
		expect(
			isSameHost( 'https://www.shop.example/de/', 'http://shop.example' )
		).toBe( true );
		expect(
			isSameHost( 'https://shop.example', 'https://other.example' )
		).toBe( false );
	} );
} );
