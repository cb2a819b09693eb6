import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/contracts/answers.ts';
import type { StoreConfig } from '../../src/contracts/connection.ts';
import type { HttpAnswer, HttpOutcome } from '../../src/contracts/world.ts';
import { NOW, answer, json, recorded, shopAnswering } from './support.ts';
import type { Shop } from './support.ts';

type Reply = HttpAnswer | HttpOutcome;

const GOOD: Readonly< Record< string, Reply > > = {
	'/wp-json/': answer( 'settings/index.wp-json.json' ),
	'/wp-json/wc/v3/orders': json( [ { id: 1 } ] ),
	'/wp-json/wc/v3/products': json( [] ),
	'/wp-json/wc/v3/system_status': answer( 'settings/system_status.json' ),
	'/wp-json/wc/v3/data/currencies/current': answer(
		'settings/currencies.current.json'
	),
};

function shopWith(
	changes: Readonly< Record< string, Reply > > = {},
	config: Partial< StoreConfig > = {},
	now = NOW
): Shop {
	const answers = { ...GOOD, ...changes };
	return shopAnswering(
		( _request, url ) =>
			answers[ url.pathname ] ?? answer( 'errors/404-site-page.json' ),
		config,
		now
	);
}

async function findings( shop: Shop ): Promise< Record< string, Finding > > {
	const { findings: found } = await shop.store.check();
	for ( const finding of found ) {
		expect( finding.side ).toBe( 'store' );
		expect( finding.fix === null ).toBe( finding.level === 'ok' );
	}
	return Object.fromEntries(
		found.map( ( finding ) => [ finding.code, finding ] )
	);
}

function everywhere( reply: Reply ): Shop {
	return shopAnswering( () => reply );
}

const index = recorded( 'settings/index.wp-json.json' ).response.body as Record<
	string,
	unknown
>;

describe( 'a shop in good order', () => {
	test( 'is named, with version, zone and currency, and only read', async () => {
		const shop = shopWith();
		expect( await shop.store.check() ).toEqual( {
			site: {
				name: 'Harbour & Pine',
				version: '11.0.1',
				timeZone: 'Europe/London',
				currency: 'GBP',
			},
			findings: [
				{
					side: 'store',
					code: 'store-readable',
					level: 'ok',
					message:
						'The shop answers and the key reads orders and products (WooCommerce 11.0.1).',
					fix: null,
				},
			],
		} );
		expect( shop.sent.every( ( { method } ) => method === 'GET' ) ).toBe(
			true
		);
		expect( shop.sent[ 0 ]?.headers ).not.toHaveProperty( 'authorization' );
	} );

	test.each( [
		[ 5.5, '+05:30' ],
		[ -3, '-03:00' ],
		[ '0', '+00:00' ],
	] )( 'without a named zone shows its offset %s', async ( offset, zone ) => {
		const { site } = await shopWith( {
			'/wp-json/': json( {
				...index,
				timezone_string: '',
				gmt_offset: offset,
			} ),
		} ).store.check();
		expect( site.timeZone ).toBe( zone );
	} );
} );

describe( 'what is wrong is found:', () => {
	test.each( [
		[ 'wrong secret', '401-wrong-secret', 'credentials-store' ],
		[ 'unknown key', '401-unknown-key', 'credentials-store' ],
		[
			'a user without rights',
			'403-customer-app-password',
			'rights-store',
		],
	] )( '%s', async ( _name, file, code ) => {
		const found = await findings(
			shopWith( {
				'/wp-json/wc/v3/orders': answer( `errors/${ file }.json` ),
			} )
		);
		expect( Object.keys( found ) ).toEqual( [ code ] );
		expect( found[ code ]?.level ).toBe( 'error' );
	} );

	test.each( [
		[ 'maintenance', '503-maintenance', 'store-unreachable' ],
		[ 'a login in front', '302-redirect-to-login', 'credentials-store' ],
		[ 'a fatal error', '500-php-fatal', 'store-unreachable' ],
		[
			'a security plugin',
			'401-rest-disabled-by-security-plugin',
			'rights-store',
		],
		[ 'no WordPress', '404-site-page', 'store-unreachable' ],
	] )( '%s', async ( _name, file, code ) => {
		const found = await findings(
			everywhere( answer( `errors/${ file }.json` ) )
		);
		expect( Object.keys( found ) ).toEqual( [ code ] );
		expect( found[ code ]?.level ).toBe( 'error' );
	} );

	test( 'a shop that is off, after one request', async () => {
		const shop = everywhere( {
			ok: false,
			sent: false,
			reason: 'network',
			message: 'shop.example.test refused the connection.',
		} );
		expect( await findings( shop ) ).toMatchObject( {
			'store-unreachable': {
				level: 'error',
				message: 'shop.example.test refused the connection.',
			},
		} );
		expect( shop.sent ).toHaveLength( 1 );
	} );

	test( 'plain permalinks', async () => {
		const found = await findings(
			shopAnswering( ( _request, url ) =>
				url.searchParams.has( 'rest_route' )
					? answer( 'settings/index.wp-json.json' )
					: answer( 'errors/404-site-page.json' )
			)
		);
		expect( found[ 'store-unreachable' ]?.message ).toMatch(
			/plain permalinks/
		);
	} );

	test( 'WooCommerce switched off', async () => {
		const found = await findings(
			shopWith( {
				'/wp-json/': json( { ...index, namespaces: [ 'wp/v2' ] } ),
				'/wp-json/wc/v3/orders': answer(
					'errors/404-woocommerce-deactivated.json'
				),
			} )
		);
		expect( found[ 'store-unreachable' ]?.message ).toMatch(
			/WooCommerce is not there/
		);
	} );

	test( 'an unreadable secret', async () => {
		const found = await findings(
			shopWith( {}, { consumerKey: { env: 'NO_SUCH' } } )
		);
		expect( found ).toHaveProperty(
			[ 'secret-unreadable', 'level' ],
			'error'
		);
	} );

	test( 'products that may not be read', async () => {
		const found = await findings(
			shopWith( {
				'/wp-json/wc/v3/products': answer(
					'errors/403-customer-app-password.json'
				),
			} )
		);
		expect( Object.keys( found ) ).toEqual( [ 'rights-store' ] );
	} );
} );

