import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Call } from '../../../src/brightpearl/transport/call.ts';
import { concernOf } from '../../../src/brightpearl/batching/concern.ts';
import {
	batchCall,
	isBatchable,
	judgeBatch,
	readMessages,
} from '../../../src/brightpearl/batching/multi-message.ts';
import type { HttpOutcome } from '../../../src/contracts/world.ts';
import { answer, lost, unreachable } from '../world.ts';

const fixture = JSON.parse(
	readFileSync(
		new URL( '../../data/brightpearl-fixtures.json', import.meta.url ),
		'utf8'
	)
) as {
	multiMessage: {
		request: { messages: { label: string }[] };
		response: { status: number; body: { response: object } };
	};
};

const TOKEN = 'QUJDREVGR0hJSktMTU5P=';
const judge = ( outcome: HttpOutcome ) =>
	judgeBatch( {
		endpoint: 'POST /multi-message',
		write: true,
		none: 'never',
		outcome,
		secrets: [ TOKEN ],
		now: Date.UTC( 2026, 0, 1 ),
	} );
const post = ( path: string, body: unknown = {} ): Call => ( {
	method: 'POST',
	path,
	body,
} );
const processed = (
	label: string,
	statusCode: unknown,
	content: unknown
) => ( {
	label,
	statusCode,
	body: { content },
} );
const batchAnswer = (
	processedMessages: unknown,
	unprocessedMessages: unknown = []
) => ( { response: { processedMessages, unprocessedMessages } } );

describe( 'the request', () => {
	test( 'has the recorded shape, and goes on after a failure', () => {
		const call = batchCall(
			[
				post( '/product-service/brand', { name: 'X' } ),
				{
					method: 'DELETE',
					path: '/accounting-service/customer-payment/7',
				},
			],
			'SEQUENTIAL'
		);
		expect( call ).toEqual( {
			method: 'POST',
			path: '/multi-message',
			body: {
				processingMode: 'SEQUENTIAL',
				onFail: 'CONTINUE',
				messages: [
					{
						label: 'm1',
						uri: '/product-service/brand',
						httpMethod: 'POST',
						body: { name: 'X' },
					},
					{
						label: 'm2',
						uri: '/accounting-service/customer-payment/7',
						httpMethod: 'DELETE',
						body: {},
					},
				],
			},
		} );
		expect(
			Object.keys(
				( call.body as { messages: object[] } ).messages[ 0 ] ?? {}
			).sort()
		).toEqual(
			Object.keys(
				fixture.multiMessage.request.messages[ 0 ] ?? {}
			).sort()
		);
	} );

	test.each< [ string, Call, boolean ] >( [
		[ 'a POST', post( '/x' ), true ],
		[ 'a PUT', { method: 'PUT', path: '/x/1', body: {} }, true ],
		[ 'a DELETE', { method: 'DELETE', path: '/x/1' }, true ],
		[ 'a GET', { method: 'GET', path: '/x/1' }, false ],
		[ 'an OPTIONS', { method: 'OPTIONS', path: '/x' }, false ],
		[ 'a PATCH', { method: 'PATCH', path: '/x/1', body: [] }, false ],
		[ 'a list', post( '/x', [] ), false ],
		[ 'one with headers', { ...post( '/x' ), headers: { a: 'b' } }, false ],
		[ 'one with a query', { ...post( '/x' ), query: { a: 'b' } }, false ],
		[
			'one that does not want to',
			{ ...post( '/x' ), batch: false },
			false,
		],
	] )( 'may hold %s', ( _what, call, may ) => {
		expect( isBatchable( call ) ).toBe( may );
	} );
} );

describe( 'what a write concerns', () => {
	test.each< [ Call, string | null ] >( [
		[
			post( '/warehouse-service/order/7/reservation/warehouse/2' ),
			'order:7',
		],
		[
			post( '/accounting-service/customer-payment', { orderId: 7 } ),
			'order:7',
		],
		[ post( '/order-service/sales-order/7/close' ), 'order:7' ],
		[
			{ method: 'DELETE', path: '/order-service/order/7/row/9' },
			'order:7',
		],
		[
			post( '/warehouse-service/goods-note/goods-out/5/event' ),
			'/warehouse-service/goods-note/goods-out/5',
		],
		[
			{
				method: 'PUT',
				path: '/warehouse-service/goods-note/goods-out/5',
			},
			'/warehouse-service/goods-note/goods-out/5',
		],
		[
			post( '/order-service/sales-order', { externalRef: 'shop-1' } ),
			'/order-service/sales-order shop-1',
		],
		[ post( '/contact-service/contact' ), null ],
		[ { ...post( '/contact-service/contact' ), key: 'mine' }, 'mine' ],
	] )( '%j', ( call, key ) => {
		expect( concernOf( call ) ).toBe( key );
	} );
} );

