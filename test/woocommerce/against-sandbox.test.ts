import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { StoreConfig } from '../../src/contracts/connection.ts';
import type {
	Store,
	StoreItem,
	StoreOrder,
} from '../../src/contracts/store.ts';
import type { Logger } from '../../src/contracts/world.ts';
import { createHttpFetch } from '../../src/net/http-fetch.ts';
import type { ClosableHttpFetch } from '../../src/net/http-fetch.ts';
import { systemClock, systemRandom } from '../../src/net/world.ts';
import { startShopSandbox } from '../../src/sandbox/shop/index.ts';
import type { ShopSandbox } from '../../src/sandbox/shop/index.ts';
import { createWooCommerce } from '../../src/woocommerce/store.ts';
import { plainSecrets } from './support.ts';

const logger: Logger = {
	debug: () => {},
	info: () => {},
	warn: () => {},
	error: () => {},
	child: () => logger,
};

let shop: ShopSandbox;
let fetch: ClosableHttpFetch;
let store: Store;

function client( config: Partial< StoreConfig > = {} ): Store {
	return createWooCommerce( {
		connection: 'main',
		config: {
			type: 'woocommerce',
			url: shop.url,
			consumerKey: shop.ready.consumerKey,
			consumerSecret: shop.ready.consumerSecret,
			...config,
		},
		world: { clock: systemClock, random: systemRandom, logger, fetch },
		readSecret: plainSecrets,
	} );
}

beforeEach( async () => {
	shop = await startShopSandbox( { clock: systemClock } );
	fetch = createHttpFetch( { clock: systemClock } );
	store = client();
} );

afterEach( async () => {
	await fetch.close();
	await shop.close();
} );

function valueOf< T >(
	result: { ok: true; value: T } | { ok: false; failure: unknown }
): T {
	if ( ! result.ok ) {
		throw new Error( JSON.stringify( result.failure ) );
	}
	return result.value;
}

async function allItems(): Promise< StoreItem[] > {
	const items: StoreItem[] = [];
	for await ( const page of store.items() ) {
		items.push( ...valueOf( page ) );
	}
	return items;
}

describe( 'orders', () => {
	test( 'that were sold are read, one by one and by the page', async () => {
		const { orders } = shop.sell( { count: 3 } );
		const ids = orders.map( ( { id } ) => id );
		for ( const id of ids ) {
			expect( valueOf( await store.order( id ) ) ).toMatchObject( {
				id,
			} );
		}
		const page = valueOf( await store.orders( { page: 1, include: ids } ) );
		expect( page.orders.map( ( { id } ) => id ).sort() ).toEqual(
			ids.sort()
		);
		expect( page.unreadable ).toEqual( [] );
		expect( valueOf( await store.order( 999_999 ) ) ).toBeNull();
	} );

	test( 'changed since a time are found, whatever the zone of the shop', async () => {
		shop.settings( { timeZone: 'America/New_York' } );
		const { orders } = shop.sell( { count: 1 } );
		const order = valueOf(
			await store.order( orders[ 0 ]?.id ?? 0 )
		) as StoreOrder;
		const at = Date.parse( order.modifiedAt );
		const since = async ( time: number ): Promise< number[] > =>
			valueOf(
				await store.orders( {
					page: 1,
					modifiedAfter: new Date( time ).toISOString(),
				} )
			).orders.map( ( { id } ) => id );
		expect( await since( at - 1000 ) ).toContain( order.id );
		expect( await since( at ) ).not.toContain( order.id );
		expect( Math.abs( at - Date.now() ) ).toBeLessThan( 60_000 );
	} );

	test( 'come a hundred at a time, every one once', async () => {
		const { orders } = shop.sell( { count: 120 } );
		const seen: number[] = [];
		for ( let page = 1, more = true; more; page++ ) {
			const result = valueOf( await store.orders( { page } ) );
			expect( result.orders.length ).toBeLessThanOrEqual( 100 );
			seen.push( ...result.orders.map( ( { id } ) => id ) );
			more = result.more;
		}
		expect( orders.length ).toBeGreaterThan( 100 );
		expect( new Set( seen ).size ).toBe( seen.length );
		expect( new Set( seen ) ).toEqual(
			new Set( [ ...seen, ...orders.map( ( { id } ) => id ) ] )
		);
	} );

	test( 'show their exact figures', async () => {
		const { orders } = shop.sell( { count: 1 } );
		const exact = valueOf(
			await store.orderExact( orders[ 0 ]?.id ?? 0 )
		) as StoreOrder;
		expect( exact.lines[ 0 ]?.total ).toMatch( /\.\d{3,6}$/ );
	} );
} );

