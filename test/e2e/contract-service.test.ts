/**
 * The command line's contract, §5 and the life of `serve`: the addresses of the service, its
 * events, and that it takes changes over at once.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { webhookToken } from '../../src/signing/webhook-token.ts';
import {
	began,
	expectDocument,
	expectError,
	expectOrders,
} from './contract/documents.ts';
import {
	connectionFile,
	createProgram,
	settingsOf,
	type Program,
} from './contract/program.ts';
import { ask, eventually, type Started } from './harness.ts';
import { openStage, type Stage } from './kit.ts';

const ACCOUNT = 'sandbox-gb';
const MEGABYTE = 1024 * 1024;

let stage: Stage;
let program: Program;
let service: Started;

const file = ( settings = settingsOf() ) =>
	connectionFile( stage, stage.brightpearl.account( ACCOUNT ), 'main', {
		settings,
	} );

beforeAll( async () => {
	[ stage, program ] = await Promise.all( [ openStage(), createProgram() ] );
	await stage.brightpearl.switches( { requestsPerMinute: 5000 } );
	service = await program.serve();
	// The service takes it over at once, without a restart.
	const added = expectDocument( 'connection', await program.add( file() ) );
	expect( added.webhookUrl ).toBe(
		`${ service.ready.url }/webhooks/woocommerce/main`
	);
	const other = connectionFile(
		stage,
		stage.brightpearl.account( ACCOUNT ),
		'sealed',
		{
			store: { webhookSecret: { env: 'NOT_SET' } },
			settings: settingsOf( { refPrefix: 'sealed' } ),
		}
	);
	expectDocument( 'connection', await program.add( other ) );
} );
afterAll( async () => {
	await program.end();
	await stage.end();
} );

const cli = ( ...call: Parameters< Program[ 'cli' ] > ) =>
	program.cli( ...call );
const sell = (
	wish: Readonly< Record< string, unknown > > = {}
): Promise< number > =>
	stage.shop.sellOne( { sku: 'OSB-01', paymentMethod: 'stripe', ...wish } );
const stateOf = async ( id: number ): Promise< string > => {
	const result = await cli( `orders show ${ id } --connection main` );
	return result.code === 6
		? 'unknown'
		: expectDocument( 'order', result ).state;
};
async function soldOrders( orderId: number ) {
	const { orders } = await stage.brightpearl.state( ACCOUNT );
	return orders.filter(
		( { externalRef } ) => externalRef === `shop-${ orderId }`
	);
}

const signature = (
	body: string | Buffer,
	secret = stage.shop.webhookSecret
): string => createHmac( 'sha256', secret ).update( body ).digest( 'base64' );

interface Delivery {
	readonly connection?: string;
	readonly body: string | Buffer;
	readonly topic?: string;
	/** Null = none is sent. */
	readonly signed?: string | null;
	readonly headers?: Readonly< Record< string, string > >;
}

/** As WooCommerce sends it. */
async function deliver( {
	connection = 'main',
	body,
	topic = 'order.updated',
	signed,
	headers = {},
}: Delivery ) {
	const given = signed === undefined ? signature( body ) : signed;
	const answer = await fetch(
		`${ service.ready.url }/webhooks/woocommerce/${ connection }`,
		{
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'user-agent': 'WooCommerce/11.0.1 Hookshot (WordPress/7.0)',
				'x-wc-webhook-source': `${ stage.shop.url }/`,
				'x-wc-webhook-topic': topic,
				'x-wc-webhook-resource': topic.split( '.' )[ 0 ] ?? '',
				'x-wc-webhook-event': topic.split( '.' )[ 1 ] ?? '',
				'x-wc-webhook-id': '17',
				'x-wc-webhook-delivery-id': '0123456789abcdef',
				...( given === null
					? {}
					: { 'x-wc-webhook-signature': given } ),
				...headers,
			},
			body,
		}
	);
	return {
		status: answer.status,
		retryAfter: answer.headers.get( 'retry-after' ),
		json: ( await answer.json() ) as unknown,
	};
}

