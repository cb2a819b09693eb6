import { describe, expect, test } from '@jest/globals';
import type { ProblemCode } from '../../src/contracts/problem.ts';
import {
	classifyAnswer,
	classifyOutcome,
	looksStripped,
} from '../../src/woocommerce/classify.ts';
import type { Asked } from '../../src/woocommerce/asked.ts';
import type { Reply } from '../../src/woocommerce/classify.ts';
import { HOME, answer, answerOf, filesIn, json, recorded } from './support.ts';

type Expected =
	| { ok: true }
	| { retry: 'outage' | 'throttled'; after?: number; unknown?: boolean }
	| { hold: ProblemCode; says: RegExp };

const OK: Expected = { ok: true };
function hold( code: ProblemCode, says: RegExp ): Expected {
	return { hold: code, says };
}
const NOBODY = hold( 'credentials-store', /does not recognise the API key/ );
const REFUSED = ( says: RegExp ): Expected => hold( 'refused-by-store', says );

/** What each recorded answer means; a write of unknown outcome says so. */
const EXPECTED: Readonly< Record< string, Expected > > = {
	'200-bom-before-json': OK,
	'200-empty-body': { retry: 'outage' },
	'200-read-only-key-reads': OK,
	'200-refund-of-unknown-order': OK,
	'200-truncated-body': { retry: 'outage' },
	'200-warning-before-json': OK,
	'201-invalid-product-id': OK,
	'201-refund-invalid-line': OK,
	'201-refund-no-amount': OK,
	'201-refund-zero': OK,
	'302-redirect-to-login': hold(
		'credentials-store',
		/shop\.example\.test\/login\//
	),
	'400-invalid-coupon': REFUSED( /Coupon "nope" cannot be applied/ ),
	'400-invalid-customer': REFUSED( /Customer ID is invalid/ ),
	'400-invalid-date': REFUSED( /Invalid parameter\(s\): after/ ),
	'400-invalid-email': REFUSED( /Invalid parameter\(s\): billing/ ),
	'400-invalid-json': REFUSED( /Invalid JSON body passed/ ),
	'400-invalid-line-item-id': REFUSED( /not associated with order/ ),
	'400-invalid-per_page': REFUSED( /Invalid parameter\(s\): per_page/ ),
	'400-invalid-status': REFUSED( /Invalid parameter\(s\): status/ ),
	'400-invalid-status-filter': REFUSED( /Invalid parameter\(s\): status/ ),
	'400-line-without-product': REFUSED( /Product ID or SKU is required/ ),
	'400-missing-param': REFUSED( /Missing parameter\(s\): note/ ),
	'400-order-create-bad-field-type': REFUSED( /line_items/ ),
	'400-webhook-bad-topic': REFUSED( /topic is required/ ),
	'400-webhook-bad-url': REFUSED( /must be a valid URL/ ),
	'401-authorization-header-stripped': NOBODY,
	'401-basic-over-http': NOBODY,
	'401-no-auth': NOBODY,
	'401-oauth-bad-signature': hold(
		'credentials-store',
		/refuses the signature/
	),
	'401-oauth-missing-params': NOBODY,
	'401-oauth-old-timestamp': hold(
		'credentials-store',
		/clocks .* differ by about \d+ minutes/
	),
	'401-query-string-wrong-secret': hold(
		'credentials-store',
		/refuses the API key: "Consumer secret is invalid"/
	),
	'401-read-only-key-writes': hold( 'rights-store', /may not write/ ),
	'401-rest-disabled-by-security-plugin': hold(
		'rights-store',
		/REST API of the shop is switched off/
	),
	'401-rest_route-fallback': NOBODY,
	'401-unknown-key': NOBODY,
	'401-wrong-secret': hold(
		'credentials-store',
		/Consumer secret is invalid/
	),
	'403-customer-app-password': hold( 'rights-store', /lacks the rights/ ),
	'404-method': hold(
		'store-unreachable',
		/API of WooCommerce is not there/
	),
	'404-order': REFUSED( /Invalid ID/ ),
	'404-order-id-is-product': REFUSED( /Invalid ID/ ),
	'404-route': hold( 'store-unreachable', /API of WooCommerce is not there/ ),
	'404-site-page': hold(
		'store-unreachable',
		/no WordPress API at https:\/\/shop\.example\.test\/wp-json\//
	),
	'404-trash-refund': REFUSED( /Invalid ID/ ),
	'404-webhook': REFUSED( /ID is invalid/ ),
	'404-woocommerce-deactivated': hold(
		'store-unreachable',
		/API of WooCommerce is not there/
	),
	'413-batch-over-100-orders': REFUSED( /more than 100 items/ ),
	'413-nginx.handmade': REFUSED( /413 Request Entity Too Large/ ),
	'429-rate-limited': { retry: 'throttled', after: 30_000 },
	'500-database-connection': { retry: 'outage' },
	'500-php-fatal': { retry: 'outage' },
	'500-php-fatal-in-prepare': { retry: 'outage' },
	'500-post-order-but-order-exists': { retry: 'outage', unknown: true },
	'500-refund-too-large': { retry: 'outage', unknown: true },
	'500-wp-die-html': { retry: 'outage' },
	'502-nginx.handmade': { retry: 'outage' },
	// WordPress says 600 s and is back within seconds.
	'503-maintenance': { retry: 'outage', after: 60_000 },
	'504-nginx.handmade': { retry: 'outage' },
	'520-cloudflare.handmade': { retry: 'outage' },
};

