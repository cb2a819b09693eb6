import {
	afterAll,
	afterEach,
	beforeAll,
	describe,
	expect,
	test,
} from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startReceiver } from '../../conformance/receiver.ts';
import type { Receiver } from '../../conformance/receiver.ts';
import { startHarness } from './harness.ts';
import type { Harness, Json } from './harness.ts';

const WEBHOOK = '/integration-service/webhook';
const ACCOUNT = 'sandbox-gb';

let bp: Harness;
let shop: Receiver;
let products: number[];

beforeAll( async () => {
	bp = await startHarness( {
		switches: { requestsPerMinute: 100_000, noWebhooks: 'empty' },
	} );
	shop = await startReceiver();
	const { json } = await bp.call(
		'GET',
		'/product-service/product-search?stockTracked=true&columns=productId&pageSize=4'
	);
	products = [ ...json.response.results! ].map( ( row ) =>
		Number( row[ 0 ] )
	);
} );
afterAll( async () => {
	await bp.close();
	await shop.close();
} );
afterEach( async () => {
	const { json } = await bp.call( 'GET', WEBHOOK );
	for ( const hook of json.response ) {
		await bp.call( 'DELETE', `${ WEBHOOK }/${ String( hook.id ) }` );
	}
	shop.received.length = 0;
	shop.answers.length = 0;
	await bp.control( 'POST', '/switches', {
		webhookDrop: 0,
		webhookDuplicate: 0,
		webhookReorder: 0,
		webhookAttempts: 5,
	} );
} );

const TEMPLATE =
	'{"accountCode":"${account-code}","resourceType":"${resource-type}","id":"${resource-id}","lifecycleEvent":"${lifecycle-event}","specifier":"${resource-specifier}","fullEvent":"${full-event}","raisedOn":"${raised-on}","brightpearlVersion":"${brightpearl-version}"}';

const subscribe = async (
	more: Record< string, unknown > = {}
): Promise< number > => {
	const { json, text, status } = await bp.call( 'POST', WEBHOOK, {
		subscribeTo: 'product.modified.on-hand-modified',
		httpMethod: 'POST',
		uriTemplate: `${ shop.url }/bp/SECRET`,
		bodyTemplate: TEMPLATE,
		contentType: 'application/json',
		idSetAccepted: true,
		qualityOfService: 1,
		...more,
	} );
	expect( [ status, text ] ).toEqual( [ 200, expect.anything() ] );
	return Number( json.response );
};

const change = ( productId = products[ 0 ] ) =>
	bp.control( 'POST', '/stock', { account: ACCOUNT, productId, change: 1 } );

const deliveries = async ( hook: number ) =>
	[
		...( await bp.control( 'GET', `/deliveries?account=${ ACCOUNT }` ) )
			.json,
	].filter( ( { webhookId } ) => Number( webhookId ) === hook );

/** Until the log of a hook says what it should: the answer is noted after the receiver has it. */
async function settled( hook: number, count: number ): Promise< Json[] > {
	for (;;) {
		const list = await deliveries( hook );
		const done = list.filter(
			( { state } ) => String( state ) !== 'waiting'
		);
		if ( done.length >= count ) {
			return done;
		}
		await new Promise( ( resolve ) => setImmediate( resolve ) );
	}
}

test( 'what is subscribed is listed for the whole account, without a body for GET', async () => {
	const first = await subscribe();
	const second = await subscribe( {
		subscribeTo: 'order.modified',
		httpMethod: 'GET',
		bodyTemplate: undefined,
		contentType: undefined,
		idSetAccepted: undefined,
		qualityOfService: undefined,
	} );
	const { json } = await bp.call( 'GET', WEBHOOK, undefined, {
		auth: 'oauth',
	} );
	expect( json.response ).toEqual( [
		{
			id: first,
			subscribeTo: 'product.modified.on-hand-modified',
			httpMethod: 'POST',
			uriTemplate: `${ shop.url }/bp/SECRET`,
			bodyTemplate: TEMPLATE,
			contentType: 'application/json',
			idSetAccepted: true,
			qualityOfService: 1,
		},
		{
			id: second,
			subscribeTo: 'order.modified',
			httpMethod: 'GET',
			uriTemplate: `${ shop.url }/bp/SECRET`,
			idSetAccepted: false,
			qualityOfService: 0,
		},
	] );
} );

test.each( [
	'order.created',
	'contact.created',
	'contact',
	'product.deleted',
	'invalid-resource',
	'product.modified.on-hand',
] )( '%s cannot be subscribed to', async ( subscribeTo ) => {
	const refused = await bp.call( 'POST', WEBHOOK, {
		subscribeTo,
		httpMethod: 'GET',
		uriTemplate: shop.url,
	} );
	expect( refused.status ).toBe( 400 );
	expect( refused.json.errors ).toEqual( [
		{
			code: 'INTC-064',
			message: `${ subscribeTo } either does not exist or cannot be subscribed too`,
		},
	] );
} );

