/**
 * Multi-message (platform reference, §1.6), with orders and notes as its messages.
 */
import assert from 'node:assert/strict';
import { note, processed, send, versionOf } from '../batch-kit.ts';
import type { ApiReply, ConformanceCase } from '../case.ts';
import {
	at,
	list,
	makeSale,
	readOrder,
	response,
	saleBody,
} from '../order-kit.ts';

export const multiMessageCases: readonly ConformanceCase[] = [
	{
		id: 'multi-message/all-well',
		fact: 'All messages well: 200, each with its label, its status and its answer as JSON in a text',
		source: 'platform §1.6',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			const reply = await send( api, [
				note( 'a', orderId ),
				note( 'b', orderId ),
			] );
			assert.equal( reply.status, 200 );
			assert.deepEqual( response( reply, 'unprocessedMessages' ), [] );
			for ( const { statusCode, content } of processed( reply ) ) {
				assert.equal( statusCode, 200 );
				assert( Number.isInteger( at( content, 'response' ) ) );
			}
			assert.deepEqual(
				processed( reply ).map( ( { label } ) => label ),
				[ 'a', 'b' ]
			);
			assert.equal( await versionOf( api, orderId ), 2 );
		},
	},
	{
		id: 'multi-message/outcomes-differ',
		fact: 'Outcomes that differ are 207; CONTINUE works on after a failure',
		source: 'platform §1.6',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			const reply = await send( api, [
				note( 'a', orderId ),
				note( 'b', orderId, '' ),
				note( 'c', orderId ),
			] );
			assert.equal( reply.status, 207 );
			assert.deepEqual(
				processed( reply ).map( ( { statusCode } ) => statusCode ),
				[ 200, 400, 200 ]
			);
			const failed = processed( reply )[ 1 ];
			assert( list( at( failed?.content, 'errors' ) ).length > 0 );
		},
	},
	{
		id: 'multi-message/stop',
		fact: 'STOP leaves the rest undone and names it in `unprocessedMessages`',
		source: 'platform §1.6',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			const reply = await send(
				api,
				[
					note( 'a', orderId, '' ),
					note( 'b', orderId ),
					note( 'c', orderId ),
				],
				'SEQUENTIAL',
				'STOP'
			);
			assert.equal( reply.status, 207 );
			assert.equal( processed( reply ).length, 1 );
			assert.deepEqual( response( reply, 'unprocessedMessages' ), [
				'b',
				'c',
			] );
			assert.equal( await versionOf( api, orderId ), 0 );
		},
	},
	{
		id: 'multi-message/parallel',
		fact: 'PARALLEL works on all messages; the labels tell them apart',
		source: 'platform §1.6',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			const labels = [ 'a', 'b', 'c' ];
			const reply = await send(
				api,
				labels.map( ( label ) => note( label, orderId ) ),
				'PARALLEL'
			);
			assert.equal( reply.status, 200 );
			assert.deepEqual(
				processed( reply )
					.map( ( { label } ) => label )
					.toSorted(),
				labels
			);
		},
	},
	{
		id: 'multi-message/ten-are-one-request',
		fact: 'Ten messages count as one request',
		source: 'platform §1.6, §3',
		mark: 'C',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const orderId = await makeSale( api );
			const left = ( { headers }: ApiReply ) =>
				Number( headers[ 'brightpearl-requests-remaining' ] );
			const before = await api.get( `/order-service/order/${ orderId }` );
			const reply = await send(
				api,
				Array.from( { length: 10 }, ( _, n ) =>
					note( `m${ n }`, orderId )
				)
			);
			assert.equal( reply.status, 200 );
			const used = left( before ) - left( reply );
			assert( used === 1 || used < 0, String( used ) );
		},
	},
	{
		id: 'multi-message/creates-orders',
		fact: 'A message creates as a call of its own does',
		source: 'platform §1.6',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const body = await saleBody( api );
			const reply = await send(
				api,
				[ 'a', 'b' ].map( ( label ) => ( {
					label,
					uri: '/order-service/sales-order',
					httpMethod: 'POST',
					body,
				} ) )
			);
			for ( const { content } of processed( reply ) ) {
				const id = Number( at( content, 'response' ) );
				assert.equal( at( await readOrder( api, id ), 'id' ), id );
			}
		},
	},
	{
		id: 'multi-message/put-and-delete',
		fact: 'PUT and DELETE go inside too, with `{}` where they have no body',
		source: 'platform §1.6',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			const order = await readOrder( api, orderId );
			const [ rowId = '' ] = Object.keys(
				at( order, 'orderRows' ) as object
			);
			const reply = await send( api, [
				{
					label: 'status',
					uri: `/order-service/order/${ orderId }/status`,
					httpMethod: 'PUT',
					body: {
						orderStatusId: at(
							order,
							'orderStatus',
							'orderStatusId'
						),
					},
				},
				{
					label: 'row',
					uri: `/order-service/order/${ orderId }/row/${ rowId }`,
					httpMethod: 'DELETE',
					body: {},
				},
			] );
			assert.equal( reply.status, 200, reply.text );
			assert.deepEqual(
				processed( reply ).map( ( { content } ) => content ),
				[ {}, {} ]
			);
		},
	},
];
