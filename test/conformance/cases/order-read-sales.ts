/**
 * Sales orders as they are read (resources reference, §0.1, §1.3).
 */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import {
	at,
	configured,
	keys,
	list,
	readSale,
	refused,
	response,
} from '../order-kit.ts';

/** Ids are never reused, and nobody has so many orders. */
const NONE = 999_999_999;

export const readSalesCases: readonly ConformanceCase[] = [
	{
		id: 'sales-order/is-canceled-may-be-null',
		fact: '`isCanceled` is null where no cancelled status is configured',
		source: 'resources §1.3',
		mark: 'D',
		mode: 'read',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const shown = async () =>
				at( await readSale( api, id ), 'isCanceled' );
			assert.equal( await shown(), false );
			const cancelled = await configured( api, 'cancelledOrderStatusId' );
			await api.sandbox( 'POST', '/switches', {
				cancelledStatus: 'none',
			} );
			assert.equal( await shown(), null );
			refused(
				await api.put( `/order-service/order/${ id }/status`, {
					orderStatusId: Number( cancelled ),
				} )
			);
		},
	},
	{
		id: 'sales-order/ids-are-mandatory',
		fact: '`GET sales-order` without ids is refused',
		source: 'resources §1.3',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get( '/order-service/sales-order' );
			assert( reply.status >= 400, String( reply.status ) );
		},
	},
	{
		id: 'sales-order/none-found-is-404',
		fact: 'A set of which nothing exists is 404 CMNC-404',
		source: 'platform §5.4',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get(
				`/order-service/sales-order/${ NONE }`
			);
			refused( reply, 404 );
			assert.equal( at( reply.json, 'errors', 0, 'code' ), 'CMNC-404' );
		},
	},
	{
		id: 'sales-order/partial-set-is-207',
		fact: 'A set of which some exist is 207',
		source: 'resources §0.1',
		mark: 'I',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const reply = await api.get(
				`/order-service/sales-order/${ id },${ NONE }`
			);
			assert.equal( reply.status, 207 );
			assert.equal( list( response( reply ) ).length, 1 );
		},
	},
	{
		id: 'sales-order/read-only-fields',
		fact: 'A sales order shows its total, its codes, its payment status and whether it is cancelled',
		source: 'resources §1.3',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const sale = await readSale( api, await api.existing( 'order' ) );
			const shown = keys( sale );
			for ( const name of [
				'id',
				'customerId',
				'createdOn',
				'createdBy',
				'total',
				'orderPaymentStatus',
				'allocationStatusCode',
				'shippingStatusCode',
				'stockStatusCode',
				'isCanceled',
				'rows',
			] ) {
				assert( shown.includes( name ), name );
			}
			assert.deepEqual( keys( at( sale, 'total' ) ).toSorted(), [
				'baseGross',
				'baseNet',
				'baseTax',
				'gross',
				'net',
				'tax',
			] );
			list( at( sale, 'rows' ) );
		},
	},
];