function asked( more: Partial< Asked > = {} ): Asked {
	return {
		method: 'GET',
		url: `${ HOME }/wp-json/wc/v3/orders`,
		what: 'GET orders',
		home: HOME,
		scheme: 'basic',
		now: Date.parse( '2026-11-21T05:27:14Z' ),
		readsWork: false,
		...more,
	};
}

function problemOf( reply: Reply ): string {
	if ( reply.ok || reply.failure.kind !== 'hold' ) {
		throw new Error( `No problem: ${ JSON.stringify( reply ) }` );
	}
	const { code, message, cause, fix } = reply.failure.problem;
	return [ code, message, cause, fix ].join( ' | ' );
}

describe( 'a recorded answer', () => {
	test( 'has a line in the table, each of them', () => {
		expect( filesIn( 'errors' ) ).toEqual(
			Object.keys( EXPECTED )
				.map( ( name ) => `${ name }.json` )
				.sort()
		);
	} );

	test.each( Object.entries( EXPECTED ) )(
		'%s gets its treatment',
		( name, expected ) => {
			const record = recorded( `errors/${ name }.json` );
			const { method, path } = record.request;
			const signed = /oauth_timestamp=(\d+)/.exec( path )?.[ 1 ];
			const request = asked( {
				method: method === 'GET' ? 'GET' : 'POST',
				url: `${ HOME }${ path.split( '?' )[ 0 ] }`,
				scheme: /oauth|over-http/.test( name ) ? 'oauth1' : 'basic',
				...( signed === undefined
					? {}
					: { now: Number( signed ) * 1000 } ),
			} );
			const reply = classifyAnswer( request, answerOf( record ) );
			if ( 'ok' in expected ) {
				expect( reply ).toMatchObject( { ok: true } );
			} else if ( 'hold' in expected ) {
				expect( reply ).toMatchObject( {
					ok: false,
					failure: {
						kind: 'hold',
						problem: {
							code: expected.hold,
							message: expect.stringMatching( expected.says ),
						},
					},
				} );
			} else {
				expect( reply ).toMatchObject( {
					ok: false,
					failure: {
						kind: 'retry',
						side: 'store',
						cause: expected.retry,
						after: expected.after ?? null,
						outcomeUnknown: expected.unknown ?? false,
					},
				} );
			}
		}
	);

	test.each(
		Object.entries( EXPECTED ).filter(
			( [ , expected ] ) => 'retry' in expected
		)
	)( '%s leaves a write unknown, unless the shop never took it', ( name ) => {
		const reply = classifyAnswer(
			asked( { method: 'POST' } ),
			answer( `errors/${ name }.json` )
		);
		expect( reply ).toMatchObject( {
			failure: { outcomeUnknown: name !== '429-rate-limited' },
		} );
	} );

	test( 'that looks like a stripped header is one that says nobody is there', () => {
		const stripped = filesIn( 'errors' ).filter( ( file ) =>
			looksStripped(
				classifyAnswer( asked(), answer( `errors/${ file }` ) )
			)
		);
		expect( stripped ).toEqual( [
			'401-authorization-header-stripped.json',
			'401-basic-over-http.json',
			'401-no-auth.json',
			'401-oauth-missing-params.json',
			'401-rest-disabled-by-security-plugin.json',
			'401-rest_route-fallback.json',
			'401-unknown-key.json',
		] );
	} );
} );

