import { describe, expect, test } from '@jest/globals';
import { apiOrigin, oauthBase } from '../../../src/brightpearl/auth/origin.ts';

describe( 'where a token may be sent', () => {
	test.each( [
		[
			'euw1.brightpearlconnect.com',
			false,
			'https://euw1.brightpearlconnect.com',
		],
		[ 'ws-use.brightpearl.com', true, 'https://ws-use.brightpearl.com' ],
		[ 'http://127.0.0.1:9700', true, 'http://127.0.0.1:9700' ],
		[ '127.0.0.1:9700', true, 'http://127.0.0.1:9700' ],
		[ 'localhost:9700', true, 'http://localhost:9700' ],
		[ 'http://[::1]:9700/', true, 'http://[::1]:9700' ],
		[ 'http://127.0.0.1:9700', false, null ],
		[ '127.0.0.1:9700', false, null ],
		[ 'brightpearlconnect.com.evil.test', false, null ],
		[ 'evilbrightpearl.com', false, null ],
		[ 'evil.test/brightpearl.com', true, null ],
		[ 'euw1.brightpearlconnect.com@evil.test', true, null ],
		[ 'http://user@127.0.0.1', true, null ],
		[ 'http://127.0.0.1.evil.test', true, null ],
		[ '10.0.0.1:80', true, null ],
		[ 'https://euw1.brightpearlconnect.com', false, null ],
		[ '', true, null ],
	] )( '%p (sandbox %p) is %p', ( domain, sandbox, origin ) => {
		expect( apiOrigin( domain, sandbox ) ).toBe( origin );
	} );

	test.each( [
		[ undefined, false, 'https://oauth.brightpearlapp.com' ],
		[
			'https://oauth.brightpearl.com/',
			false,
			'https://oauth.brightpearl.com',
		],
		[ 'http://127.0.0.1:9700/oauth', true, 'http://127.0.0.1:9700/oauth' ],
		[ 'http://127.0.0.1:9700/oauth', false, null ],
		[ 'http://oauth.brightpearlapp.com', false, null ],
		[ 'https://oauth.brightpearlapp.com.evil.test', false, null ],
	] )( 'OAuth at %p (sandbox %p) is %p', ( url, sandbox, base ) => {
		expect( oauthBase( url, sandbox ) ).toBe( base );
	} );
} );
