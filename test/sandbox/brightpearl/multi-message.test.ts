import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { orderBody, startHarness } from './harness.ts';
import type { Harness, Json } from './harness.ts';

let bp: Harness;
let customer: number;

beforeAll( async () => {
	bp = await startHarness();
	customer = await bp.contact();
} );

afterAll( () => bp.close() );

beforeEach( async () => {
	await bp.control( 'POST', '/faults/clear', {} );
	await bp.control( 'POST', '/switches', {
		multiMessage: 'on',
		batchMethods: 'writes',
		batchAllFailed: 'shared',
	} );
} );

let serial = 0;

const order = ( more: Record< string, unknown > = {} ) => ( {
	label: `order-${ ++serial }`,
	uri: '/order-service/sales-order',
	httpMethod: 'POST',
	body: orderBody( customer, {
		externalRef: `batch-${ serial }`,
		installedIntegrationInstanceId: undefined,
		...more,
	} ),
} );

const broken = () => order( { customer: { id: 99_999_999 } } );

const send = (
	messages: readonly unknown[],
	processingMode = 'SEQUENTIAL',
	onFail = 'CONTINUE'
) => bp.call( 'POST', '/multi-message', { processingMode, onFail, messages } );

const contents = ( json: Json ): Record< string, Json > =>
	Object.fromEntries(
		[ ...json.response.processedMessages! ].map( ( message ) => [
			String( message.label ),
			JSON.parse( String( message.body!.content ) ) as Json,
		] )
	);

const orders = async ( externalRef: string ): Promise< number > =>
	(
		await bp.search(
			`/order-service/order-search?externalRef=${ externalRef }`
		)
	).length;

test( 'each message is worked on as a call of its own, and its answer is JSON in a text', async () => {
	const messages = [ order(), order() ];
	const answer = await send( messages );
	expect( answer.status ).toBe( 200 );
	expect( answer.json.response.unprocessedMessages ).toEqual( [] );
	for ( const [ index, { label, body } ] of messages.entries() ) {
		const done = answer.json.response.processedMessages![ index ]!;
		expect( done ).toMatchObject( { label, statusCode: 200 } );
		const made = Number( contents( answer.json )[ label ]?.response );
		const shown = await bp.call(
			'GET',
			`/order-service/sales-order/${ made }`
		);
		expect( shown.json.response[ 0 ]?.externalRef ).toBe(
			body.externalRef
		);
	}
} );

test( 'ten messages count as one request for the cap, and stand once in the log', async () => {
	const before = await bp.call( 'GET', '/order-service/order-status' );
	const answer = await send( Array.from( { length: 10 }, () => order() ) );
	const left = ( reply: typeof before ) =>
		Number( reply.headers.get( 'brightpearl-requests-remaining' ) );
	expect( left( before ) - left( answer ) ).toBe( 1 );
	const log = await bp.control( 'GET', '/requests' );
	const entries = [ ...log.json.requests! ];
	expect( entries.at( -1 ) ).toMatchObject( {
		path: '/public-api/sandbox-gb/multi-message',
		messages: 10,
	} );
	expect( log.json.counters ).toMatchObject( {
		'POST /order-service/sales-order (batched)': expect.any( Number ),
	} );
} );

test( 'CONTINUE goes on after a failure, and unlike outcomes are 207', async () => {
	const messages = [ order(), broken(), order() ];
	const answer = await send( messages );
	expect( answer.status ).toBe( 207 );
	expect(
		[ ...answer.json.response.processedMessages! ].map( Object )
	).toMatchObject( [
		{ statusCode: 200 },
		{ statusCode: 400 },
		{ statusCode: 200 },
	] );
	expect(
		contents( answer.json )[ messages[ 1 ]!.label ]?.errors
	).toHaveLength( 1 );
} );

test( 'STOP names what it did not begin', async () => {
	const messages = [ order(), broken(), order() ];
	const answer = await send( messages, 'SEQUENTIAL', 'STOP' );
	expect( answer.status ).toBe( 207 );
	expect( answer.json.response.processedMessages ).toHaveLength( 2 );
	expect( answer.json.response.unprocessedMessages ).toEqual( [
		messages[ 2 ]!.label,
	] );
	expect( await orders( messages[ 2 ]!.body.externalRef as string ) ).toBe(
		0
	);
} );

test( 'PARALLEL answers in an order of its own', async () => {
	const messages = [ order(), order(), order() ];
	const answer = await send( messages, 'PARALLEL' );
	expect(
		[ ...answer.json.response.processedMessages! ].map( ( done ) =>
			String( done.label )
		)
	).toEqual( messages.map( ( { label } ) => label ).toReversed() );
} );

test( 'a batch that all failed alike answers their status, or 207 by switch', async () => {
	expect( ( await send( [ broken(), broken() ] ) ).status ).toBe( 400 );
	await bp.control( 'POST', '/switches', { batchAllFailed: 'mixed' } );
	expect( ( await send( [ broken(), broken() ] ) ).status ).toBe( 207 );
} );

