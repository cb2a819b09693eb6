/** The plugin's routes as the sidecar asks them, over real HTTP. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHttpFetch } from '../../src/net/http-fetch.ts';
import { systemClock, systemRandom } from '../../src/net/world.ts';
import type { World } from '../../src/contracts/world.ts';
import {
	createStorePlugin,
	type StorePlugin,
} from '../../src/woocommerce/plugin.ts';
import { createAtomicStockWriter } from '../../src/woocommerce/stock-atomic.ts';
import type { StockWrite } from '../../src/contracts/store.ts';
import { ok } from '../../src/contracts/result.ts';
import { memoryLogger } from '../battery/bench.ts';
import { createFakePlugin, type FakePlugin } from '../helpers/fake-plugin.ts';

const KEY = { keyId: 'pk_0123456789', secret: new Uint8Array( 32 ).fill( 5 ) };
const OTHER = {
	keyId: 'pk_9876543210',
	secret: new Uint8Array( 32 ).fill( 6 ),
};

let shop: FakePlugin;
let logger: ReturnType< typeof memoryLogger >;
let fetch: ReturnType< typeof createHttpFetch >;
let keys = [ KEY ];

beforeEach( async () => {
	shop = await createFakePlugin( {
		path: '/in/a-folder',
	} );
	shop.keys = [ KEY ];
	keys = [ KEY ];
	logger = memoryLogger();
	fetch = createHttpFetch( { clock: systemClock } );
} );
afterEach( async () => {
	await fetch.close();
	await shop.close();
} );

function plugin( change: { storeUrl?: string } = {} ): StorePlugin {
	const world: World = {
		clock: systemClock,
		random: systemRandom,
		logger,
		fetch,
	};
	return createStorePlugin( {
		connection: 'main',
		storeUrl: change.storeUrl ?? `${ shop.home }/`,
		keys: async () => keys,
		world,
	} );
}

describe( 'asking', () => {
	test( 'is signed below the folder of the shop', async () => {
		shop.rows = [ { id: 3, kind: 'order', objectId: 9, at: 1 } ];
		expect( await plugin().outbox( 0, 10 ) ).toEqual( {
			ok: true,
			value: {
				items: [ { id: 3, kind: 'order', objectId: 9, at: 1 } ],
				more: false,
			},
		} );
	} );

	test( 'goes on with the older key where the newer is not known', async () => {
		keys = [ OTHER, KEY ];
		expect( ( await plugin().outbox( 0, 10 ) ).ok ).toBe( true );
		expect( shop.asked ).toHaveLength( 2 );
	} );

	test( 'is a retry when the shop is gone', async () => {
		await shop.stop();
		expect( await plugin().outbox( 0, 10 ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'retry', side: 'store', outcomeUnknown: false },
		} );
	} );

	test.each( [
		[ { items: 'none' } ],
		[ { items: [ { id: 'x' } ], more: false } ],
	] )( 'is a retry when the answer is none: %j', async ( body ) => {
		shop.failure = { status: 200, body };
		expect( await plugin().outbox( 0, 10 ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'retry', cause: 'outage' },
		} );
	} );

	test.each( [
		[ 401, 'unknown-key', 'does not know the sidecar' ],
		[ 401, 'wrong-signature', 'does not know the sidecar' ],
		[ 401, 'clock-skew', 'clocks' ],
		[ 409, 'site-moved', 'address of the shop has changed' ],
		[ 404, 'rest_no_route', 'its Pearlbridge plugin does not' ],
		[ 403, 'rest_forbidden', 'cannot be asked' ],
	] )( 'is refused with %i %s in words', async ( status, code, words ) => {
		shop.failure = { status, body: { code, message: 'No.', data: {} } };
		const asked = await plugin().outbox( 0, 10 );
		expect( asked ).toMatchObject( {
			ok: false,
			failure: { kind: 'hold', problem: { code: 'plugin-unreachable' } },
		} );
		expect( JSON.stringify( asked ) ).toContain( words );
	} );

	test( 'waits where the plugin says so', async () => {
		shop.failure = { status: 429, body: { code: 'too-many-failures' } };
		expect( await plugin().outbox( 0, 10 ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'retry', cause: 'throttled' },
		} );
	} );

	test( 'without a key is a person’s matter', async () => {
		keys = [];
		expect( await plugin().ping() ).toMatchObject( {
			ok: false,
			failure: { kind: 'hold', problem: { code: 'plugin-unreachable' } },
		} );
		expect( shop.asked ).toEqual( [] );
	} );

	test( 'leaves neither key nor signature in the log', async () => {
		await plugin().outbox( 0, 10 );
		const log = JSON.stringify( logger.lines );
		expect( log ).toContain( 'sidecar/outbox' );
		expect( log ).not.toContain( 'v1=' );
		expect( log ).not.toContain(
			Buffer.from( KEY.secret ).toString( 'base64' )
		);
	} );
} );

describe( 'writing stock in steps', () => {
	const write = ( id: number, seen: number | null, quantity: number ) => ( {
		productId: id,
		variationId: null,
		sku: `SKU-${ id }`,
		quantity,
		...( seen === null ? {} : { seen } ),
	} );
	let byRest: StockWrite[];
	const writer = () =>
		createAtomicStockWriter(
			async () => plugin(),
			async ( writes ) => {
				byRest.push( ...writes );
				return ok(
					writes.map( ( one ) => ( {
						write: one,
						ok: true as const,
						quantity: one.quantity,
					} ) )
				);
			},
			logger
		);
	beforeEach( () => {
		byRest = [];
	} );

	test( 'applies the difference to whatever the shop shows by now', async () => {
		shop.stock.set( 1, 4 );
		const result = await writer().write( [ write( 1, 5, 9 ) ] );
		expect( shop.stock.get( 1 ) ).toBe( 8 );
		expect( result ).toMatchObject( {
			ok: true,
			value: [ { ok: true, quantity: 9 } ],
		} );
		expect( byRest ).toEqual( [] );
	} );

	test( 'goes in hundreds, and each has its own outcome, in the order given', async () => {
		const writes = Array.from( { length: 150 }, ( _, nth ) =>
			write( nth + 1, 0, nth )
		);
		for ( const { productId } of writes.slice( 1 ) ) {
			shop.stock.set( productId, 0 );
		}
		const stock = writer();
		const result = await stock.write( writes );
		expect( stock.requests() ).toBe( 2 );
		const outcomes = result.ok ? result.value : [];
		expect( outcomes.map( ( one ) => one.write.productId ) ).toEqual(
			writes.map( ( one ) => one.productId )
		);
		expect( outcomes[ 0 ] ).toMatchObject( {
			ok: false,
			code: 'not_managed',
		} );
		expect( outcomes.slice( 1 ).every( ( one ) => one.ok ) ).toBe( true );
	} );

	test( 'leaves what was not seen to WooCommerce', async () => {
		shop.stock.set( 1, 0 );
		await writer().write( [ write( 1, 0, 3 ), write( 2, null, 4 ) ] );
		expect( byRest ).toEqual( [ write( 2, null, 4 ) ] );
		expect( shop.stock.get( 1 ) ).toBe( 3 );
	} );

	test( 'falls back to WooCommerce where the plugin has no such route, and says so', async () => {
		shop.failure = { status: 404, body: { code: 'rest_no_route' } };
		await writer().write( [ write( 1, 0, 3 ) ] );
		expect( byRest ).toEqual( [ write( 1, 0, 3 ) ] );
		expect( JSON.stringify( logger.lines ) ).toContain(
			'does not write stock'
		);
	} );

	test.each( [
		[ 'a page that is not found', 404, '<html><title>404</title>' ],
		[ 'a route of another plugin', 404, { code: 'rest_post_invalid_id' } ],
		[ 'a firewall', 403, '<html><title>Blocked</title>' ],
		[ 'a plugin that forbids', 403, { code: 'rest_forbidden' } ],
		[ 'a clock that is off', 401, { code: 'clock-skew' } ],
		[ 'a key that is forgotten', 401, { code: 'unknown-key' } ],
		[ 'a site that has moved', 409, { code: 'site-moved' } ],
		[ 'a request that is none', 400, { code: 'rest_invalid_param' } ],
	] )(
		'%s fails the whole in words, and no figure is written absolutely',
		async ( _, status, body ) => {
			shop.failure = { status, body };
			expect(
				await writer().write( [
					write( 1, 0, 3 ),
					write( 2, null, 4 ),
				] )
			).toMatchObject( {
				ok: false,
				failure: {
					kind: 'hold',
					problem: {
						code: 'plugin-unreachable',
						field: 'plugin.stock',
						message: expect.stringMatching( /.{20}/ ),
					},
				},
			} );
			expect( byRest ).toEqual( [] );
		}
	);

	test.each( [
		[ 'throttles', 429, 'too-many-failures', 'throttled' ],
		[ 'has no database', 503, 'unavailable', 'outage' ],
	] )(
		'is tried again as a whole where the plugin %s: nothing was done',
		async ( _, status, code, cause ) => {
			shop.failure = { status, body: { code } };
			expect(
				await writer().write( [ write( 1, 0, 3 ) ] )
			).toMatchObject( {
				ok: false,
				failure: { kind: 'retry', cause, outcomeUnknown: false },
			} );
			expect( byRest ).toEqual( [] );
		}
	);

	test.each( [
		[ 409, { code: 'replayed' }, 'seen this request before' ],
		[ 500, { code: 'internal_server_error', message: 'Dead.' }, 'Dead.' ],
		[ 502, '', '502' ],
	] )(
		'after %i %j nobody can tell, which is said with its reason',
		async ( status, body, reason ) => {
			shop.failure = { status, body };
			expect(
				await writer().write( [ write( 1, 0, 3 ) ] )
			).toMatchObject( {
				ok: true,
				value: [
					{
						ok: false,
						code: 'outcome-unknown',
						message: expect.stringContaining( reason ),
					},
				],
			} );
			expect( byRest ).toEqual( [] );
		}
	);

	test( 'that is refused halfway tells what was not written, and why', async () => {
		const writes = Array.from( { length: 101 }, ( _, nth ) =>
			write( nth + 1, 0, 5 )
		);
		for ( const { productId } of writes ) {
			shop.stock.set( productId, 0 );
		}
		const half = createAtomicStockWriter(
			async () => {
				const real = plugin();
				return {
					...real,
					async stock( steps ) {
						const answer = await real.stock( steps );
						shop.failure = {
							status: 409,
							body: { code: 'site-moved' },
						};
						return answer;
					},
				};
			},
			async () => ok( [] ),
			logger
		);
		const result = await half.write( writes );
		const outcomes = result.ok ? result.value : [];
		expect( outcomes.filter( ( one ) => one.ok ) ).toHaveLength( 100 );
		expect( outcomes[ 100 ] ).toMatchObject( {
			ok: false,
			message: expect.stringContaining( 'address of the shop' ),
		} );
		expect( shop.stock.get( 101 ) ).toBe( 0 );
	} );

	test( 'takes no step twice: an answer that is lost is told as unknown', async () => {
		shop.failure = { status: 504, body: '' };
		expect( await writer().write( [ write( 1, 0, 3 ) ] ) ).toMatchObject( {
			ok: true,
			value: [ { ok: false, code: 'outcome-unknown' } ],
		} );
		expect( byRest ).toEqual( [] );
	} );

	test( 'is tried again as a whole when nothing was sent', async () => {
		await shop.stop();
		expect( await writer().write( [ write( 1, 0, 3 ) ] ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'retry' },
		} );
	} );
} );