test.each( [
	[ 'no body for POST', { httpMethod: 'POST' } ],
	[ 'no address', { uriTemplate: '/bp' } ],
	[ 'another scheme', { uriTemplate: 'ftp://127.0.0.1/' } ],
	[ 'PATCH', { httpMethod: 'PATCH' } ],
	[ 'a third quality', { qualityOfService: 2 } ],
] )( 'a subscription with %s is refused', async ( _name, more ) => {
	const refused = await bp.call( 'POST', WEBHOOK, {
		subscribeTo: 'product',
		httpMethod: 'GET',
		uriTemplate: shop.url,
		...more,
	} );
	expect( refused.status ).toBe( 400 );
} );

test( 'the list of none is 404 or empty, as the switch says; unknown ids are 404', async () => {
	expect( ( await bp.call( 'GET', WEBHOOK ) ).json ).toEqual( {
		response: [],
	} );
	bp.sandbox.setSwitches( { noWebhooks: 'not-found' } );
	const none = await bp.call( 'GET', WEBHOOK );
	bp.sandbox.setSwitches( { noWebhooks: 'empty' } );
	expect( none.status ).toBe( 404 );
	const unknown = await bp.call( 'GET', `${ WEBHOOK }/99999` );
	expect( unknown.json.errors?.[ 0 ] ).toEqual( {
		code: 'CMNC-404',
		message: 'No webhooks available in ID Set 99999',
	} );
	const gone = await bp.call( 'DELETE', `${ WEBHOOK }/99999` );
	expect( gone.json.errors?.[ 0 ] ).toEqual( {
		code: 'CMNC-404',
		message: 'Cannot find webhook: 99999',
	} );
} );

test( 'every variable is filled in, in address and body', async () => {
	bp.sandbox.setSwitches( { brightpearlVersion: '4.99.1' } );
	const hook = await subscribe( {
		uriTemplate: `${ shop.url }/bp/SECRET?event=\${full-event}&id=\${resource-id}&what=\${unknown}`,
	} );
	await change();
	await shop.until( 1 );
	bp.sandbox.setSwitches( { brightpearlVersion: '4.95.2647' } );
	const [ got ] = shop.received;
	const url = new URL( got?.url ?? '', shop.url );
	expect( got?.method ).toBe( 'POST' );
	expect( got?.type ).toBe( 'application/json' );
	expect( url.searchParams.get( 'event' ) ).toBe(
		'product.modified.on-hand-modified'
	);
	expect( url.searchParams.get( 'id' ) ).toBe( String( products[ 0 ] ) );
	expect( JSON.parse( got?.body ?? '' ) ).toEqual( {
		accountCode: ACCOUNT,
		resourceType: 'product',
		id: String( products[ 0 ] ),
		lifecycleEvent: 'modified',
		specifier: 'on-hand-modified',
		fullEvent: 'product.modified.on-hand-modified',
		raisedOn: '2026-07-01T10:00:00.000Z',
		brightpearlVersion: '4.99.1',
	} );
	expect( ( await settled( hook, 1 ) )[ 0 ] ).toMatchObject( {
		state: 'delivered',
		attempts: [ 200 ],
	} );
} );

describe( 'several products at once', () => {
	/** One correction of several products: their changes are raised in one breath. */
	const correct = async ( ids: readonly number[] ) => {
		const done = await bp.call(
			'POST',
			'/warehouse-service/warehouse/2/stock-correction',
			{
				corrections: ids.map( ( productId ) => ( {
					quantity: 1,
					productId,
					reason: 'Counted',
					locationId: 2,
					cost: { currency: 'GBP', value: '1.00' },
				} ) ),
			}
		);
		expect( done.status ).toBe( 200 );
	};

	test( 'are one call with an id set where that is accepted', async () => {
		await subscribe( { bodyTemplate: '${resource-id}' } );
		await correct( products.slice( 0, 3 ) );
		await shop.until( 1 );
		const [ first = 0 ] = products;
		expect( shop.received.map( ( { body } ) => body ) ).toEqual( [
			`${ first }-${ first + 2 }`,
		] );
	} );

	test( 'are a call each where it is not', async () => {
		await subscribe( {
			bodyTemplate: '${resource-id}',
			idSetAccepted: false,
		} );
		await correct( products.slice( 0, 3 ) );
		await shop.until( 3 );
		expect( shop.received.map( ( { body } ) => body ).sort() ).toEqual(
			products.slice( 0, 3 ).map( String )
		);
	} );
} );

test( 'a prefix takes the events below it, and two subscriptions both fire', async () => {
	const prefix = await subscribe( { subscribeTo: 'product' } );
	const exact = await subscribe();
	const other = await subscribe( { subscribeTo: 'goods-out-note' } );
	await change();
	await shop.until( 2 );
	await settled( prefix, 1 );
	await settled( exact, 1 );
	expect( await deliveries( other ) ).toEqual( [] );
} );

