/** Meta, notes and statuses on the shop's orders: through the plugin, and without it. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { HttpAnswer, World } from '../../src/contracts/world.ts';
import { createHttpFetch } from '../../src/net/http-fetch.ts';
import { systemClock, systemRandom } from '../../src/net/world.ts';
import { startShopSandbox } from '../../src/sandbox/shop/index.ts';
import {
	createOrderWriter,
	type OrderWriter,
} from '../../src/woocommerce/order-writes.ts';
import { createStorePlugin } from '../../src/woocommerce/plugin.ts';
import { createWooCommerce } from '../../src/woocommerce/store.ts';
import { createTransport } from '../../src/woocommerce/transport.ts';
import { memoryLogger } from '../battery/bench.ts';
import { createFakePlugin, type FakePlugin } from '../helpers/fake-plugin.ts';
import { answer, HOME, json, plainSecrets } from './support.ts';

const KEY = { keyId: 'pk_0123456789', secret: new Uint8Array( 32 ).fill( 5 ) };

let shop: FakePlugin;
let http: ReturnType< typeof createHttpFetch >;
/** What WooCommerce's own API was asked, and answers. */
let asked: { what: string; body: unknown }[];
let answers: HttpAnswer;

beforeEach( async () => {
	shop = await createFakePlugin();
	shop.keys = [ KEY ];
	shop.orders.set( 12, { status: 'processing', meta: {} } );
	http = createHttpFetch( { clock: systemClock } );
	asked = [];
	answers = json( {} );
} );
afterEach( async () => {
	await http.close();
	await shop.close();
} );

function writer( plugin: 'paired' | 'none' ): OrderWriter {
	const world: World = {
		clock: systemClock,
		random: systemRandom,
		logger: memoryLogger(),
		fetch: async ( { method, url, body } ) => {
			asked.push( {
				what: `${ method } ${ url.replace( /^.*\/wc\/v3\//, '' ) }`,
				body: JSON.parse( body ?? 'null' ) as unknown,
			} );
			return { ok: true, answer: answers };
		},
	};
	const transport = createTransport( {
		connection: 'main',
		config: {
			type: 'woocommerce',
			url: HOME,
			consumerKey: 'ck_key',
			consumerSecret: 'cs_secret',
		},
		world,
		readSecret: plainSecrets,
	} );
	return createOrderWriter( {
		transport,
		plugin: async () =>
			plugin === 'none'
				? null
				: createStorePlugin( {
						connection: 'main',
						storeUrl: shop.home,
						keys: async () => [ KEY ],
						world: { ...world, fetch: http },
					} ),
	} );
}

const done = { ok: true, value: true };
const noOrder = { ok: true, value: null };
const refusal = ( field: string ) => ( {
	ok: false,
	failure: {
		kind: 'hold',
		problem: { code: 'write-back-refused', field },
	},
} );