describe( 'what is notable is a warning:', () => {
	test( 'a stripped header', async () => {
		const { store } = shopAnswering( ( _request, url ) => {
			const reply = GOOD[ url.pathname ];
			return reply !== undefined &&
				( url.pathname === '/wp-json/' ||
					url.searchParams.has( 'consumer_key' ) )
				? reply
				: answer( 'errors/401-authorization-header-stripped.json' );
		} );
		const { findings: found } = await store.check();
		expect( found.map( ( { code, level } ) => [ code, level ] ) ).toEqual( [
			[ 'authorization-header-stripped', 'warning' ],
			[ 'store-readable', 'ok' ],
		] );
	} );

	test( 'a clock that is off', async () => {
		const found = await findings( shopWith( {}, {}, NOW - 20 * 60_000 ) );
		expect( found[ 'clock-off' ] ).toMatchObject( {
			level: 'warning',
			message: 'The clock of the shop is 20 minutes ahead of ours.',
		} );
	} );

	test( 'an index that visitors may not see', async () => {
		const { site, findings: found } = await shopWith( {
			'/wp-json/': answer(
				'errors/401-rest-disabled-by-security-plugin.json'
			),
		} ).store.check();
		expect( found.map( ( { code } ) => code ) ).toEqual( [
			'index-unreadable',
			'store-readable',
		] );
		expect( site ).toMatchObject( { name: null, version: '11.0.1' } );
	} );

	test( 'a status that the key may not read; the currency is still known', async () => {
		const { site, findings: found } = await shopWith( {
			'/wp-json/wc/v3/system_status': answer(
				'errors/403-customer-app-password.json'
			),
		} ).store.check();
		expect( site ).toMatchObject( { version: null, currency: 'GBP' } );
		expect( found.map( ( { code } ) => code ) ).toEqual( [
			'system-status-unreadable',
			'store-readable',
		] );
	} );

	test( 'more decimals than Brightpearl has', async () => {
		const found = await findings(
			shopWith( {
				'/wp-json/wc/v3/system_status': json( {
					environment: { version: '9.4.3' },
					settings: { currency: 'KWD', number_of_decimals: 3 },
				} ),
			} )
		);
		expect( found ).toHaveProperty(
			[ 'currency-precision', 'level' ],
			'warning'
		);
	} );

	test( 'PHP messages in the answers', async () => {
		const found = await findings(
			shopWith( {
				'/wp-json/wc/v3/orders': {
					status: 200,
					headers: {},
					body: '<br />\n<b>Warning</b>: x<br />\n[{"id":1}]',
				},
			} )
		);
		expect( found ).toHaveProperty(
			[ 'php-messages', 'level' ],
			'warning'
		);
	} );

	test( 'a shop on plain http, unless it is on this machine', async () => {
		expect(
			await findings(
				shopWith( {}, { url: 'http://shop.example.test' } )
			)
		).toHaveProperty( [ 'not-encrypted', 'level' ], 'warning' );
		for ( const url of [
			'http://127.0.0.1:8080',
			'http://localhost',
			'http://[::1]:1',
			'https://shop.example.test',
		] ) {
			expect(
				await findings( shopWith( {}, { url } ) )
			).not.toHaveProperty( 'not-encrypted' );
		}
	} );

	test.each( [
		[ 'https://shop.example.test/', undefined ],
		[ 'https://www.shop.example.test', 'warning' ],
		[ 'http://shop.example.test', 'error' ],
	] )(
		'the address %s against the home of the shop: %s',
		async ( url, level ) => {
			const found = await findings( shopWith( {}, { url } ) );
			expect( found[ 'home-differs' ]?.level ).toBe( level );
		}
	);
} );
