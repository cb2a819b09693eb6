import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Result } from '../../src/contracts/result.ts';
import type { StoreOrder } from '../../src/contracts/store.ts';
import type { Logger } from '../../src/contracts/world.ts';
import { createHttpFetch } from '../../src/net/http-fetch.ts';
import type { ClosableHttpFetch } from '../../src/net/http-fetch.ts';
import { systemClock, systemRandom } from '../../src/net/world.ts';
import { startShopSandbox } from '../../src/sandbox/shop/index.ts';
import type { ShopSandbox } from '../../src/sandbox/shop/index.ts';
import { readOrderNotes } from '../../src/woocommerce/order-notes.ts';
import { readOrder } from '../../src/woocommerce/orders.ts';
import { readRefunds } from '../../src/woocommerce/refunds.ts';
import { createTransport } from '../../src/woocommerce/transport.ts';
import type { Transport } from '../../src/woocommerce/transport.ts';
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
let transport: Transport;

beforeEach( async () => {
	shop = await startShopSandbox( { clock: systemClock } );
	fetch = createHttpFetch( { clock: systemClock } );
	transport = createTransport( {
		connection: 'main',
		config: {
			type: 'woocommerce',
			url: shop.url,
			consumerKey: shop.ready.consumerKey,
			consumerSecret: shop.ready.consumerSecret,
		},
		world: { clock: systemClock, random: systemRandom, logger, fetch },
		readSecret: plainSecrets,
	} );
} );

afterEach( async () => {
	await fetch.close();
	await shop.close();
} );

function valueOf< T >( result: Result< T > ): T {
	if ( ! result.ok ) {
		throw new Error( JSON.stringify( result.failure ) );
	}
	return result.value;
}

async function sold(): Promise< StoreOrder > {
	const [ sale ] = shop.sell( { count: 1 } ).orders;
	return valueOf( await readOrder( transport, sale?.id ?? 0, false ) )!;
}

test( 'refunds are read as they were made, all the pages of them', async () => {
	const { id, lines } = await sold();
	const line = lines[ 0 ]!;
	const made = await transport.send( 'POST', `orders/${ id }/refunds`, {
		amount: '1.50',
		reason: 'Scratched',
		api_refund: false,
		line_items: [ { id: line.id, quantity: 1, refund_total: 1.25 } ],
	} );
	expect( made.ok ).toBe( true );
	for ( let more = 0; more < 100; more++ ) {
		await transport.send( 'POST', `orders/${ id }/refunds`, {
			amount: '0.01',
			api_refund: false,
		} );
	}
	const refunds = valueOf( await readRefunds( transport, id ) );
	expect( refunds ).toHaveLength( 101 );
	expect( refunds[ 0 ] ).toEqual( {
		id: refunds[ 0 ]?.id,
		reason: 'Scratched',
		amount: '1.50',
		createdAt: expect.stringMatching( /^\d{4}-.*Z$/ ),
		lines: [
			{
				kind: 'line',
				itemId: line.id,
				name: line.name,
				quantity: '1',
				total: '1.25',
				totalTax: '0.00',
			},
		],
	} );
	expect( valueOf( await readRefunds( transport, 99_999_999 ) ) ).toEqual(
		[]
	);
} );

test( 'an order set to refunded by hand has a refund of its total without lines', async () => {
	const { id, total } = await sold();
	await transport.send( 'PUT', `orders/${ id }`, { status: 'refunded' } );
	expect( valueOf( await readRefunds( transport, id ) ) ).toMatchObject( [
		{ amount: total, lines: [] },
	] );
} );

test( 'notes are read oldest first, of either kind', async () => {
	const { id } = await sold();
	await transport.send( 'POST', `orders/${ id }/notes`, {
		note: 'Left at the door',
		customer_note: true,
	} );
	const notes = valueOf( await readOrderNotes( transport, id ) );
	expect( notes.at( -1 ) ).toMatchObject( {
		text: 'Left at the door',
		toCustomer: true,
	} );
	expect( notes.some( ( { toCustomer } ) => ! toCustomer ) ).toBe( true );
	const ids = notes.map( ( note ) => note.id );
	expect( ids ).toEqual( [ ...ids ].sort( ( a, b ) => a - b ) );
	expect( valueOf( await readOrderNotes( transport, 99_999_999 ) ) ).toEqual(
		[]
	);
} );