describe( 'meta', () => {
	test( 'goes through the plugin, and null takes a key away', async () => {
		const { writeOrderMeta } = writer( 'paired' );
		expect(
			await writeOrderMeta( 12, {
				_pearlbridge_sales_order: '7',
				_pearlbridge_status: 'New',
			} )
		).toEqual( done );
		await writeOrderMeta( 12, { _pearlbridge_status: null } );
		expect( shop.orders.get( 12 )?.meta ).toEqual( {
			_pearlbridge_sales_order: '7',
		} );
		expect( asked ).toEqual( [] );
	} );

	test.each( [
		[ 'is not paired', () => 'none' as const ],
		[
			'has an older plugin',
			() => {
				shop.writesOrders = false;
				return 'paired' as const;
			},
		],
		[
			'has forgotten the pairing',
			() => {
				shop.keys = [];
				return 'paired' as const;
			},
		],
	] )( 'goes by REST where the shop %s', async ( _, given ) => {
		const { writeOrderMeta } = writer( given() );
		expect(
			await writeOrderMeta( 12, {
				_pearlbridge_sales_order: '7',
				_pearlbridge_status: null,
			} )
		).toEqual( done );
		expect( asked ).toEqual( [
			{
				what: 'PUT orders/12',
				body: {
					meta_data: [
						{ key: '_pearlbridge_sales_order', value: '7' },
						{ key: '_pearlbridge_status', value: null },
					],
				},
			},
		] );
	} );

	test( 'of an order that is gone is nothing', async () => {
		expect(
			await writer( 'paired' ).writeOrderMeta( 13, {
				_pearlbridge_status: 'x',
			} )
		).toEqual( noOrder );
		answers = json(
			{ code: 'woocommerce_rest_shop_order_invalid_id', message: 'No.' },
			400
		);
		expect(
			await writer( 'none' ).writeOrderMeta( 13, {
				_pearlbridge_status: 'x',
			} )
		).toEqual( noOrder );
	} );

	test( 'that another plugin spoils is a person’s matter', async () => {
		shop.failure = {
			status: 200,
			body: {
				results: [
					{ id: 12, ok: false, code: 'failed', message: 'It threw.' },
				],
			},
		};
		const written = await writer( 'paired' ).writeOrderMeta( 12, {
			_pearlbridge_status: 'x',
		} );
		expect( written ).toMatchObject( refusal( 'writeBack.meta' ) );
		expect( JSON.stringify( written ) ).toContain( 'It threw.' );
	} );

	test( 'waits while the shop is away, and does not go another way', async () => {
		await shop.stop();
		expect(
			await writer( 'paired' ).writeOrderMeta( 12, {
				_pearlbridge_status: 'x',
			} )
		).toMatchObject( { ok: false, failure: { kind: 'retry' } } );
		expect( asked ).toEqual( [] );
	} );
} );

describe( 'a note', () => {
	test( 'is private', async () => {
		expect(
			await writer( 'paired' ).addPrivateNote( 12, 'Hello.' )
		).toEqual( done );
		expect( asked ).toEqual( [
			{
				what: 'POST orders/12/notes',
				body: { note: 'Hello.', customer_note: false },
			},
		] );
	} );

	test( 'on an order that is gone is nothing', async () => {
		answers = answer( 'errors/404-order.json' );
		expect( await writer( 'none' ).addPrivateNote( 12, 'Hello.' ) ).toEqual(
			noOrder
		);
	} );

	test( 'whose answer is lost may have been added', async () => {
		answers = { status: 502, headers: {}, body: '' };
		expect(
			await writer( 'none' ).addPrivateNote( 12, 'Hello.' )
		).toMatchObject( {
			ok: false,
			failure: { kind: 'retry', outcomeUnknown: true },
		} );
	} );
} );