describe( 'quality of service', () => {
	test.each( [
		[ 0, [ 503, 200 ], 'delivered' ],
		[ 0, [ 500 ], 'failed' ],
		[ 0, [ 404 ], 'failed' ],
		[ 1, [ 500, 503, 302, 200 ], 'delivered' ],
		[ 1, [ 404 ], 'failed' ],
		[ 1, [ 503, 410 ], 'failed' ],
	] as const )(
		'%d with answers %j ends %s',
		async ( quality, answers, state ) => {
			shop.answers.push( ...answers );
			const hook = await subscribe( { qualityOfService: quality } );
			await change();
			const [ delivery ] = await settled( hook, 1 );
			expect( delivery ).toMatchObject( { state, attempts: answers } );
		}
	);

	test( 'a receiver that is not there costs the attempts there are', async () => {
		const gone = await startReceiver();
		await gone.close();
		bp.sandbox.setSwitches( { webhookAttempts: 3 } );
		const once = await subscribe( {
			uriTemplate: gone.url,
			qualityOfService: 0,
		} );
		const again = await subscribe( { uriTemplate: gone.url } );
		await change();
		expect( ( await settled( once, 1 ) )[ 0 ]?.attempts ).toEqual( [
			null,
		] );
		expect( ( await settled( again, 1 ) )[ 0 ]?.attempts ).toEqual( [
			null,
			null,
			null,
		] );
	} );
} );

test( 'another machine is never called', async () => {
	const hook = await subscribe( {
		uriTemplate: 'https://hooks.example.com/bp/SECRET',
	} );
	await change();
	expect( ( await settled( hook, 1 ) )[ 0 ] ).toMatchObject( {
		state: 'not-called',
		attempts: [],
	} );
} );

test( 'faults drop and double what is sent', async () => {
	const hook = await subscribe();
	bp.sandbox.setSwitches( { webhookDrop: 1 } );
	await change();
	expect( ( await settled( hook, 1 ) )[ 0 ]?.state ).toBe( 'dropped' );
	bp.sandbox.setSwitches( { webhookDrop: 0, webhookDuplicate: 1 } );
	await change();
	await shop.until( 2 );
	expect( shop.received[ 0 ]?.body ).toBe( shop.received[ 1 ]?.body );
} );

describe( 'simulate', () => {
	const testData = {
		'${account-code}': 'acme',
		'${resource-type}': 'product',
		'${resource-id}': '1-3,99',
		'${full-event}': 'product.modified',
	};

	test( 'really calls, with the data it was given, an id set at once', async () => {
		const hook = await subscribe( {
			bodyTemplate: '${account-code} ${resource-id} ${full-event}',
		} );
		const done = await bp.call( 'POST', `${ WEBHOOK }/${ hook }/simulate`, {
			testData,
		} );
		expect( done.text ).toBe( '{}' );
		await shop.until( 1 );
		expect( shop.received[ 0 ]?.body ).toBe(
			'acme 1-3,99 product.modified'
		);
	} );

	test( 'takes ten ids at most, and an existing webhook', async () => {
		const hook = await subscribe();
		const many = await bp.call( 'POST', `${ WEBHOOK }/${ hook }/simulate`, {
			testData: { ...testData, '${resource-id}': '1-11' },
		} );
		expect( many.status ).toBe( 400 );
		const none = await bp.call( 'POST', `${ WEBHOOK }/99999/simulate`, {
			testData,
		} );
		expect( none.status ).toBe( 404 );
	} );
} );

test( 'subscriptions and what waits to be sent again survive a restart', async () => {
	const dir = mkdtempSync( join( tmpdir(), 'pearlbridge-hooks-' ) );
	const target = await startReceiver();
	try {
		const options = {
			stateFile: join( dir, 'state.json' ),
			switches: { noWebhooks: 'empty' as const },
		};
		const before = await startHarness( {
			...options,
			clock: {
				now: () => Date.now(),
				// Gathering never ends: the stop finds it unsent.
				sleep: ( _ms, signal ) =>
					new Promise( ( resolve ) =>
						signal?.addEventListener( 'abort', () => resolve() )
					),
			},
		} );
		await before.call( 'POST', WEBHOOK, {
			subscribeTo: 'product',
			httpMethod: 'PUT',
			uriTemplate: target.url,
			bodyTemplate: '${resource-id}',
			contentType: 'text/plain',
			qualityOfService: 1,
		} );
		await before.control( 'POST', '/stock', {
			account: ACCOUNT,
			productId: products[ 0 ],
			change: 1,
		} );
		await before.close();
		expect( target.received ).toEqual( [] );
		const after = await startHarness( options );
		await target.until( 1 );
		expect( target.received[ 0 ] ).toMatchObject( {
			method: 'PUT',
			type: 'text/plain',
			body: String( products[ 0 ] ),
		} );
		expect(
			( await after.call( 'GET', WEBHOOK ) ).json.response
		).toHaveLength( 1 );
		await after.close();
	} finally {
		await target.close();
		rmSync( dir, { recursive: true, force: true } );
	}
} );
