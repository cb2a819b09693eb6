/**
 * The command line's contract, §2: the table of settings, and `settings get|set`.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
	openConnectionScene,
	pathsOf,
	type ConnectionScene,
} from './contract/connection-scene.ts';
import { expectDocument, expectError } from './contract/documents.ts';

let scene: ConnectionScene;

beforeAll( async () => {
	scene = await openConnectionScene();
} );
afterAll( async () => {
	await scene.end();
} );

const fileOf: ConnectionScene[ 'fileOf' ] = ( ...given ) =>
	scene.fileOf( ...given );
const cli: ConnectionScene[ 'cli' ] = ( ...given ) => scene.cli( ...given );
const add: ConnectionScene[ 'add' ] = ( ...given ) => scene.add( ...given );
const apart: ConnectionScene[ 'apart' ] = ( ...given ) =>
	scene.apart( ...given );

describe( 'settings', () => {
	const options = () => apart( 'settings' );
	const get = ( key = '' ) =>
		cli( [ 'settings', 'get', ...( key ? [ key ] : [] ) ], options() );
	const set = ( ...changes: string[] ) =>
		cli( [ 'settings', 'set', ...changes ], options() );

	test( 'have the defaults of the table', async () => {
		const shown = expectDocument(
			'connection',
			await add(
				fileOf( 'main', {
					store: {
						url: 'https://www.Müller-Söhne.example.test:8443/shop',
					},
					settings: {},
				} ),
				[],
				options()
			)
		);
		expect( shown.live ).toBe( false );
		expect( expectDocument( 'settings', await get() ) ).toEqual(
			shown.settings
		);
		expect( shown.settings ).toEqual( {
			goLive: null,
			orders: {
				refPrefix: expect.stringMatching( /^[a-z0-9-]{24}$/ ),
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

	test( 'the prefix is the host without www. and port, cut to 24', async () => {
		const prefixOf = async ( url: string ): Promise< string | null > =>
			expectDocument(
				'connection',
				await add(
					fileOf( 'main', { store: { url }, settings: {} } ),
					[ '--replace' ],
					apart( 'prefix' )
				)
			).settings.orders.refPrefix;
		expect(
			await prefixOf( 'https://www.shop.example.test:8443/blog' )
		).toBe( 'shop-example-test' );
		expect( await prefixOf( 'http://127.0.0.1:9701' ) ).toBe( '127-0-0-1' );
		expect(
			await prefixOf( 'https://a-very-long-name-of-a-shop.example' )
		).toBe( 'a-very-long-name-of-a-sh' );
	} );

	test( 'set reads JSON or else text, get reads by dotted path', async () => {
		const changed = expectDocument(
			'settings',
			await set(
				'goLive=2026-11-21T09:00:00Z',
				'orders.channelId=7',
				'orders.refPrefix=acme',
				'orders.payments.stripe=CARD',
				'orders.payments.cod=1200',
				'orders.shipping={"flat_rate:2":3}',
				'orders.shipping.free_shipping:6=4',
				'orders.tax=[{"percent":"20","class":"reduced-rate","country":"GB","state":"","label":"VAT","code":"T20"}]',
				'orders.taxDefault=T9',
				'orders.status.pending=2',
				'orders.nominal.sales=4000',
				'orders.missingSku={"productId":1001}',
				'orders.roundingLimit=0.10',
				'orders.allocate=false',
				'orders.discounts=rows',
				'orders.cancelPaid=reverse',
				'orders.delay=10m',
				'sweep.every=500ms',
				'stock.warehouses=[2,3]',
				'stock.maximum=100',
				'stock.minimum=-5',
				'stock.breaker.percent=50',
				'webhooks=manual',
				'budget.reserve=20',
				'budget.window=rolling',
				'budget.batch=off'
			)
		);
		expect( changed ).toMatchObject( {
			goLive: '2026-11-21T09:00:00.000Z',
			orders: {
				channelId: 7,
				refPrefix: 'acme',
				payments: { stripe: 'CARD', cod: '1200' },
				shipping: { 'flat_rate:2': 3, 'free_shipping:6': 4 },
				tax: [
					{
						percent: '20',
						class: 'reduced-rate',
						country: 'GB',
						state: '',
						label: 'VAT',
						code: 'T20',
					},
				],
				taxDefault: 'T9',
				status: {
					processing: null,
					completed: null,
					'on-hold': null,
					pending: 2,
				},
				nominal: { sales: '4000' },
				missingSku: { productId: 1001 },
				roundingLimit: '0.10',
				allocate: false,
				discounts: 'rows',
				cancelPaid: 'reverse',
				delay: '10m',
			},
			sweep: { every: '500ms' },
			stock: {
				warehouses: [ 2, 3 ],
				maximum: 100,
				minimum: -5,
				breaker: { percent: 50, minimum: 20 },
			},
			webhooks: 'manual',
			budget: { reserve: 20, window: 'rolling', batch: 'off' },
		} );
		// An object that is given replaces the default one.
		expect( changed.orders.shipping ).not.toHaveProperty( '*' );
		const reads = [
			[ 'orders.payments.cod', '1200' ],
			[ 'orders.shipping.flat_rate:2', 3 ],
			[ 'orders.payments.unset', null ],
			[ 'stock.breaker', { percent: 50, minimum: 20 } ],
			[ 'goLive', '2026-11-21T09:00:00.000Z' ],
		] as const;
		for ( const [ key, value ] of reads ) {
			expect( await get( key ) ).toMatchObject( {
				code: 0,
				json: value,
			} );
		}
	} );

	test( 'null resets', async () => {
		const reset = expectDocument(
			'settings',
			await set(
				'goLive=null',
				'orders.refPrefix=null',
				'orders.payments=null',
				'orders.shipping=null',
				'orders.status=null',
				'orders.roundingLimit=null',
				'orders.allocate=null',
				'sweep=null',
				'stock.breaker.percent=null',
				'stock.maximum=null',
				'webhooks=null'
			)
		);
		expect( reset ).toMatchObject( {
			goLive: null,
			orders: {
				refPrefix: expect.stringMatching( /^[a-z0-9-]{24}$/ ),
				payments: {},
				shipping: { '*': 0 },
				status: { processing: null, completed: null, 'on-hold': null },
				roundingLimit: '0.05',
				allocate: true,
			},
			sweep: { every: '5m', overlap: '2m', deep: '24h' },
			stock: { breaker: { percent: 20, minimum: 20 }, maximum: null },
			webhooks: 'auto',
		} );
		expect( reset.orders.status ).not.toHaveProperty( 'pending' );
		// Off is a value of its own here, not the default.
		expect(
			expectDocument( 'settings', await set( 'stock.every=null' ) ).stock
				.every
		).toBeNull();
	} );

	test( 'faults are told all at once, and nothing of the command is done', async () => {
		const before = expectDocument( 'settings', await get() );
		const unknown = expectError(
			await set( 'budget.reserve=1', 'sweep.evry=7m', 'stock.bufer=1' ),
			2,
			'invalid-settings'
		);
		expect( pathsOf( unknown.details ) ).toEqual( [
			'stock.bufer',
			'sweep.evry',
		] );
		const wrong = expectError(
			await set(
				'budget.reserve=1',
				'sweep.every=often',
				'stock.buffer=-1',
				'orders.delay=10',
				'goLive=2026-11-21'
			),
			2,
			'invalid-settings'
		);
		expect( pathsOf( wrong.details ) ).toEqual( [
			'goLive',
			'orders.delay',
			'stock.buffer',
			'sweep.every',
		] );
		expectError( await set( 'budget.reserve' ), 2, 'invalid-argument' );
		expectError( await get( 'stock.bufer' ), 2, 'unknown-setting' );
		expectError( await get( 'constructor' ), 2, 'unknown-setting' );
		expect( await get( 'orders.payments.constructor' ) ).toMatchObject( {
			code: 0,
			json: null,
			stdout: 'null\n',
		} );
		expect( expectDocument( 'settings', await get() ) ).toEqual( before );
	} );
} );