const SAYS = ( message: string ): ReturnType< typeof json > =>
	json(
		{
			code: 'woocommerce_rest_authentication_error',
			message,
			data: { status: 401 },
		},
		401,
		{ date: 'Sat, 21 Nov 2026 05:27:14 GMT' }
	);

describe( 'one error code with several meanings', () => {
	test( 'in a language we do not know: a write after working reads lacks the right', () => {
		const german = SAYS( 'Der API-Schlüssel hat keine Schreibrechte.' );
		expect(
			problemOf(
				classifyAnswer(
					asked( { method: 'POST', readsWork: true } ),
					german
				)
			)
		).toMatch( /^rights-store/ );
		expect(
			problemOf( classifyAnswer( asked( { method: 'POST' } ), german ) )
		).toMatch( /^credentials-store/ );
	} );

	test( 'a key that may only write says so on reading', () => {
		expect(
			problemOf(
				classifyAnswer(
					asked(),
					SAYS(
						'The API key provided does not have read permissions.'
					)
				)
			)
		).toMatch( /^rights-store .*may not read/ );
	} );

	test( 'an old timestamp is the clock, even without a date to compare', () => {
		const reply = classifyAnswer( asked( { scheme: 'oauth1' } ), {
			...SAYS( 'Invalid timestamp.' ),
			headers: {},
		} );
		expect( problemOf( reply ) ).toMatch( /clocks of this machine/ );
	} );

	test( 'a clock that is off does not matter to Basic', () => {
		const reply = classifyAnswer(
			asked( { now: 0 } ),
			SAYS( 'Consumer secret is invalid.' )
		);
		expect( problemOf( reply ) ).toMatch( /refuses the API key/ );
	} );

	test( 'a used nonce is tried again with another, for nothing was done', () => {
		expect(
			classifyAnswer(
				asked( { scheme: 'oauth1', method: 'POST' } ),
				SAYS( 'Invalid nonce - nonce has already been used.' )
			)
		).toMatchObject( {
			failure: { kind: 'retry', outcomeUnknown: false },
		} );
	} );

	test( 'an unknown key over http is the key, not the address', () => {
		expect(
			problemOf(
				classifyAnswer(
					asked( { scheme: 'oauth1' } ),
					SAYS( 'Consumer key is invalid.' )
				)
			)
		).toMatch( /refuses the API key/ );
	} );
} );