describe( 'an answer as a whole', () => {
	const messages = batchAnswer( [ processed( 'm1', 400, '{"errors":[]}' ) ] );

	test.each( [ 200, 207, 400, 401, 404, 409, 500, 503 ] )(
		'with messages is one, also with the status %d that they may share',
		( status ) => {
			expect( judge( answer( status, messages ) ) ).toEqual( {
				kind: 'answer',
				body: messages,
			} );
		}
	);

	test( 'is not throttled because one of its messages was', () => {
		const body = batchAnswer( [
			processed( 'm1', 503, '{"response":"too many requests"}' ),
			processed( 'm2', 503, '{"response":"unavailable"}' ),
		] );
		expect( judge( answer( 503, body ) ).kind ).toBe( 'answer' );
	} );

	const error = ( code: string ) => ( {
		errors: [ { code, message: `no, ${ TOKEN }` } ],
	} );
	const HTML = '<html>no</html>';

	test.each< [ string, HttpOutcome ] >( [
		[ '404 with a code', answer( 404, error( 'CMNC-404' ) ) ],
		[ '404 of the gateway', answer( 404, { response: 'no' } ) ],
		[ '403', answer( 403, { response: 'no' } ) ],
		[ '405', answer( 405, { response: 'no' } ) ],
		[ '400 with a code', answer( 400, error( 'CMNC-010' ) ) ],
		[ '400 of the gateway', answer( 400, { response: 'no' } ) ],
		[ '413', answer( 413, { response: 'too large' } ) ],
		[ '501 with a code', answer( 501, error( 'CMNC-999' ) ) ],
		[ '501 of the gateway', answer( 501, { response: 'no' } ) ],
	] )(
		'refuses all of them and proves that none was executed: %s',
		( _what, outcome ) => {
			const verdict = judge( outcome );
			expect( verdict.kind ).toBe( 'refused' );
			expect( JSON.stringify( verdict ) ).not.toContain( TOKEN );
		}
	);

	test.each< [ string, HttpOutcome, string ] >( [
		[ '200 with a bare id', answer( 200, { response: 7 } ), 'stumbled' ],
		[ '200 with nothing', answer( 200, {} ), 'stumbled' ],
		[ '200 with errors', answer( 200, error( 'CMNC-010' ) ), 'stumbled' ],
		[ '207 with errors', answer( 207, error( 'CMNC-010' ) ), 'stumbled' ],
		[
			'500 with a client’s code',
			answer( 500, error( 'CMNC-018' ) ),
			'stumbled',
		],
		[ '500 unexpected', answer( 500, error( 'CMNU-003' ) ), 'stumbled' ],
		[ '400 unexpected', answer( 400, error( 'CMNU-003' ) ), 'stumbled' ],
		[ '501 unexpected', answer( 501, error( 'CMNU-003' ) ), 'stumbled' ],
		[ '200 cut', answer( 200, '{"response":{"processedMes' ), 'outage' ],
		[ '200 HTML', answer( 200, HTML ), 'outage' ],
		[ '404 HTML', answer( 404, HTML ), 'outage' ],
		[ '405 HTML', answer( 405, HTML ), 'outage' ],
		[ '501 HTML', answer( 501, HTML ), 'outage' ],
		[ '503 HTML', answer( 503, HTML ), 'outage' ],
		[ '503 of the gateway', answer( 503, { response: 'no' } ), 'outage' ],
		[ '408', answer( 408, { response: 'slow' } ), 'outage' ],
		[ 'none', lost, 'outage' ],
	] )( 'leaves the outcome unknown: %s', ( _what, outcome, kind ) => {
		const verdict = judge( outcome );
		expect( verdict ).toMatchObject( {
			kind,
			failure: { kind: 'retry', outcomeUnknown: true },
		} );
		expect( JSON.stringify( verdict ) ).not.toContain( TOKEN );
	} );

	test( 'of a throttled or unsent batch says that nothing was executed', () => {
		for ( const outcome of [
			answer( 503, { response: 'You have sent too many requests.' } ),
			answer( 429, HTML ),
			unreachable,
		] ) {
			expect( judge( outcome ) ).toMatchObject( {
				failure: { kind: 'retry', outcomeUnknown: false },
			} );
		}
	} );

	test( 'with a refused token is renewed like any other', () => {
		expect( judge( answer( 401, { response: TOKEN } ) ).kind ).toBe(
			'unauthorized'
		);
	} );
} );

