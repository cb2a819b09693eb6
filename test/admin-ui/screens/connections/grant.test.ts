import { describe, expect, test } from '@jest/globals';
import {
	grantOf,
	grantText,
	isWebAddress,
} from '../../../../admin-ui/src/screens/connections/grant.ts';

const NOW = Date.UTC( 2026, 10, 21 );
const LATER = '2026-11-28T00:00:00.000Z';
const EARLIER = '2026-11-14T00:00:00.000Z';

function view(
	type: 'oauth' | 'private-app' | null,
	expiresAt: string | null,
	...secrets: string[]
) {
	return {
		brightpearl:
			type === null
				? null
				: {
						account: 'acmeshop',
						apiDomain: null,
						installationInstanceId: null,
						auth: {
							type,
							appRef: null,
							clientId: null,
							devRef: null,
							tokenType: null,
							expiresAt,
							expiresIn: null,
						},
					},
		secrets,
	};
}

describe( 'the consent of a connection', () => {
	test.each( [
		[
			'is none where there is no OAuth',
			view( 'private-app', null ),
			null,
		],
		[ 'is none where nothing is filled in', view( null, null ), null ],
		[ 'is missing at first', view( 'oauth', null ), 'none' ],
		[
			'is not made up for by a client secret',
			view( 'oauth', null, 'brightpearl.auth.clientSecret' ),
			'none',
		],
		[
			'is taken to be good where a refresh token was typed in',
			view( 'oauth', null, 'brightpearl.auth.refreshToken' ),
			'good',
		],
		[ 'is good while its token lives', view( 'oauth', LATER ), 'good' ],
		[
			'has ended with its token, also where a refresh token was typed in',
			view( 'oauth', EARLIER, 'brightpearl.auth.refreshToken' ),
			'ended',
		],
	] as const )( '%s', ( _, given, state ) => {
		expect( grantOf( given, NOW ) ).toBe( state );
	} );

	test( 'is told in other words for each', () => {
		expect(
			new Set( ( [ 'none', 'ended', 'good' ] as const ).map( grantText ) )
				.size
		).toBe( 3 );
	} );
} );

test.each( [
	[ 'https://oauth.brightpearlapp.com/authorize/acme?state=1', true ],
	[ 'http://127.0.0.1:9700/oauth/authorize/acme', true ],
	[ 'javascript:alert(1)', false ],
	[ 'https://', false ],
	[ '', false ],
] )( 'whether %j is opened: %j', ( url, opened ) => {
	expect( isWebAddress( url ) ).toBe( opened );
} );