describe( 'stock', () => {
	test( 'is listed, found by SKU and written', async () => {
		const items = await allItems();
		const product = items.find(
			( item ) =>
				item.variationId === null &&
				item.managesStock === true &&
				item.sku !== ''
		) as StoreItem;
		const variation = items.find(
			( item ) =>
				item.variationId !== null &&
				item.managesStock === true &&
				item.sku !== ''
		) as StoreItem;
		const writes = [ product, variation ].map(
			( { productId, variationId, sku }, n ) => ( {
				productId,
				variationId,
				sku,
				quantity: 40 + n,
			} )
		);
		expect( valueOf( await store.writeStock( writes ) ) ).toEqual( [
			{ write: writes[ 0 ], ok: true, quantity: 40 },
			{ write: writes[ 1 ], ok: true, quantity: 41 },
		] );
		const found = valueOf(
			await store.itemsBySku( [
				product.sku.toLowerCase(),
				variation.sku.toUpperCase(),
			] )
		);
		const quantities = new Map(
			found.map( ( item ) => [
				item.variationId ?? item.productId,
				item.quantity,
			] )
		);
		expect( quantities.get( product.productId ) ).toBe( 40 );
		expect( quantities.get( variation.variationId ?? 0 ) ).toBe( 41 );
	} );

	test( 'of items that keep none is refused item by item', async () => {
		const items = await allItems();
		const managed = items.find(
			( item ) => item.managesStock === true
		) as StoreItem;
		const unmanaged = items.filter(
			( item ) => item.managesStock !== true
		);
		expect( unmanaged.length ).toBeGreaterThan( 0 );
		const outcomes = valueOf(
			await store.writeStock(
				[ managed, ...unmanaged ].map(
					( { productId, variationId, sku } ) => ( {
						productId,
						variationId,
						sku,
						quantity: 77,
					} )
				)
			)
		);
		expect( outcomes.map( ( { ok } ) => ok ) ).toEqual( [
			true,
			...unmanaged.map( () => false ),
		] );
	} );

	test( 'may not be written with a key that only reads', async () => {
		const reader = client( shop.ready.readOnly );
		expect( await reader.orders( { page: 1 } ) ).toMatchObject( {
			ok: true,
		} );
		expect(
			await reader.writeStock( [
				{ productId: 1, variationId: null, sku: 'A', quantity: 1 },
			] )
		).toMatchObject( {
			ok: false,
			failure: { kind: 'hold', problem: { code: 'rights-store' } },
		} );
	} );
} );

describe( 'a fault', () => {
	test.each( [ 'bom', 'php-warning' ] as const )(
		'%s around the answer is read past',
		async ( kind ) => {
			const { orders } = shop.sell( { count: 1 } );
			shop.fault( { kind } );
			expect( await store.order( orders[ 0 ]?.id ?? 0 ) ).toMatchObject( {
				ok: true,
				value: { id: orders[ 0 ]?.id },
			} );
		}
	);

	test.each( [
		[ 'truncated', 'outage' ],
		[ 'empty', 'outage' ],
		[ 'server-error', 'outage' ],
		[ 'maintenance', 'outage' ],
		[ 'reset', 'outage' ],
		[ 'lost-answer', 'outage' ],
		[ 'error-after-work', 'outage' ],
		[ 'rate-limited', 'throttled' ],
	] as const )( '%s is waited out (%s)', async ( kind, cause ) => {
		shop.fault( { kind } );
		expect( await store.orders( { page: 1 } ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'retry', side: 'store', cause },
		} );
		shop.clearFaults();
		expect( await store.orders( { page: 1 } ) ).toMatchObject( {
			ok: true,
		} );
	} );

	test( 'login-redirect needs a person', async () => {
		shop.fault( { kind: 'login-redirect' } );
		expect( await store.orders( { page: 1 } ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'hold', problem: { code: 'credentials-store' } },
		} );
	} );

	test.each( [ 'lost-answer', 'error-after-work' ] as const )(
		'%s leaves a write unknown, and writing it again does no harm',
		async ( kind ) => {
			const item = ( await allItems() ).find(
				( each ) =>
					each.variationId === null && each.managesStock === true
			) as StoreItem;
			const writes = [ { ...item, quantity: 55 } ].map(
				( { productId, variationId, sku, quantity } ) => ( {
					productId,
					variationId,
					sku,
					quantity,
				} )
			);
			shop.fault( { kind, method: 'POST' } );
			expect( await store.writeStock( writes ) ).toMatchObject( {
				ok: false,
				failure: { kind: 'retry', outcomeUnknown: true },
			} );
			shop.clearFaults();
			expect( valueOf( await store.writeStock( writes ) ) ).toMatchObject(
				[ { ok: true, quantity: 55 } ]
			);
		}
	);
} );

describe( 'the check', () => {
	test( 'finds the shop in order', async () => {
		const { site, findings } = await store.check();
		expect(
			findings.map( ( { code, level } ) => [ code, level ] )
		).toEqual( [ [ 'store-readable', 'ok' ] ] );
		expect( site ).toEqual( {
			name: expect.any( String ),
			version: '11.0.1',
			timeZone: 'Europe/London',
			currency: 'GBP',
		} );
	} );

	test.each( [
		[ 'secret', { consumerSecret: 'cs_wrong' } ],
		[ 'key', { consumerKey: 'ck_wrong' } ],
	] )( 'finds a wrong %s', async ( _name, config ) => {
		const { findings } = await client( config ).check();
		expect( findings.map( ( { code } ) => code ) ).toEqual( [
			'credentials-store',
		] );
	} );

	test( 'finds another spelling of the address', async () => {
		const { findings } = await client( {
			url: shop.url.replace( '127.0.0.1', 'localhost' ),
		} ).check();
		expect( findings.map( ( { code } ) => code ) ).toContain(
			'home-differs'
		);
	} );
} );