describe( 'each message', () => {
	test( 'of the recorded answer', () => {
		const text = JSON.stringify( fixture.multiMessage.response.body )
			.replace( '"a"', '"m1"' )
			.replace( '"b"', '"m2"' )
			.replace( '"c"', '"m3"' );
		expect( readMessages( JSON.parse( text ), 3 ) ).toEqual( [
			{ kind: 'processed', status: 200, body: '{"response":111}' },
			{
				kind: 'processed',
				status: 400,
				body: '{"errors":[{"code":"PRDC-024","message":"Brand name is required"}]}',
			},
			{ kind: 'unprocessed' },
		] );
	} );

	test( 'is found by its label, in whatever order they come', () => {
		const body = batchAnswer( [
			processed( 'm2', 200, '{"response":2}' ),
			processed( 'm1', '200', '{"response":1}' ),
		] );
		expect( readMessages( body, 2 ) ).toMatchObject( [
			{ body: '{"response":1}', status: 200 },
			{ body: '{"response":2}', status: 200 },
		] );
	} );

	test( 'told nothing of, told twice, or told both done and undone is not known', () => {
		const body = batchAnswer(
			[
				processed( 'm2', 200, '{}' ),
				processed( 'm2', 400, '{}' ),
				processed( 'm3', 200, '{}' ),
				processed( 'm4', 'good', '{}' ),
				'nonsense',
				null,
			],
			[ 'm3', { label: 'm5' }, 7 ]
		);
		expect( readMessages( body, 5 ).map( ( { kind } ) => kind ) ).toEqual( [
			'untold',
			'untold',
			'untold',
			'untold',
			'unprocessed',
		] );
	} );

	test( 'of a list that is left out is unprocessed where the other names it', () => {
		expect(
			readMessages(
				{ response: { unprocessedMessages: [ 'm1', 'm2' ] } },
				2
			)
		).toEqual( [ { kind: 'unprocessed' }, { kind: 'unprocessed' } ] );
	} );

	test.each< [ unknown, number, string ] >( [
		[ { content: '{"response":1}' }, 200, '{"response":1}' ],
		[ { content: { response: 1 } }, 200, '{"response":1}' ],
		[ '{"response":1}', 200, '{"response":1}' ],
		[ { content: '' }, 200, '{}' ],
		[ { content: null }, 204, '{}' ],
		[ {}, 200, '{}' ],
		[ undefined, 200, '{}' ],
		[ null, 200, '{}' ],
		[ undefined, 500, '' ],
		[ { content: '' }, 400, '' ],
		[ { content: 7 }, 500, '' ],
	] )( 'has the content of %j with %d', ( body, status, content ) => {
		expect(
			readMessages(
				batchAnswer( [ { label: 'm1', statusCode: status, body } ] ),
				1
			)
		).toEqual( [ { kind: 'processed', status, body: content } ] );
	} );

	test( 'is told of once whatever the answer, which never throws', () => {
		fc.assert(
			fc.property(
				fc.integer( { min: 100, max: 599 } ),
				fc.oneof( fc.jsonValue(), fc.constant( batchAnswer( [] ) ) ),
				fc.integer( { min: 2, max: 10 } ),
				( status, value, count ) => {
					const verdict = judge( answer( status, value ) );
					if ( verdict.kind === 'answer' ) {
						expect(
							readMessages( verdict.body, count )
						).toHaveLength( count );
					}
				}
			)
		);
	} );
} );