const orderBody = ( id: number ): string =>
	JSON.stringify( { id, status: 'processing' } );
const ACCEPTED = { status: 200, retryAfter: null, json: { accepted: true } };

describe( 'addresses', () => {
	test( 'health', async () => {
		expect( await ask( `${ service.ready.url }/healthz` ) ).toEqual( {
			ok: true,
		} );
		expect(
			( await fetch( `${ service.ready.url }/readyz` ) ).status
		).toBe( 200 );
	} );

	test.each( [
		[ 'POST', '/oauth/brightpearl' ],
		[ 'GET', '/webhooks/woocommerce/main' ],
		[ 'GET', '/webhooks/brightpearl/main/token' ],
		[ 'POST', '/webhooks/brightpearl/main' ],
		[ 'GET', '/nothing' ],
	] )( '%s %s is not there', async ( method, path ) => {
		const answer = await fetch( `${ service.ready.url }${ path }`, {
			method,
		} );
		expect( [ 404, 405 ] ).toContain( answer.status );
		await answer.arrayBuffer();
	} );

	test( 'the figures are there for this machine, and for no other', async () => {
		const own = await fetch( `${ service.ready.url }/metrics` );
		expect( own.status ).toBe( 200 );
		expect( await own.text() ).toMatch( /^pearlbridge_uptime_seconds \d/m );
		const passedOn = await fetch( `${ service.ready.url }/metrics`, {
			headers: { 'x-forwarded-for': '127.0.0.1' },
		} );
		expect( passedOn.status ).toBe( 401 );
		await passedOn.arrayBuffer();
	} );

	test( 'the console is there for whoever has a session', async () => {
		const page = await fetch( service.ready.url );
		expect( page.status ).toBe( 200 );
		expect( page.headers.get( 'content-type' ) ).toContain( 'text/html' );
		const asked = await fetch( `${ service.ready.url }/console/session` );
		expect( asked.status ).toBe( 401 );
	} );

	test.each( [
		[ 'GET', '/v1/ping' ],
		[ 'POST', '/v1/pair' ],
		[ 'POST', '/v1/nudge' ],
		[ 'GET', '/v1/events' ],
		[ 'PUT', '/v1/store' ],
	] )( '%s %s wants a signature', async ( method, path ) => {
		const answer = await fetch( `${ service.ready.url }${ path }`, {
			method,
		} );
		expect( answer.status ).toBe( 400 );
		expect( await answer.json() ).toMatchObject( {
			error: { code: 'bad-headers' },
		} );
	} );

	test( 'commands of strangers are refused', async () => {
		for ( const headers of [ {}, { authorization: 'Bearer wrong' } ] ) {
			const answer = await fetch(
				`${ service.ready.url }/v1/operations/connectionRemove`,
				{
					method: 'POST',
					headers,
					body: JSON.stringify( {
						input: { name: 'main' },
						timeout: 1000,
					} ),
				}
			);
			expect( answer.status ).toBe( 401 );
			await answer.arrayBuffer();
		}
	} );
} );

