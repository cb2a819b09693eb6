/** Reservations, Brightpearl's word for allocation (resources reference, §4.4). */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { codes, readOrder, refused } from '../order-kit.ts';
import {
	allocate,
	at,
	levels,
	linesOf,
	response,
	silent,
	stockSale,
} from '../stock-kit.ts';

const reservationOf = ( orderId: number ): string =>
	`/warehouse-service/order/${ orderId }/reservation`;

export const reservationCases: readonly ConformanceCase[] = [
	{
		id: 'reservation/create-answers-nothing',
		fact: 'POST answers `{}` and the order is allocated',
		source: 'resources §4.4',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 5, 2 );
			silent( await allocate( api, sale, 2 ) );
			const order = await readOrder( api, sale.orderId );
			assert.equal( at( order, 'allocationStatusCode' ), 'AAA' );
			assert.equal( at( order, 'stockStatusCode' ), 'SON' );
		},
	},
	{
		id: 'reservation/takes-texts',
		fact: 'Ids and quantities may be texts',
		source: 'resources §9',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 5, 2 );
			silent(
				await api.post(
					`${ reservationOf( sale.orderId ) }/warehouse/${ sale.warehouseId }`,
					{
						products: [
							{
								productId: String( sale.productId ),
								salesOrderRowId: String( sale.rowId ),
								quantity: '2',
							},
						],
					}
				)
			);
		},
	},
	{
		id: 'reservation/reads-as-a-list-of-one',
		fact: 'GET answers the order, its warehouse and rows keyed by row id',
		source: 'resources §4.4',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 5, 2 );
			await allocate( api, sale, 2 );
			const reply = await api.get( reservationOf( sale.orderId ) );
			assert.equal( reply.status, 200, reply.text );
			assert.deepEqual( response( reply ), [
				{
					orderId: sale.orderId,
					warehouseId: sale.warehouseId,
					orderRows: {
						[ String( sale.rowId ) ]: {
							productId: sale.productId,
							quantity: 2,
						},
					},
				},
			] );
		},
	},
	{
		id: 'reservation/none-is-not-found',
		fact: 'An order without a reservation is CMNC-404',
		source: 'resources §4.4',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 0, 1 );
			const reply = await api.get( reservationOf( sale.orderId ) );
			assert.equal( reply.status, 404 );
			assert.deepEqual( codes( reply ), [ 'CMNC-404' ] );
		},
	},
	{
		id: 'reservation/may-be-partial',
		fact: 'Asking for more than there is succeeds and reserves what there is',
		source: 'resources §4.4',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 2, 5 );
			silent( await allocate( api, sale, 5 ) );
			const { onHand, allocated } = await levels( api, sale.productId );
			assert.deepEqual( [ onHand, allocated ], [ 0, 2 ] );
			const order = await readOrder( api, sale.orderId );
			assert.equal( at( order, 'allocationStatusCode' ), 'APA' );
		},
	},
	{
		id: 'reservation/nothing-available-is-an-error',
		fact: 'With nothing available the request is refused',
		source: 'resources §4.4',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 0, 1 );
			refused( await allocate( api, sale, 1 ) );
		},
	},
	{
		id: 'reservation/bad-product',
		fact: 'A product id of 0 is WHSC-014',
		source: 'resources §4.4',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 1, 1 );
			const reply = await allocate( api, { ...sale, productId: 0 }, 1 );
			assert.equal( codes( reply )[ 0 ], 'WHSC-014', reply.text );
		},
	},
	{
		id: 'reservation/one-for-an-order',
		fact: 'There is one reservation for a sales order: a second is refused or joins the first, by switch',
		source: 'resources §4.4, §8.5',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const sale = await stockSale( api, 5, 2 );
			await allocate( api, sale, 1 );
			refused( await allocate( api, sale, 1 ) );
			await api.sandbox( 'POST', '/switches', {
				secondReservation: 'add',
			} );
			silent( await allocate( api, sale, 1 ) );
			assert.equal(
				( await levels( api, sale.productId ) ).allocated,
				2
			);
		},
	},
	{
		id: 'reservation/put-replaces',
		fact: 'PUT takes the same body and answers `{}`',
		source: 'resources §4.4',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 5, 3 );
			await allocate( api, sale, 3 );
			silent(
				await api.put( reservationOf( sale.orderId ), {
					products: linesOf( sale, 1 ),
				} )
			);
			assert.equal(
				( await levels( api, sale.productId ) ).allocated,
				1
			);
		},
	},
	{
		id: 'reservation/delete-releases',
		fact: 'A reservation can be deleted (page known, path not: the forms are switched)',
		source: 'resources §4.4, §8.5',
		mark: 'I',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			for ( const [ form, suffix ] of [
				[ 'order', () => '' ],
				[ 'warehouse', ( id: number ) => `/warehouse/${ id }` ],
			] as const ) {
				await api.sandbox( 'POST', '/switches', {
					reservationDelete: form,
				} );
				const sale = await stockSale( api, 5, 2 );
				await allocate( api, sale, 2 );
				silent(
					await api.delete(
						reservationOf( sale.orderId ) +
							suffix( sale.warehouseId )
					)
				);
				assert.equal(
					( await levels( api, sale.productId ) ).allocated,
					0
				);
			}
		},
	},
	{
		id: 'reservation/goes-with-the-order',
		fact: 'Cancelling an order removes its reservations',
		source: 'resources §1.8',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 5, 2 );
			await allocate( api, sale, 2 );
			const configuration = response(
				await api.get( '/integration-service/account-configuration' ),
				'configuration',
				'cancelledOrderStatusId'
			);
			silent(
				await api.put(
					`/order-service/order/${ sale.orderId }/status`,
					{
						orderStatusId: Number( configuration ),
					}
				)
			);
			assert.equal( ( await levels( api, sale.productId ) ).onHand, 5 );
		},
	},
];
