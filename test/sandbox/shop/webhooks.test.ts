import { afterEach, describe, expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { at, closeAll, settled, startReceiver, startShop } from './kit.ts';
import type { Received, Receiver, TestShop } from './kit.ts';

afterEach( closeAll );

const SECRET = `a&b<c>"d'e`;

async function hook(
	{ call }: TestShop,
	receiver: Receiver,
	topic: string
): Promise< number > {
	const { status, json } = await call( 'POST', '/webhooks', {
		topic,
		secret: SECRET,
		delivery_url: `${ receiver.url }/woo/${ topic }`,
	} );
	expect( status ).toBe( 201 );
	expect( JSON.stringify( json ) ).not.toContain( 'secret' );
	return Number( at( json, 'id' ) );
}

/** A shop whose webhooks of these topics go to a receiver; the pings are over. */
async function listening(
	...topics: string[]
): Promise< TestShop & { receiver: Receiver; ids: number[] } > {
	const one = await startShop();
	const receiver = await startReceiver();
	const ids = [];
	for ( const topic of topics ) {
		ids.push( await hook( one, receiver, topic ) );
	}
	await receiver.until( topics.length );
	await settled( one.shop );
	receiver.received.length = 0;
	return { ...one, receiver, ids };
}

const topicsOf = ( received: readonly Received[] ): unknown[] =>
	received.map( ( { headers } ) => headers[ 'x-wc-webhook-topic' ] );

const ALL = [
	'order.created',
	'order.updated',
	'order.deleted',
	'order.restored',
	'product.updated',
];

describe( 'a webhook', () => {
	test( 'is greeted with an unsigned form ping', async () => {
		const one = await startShop();
		const receiver = await startReceiver();
		const id = await hook( one, receiver, 'order.created' );
		const [ ping ] = await receiver.until( 1 );
		expect( ping?.body ).toBe( `webhook_id=${ id }` );
		expect( ping?.headers[ 'content-type' ] ).toBe(
			'application/x-www-form-urlencoded'
		);
		expect( ping?.headers[ 'user-agent' ] ).toBe(
			'WooCommerce/11.0.1 Hookshot (WordPress/7.1)'
		);
		expect(
			Object.keys( ping?.headers ?? {} ).filter( ( name ) =>
				name.startsWith( 'x-wc' )
			)
		).toEqual( [] );
	} );

	test( 'whose ping was answered with 202 pings again after every delivery', async () => {
		const one = await startShop();
		const receiver = await startReceiver();
		receiver.answer = 202;
		await hook( one, receiver, 'order.updated' );
		await receiver.until( 1 );
		one.shop.sell( { sku: 'LIN-APR' } );
		const received = await receiver.until( 3 );
		expect( topicsOf( received ) ).toEqual( [
			undefined,
			'order.updated',
			undefined,
		] );
	} );

	test( 'is signed over its raw bytes and carries the recorded headers', async () => {
		const { shop, call, receiver, ids } =
			await listening( 'order.updated' );
		const [ sold ] = shop.sell( {
			sku: 'LIN-APR',
			customerNote: 'Línea 😀',
		} ).orders;
		const [ delivery ] = await receiver.until( 1 );
		expect( delivery?.headers ).toMatchObject( {
			'content-type': 'application/json',
			'x-wc-webhook-source': `${ shop.url }/`,
			'x-wc-webhook-topic': 'order.updated',
			'x-wc-webhook-resource': 'order',
			'x-wc-webhook-event': 'updated',
			'x-wc-webhook-id': String( ids[ 0 ] ),
			'x-wc-webhook-signature': createHmac( 'sha256', SECRET )
				.update( delivery?.body ?? '' )
				.digest( 'base64' ),
		} );
		expect( delivery?.headers[ 'x-wc-webhook-delivery-id' ] ).toMatch(
			/^[0-9a-f]{32}$/
		);
		expect( delivery?.body ).toMatch( /^[\x20-\x7e]*$/ );
		expect( delivery?.body ).toContain( '\\/wp-json\\/' );
		const { json } = await call( 'GET', `/orders/${ sold?.id ?? 0 }` );
		expect( JSON.parse( delivery?.body ?? '' ) ).toEqual( json );
	} );

	test( 'without a secret of its own is signed with the shop’s', async () => {
		const one = await startShop();
		const receiver = await startReceiver();
		await one.call( 'POST', '/webhooks', {
			topic: 'order.updated',
			delivery_url: receiver.url,
		} );
		await receiver.until( 1 );
		one.shop.sell( { sku: 'LIN-APR' } );
		const [ , delivery ] = await receiver.until( 2 );
		expect( delivery?.headers[ 'x-wc-webhook-signature' ] ).toBe(
			createHmac( 'sha256', one.shop.ready.webhookSecret )
				.update( delivery?.body ?? '' )
				.digest( 'base64' )
		);
	} );
} );

describe( 'what is delivered', () => {
	test( 'a checkout: updated before created, with the same body; then the product', async () => {
		const { shop, receiver } = await listening( ...ALL );
		shop.sell( { sku: 'LIN-APR', paymentMethod: 'stripe' } );
		const received = await receiver.until( 3 );
		expect( topicsOf( received ) ).toEqual( [
			'order.updated',
			'order.created',
			'product.updated',
		] );
		expect( received[ 0 ]?.body ).toBe( received[ 1 ]?.body );
	} );

	test( 'a REST create: created, updated, product', async () => {
		const { call, receiver } = await listening( ...ALL );
		await call( 'POST', '/orders', {
			set_paid: true,
			payment_method: 'stripe',
			line_items: [ { sku: 'LIN-APR' } ],
		} );
		expect( topicsOf( await receiver.until( 3 ) ) ).toEqual( [
			'order.created',
			'order.updated',
			'product.updated',
		] );
	} );

	test.each<
		[
			string,
			( one: TestShop, id: number ) => Promise< unknown >,
			string[],
		]
	>( [
		[
			'a note',
			( { call }, id ) =>
				call( 'POST', `/orders/${ id }/notes`, { note: 'x' } ),
			[],
		],
		[
			'an empty PUT',
			( { call }, id ) => call( 'PUT', `/orders/${ id }`, {} ),
			[ 'order.updated' ],
		],
		[
			'the trash',
			( { call }, id ) => call( 'DELETE', `/orders/${ id }` ),
			[ 'order.deleted' ],
		],
		[
			'a permanent delete',
			( { call }, id ) => call( 'DELETE', `/orders/${ id }?force=true` ),
			[],
		],
		[
			'a trashed order that gets a status by REST',
			async ( { call, shop }, id ) => {
				await call( 'DELETE', `/orders/${ id }` );
				await settled( shop );
				await call( 'PUT', `/orders/${ id }`, {
					status: 'processing',
				} );
			},
			[ 'order.deleted' ],
		],
		[
			'untrashed in the admin',
			async ( { call, control }, id ) => {
				await call( 'DELETE', `/orders/${ id }` );
				await control( 'POST', `/orders/${ id }/untrash` );
			},
			[ 'order.deleted', 'order.restored' ],
		],
		[
			'a refund',
			( { call }, id ) =>
				call( 'POST', `/orders/${ id }/refunds`, {
					amount: '1',
					api_refund: false,
				} ),
			[ 'order.updated' ],
		],
		[
			'a refund, deleted',
			async ( { call, shop }, id ) => {
				const { json } = await call(
					'POST',
					`/orders/${ id }/refunds`,
					{ amount: '1', api_refund: false }
				);
				await settled( shop );
				await call(
					'DELETE',
					`/orders/${ id }/refunds/${ String( at( json, 'id' ) ) }`
				);
			},
			[ 'order.updated' ],
		],
	] )( 'of %s', async ( _name, act, wanted ) => {
		const one = await listening( ...ALL );
		const [ sold ] = one.shop.sell( { sku: 'LIN-APR' } ).orders;
		await settled( one.shop );
		one.receiver.received.length = 0;
		await act( one, sold?.id ?? 0 );
		await settled( one.shop );
		expect( topicsOf( one.receiver.received ).sort() ).toEqual(
			wanted.sort()
		);
		const deleted = one.receiver.received.find(
			( { headers } ) =>
				headers[ 'x-wc-webhook-topic' ] === 'order.deleted'
		);
		if ( deleted ) {
			expect( deleted.body ).toBe( `{"id":${ sold?.id ?? 0 }}` );
		}
	} );

	test( 'three changes before the queue runs: one delivery with the last state', async () => {
		const { shop, call, receiver } = await listening( 'order.updated' );
		const [ sold ] = shop.sell( { sku: 'LIN-APR' } ).orders;
		await settled( shop );
		receiver.received.length = 0;
		shop.settings( { webhookDelay: 100_000 } );
		for ( const customer_note of [ 'one', 'two', 'three' ] ) {
			await call( 'PUT', `/orders/${ sold?.id ?? 0 }`, {
				customer_note,
			} );
		}
		await settled( shop );
		expect( receiver.received ).toHaveLength( 1 );
		expect( receiver.received[ 0 ]?.body ).toContain(
			'"customer_note":"three"'
		);
	} );

	test( 'a record deleted before delivery: a validly signed error document', async () => {
		const { shop, call, receiver } = await listening( 'order.updated' );
		shop.settings( { webhookDelay: 100_000 } );
		const [ sold ] = shop.sell( { sku: 'LIN-APR' } ).orders;
		await call( 'DELETE', `/orders/${ sold?.id ?? 0 }?force=true` );
		const [ delivery ] = await receiver.until( 1 );
		expect( delivery?.body ).toBe(
			'{"code":"woocommerce_rest_shop_order_invalid_id","message":"Invalid ID.","data":{"status":404}}'
		);
		expect( delivery?.headers[ 'x-wc-webhook-signature' ] ).toBe(
			createHmac( 'sha256', SECRET )
				.update( delivery?.body ?? '' )
				.digest( 'base64' )
		);
	} );

	test( 'five products of one batch: all of them, serial, and not five delivery ids', async () => {
		const { call, receiver } = await listening( 'product.updated' );
		const ids = [ 4200, 4201, 4202, 4203, 4204 ];
		await call( 'POST', '/products/batch', {
			update: ids.map( ( id ) => ( { id, stock_quantity: 5 } ) ),
		} );
		const received = await receiver.until( 5 );
		expect(
			received.map( ( { body } ) => at( JSON.parse( body ), 'id' ) )
		).toEqual( ids );
		const deliveryIds = new Set(
			received.map(
				( { headers } ) => headers[ 'x-wc-webhook-delivery-id' ]
			)
		);
		expect( deliveryIds.size ).toBeLessThan( 5 );
	} );

	test( 'nothing while the shop’s queue is switched off', async () => {
		const { shop, receiver } = await listening( ...ALL );
		shop.settings( { webhooks: false } );
		shop.sell( { count: 3 } );
		await settled( shop );
		expect( receiver.received ).toEqual( [] );
	} );
} );

describe( 'failures', () => {
	async function fail(
		one: TestShop & { receiver: Receiver },
		times: number
	): Promise< void > {
		for ( let done = 0; done < times; done++ ) {
			one.shop.sell( { sku: 'BWX-12' } );
			await settled( one.shop );
		}
	}
	const statusOf = async (
		{ call }: TestShop,
		id: number | undefined
	): Promise< unknown > =>
		at( ( await call( 'GET', `/webhooks/${ id ?? 0 }` ) ).json, 'status' );

	test( 'are not retried; the seventh in a row disables, and after that one more does', async () => {
		const one = await listening( 'order.updated' );
		const [ id ] = one.ids;
		one.receiver.answer = 500;
		await fail( one, 6 );
		expect( one.receiver.received ).toHaveLength( 6 );
		expect( await statusOf( one, id ) ).toBe( 'active' );
		await fail( one, 1 );
		expect( await statusOf( one, id ) ).toBe( 'disabled' );
		await fail( one, 1 );
		expect( one.receiver.received ).toHaveLength( 7 );
		await one.call( 'PUT', `/webhooks/${ id ?? 0 }`, { status: 'active' } );
		await fail( one, 1 );
		expect( await statusOf( one, id ) ).toBe( 'disabled' );
	} );

	test( 'are forgotten after one success', async () => {
		const one = await listening( 'order.updated' );
		const [ id ] = one.ids;
		one.receiver.answer = 500;
		await fail( one, 6 );
		one.receiver.answer = 200;
		await fail( one, 1 );
		one.receiver.answer = 500;
		await fail( one, 6 );
		expect( await statusOf( one, id ) ).toBe( 'active' );
	} );

	test.each( [
		[ 200, true ],
		[ 302, true ],
		[ 303, false ],
		[ 404, false ],
	] )( 'an answer of %i is a success: %s', async ( answer, isGood ) => {
		const one = await listening( 'order.updated' );
		one.receiver.answer = answer;
		await fail( one, 7 );
		expect( await statusOf( one, one.ids[ 0 ] ) ).toBe(
			isGood ? 'active' : 'disabled'
		);
	} );

	test( 'a receiver that is not there counts as one', async () => {
		const one = await startShop();
		const { json } = await one.call( 'POST', '/webhooks', {
			topic: 'order.updated',
			delivery_url: 'http://127.0.0.1:1/nobody',
		} );
		for ( let done = 0; done < 7; done++ ) {
			one.shop.sell( { sku: 'BWX-12' } );
			await settled( one.shop );
		}
		expect( await statusOf( one, Number( at( json, 'id' ) ) ) ).toBe(
			'disabled'
		);
	} );
} );

describe( 'the webhooks route', () => {
	test.each( [
		[
			{ topic: 'order.paid', delivery_url: 'https://x.example.test/' },
			'woocommerce_rest_shop_webhook_invalid_topic',
		],
		[
			{ topic: 'order.created', delivery_url: 'notaurl' },
			'woocommerce_rest_shop_webhook_invalid_delivery_url',
		],
	] )( 'refuses %j', async ( body, code ) => {
		const { call } = await startShop();
		const { status, json } = await call( 'POST', '/webhooks', body );
		expect( [ status, at( json, 'code' ) ] ).toEqual( [ 400, code ] );
	} );

	test( 'lists by status, changes, and deletes only with force', async () => {
		const one = await listening( 'order.created', 'order.updated' );
		const [ first = 0, second = 0 ] = one.ids;
		await one.call( 'PUT', `/webhooks/${ first }`, { status: 'paused' } );
		const { json } = await one.call( 'GET', '/webhooks?status=active' );
		expect( ( json as { id: number }[] ).map( ( { id } ) => id ) ).toEqual(
			[ second ]
		);
		expect(
			( await one.call( 'DELETE', `/webhooks/${ first }` ) ).status
		).toBe( 501 );
		expect(
			( await one.call( 'DELETE', `/webhooks/${ first }?force=true` ) )
				.status
		).toBe( 200 );
		expect(
			( await one.call( 'GET', `/webhooks/${ first }` ) ).status
		).toBe( 404 );
		expect(
			( await one.call( 'PUT', `/webhooks/${ first }`, {} ) ).status
		).toBe( 400 );
	} );
} );