test.each( [
	[ 'a lone message', () => send( [ order() ] ) ],
	[
		'eleven messages',
		() => send( Array.from( { length: 11 }, () => order() ) ),
	],
	[
		'STOP with PARALLEL',
		() => send( [ order(), order() ], 'PARALLEL', 'STOP' ),
	],
	[
		'labels that are not unique',
		() =>
			send(
				[ order(), order() ].map( ( m ) => ( { ...m, label: 'x' } ) )
			),
	],
	[
		'a read',
		() =>
			send( [
				order(),
				{
					label: 'read',
					uri: '/order-service/order/1',
					httpMethod: 'GET',
					body: {},
				},
			] ),
	],
	[
		'a body that is text',
		() => send( [ order(), { ...order(), body: '{}' } ] ),
	],
] )( 'refuses %s, and does nothing', async ( _what, attempt ) => {
	const before = await bp.call( 'GET', '/order-service/order-search' );
	const answer = await attempt();
	expect( answer.status ).toBe( 400 );
	const after = await bp.call( 'GET', '/order-service/order-search' );
	expect( after.json.response.metaData!.resultsAvailable ).toBe(
		before.json.response.metaData!.resultsAvailable
	);
} );

test( 'reads and patches go inside by switch', async () => {
	await bp.control( 'POST', '/switches', { batchMethods: 'any' } );
	const answer = await send( [
		order(),
		{
			label: 'read',
			uri: '/order-service/order-search?pageSize=1',
			httpMethod: 'GET',
			body: {},
		},
	] );
	expect( answer.status ).toBe( 200 );
	expect(
		contents( answer.json ).read?.response.metaData?.resultsReturned
	).toBe( 1 );
} );

test( 'an address that is none is the message’s own 404', async () => {
	const answer = await send( [
		order(),
		{
			label: 'lost',
			uri: '/public-api/sandbox-gb/order-service/sales-order',
			httpMethod: 'POST',
			body: {},
		},
	] );
	expect( answer.status ).toBe( 207 );
	expect( contents( answer.json ).lost?.errors![ 0 ]?.code ).toBe(
		'CMNC-404'
	);
} );

test.each( [
	[ 'off', 404 ],
	[ 'refused', 400 ],
	[ 'forbidden', 403 ],
] )( 'an account may not have it: %s is %i', async ( multiMessage, status ) => {
	await bp.control( 'POST', '/switches', { multiMessage } );
	expect( ( await send( [ order(), order() ] ) ).status ).toBe( status );
} );

test( 'one message of a batch can fail, executed or not', async () => {
	for ( const committed of [ false, true ] ) {
		await bp.control( 'POST', '/faults/clear', {} );
		await bp.control( 'POST', '/faults', {
			kind: 'error',
			path: '/order-service/sales-order',
			count: 1,
			committed,
		} );
		const messages = [ order(), order() ];
		const answer = await send( messages );
		expect( answer.status ).toBe( 207 );
		expect(
			contents( answer.json )[ messages[ 0 ]!.label ]?.errors![ 0 ]?.code
		).toBe( 'CMNU-003' );
		expect(
			await orders( messages[ 0 ]!.body.externalRef as string )
		).toBe( committed ? 1 : 0 );
		expect(
			await orders( messages[ 1 ]!.body.externalRef as string )
		).toBe( 1 );
	}
} );

test( 'a lost answer of one message is the loss of the batch’s answer; the work is done', async () => {
	await bp.control( 'POST', '/faults', {
		kind: 'lost-answer',
		path: '/order-service/sales-order',
		count: 1,
	} );
	const messages = [ order(), order() ];
	await expect( send( messages ) ).rejects.toThrow();
	for ( const { body } of messages ) {
		expect( await orders( body.externalRef as string ) ).toBe( 1 );
	}
} );

test( 'a batch can break off in its middle: what came before is done, the rest is not', async () => {
	const messages = [ order(), order(), order() ];
	await bp.control( 'POST', '/faults', {
		kind: 'lost-request',
		path: '/accounting-service/customer-payment',
	} );
	messages.splice( 1, 0, {
		...order(),
		uri: '/accounting-service/customer-payment',
	} );
	await expect( send( messages ) ).rejects.toThrow();
	expect( await orders( messages[ 0 ]!.body.externalRef as string ) ).toBe(
		1
	);
	expect( await orders( messages[ 2 ]!.body.externalRef as string ) ).toBe(
		0
	);
} );

test( 'a fault that names no path means the whole request', async () => {
	await bp.control( 'POST', '/faults', { kind: 'error', count: 2 } );
	const answer = await send( [ order(), order() ] );
	expect( answer.status ).toBe( 500 );
	expect( answer.json.errors![ 0 ]?.code ).toBe( 'CMNU-003' );
} );