describe( 'webhooks', () => {
	test( 'the ping of a new webhook, a form without a signature, is answered with exactly 200', async () => {
		expect(
			await deliver( {
				body: 'webhook_id=17',
				signed: null,
				headers: {
					'content-type': 'application/x-www-form-urlencoded',
				},
			} )
		).toEqual( ACCEPTED );
	} );

	test( 'what is signed is accepted, whatever it is', async () => {
		const bodies: Delivery[] = [
			{ body: '{"id":4200}', topic: 'product.updated' },
			{ body: '{"arg":"x"}', topic: 'action.woocommerce_add_to_cart' },
			{ body: '{"id":3}', topic: 'loyalty.earned' },
			// An error document, validly signed: the order is gone, or the webhook's owner may not see it.
			{
				body: '{"code":"woocommerce_rest_cannot_view","message":"Sorry","data":{"status":401}}',
			},
			{ body: '[]' },
			{ body: 'no json' },
			{
				body: Buffer.from( '{"id":4200,"name":"ÑANDÚ-漢"}' ),
				topic: 'product.updated',
			},
			{
				body: JSON.stringify( {
					id: 4200,
					pad: 'x'.repeat( MEGABYTE - 100 ),
				} ),
				topic: 'product.updated',
			},
		];
		for ( const delivery of bodies ) {
			expect( await deliver( delivery ) ).toEqual( ACCEPTED );
		}
	} );

	test.each( [
		[ 'a missing signature', { body: '{"id":1}', signed: null }, 401 ],
		[ 'an empty signature', { body: '{"id":1}', signed: '' }, 401 ],
		[
			'a bad signature',
			{
				body: '{"id":1}',
				signed: Buffer.alloc( 32 ).toString( 'base64' ),
			},
			401,
		],
		[ 'a short signature', { body: '{"id":1}', signed: 'AAAA' }, 401 ],
		[
			'a ping with more in it',
			{ body: 'webhook_id=1&x=y', signed: null },
			401,
		],
		[
			'an unknown connection',
			{ body: '{"id":1}', connection: 'other' },
			404,
		],
		[ 'more than 1 MB', { body: 'x'.repeat( MEGABYTE + 1 ) }, 413 ],
	] as const )( '%s is refused', async ( _name, delivery, status ) => {
		const answer = await deliver( delivery );
		expect( answer.status ).toBe( status );
		expect( answer.json ).toMatchObject( {
			error: { code: expect.any( String ) },
		} );
	} );

	test( 'a body that says it is larger than 1 MB is refused before it is sent', async () => {
		const status = await new Promise( ( resolve, reject ) => {
			const sent = request(
				`${ service.ready.url }/webhooks/woocommerce/main`,
				{
					method: 'POST',
					headers: { 'content-length': String( 100 * MEGABYTE ) },
				}
			);
			sent.on( 'response', ( answer ) => {
				resolve( answer.statusCode );
				sent.destroy();
			} );
			sent.on( 'error', reject );
			sent.write( 'x' );
		} );
		expect( status ).toBe( 413 );
	} );

	test( 'what cannot be verified now is 503 with Retry-After, so that it is not lost for good', async () => {
		expect(
			await deliver( { connection: 'sealed', body: '{"id":1}' } )
		).toMatchObject( {
			status: 503,
			retryAfter: expect.stringMatching( /^\d+$/ ),
		} );
	} );
} );

describe( 'webhooks of Brightpearl', () => {
	/** As Brightpearl sends them: nothing but the address says who it is. */
	async function tell(
		body: string,
		wish: {
			readonly connection?: string;
			/** Whose token is brought. */
			readonly given?: string;
			readonly type?: string;
		} = {}
	) {
		const { connection = 'main', type = 'application/json' } = wish;
		const key = await readFile( join( program.dataDir, 'key' ), 'utf8' );
		const token = webhookToken(
			Buffer.from( key.trim(), 'base64' ),
			wish.given ?? connection
		);
		const answer = await fetch(
			`${ service.ready.url }/webhooks/brightpearl/${ connection }/${ token }`,
			{ method: 'POST', headers: { 'content-type': type }, body }
		);
		return {
			status: answer.status,
			retryAfter: answer.headers.get( 'retry-after' ),
			json: ( await answer.json() ) as unknown,
		};
	}

	test( 'whoever has the token is answered 200, whatever it is', async () => {
		for ( const body of [
			`{"accountCode":"${ ACCOUNT }","resourceType":"order","id":"5906","lifecycleEvent":"modified","fullEvent":"order.modified.order-status","raisedOn":"2026-03-02T10:20:41.691Z","brightpearlVersion":"4.95.2647"}`,
			'{"accountCode":"another","fullEvent":"order.modified"}',
			'{}',
			'no json',
			'',
			'x'.repeat( MEGABYTE ),
		] ) {
			expect( await tell( body ) ).toEqual( ACCEPTED );
		}
		expect( await tell( '{}', { type: 'no type at all' } ) ).toEqual(
			ACCEPTED
		);
	} );

	test( 'a wrong token and an unknown connection are one answer', async () => {
		const [ wrong, unknown ] = [
			await tell( '{}', { given: 'sealed' } ),
			await tell( '{}', { connection: 'other' } ),
		];
		expect( wrong ).toMatchObject( {
			status: 404,
			json: { error: { code: expect.any( String ) } },
		} );
		expect( unknown ).toEqual( wrong );
	} );

	test( 'more than 1 MB is refused', async () => {
		expect( await tell( 'x'.repeat( MEGABYTE + 1 ) ) ).toMatchObject( {
			status: 413,
			json: { error: { code: expect.any( String ) } },
		} );
	} );
} );