describe( 'a redirect', () => {
	const to = ( location: string, more: Partial< Asked > = {} ): Reply =>
		classifyAnswer( asked( more ), {
			status: 301,
			headers: { location },
			body: '',
		} );
	const http = {
		url: 'http://shop.example.test/wp-json/wc/v3/orders',
		home: 'http://shop.example.test',
	};

	test.each( [
		[
			'from http to https',
			to( 'https://shop.example.test/wp-json/wc/v3/orders?a=1', http ),
			/site-moved .*from http to https.*Set store\.url to https:\/\/shop\.example\.test\./,
		],
		[
			'to another host',
			to( 'https://www.example.test/wp-json/wc/v3/orders' ),
			/site-moved .*Set store\.url to https:\/\/www\.example\.test\./,
		],
		[
			'into a folder',
			to( '/shop/wp-json/wc/v3/orders' ),
			/site-moved .*Set store\.url to https:\/\/shop\.example\.test\/shop\./,
		],
		[
			'to the start page of another host',
			to( 'https://new.example/' ),
			/site-moved .*Set store\.url to https:\/\/new\.example\./,
		],
		[
			'to single sign-on',
			to(
				'https://team.cloudflareaccess.com/cdn-cgi/access/login/x?kid=1'
			),
			/credentials-store .*team\.cloudflareaccess\.com/,
		],
		[
			'to wp-login',
			to( '/wp-login.php?redirect_to=x' ),
			/credentials-store .*wp-login\.php/,
		],
		[
			'to another page',
			to( '/shop-closed/' ),
			/store-unreachable .*shop-closed/,
		],
		[
			'to itself with a slash',
			to( '/wp-json/wc/v3/orders/' ),
			/store-unreachable /,
		],
	] )( '%s says so', ( _name, reply, says ) => {
		expect( problemOf( reply ) ).toMatch( says );
	} );

	test( 'never shows its query', () => {
		const reply = to( 'https://new.example/?consumer_secret=cs_1' );
		expect( JSON.stringify( reply ) ).not.toContain( 'cs_1' );
	} );

	test.each( [ '', 'https://' ] )( 'to %j is an outage', ( location ) => {
		expect(
			classifyAnswer( asked(), {
				status: 302,
				headers: location === '' ? {} : { location },
				body: '',
			} )
		).toMatchObject( { failure: { kind: 'retry' } } );
	} );
} );

describe( 'other answers', () => {
	const page = ( status: number, title: string ): Reply =>
		classifyAnswer( asked(), {
			status,
			headers: {},
			body: `<html><title>${ title }</title></html>`,
		} );

	test.each( [
		[
			401,
			'Authorization Required',
			/credentials-store .*login of its own/,
		],
		[
			403,
			'Just a moment...',
			/store-unreachable .*firewall.*Just a moment/,
		],
		[ 406, 'Not Acceptable!', /store-unreachable .*firewall/ ],
		[ 410, 'Gone', /refused-by-store .*410.*Gone/ ],
	] )( 'a page with %s', ( status, title, says ) => {
		expect( problemOf( page( status, title ) ) ).toMatch( says );
	} );

	test( 'a page with 200 is waited out', () => {
		expect( page( 200, 'Coming soon' ) ).toMatchObject( {
			failure: {
				kind: 'retry',
				message: expect.stringContaining( '"Coming soon"' ),
			},
		} );
	} );

	test.each( [
		[ '5', 5000 ],
		[ 'Sat, 21 Nov 2026 05:27:24 GMT', 10_000 ],
		[ 'Sat, 21 Nov 2026 05:00:00 GMT', 0 ],
		[ '999999', 900_000 ],
		[ 'soon', null ],
		[ '', null ],
	] )( 'Retry-After %j waits %s ms', ( text, after ) => {
		expect(
			classifyAnswer( asked(), json( {}, 429, { 'retry-after': text } ) )
		).toMatchObject( { failure: { cause: 'throttled', after } } );
	} );
} );

describe( 'no answer', () => {
	test.each( [
		[ 'GET', true, false ],
		[ 'GET', false, false ],
		[ 'POST', true, true ],
		[ 'POST', false, false ],
	] as const )(
		'to a %s, sent %s: outcome unknown %s',
		( method, sent, unknown ) => {
			expect(
				classifyOutcome( asked( { method } ), {
					ok: false,
					sent,
					reason: 'network',
					message: 'The line is cut.',
				} )
			).toMatchObject( {
				ok: false,
				status: null,
				failure: {
					kind: 'retry',
					cause: 'outage',
					message: 'The line is cut.',
					outcomeUnknown: unknown,
				},
			} );
		}
	);

	test( 'because it was too large needs a person, unless something was written', () => {
		const outcome = {
			ok: false,
			sent: true,
			reason: 'too-large',
			message: 'large',
		} as const;
		expect( problemOf( classifyOutcome( asked(), outcome ) ) ).toMatch(
			/too large/
		);
		expect(
			classifyOutcome( asked( { method: 'POST' } ), outcome )
		).toMatchObject( { failure: { kind: 'retry', outcomeUnknown: true } } );
	} );
} );
