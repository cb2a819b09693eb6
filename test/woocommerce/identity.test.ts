/** Which site a shop says it is, and what asking costs it. */
import { expect, test } from '@jest/globals';
import type { HttpAnswer } from '../../src/contracts/world.ts';
import { createHttpFetch } from '../../src/net/http-fetch.ts';
import { systemClock, systemRandom } from '../../src/net/world.ts';
import { startShopSandbox } from '../../src/sandbox/shop/index.ts';
import { createWooCommerce } from '../../src/woocommerce/store.ts';
import { memoryLogger } from '../battery/bench.ts';
import {
	HOME,
	json,
	plainSecrets,
	recorded,
	shopAnswering,
} from './support.ts';

const STATUS = recorded( 'settings/system_status.json' ).response.body as {
	environment: { store_id: string; home_url: string };
};
const ID = STATUS.environment.store_id;
const REFUSED: HttpAnswer = json(
	{ code: 'rest_forbidden', message: 'Sorry.', data: { status: 403 } },
	403
);

/** A shop that says this of its home; `status` null = the key may not read it. */
function shopCalled(
	home: () => string | null,
	status: () => unknown = () => ( { environment: STATUS.environment } )
) {
	return shopAnswering( ( _, { pathname } ) => {
		const said = pathname.endsWith( '/system_status' )
			? status()
			: home() === null
				? null
				: { home: home() };
		return said === null ? REFUSED : json( said );
	} );
}

test( 'home without a slash at its end, and the recorded id of the shop', async () => {
	const { store } = shopCalled( () => `${ HOME }/` );
	expect( await store.identity() ).toEqual( {
		ok: true,
		value: { home: HOME, storeId: ID },
	} );
} );

test( 'nothing but the home is asked for, and of anybody', async () => {
	const { store, sent } = shopCalled( () => HOME );
	await store.identity();
	expect( sent[ 0 ]?.url ).toBe( `${ HOME }/wp-json/?_fields=home` );
	expect( sent[ 0 ]?.headers ).not.toHaveProperty( 'authorization' );
} );

test( 'the id is asked for once in a while, and at once when the home is another', async () => {
	let home = HOME;
	const { store, asked } = shopCalled( () => home );
	const ids = () =>
		asked().filter( ( path ) => path.startsWith( 'system_status' ) ).length;
	for ( let nth = 0; nth < 72; nth += 1 ) {
		expect( await store.identity() ).toMatchObject( {
			value: { storeId: ID },
		} );
	}
	expect( ids() ).toBe( 1 );
	await store.identity();
	expect( ids() ).toBe( 2 );
	home = 'https://moved.example.test';
	expect( await store.identity() ).toMatchObject( { value: { home } } );
	expect( ids() ).toBe( 3 );
} );

test.each( [
	[ 'the key may not read it', null ],
	[ 'the shop is too old to have one', { environment: { version: '6' } } ],
	[ 'the answer is none', [] ],
] )( 'no id where %s', async ( _, status ) => {
	const { store } = shopCalled(
		() => HOME,
		() => status
	);
	expect( await store.identity() ).toEqual( {
		ok: true,
		value: { home: HOME, storeId: null },
	} );
} );

test( 'where visitors are kept from the index, the status of the shop says the home', async () => {
	const { store } = shopCalled( () => null );
	expect( await store.identity() ).toEqual( {
		ok: true,
		value: {
			home: STATUS.environment.home_url.replace( /\/$/, '' ),
			storeId: ID,
		},
	} );
} );

test( 'where neither is told, the refusal is', async () => {
	const { store } = shopCalled(
		() => null,
		() => null
	);
	expect( await store.identity() ).toMatchObject( {
		ok: false,
		failure: { kind: 'hold' },
	} );
} );

test( 'a shop that is down is asked no more than once', async () => {
	const { store, sent } = shopAnswering( () => json( {}, 503 ) );
	expect( await store.identity() ).toMatchObject( {
		ok: false,
		failure: { kind: 'retry' },
	} );
	expect( sent ).toHaveLength( 1 );
} );

test( 'the sandbox shop moves, and says so', async () => {
	const shop = await startShopSandbox( { clock: systemClock } );
	const fetch = createHttpFetch( { clock: systemClock } );
	const store = createWooCommerce( {
		connection: 'main',
		config: {
			type: 'woocommerce',
			url: shop.url,
			consumerKey: shop.ready.consumerKey,
			consumerSecret: shop.ready.consumerSecret,
		},
		world: {
			clock: systemClock,
			random: systemRandom,
			logger: memoryLogger(),
			fetch,
		},
		readSecret: plainSecrets,
	} );
	try {
		const storeId = expect.stringMatching( /^[0-9a-f-]{36}$/ );
		expect( await store.identity() ).toEqual( {
			ok: true,
			value: { home: shop.url, storeId },
		} );
		shop.settings( { saysHome: 'https://moved.example.test' } );
		expect( await store.identity() ).toEqual( {
			ok: true,
			value: { home: 'https://moved.example.test', storeId },
		} );
	} finally {
		await fetch.close();
		await shop.close();
	}
} );
