import { describe, expect, test } from '@jest/globals';
import { connectionFileSchema } from '../../src/contracts/connection.ts';
import { refPrefixOf, settingsSchema } from '../../src/contracts/settings.ts';

const file = {
	name: 'main',
	store: {
		type: 'woocommerce',
		url: 'https://shop.example.test',
		consumerKey: 'ck_1',
		consumerSecret: { env: 'WOO_SECRET' },
	},
	brightpearl: {
		account: 'acmeshop',
		apiDomain: 'euw1.brightpearlconnect.com',
		auth: {
			type: 'private-app',
			appRef: 'acmeshop_woo',
			accountToken: 'T',
		},
	},
};

describe( 'settings', () => {
	test( 'an empty object is the whole table of defaults', () => {
		expect( settingsSchema.parse( {} ) ).toEqual( {
			goLive: null,
			orders: {
				refPrefix: null,
				channelId: null,
				warehouseId: null,
				priceListId: null,
				leadSourceId: null,
				status: { processing: null, completed: null, 'on-hold': null },
				payments: {},
				shipping: { '*': 0 },
				tax: [],
				taxDefault: null,
				nominal: {},
				discounts: 'net',
				missingSku: 'hold',
				roundingLimit: '0.05',
				allocate: true,
				delay: '0s',
				cancelPaid: 'hold',
				cancelledStatusId: null,
				reversal: 'payment',
				refundTax: 'shop',
				rules: [],
				contacts: 'keep',
				guestEmail: null,
				staffContacts: 'use',
				totalMismatch: 'hold',
				exchangeRateMeta: null,
				notes: { customer: true, order: 'none' },
				customFields: {},
				invoice: 'never',
			},
			sweep: { every: '5m', overlap: '2m', deep: '24h' },
			stock: {
				every: '10m',
				warehouses: null,
				buffer: 0,
				minimum: 0,
				maximum: null,
				breaker: { percent: 20, minimum: 20 },
			},
			webhooks: 'auto',
			budget: { reserve: 0, window: 'minute', batch: 'sequential' },
			writeBack: { meta: false, note: false, status: {}, mails: 'quiet' },
			watch: { silence: true },
		} );
	} );

	test( 'an object that is given replaces the default object', () => {
		expect(
			settingsSchema.parse( { orders: { status: { processing: 7 } } } )
				.orders.status
		).toEqual( { processing: 7 } );
	} );

	const faultsOf = ( value: unknown ): [ string, string ][] =>
		settingsSchema
			.safeParse( value )
			.error?.issues.map( ( { path, message } ) => [
				path.join( '.' ),
				message,
			] ) ?? [];

	test( 'a schedule without a pause, and a time of more than a month, are told', () => {
		const least = 'must be at least 500ms, such as 30s or 10m';
		const most = 'must be at most 720h (30 days)';
		expect(
			faultsOf( {
				orders: { delay: '99999999999s' },
				sweep: { every: '0', overlap: '721h', deep: '0m' },
				stock: { every: '499ms' },
			} )
		).toEqual( [
			[ 'orders.delay', most ],
			[ 'sweep.every', 'is not a duration such as 30s, 10m or 24h' ],
			[ 'sweep.overlap', most ],
			[ 'sweep.deep', least ],
			[ 'stock.every', least ],
		] );
		expect(
			faultsOf( { sweep: { every: '721h' }, stock: { every: '0s' } } )
		).toEqual( [
			[ 'sweep.every', most ],
			[ 'stock.every', least ],
		] );
		expect(
			faultsOf( {
				orders: { delay: '720h' },
				sweep: { every: '500ms', overlap: '0s', deep: '720h' },
				stock: { every: null },
			} )
		).toEqual( [] );
	} );

	test( 'the country of a tax rule is a code that an address can carry', () => {
		const withCountry = ( country: string ): unknown => ( {
			orders: { tax: [ { country, code: 'T20' } ] },
		} );
		for ( const [ country, message ] of [
			[
				'United Kingdom',
				'must be a country code of two letters, such as GB',
			],
			[ '', 'must be a country code of two letters, such as GB' ],
			[ 'G1', 'must be a country code of two letters, such as GB' ],
			[ 'uk', 'must be GB, not UK' ],
			[ 'EL', 'must be GR, not EL' ],
		] as const ) {
			expect( faultsOf( withCountry( country ) ) ).toEqual( [
				[ 'orders.tax.0.country', message ],
			] );
		}
		expect(
			settingsSchema.parse( withCountry( ' gb ' ) ).orders.tax
		).toEqual( [ { country: 'GB', code: 'T20' } ] );
	} );

	test( 'the reference prefix comes from the host of the shop', () => {
		expect(
			refPrefixOf( 'https://www.Shop.example.test:8443/store' )
		).toBe( 'shop-example-test' );
		expect(
			refPrefixOf( 'https://a-very-long-host-name.example.test' )
		).toBe( 'a-very-long-host-name-ex' );
	} );
} );

describe( 'connection.json', () => {
	test( 'all faults of a file are told at once', () => {
		const result = connectionFileSchema.safeParse( {
			...file,
			name: 'Main!',
			extra: 1,
			brightpearl: { ...file.brightpearl, apiDomain: 'evil.example' },
			settings: { orders: { delay: 'soon' } },
		} );
		expect(
			result.error?.issues
				.map( ( issue ) => issue.path.join( '.' ) )
				.sort()
		).toEqual( [
			'',
			'brightpearl.apiDomain',
			'name',
			'settings.orders.delay',
		] );
	} );

	test( 'a loopback address needs the word sandbox', () => {
		const loop = {
			...file.brightpearl,
			apiDomain: 'http://127.0.0.1:9700',
		};
		expect(
			connectionFileSchema.safeParse( { ...file, brightpearl: loop } )
				.success
		).toBe( false );
		expect(
			connectionFileSchema.safeParse( {
				...file,
				brightpearl: { ...loop, sandbox: true },
			} ).success
		).toBe( true );
	} );
} );
