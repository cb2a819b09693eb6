/** The watchdog with a shop that behaves as WooCommerce does, over HTTP. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createHttpFetch } from '../../../src/net/http-fetch.ts';
import type { ClosableHttpFetch } from '../../../src/net/http-fetch.ts';
import { systemClock } from '../../../src/net/world.ts';
import { startShopSandbox } from '../../../src/sandbox/shop/index.ts';
import type { ShopSandbox } from '../../../src/sandbox/shop/index.ts';
import { createWooCommerce } from '../../../src/woocommerce/store.ts';
import { plainSecrets } from '../../woocommerce/support.ts';
import { createKit, NAME, type Kit } from './kit.ts';

let shop: ShopSandbox;
let fetch: ClosableHttpFetch;
let kit: Kit | null = null;

beforeEach( async () => {
	shop = await startShopSandbox( { clock: systemClock, speed: 1000 } );
	fetch = createHttpFetch( { clock: systemClock } );
} );
afterEach( async () => {
	await kit?.close();
	kit = null;
	await fetch.close();
	await shop.close();
} );

/** The service is to be reached below the shop itself, where nothing takes deliveries. */
async function watched( {
	consumerKey,
	consumerSecret,
}: {
	consumerKey: string;
	consumerSecret: string;
} ): Promise< Kit > {
	const store = { url: shop.url, consumerKey, consumerSecret };
	const made = await createKit( {
		store,
		publicUrl: `${ shop.url }/bridge`,
		shop: ( world ) =>
			createWooCommerce( {
				connection: NAME,
				config: { type: 'woocommerce', ...store },
				// The shop checks the time and the nonce of what is signed.
				world: { ...world, clock: systemClock, fetch },
				readSecret: plainSecrets,
			} ),
	} );
	kit = made;
	return made;
}

const hooksOf = async ( watchedKit: Kit ) => {
	const listed = await ( await watchedKit.connected() ).store.webhooks();
	return listed.ok ? listed.value : [];
};
const delivered = async () => {
	while ( shop.deliveriesWaiting > 0 ) {
		await new Promise( ( resolve ) => setTimeout( resolve, 5 ) );
	}
};

test( 'seven failures disable one, and it is replaced by one that counts from nought', async () => {
	const scene = await watched( shop.ready );
	await scene.watch();
	expect( await hooksOf( scene ) ).toHaveLength( 4 );
	for ( let sold = 0; sold < 7; sold += 1 ) {
		shop.sell( { count: 1 } );
		await delivered();
	}
	const before = await hooksOf( scene );
	const stopped = before.filter( ( { status } ) => status === 'disabled' );
	expect( stopped.map( ( { topic } ) => topic ) ).toContain(
		'order.created'
	);

	await scene.watch();
	expect( scene.told() ).toEqual( [ 'webhook-disabled' ] );
	expect( await scene.problem( 'webhook-disabled' ) ).toBeNull();
	const after = await hooksOf( scene );
	expect( after ).toHaveLength( 4 );
	expect( after.every( ( { status } ) => status === 'active' ) ).toBe( true );
	// Reactivated by REST, one more failure would have ended it again.
	shop.sell( { count: 1 } );
	await delivered();
	expect(
		( await hooksOf( scene ) ).every(
			( { status } ) => status === 'active'
		)
	).toBe( true );
} );

test( 'a key that may only read: told, and nothing else happens', async () => {
	const scene = await watched( shop.ready.readOnly );
	await scene.watch();
	await scene.watch();
	expect( await hooksOf( scene ) ).toEqual( [] );
	expect( scene.told() ).toEqual( [ 'webhook-disabled' ] );
	expect( ( await scene.problem( 'webhook-disabled' ) )?.cause ).toMatch(
		/may not write/
	);
} );

test( 'the shop moves, and is believed when a person says so', async () => {
	const scene = await watched( shop.ready );
	await scene.watch();
	shop.settings( { saysHome: 'https://moved.example.test' } );
	await scene.watch();
	expect( await scene.problem( 'site-moved' ) ).toMatchObject( {
		message: expect.stringContaining( 'https://moved.example.test' ),
	} );
} );
