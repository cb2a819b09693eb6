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
			budget: { reserve: 0 },
		} );
	} );

	test( 'an object that is given replaces the default object', () => {
		expect(
			settingsSchema.parse( { orders: { status: { processing: 7 } } } )
				.orders.status
		).toEqual( { processing: 7 } );
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