describe( 'before go-live nothing moves by itself', () => {
	test( 'a delivery is accepted and its order is not due; a person’s word works', async () => {
		const id = await sell();
		expect( await deliver( { body: orderBody( id ) } ) ).toEqual(
			ACCEPTED
		);
		await cli( 'status --wait-idle' );
		expect( await soldOrders( id ) ).toEqual( [] );
		expect( await stateOf( id ) ).toMatch( /^(not-due|unknown)$/ );
		expect(
			began(
				expectOrders(
					await cli( `orders push ${ id } --connection main` )
				)
			)[ 0 ]?.state
		).toBe( 'synced' );
	} );
} );

describe( 'live', () => {
	const goLive = new Date( Date.now() - 60_000 ).toISOString();

	test( '--replace keeps the ledger, and the running service works by the new file at once', async () => {
		const before = expectDocument(
			'orderList',
			await cli( 'orders list --connection main' )
		);
		const replaced = expectDocument(
			'connection',
			await program.add(
				file( settingsOf( {}, { goLive } ) ),
				'--replace'
			)
		);
		expect( replaced.live ).toBe( true );
		const after = expectDocument(
			'orderList',
			await cli( 'orders list --connection main' )
		);
		expect(
			after.items.map( ( { orderId, salesOrderId } ) => [
				orderId,
				salesOrderId,
			] )
		).toEqual(
			before.items.map( ( { orderId, salesOrderId } ) => [
				orderId,
				salesOrderId,
			] )
		);
		expect( after.total ).toBeGreaterThan( 0 );
	} );

	test( 'the reference prefix is fixed after the first push', async () => {
		expectError(
			await cli(
				'settings set --connection main orders.refPrefix=other'
			),
			2,
			'prefix-fixed'
		);
		const changed = file(
			settingsOf( { refPrefix: 'other' }, { goLive } )
		);
		expectError(
			await program.add( changed, '--replace' ),
			2,
			'prefix-fixed'
		);
	} );

	test( 'a delivery brings its order to Brightpearl, and the service tells of it', async () => {
		const id = await sell();
		// Several deliveries of one order are one push.
		const answers = await Promise.all(
			[ 'order.created', 'order.updated', 'order.updated' ].map(
				( topic ) => deliver( { body: orderBody( id ), topic } )
			)
		);
		expect( answers ).toEqual( [ ACCEPTED, ACCEPTED, ACCEPTED ] );
		const line = await eventually( 'the order is told', async () =>
			service.lines.find(
				( { event, orderId, state } ) =>
					event === 'order' && orderId === id && state === 'synced'
			)
		);
		const [ sold, ...more ] = await soldOrders( id );
		expect( more ).toEqual( [] );
		expect( line ).toMatchObject( {
			event: 'order',
			connection: 'main',
			orderId: id,
			salesOrderId: sold?.id,
		} );
		const { connections, queue } = expectDocument(
			'status',
			await cli( 'status --wait-idle --connection main' )
		);
		expect( queue ).toEqual( {
			ready: 0,
			running: 0,
			retrying: 0,
			parked: 0,
		} );
		expect( connections ).toHaveLength( 1 );
		expect( connections[ 0 ] ).toMatchObject( {
			name: 'main',
			live: true,
			health: 'ok',
			why: null,
			orders: { synced: expect.any( Number ) },
			lastOrderAt: expect.any( String ),
			lastPushAt: expect.any( String ),
			budget: {
				pool: expect.any( String ),
				limit: 5000,
				remaining: expect.any( Number ),
				refused: 0,
			},
			token: null,
		} );
		expect( connections[ 0 ]?.webhooks ).toContainEqual( {
			id: 17,
			topic: 'order.updated',
			status: expect.any( String ),
			lastDeliveryAt: expect.any( String ),
		} );
	} );

	test( 'an order the shop could not tell of yet is known all the same', async () => {
		const id = await sell();
		await stage.shop.fault( { kind: 'maintenance', path: '/orders' } );
		await deliver( { body: orderBody( id ) } );
		const order = await eventually(
			'it waits for its next try',
			async () => {
				const shown = await cli(
					`orders show ${ id } --connection main`
				);
				const found = expectDocument( 'order', shown );
				return found.state === 'retrying' && found;
			}
		);
		expect( order ).toMatchObject( {
			orderId: id,
			number: null,
			storeStatus: null,
			placedAt: null,
			currency: null,
			total: null,
			salesOrderId: null,
			nextAttemptAt: expect.any( String ),
			brightpearl: null,
			proof: null,
		} );
		await stage.shop.clearFaults();
		await cli( `orders push ${ id } --connection main` );
		expect( await stateOf( id ) ).toBe( 'synced' );
	} );

	test( 'a problem is told, too', async () => {
		const id = await sell( { sku: 'SHIP-TX' } );
		await stage.brightpearl.control(
			'products',
			{ account: ACCOUNT, sku: 'SHIP-TX' },
			'DELETE'
		);
		await deliver( { body: orderBody( id ) } );
		const line = await eventually( 'the problem is told', async () =>
			service.lines.find( ( { event } ) => event === 'problem' )
		);
		const { items } = expectDocument(
			'problemList',
			await cli( 'problems list --connection main' )
		);
		expect( items ).toMatchObject( [
			{ code: 'sku-unknown', subject: `order:${ id }` },
		] );
		expect( line ).toEqual( {
			event: 'problem',
			connection: 'main',
			problem: items[ 0 ],
		} );
		const status = expectDocument( 'status', await cli( 'status' ) );
		expect( status.problems ).toBe( 1 );
		expect( status.queue.parked ).toBe( 1 );
		expect(
			status.connections.find( ( { name } ) => name === 'main' )
		).toMatchObject( {
			health: 'degraded',
			why: expect.any( String ),
			orders: { problem: 1 },
		} );
		expect(
			status.connections.find( ( { name } ) => name === 'sealed' )?.health
		).toBe( 'paused' );
	} );

	test( 'a connection that is removed is gone at once', async () => {
		expect(
			expectDocument(
				'connectionRemoved',
				await cli( 'connection remove sealed --yes' )
			)
		).toEqual( { removed: 'sealed' } );
		expect(
			( await deliver( { connection: 'sealed', body: '{"id":1}' } ) )
				.status
		).toBe( 404 );
		expectError(
			await cli( 'connection show sealed' ),
			6,
			'unknown-connection'
		);
	} );

	test( 'SIGTERM lets work under way end and exits 0; what was accepted is not lost', async () => {
		await stage.brightpearl.fault( {
			kind: 'slow',
			ms: 1500,
			path: '/order-service/sales-order',
			method: 'POST',
		} );
		const [ running, waiting ] = [ await sell(), await sell() ];
		await deliver( { body: orderBody( running ) } );
		await eventually(
			'the order is being made',
			async () => ( await soldOrders( running ) ).length === 1
		);
		await deliver( { body: orderBody( waiting ) } );
		expect( await service.stop( 'SIGTERM' ) ).toBe( 0 );
		await stage.brightpearl.clearFaults();

		expectDocument( 'status', await cli( 'status --wait-idle' ) );
		for ( const id of [ running, waiting ] ) {
			expect( await stateOf( id ) ).toBe( 'synced' );
			expect( await soldOrders( id ) ).toHaveLength( 1 );
		}
	} );
} );
