/**
 * What multi-message refuses, and what is not known of it (platform reference, §1.6).
 */
import assert from 'node:assert/strict';
import { note, processed, send, versionOf } from '../batch-kit.ts';
import type { Message } from '../batch-kit.ts';
import type { ConformanceCase } from '../case.ts';
import { at, codes, makeSale, refused } from '../order-kit.ts';

export const multiMessageLimitCases: readonly ConformanceCase[] = [
	{
		id: 'multi-message/all-failed-alike',
		fact: 'When all fail alike the status is the one they share, or 207, by switch',
		source: 'platform §1.6, §4.2',
		mark: 'I',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const orderId = await makeSale( api );
			const bad = [ note( 'a', orderId, '' ), note( 'b', orderId, '' ) ];
			assert.equal( ( await send( api, bad ) ).status, 400 );
			await api.sandbox( 'POST', '/switches', {
				batchAllFailed: 'mixed',
			} );
			assert.equal( ( await send( api, bad ) ).status, 207 );
		},
	},
	{
		id: 'multi-message/limits',
		fact: '2 to 10 messages, unique labels, no STOP with PARALLEL; otherwise nothing is done',
		source: 'platform §1.6',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			const many = ( length: number ) =>
				Array.from( { length }, ( _, n ) =>
					note( `m${ n }`, orderId )
				);
			refused( await send( api, many( 1 ) ) );
			refused( await send( api, many( 11 ) ) );
			refused(
				await send( api, [
					note( 'x', orderId ),
					note( 'x', orderId ),
				] )
			);
			refused( await send( api, many( 2 ), 'PARALLEL', 'STOP' ) );
			assert.equal( await versionOf( api, orderId ), 0 );
		},
	},
	{
		id: 'multi-message/body-is-an-object',
		fact: 'A message’s body is an object, not a text',
		source: 'platform §1.6',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			refused(
				await send( api, [
					note( 'a', orderId ),
					{ ...note( 'b', orderId ), body: '{"text":"b"}' },
				] )
			);
		},
	},
	{
		id: 'multi-message/unknown-address',
		fact: 'The uri of a message is relative to the account; another is that message’s 404',
		source: 'platform §1.6',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			const reply = await send( api, [
				note( 'a', orderId ),
				{
					...note( 'b', orderId ),
					uri: `/public-api/${ api.account }/order-service/order/${ orderId }/note`,
				},
			] );
			assert.equal( reply.status, 207 );
			const wrong = processed( reply ).find(
				( { label } ) => label === 'b'
			);
			assert.equal( wrong?.statusCode, 404 );
		},
	},
	{
		id: 'multi-message/reads-by-switch',
		fact: 'GET and PATCH inside a batch are refused or done, by switch',
		source: 'platform §1.6',
		mark: 'I',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const orderId = await makeSale( api );
			const messages: readonly Message[] = [
				note( 'a', orderId ),
				{
					label: 'read',
					uri: `/order-service/order/${ orderId }`,
					httpMethod: 'GET',
					body: {},
				},
			];
			refused( await send( api, messages ) );
			await api.sandbox( 'POST', '/switches', { batchMethods: 'any' } );
			const reply = await send( api, messages );
			const read = processed( reply ).find(
				( { label } ) => label === 'read'
			);
			assert.equal( at( read?.content, 'response', 0, 'id' ), orderId );
		},
	},
	{
		id: 'multi-message/refused-by-switch',
		fact: 'An account may refuse it altogether: 404, 400 or 403',
		source: 'platform §1.6',
		mark: 'I',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const orderId = await makeSale( api );
			const messages = [ note( 'a', orderId ), note( 'b', orderId ) ];
			for ( const [ multiMessage, status ] of [
				[ 'off', 404 ],
				[ 'refused', 400 ],
				[ 'forbidden', 403 ],
			] as const ) {
				await api.sandbox( 'POST', '/switches', { multiMessage } );
				const reply = await send( api, messages );
				assert.equal( reply.status, status );
				if ( status !== 403 ) {
					assert( codes( reply ).length > 0 );
				}
			}
			assert.equal( await versionOf( api, orderId ), 0 );
		},
	},
];
