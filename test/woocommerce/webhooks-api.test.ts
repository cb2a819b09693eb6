/** The shop's webhooks over REST, against the sandbox shop and answers of its kind. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createHttpFetch } from '../../src/net/http-fetch.ts';
import type { ClosableHttpFetch } from '../../src/net/http-fetch.ts';
import { systemClock, systemRandom } from '../../src/net/world.ts';
import { startShopSandbox } from '../../src/sandbox/shop/index.ts';
import type { ShopSandbox } from '../../src/sandbox/shop/index.ts';
import { createTransport } from '../../src/woocommerce/transport.ts';
import { createWebhooksApi } from '../../src/woocommerce/webhooks-api.ts';
import { memoryLogger } from '../battery/bench.ts';
import { json, plainSecrets, shopAnswering } from './support.ts';

let shop: ShopSandbox;
let fetch: ClosableHttpFetch;

beforeEach( async () => {
	shop = await startShopSandbox( { clock: systemClock } );
	fetch = createHttpFetch( { clock: systemClock } );
} );
afterEach( async () => {
	await fetch.close();
	await shop.close();
} );

const apiWith = ( keys: { consumerKey: string; consumerSecret: string } ) =>
	createWebhooksApi(
		createTransport( {
			connection: 'main',
			config: { type: 'woocommerce', url: shop.url, ...keys },
			world: {
				clock: systemClock,
				random: systemRandom,
				logger: memoryLogger(),
				fetch,
			},
			readSecret: plainSecrets,
		} )
	);
const WANTED = {
	name: 'Pearlbridge order.updated',
	topic: 'order.updated',
	// Nothing listens there: its ping is lost, which is nothing to the shop.
	deliveryUrl: 'http://127.0.0.1:1/webhooks/woocommerce/main',
	secret: 'first',
};

test( 'one is made, listed, changed and deleted', async () => {
	const api = apiWith( shop.ready );
	const made = await api.createWebhook( WANTED );
	expect( made ).toEqual( {
		ok: true,
		value: {
			id: expect.any( Number ),
			name: WANTED.name,
			topic: WANTED.topic,
			status: 'active',
			deliveryUrl: WANTED.deliveryUrl,
		},
	} );
	const webhook = made.ok ? made.value : null;
	expect( await api.webhooks() ).toEqual( { ok: true, value: [ webhook ] } );

	const id = webhook?.id ?? 0;
	const changed = { ...webhook, status: 'paused' };
	expect( await api.updateWebhook( id, { status: 'paused' } ) ).toEqual( {
		ok: true,
		value: changed,
	} );
	expect( await api.webhooks() ).toEqual( { ok: true, value: [ changed ] } );

	expect( ( await api.deleteWebhook( id ) ).ok ).toBe( true );
	expect( await api.webhooks() ).toEqual( { ok: true, value: [] } );
} );

test( 'one that is gone is changed to nothing, and deleting it again is done', async () => {
	const api = apiWith( shop.ready );
	expect( await api.updateWebhook( 999, { status: 'active' } ) ).toEqual( {
		ok: true,
		value: null,
	} );
	expect( await api.deleteWebhook( 999 ) ).toEqual( {
		ok: true,
		value: undefined,
	} );
} );

test( 'a key that may only read lists them and is told that it may not write', async () => {
	const api = apiWith( shop.ready.readOnly );
	expect( ( await api.webhooks() ).ok ).toBe( true );
	for ( const refused of [
		await api.createWebhook( WANTED ),
		await api.updateWebhook( 1, { status: 'active' } ),
		await api.deleteWebhook( 1 ),
	] ) {
		expect( refused ).toMatchObject( {
			ok: false,
			failure: { kind: 'hold', problem: { code: 'rights-store' } },
		} );
	}
} );

const listed = ( id: number ) => ( {
	id,
	name: '',
	topic: 'order.created',
	status: 'active',
	delivery_url: `https://other.example.test/${ id }`,
} );

test( 'more than a page are read to their end', async () => {
	const all = Array.from( { length: 130 }, ( _, nth ) => listed( nth + 1 ) );
	const { store, asked } = shopAnswering( ( _, url ) => {
		const page = Number( url.searchParams.get( 'page' ) );
		return json( all.slice( ( page - 1 ) * 100, page * 100 ) );
	} );
	const read = await store.webhooks();
	expect( read.ok && read.value.map( ( { id } ) => id ) ).toEqual(
		all.map( ( { id } ) => id )
	);
	expect( asked() ).toHaveLength( 2 );
} );

test( 'only what is to change is sent, and only then', async () => {
	const { store, bodies, sent } = shopAnswering( () => json( listed( 7 ) ) );
	await store.updateWebhook( 7, { secret: 'second' } );
	await store.updateWebhook( 7, {
		status: 'active',
		deliveryUrl: 'https://new.example.test/',
	} );
	await store.deleteWebhook( 7 );
	expect( bodies() ).toEqual( [
		{ secret: 'second' },
		{ status: 'active', delivery_url: 'https://new.example.test/' },
		null,
	] );
	expect( sent.map( ( { method } ) => method ) ).toEqual( [
		'PUT',
		'PUT',
		'DELETE',
	] );
	expect( sent[ 2 ]?.url ).toMatch( /\/webhooks\/7\?force=true$/ );
} );

test( 'an answer that is none of a webhook is told as one', async () => {
	const { store } = shopAnswering( () => json( [ { id: 'x' } ] ) );
	expect( await store.webhooks() ).toMatchObject( {
		ok: false,
		failure: { kind: 'hold', problem: { code: 'refused-by-store' } },
	} );
} );
