/**
 * The lists of statuses and codes (resources reference, §1.8, §1.11).
 */
import assert from 'node:assert/strict';
import type { Api, ApiReply, ConformanceCase } from '../case.ts';
import {
	at,
	list,
	made,
	makeSale,
	readOrder,
	response,
	silent,
	unique,
} from '../order-kit.ts';

const setStatus = (
	api: Api,
	orderId: number,
	orderStatusId: number
): Promise< ApiReply > =>
	api.put( `/order-service/order/${ orderId }/status`, { orderStatusId } );

export const listCases: readonly ConformanceCase[] = [
	{
		id: 'order-status/list',
		fact: 'The statuses come sorted by type, then by their order',
		source: 'resources §1.8',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const all = list(
				response( await api.get( '/order-service/order-status' ) )
			);
			for ( const status of all ) {
				assert.equal( typeof at( status, 'statusId' ), 'number' );
				assert.equal( typeof at( status, 'name' ), 'string' );
				assert.equal( typeof at( status, 'disabled' ), 'boolean' );
			}
			const types = all.map( ( status ) =>
				at( status, 'orderTypeCode' )
			);
			const changes = types.filter(
				( type, index ) => index > 0 && type !== types[ index - 1 ]
			);
			assert.equal( changes.length, new Set( types ).size - 1 );
		},
	},
	{
		id: 'order-status/post',
		fact: 'A status can be made; it answers its id',
		source: 'resources §1.8',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = made(
				await api.post( '/order-service/order-status', {
					name: `Conformance ${ unique().slice( -6 ) }`,
					orderTypeCode: 'SO',
					color: '#336699',
				} )
			);
			const orderId = await makeSale( api );
			silent( await setStatus( api, orderId, id ) );
			assert.equal(
				at(
					await readOrder( api, orderId ),
					'orderStatus',
					'orderStatusId'
				),
				id
			);
		},
	},
	{
		id: 'order-type/list',
		fact: 'Order types: 1 SO, 2 PO, 3 SC, 4 PC',
		source: 'resources §1.11',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const all = list(
				response( await api.get( '/order-service/order-type' ) )
			);
			assert.deepEqual(
				all.map( ( type ) => [ at( type, 'id' ), at( type, 'code' ) ] ),
				[
					[ 1, 'SO' ],
					[ 2, 'PO' ],
					[ 3, 'SC' ],
					[ 4, 'PC' ],
				]
			);
		},
	},
	{
		id: 'order-stock-status/list',
		fact: 'There are thirteen stock statuses',
		source: 'resources §1.11',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get( '/order-service/order-stock-status' );
			assert.equal( list( response( reply ) ).length, 13 );
		},
	},
	{
		id: 'order-shipping-status/list',
		fact: 'Shipping statuses: NST, SNS, SPS, ASS',
		source: 'resources §1.11',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get(
				'/order-service/order-shipping-status'
			);
			assert.deepEqual(
				list( response( reply ) ).map( ( one ) => at( one, 'code' ) ),
				[ 'NST', 'SNS', 'SPS', 'ASS' ]
			);
		},
	},
];