describe( 'a status', () => {
	test.each( [ true, false ] )(
		'goes through the plugin, quiet: %s',
		async ( quiet ) => {
			expect(
				await writer( 'paired' ).writeOrderStatus( 12, 'completed', {
					quiet,
				} )
			).toEqual( done );
			expect( shop.orders.get( 12 )?.status ).toBe( 'completed' );
			expect( shop.quiet ).toEqual( quiet ? [ 12 ] : [] );
			expect( asked ).toEqual( [] );
		}
	);

	test.each( [
		[ 'is not paired', () => 'none' as const, 'not paired' ],
		[
			'has an older plugin',
			() => {
				shop.writesOrders = false;
				return 'paired' as const;
			},
			'too old',
		],
	] )(
		'that is to be quiet is not written where the shop %s',
		async ( _, given, why ) => {
			const written = await writer( given() ).writeOrderStatus(
				12,
				'completed',
				{ quiet: true }
			);
			expect( written ).toMatchObject( refusal( 'writeBack.mails' ) );
			expect( JSON.stringify( written ) ).toContain( why );
			expect( JSON.stringify( written ) ).toContain( 'to \\"send\\"' );
			expect( asked ).toEqual( [] );
			expect( shop.orders.get( 12 )?.status ).toBe( 'processing' );
		}
	);

	test( 'that is to be quiet never goes by REST when the plugin refuses', async () => {
		shop.keys = [];
		expect(
			await writer( 'paired' ).writeOrderStatus( 12, 'completed', {
				quiet: true,
			} )
		).toMatchObject( {
			failure: { kind: 'hold', problem: { code: 'plugin-unreachable' } },
		} );
		expect( asked ).toEqual( [] );
	} );

	test( 'that need not be quiet goes by REST, alone', async () => {
		expect(
			await writer( 'none' ).writeOrderStatus( 12, 'completed', {
				quiet: false,
			} )
		).toEqual( done );
		expect( asked ).toEqual( [
			{ what: 'PUT orders/12', body: { status: 'completed' } },
		] );
	} );

	test.each( [ 'paired', 'none' ] as const )(
		'the shop does not have is told: %s',
		async ( plugin ) => {
			answers = answer( 'errors/400-invalid-status.json' );
			const written = await writer( plugin ).writeOrderStatus(
				12,
				'shipped',
				{ quiet: false }
			);
			expect( written ).toMatchObject( refusal( 'writeBack.status' ) );
			expect( JSON.stringify( written ) ).toContain( 'shipped' );
		}
	);

	test( 'that cannot be one is told as well', async () => {
		shop.failure = {
			status: 400,
			body: { code: 'rest_invalid_param', message: 'No.' },
		};
		expect(
			await writer( 'paired' ).writeOrderStatus( 12, 'Shipped!', {
				quiet: true,
			} )
		).toMatchObject( refusal( 'writeBack.status' ) );
	} );

	test( 'of an order that is gone is nothing', async () => {
		expect(
			await writer( 'paired' ).writeOrderStatus( 13, 'completed', {
				quiet: true,
			} )
		).toEqual( noOrder );
	} );
} );

test( 'a shop takes all three by REST', async () => {
	const sandbox = await startShopSandbox( { clock: systemClock } );
	try {
		const store = createWooCommerce( {
			connection: 'main',
			config: {
				type: 'woocommerce',
				url: sandbox.url,
				consumerKey: sandbox.ready.consumerKey,
				consumerSecret: sandbox.ready.consumerSecret,
			},
			world: {
				clock: systemClock,
				random: systemRandom,
				logger: memoryLogger(),
				fetch: http,
			},
			readSecret: plainSecrets,
		} );
		const [ order ] = sandbox.sell().orders;
		const id = order?.id ?? 0;
		expect(
			await store.writeOrderMeta( id, { _pearlbridge_status: 'New' } )
		).toEqual( done );
		expect( await store.addPrivateNote( id, 'Hello.' ) ).toEqual( done );
		expect(
			await store.writeOrderStatus( id, 'completed', { quiet: false } )
		).toEqual( done );
		expect( await store.order( id ) ).toMatchObject( {
			value: {
				status: 'completed',
				meta: { _pearlbridge_status: 'New' },
			},
		} );
		const notes = await store.orderNotes( id );
		expect( notes.ok && notes.value ).toContainEqual(
			expect.objectContaining( { text: 'Hello.', toCustomer: false } )
		);
		await store.writeOrderMeta( id, { _pearlbridge_status: null } );
		const after = await store.order( id );
		expect(
			after.ok && after.value?.meta[ '_pearlbridge_status' ]
		).toBeUndefined();
		expect(
			await store.writeOrderStatus( id, 'shipped', { quiet: false } )
		).toMatchObject( refusal( 'writeBack.status' ) );
		expect(
			await store.writeOrderStatus( 999999, 'completed', {
				quiet: false,
			} )
		).toEqual( noOrder );
		expect( await store.addPrivateNote( 999999, 'Hello.' ) ).toEqual(
			noOrder
		);
	} finally {
		await sandbox.close();
	}
} );
