/**
 * What each event means (platform reference, §6.3; resources reference, §4.9): what raises it, once,
 * and what does not.
 */
import assert from 'node:assert/strict';
import type { Api, ConformanceCase, Mark } from '../case.ts';
import { customerOf, made, makeSale, readOrder, unique } from '../order-kit.ts';
import { bodyOf, responseOf } from '../reading.ts';
import type { Receiver } from '../receiver.ts';
import {
	allocate,
	makeNote,
	noteEvent,
	shipDirect,
	silent,
	stockSale,
} from '../stock-kit.ts';
import { deliveryCase, subscribe } from '../webhook-kit.ts';

/** Subscribes to exactly this event; calls tell the full event, as a prefix takes those below it too. */
const listen = (
	api: Api,
	target: Receiver,
	subscribeTo: string
): Promise< number > =>
	subscribe( api, target, {
		subscribeTo,
		idSetAccepted: false,
		bodyTemplate: '${full-event} ${resource-id}',
	} );

const noteCase = (
	event: string,
	fact: string,
	run: ( api: Api, noteId: number, target: Receiver ) => Promise< void >
): ConformanceCase =>
	deliveryCase( event, 'D', fact, 'platform §6.3', async ( api, target ) => {
		const noteId = await makeNote( api, await stockSale( api, 2, 1 ), 1 );
		await listen( api, target, event );
		await run( api, noteId, target );
		assert.deepEqual( await target.bodies( 1 ), [
			`${ event } ${ noteId }`,
		] );
	} );

const STEPS = [
	[ 'printed', 'PRI' ],
	[ 'un-printed', 'UPR' ],
	[ 'picked', 'PIC' ],
	[ 'un-picked', 'UPI' ],
	[ 'packed', 'PAC' ],
	[ 'un-packed', 'UPA' ],
] as const;

const notePath = ( id: number ): string =>
	`/warehouse-service/goods-note/goods-out/${ id }`;

const orderCase = (
	event: string,
	mark: Mark,
	fact: string,
	run: ( api: Api, target: Receiver ) => Promise< void >,
	id = event
): ConformanceCase =>
	deliveryCase( id, mark, fact, 'platform §6.3', async ( api, target ) => {
		await listen( api, target, event );
		await run( api, target );
	} );

export const eventCases: readonly ConformanceCase[] = [
	orderCase(
		'goods-out-note.created',
		'D',
		'goods-out-note.created fires when a note is made',
		async ( api, target ) => {
			const id = await makeNote( api, await stockSale( api, 2, 1 ), 1 );
			assert.deepEqual( await target.bodies( 1 ), [
				`goods-out-note.created ${ id }`,
			] );
		}
	),
	noteCase(
		'goods-out-note.destroyed',
		'goods-out-note.destroyed fires when a note is deleted',
		async ( api, noteId ) => {
			const { [ String( noteId ) ]: note } = responseOf(
				await api.get(
					`/warehouse-service/order/*/goods-note/goods-out/${ noteId }`
				)
			);
			silent(
				await api.delete(
					`/warehouse-service/order/${ String( note?.orderId ) }/goods-note/goods-out/${ noteId }`
				)
			);
		}
	),
	deliveryCase(
		'goods-out-note.modified',
		'D',
		'goods-out-note.modified fires when shipping method, priority, boxes, reference, weight or label address is set',
		'platform §6.3',
		async ( api, target ) => {
			const id = await makeNote( api, await stockSale( api, 2, 1 ), 1 );
			const [ method ] = [
				...responseOf(
					await api.get( '/warehouse-service/shipping-method' )
				),
			];
			await listen( api, target, 'goods-out-note.modified' );
			const changes = [
				{ shipping: { shippingMethodId: method?.id } },
				{ priority: true },
				{ shipping: { boxes: 2 } },
				{ shipping: { reference: 'TRK1' } },
				{ shipping: { weight: '1.5' } },
				{ labelUri: 'https://labels.example.test/1' },
			];
			for ( const [ index, change ] of changes.entries() ) {
				silent( await api.put( notePath( id ), change ) );
				await target.until( index + 1 );
			}
			assert.deepEqual(
				await target.bodies( changes.length ),
				changes.map( () => `goods-out-note.modified ${ id }` )
			);
		}
	),
	...STEPS.map( ( [ step ] ) =>
		noteCase(
			`goods-out-note.modified.${ step }`,
			`goods-out-note.modified.${ step } fires for that step alone`,
			async ( api, noteId ) => {
				for ( const [ , code ] of STEPS ) {
					silent( await noteEvent( api, noteId, code ) );
				}
			}
		)
	),
	noteCase(
		'goods-out-note.modified.shipped',
		'goods-out-note.modified.shipped fires when a note ships, not before',
		async ( api, noteId, target ) => {
			silent( await noteEvent( api, noteId, 'PRI' ) );
			silent(
				await api.put( notePath( noteId ), {
					shipping: { reference: 'TRK1' },
				} )
			);
			assert.deepEqual( await target.bodies( 0 ), [] );
			silent( await noteEvent( api, noteId, 'SHW' ) );
		}
	),
	orderCase(
		'order.modified.fully-shipped',
		'D',
		'order.modified.fully-shipped fires when the last part of an order ships, not before',
		async ( api, target ) => {
			const sale = await stockSale( api, 2, 2 );
			const first = await makeNote( api, sale, 1 );
			const second = await makeNote( api, sale, 1 );
			silent( await noteEvent( api, first, 'SHW' ) );
			assert.deepEqual( await target.bodies( 0 ), [] );
			silent( await noteEvent( api, second, 'SHW' ) );
			assert.deepEqual( await target.bodies( 1 ), [
				`order.modified.fully-shipped ${ sale.orderId }`,
			] );
		}
	),
	orderCase(
		'drop-ship-note.created',
		'D',
		'drop-ship-note.created fires when a supplier is asked to send',
		async ( api, target ) => {
			const { noteId } = await shipDirect( api );
			assert.deepEqual( await target.bodies( 1 ), [
				`drop-ship-note.created ${ noteId }`,
			] );
		}
	),
	orderCase(
		'drop-ship-note.modified.shipped',
		'D',
		'drop-ship-note.modified.shipped fires when the supplier has sent',
		async ( api, target ) => {
			const { noteId, shipped } = await shipDirect( api );
			assert.deepEqual( await target.bodies( 0 ), [] );
			await shipped();
			assert.deepEqual( await target.bodies( 1 ), [
				`drop-ship-note.modified.shipped ${ noteId }`,
			] );
		}
	),
	deliveryCase(
		'on-hand-on-allocation',
		'D',
		'product.modified.on-hand-modified fires when stock is allocated, and when it is unallocated',
		'resources §4.9',
		async ( api, target ) => {
			const sale = await stockSale( api, 5, 2 );
			const event = 'product.modified.on-hand-modified';
			const one = `${ event } ${ sale.productId }`;
			await listen( api, target, event );
			silent( await allocate( api, sale, 2 ) );
			assert.deepEqual( await target.bodies( 1 ), [ one ] );
			await api.sandbox( 'POST', '/unallocate', {
				account: api.account,
				orderId: sale.orderId,
			} );
			assert.deepEqual( await target.bodies( 2 ), [ one, one ] );
		}
	),
	orderCase(
		'sales-order.created',
		'D',
		'sales-order.created fires for an order made by POST sales-order, complete when it fires',
		async ( api, target ) => {
			const id = await makeSale( api );
			assert.deepEqual( await target.bodies( 1 ), [
				`sales-order.created ${ id }`,
			] );
			const [ order ] = [
				...responseOf(
					await api.get( `/order-service/order/${ id }` )
				),
			];
			assert.equal( Object.keys( order?.orderRows ?? {} ).length, 1 );
		},
		'sales-order-created'
	),
	orderCase(
		'sales-order.created',
		'D',
		'sales-order.created fires for no order of POST order, and for no credit',
		async ( api, target ) => {
			made(
				await api.post( '/order-service/order', {
					orderTypeCode: 'SO',
					reference: unique(),
					placedOn: '2026-02-03T10:00:00+00:00',
					parties: {
						customer: { contactId: await customerOf( api ) },
					},
				} )
			);
			await makeSale( api, {}, 'sales-credit' );
			assert.deepEqual( await target.bodies( 0 ), [] );
		},
		'sales-order-created-for-no-other'
	),
	orderCase(
		'order.modified',
		'C',
		'order.modified fires on creation too',
		async ( api, target ) => {
			const id = await makeSale( api );
			assert.deepEqual( await target.bodies( 1 ), [
				`order.modified ${ id }`,
			] );
		},
		'order-modified-on-creation'
	),
	deliveryCase(
		'order-modified',
		'C',
		'order.modified fires when an order is changed',
		'platform §6.3',
		async ( api, target ) => {
			const id = await makeSale( api );
			await listen( api, target, 'order.modified' );
			bodyOf(
				await api.patch( `/order-service/order/${ id }`, [
					{ op: 'replace', path: '/reference', value: unique() },
				] )
			);
			assert.deepEqual( await target.bodies( 1 ), [
				`order.modified ${ id }`,
			] );
		}
	),
	deliveryCase(
		'order-status',
		'C',
		'order.modified.order-status fires when a status is set, and for no other change',
		'platform §6.3',
		async ( api, target ) => {
			const id = await makeSale( api );
			const { orderStatus } = ( await readOrder( api, id ) ) as {
				orderStatus: { orderStatusId: number };
			};
			await listen( api, target, 'order.modified.order-status' );
			bodyOf(
				await api.patch( `/order-service/order/${ id }`, [
					{ op: 'replace', path: '/reference', value: unique() },
				] )
			);
			assert.deepEqual( await target.bodies( 0 ), [] );
			bodyOf(
				await api.put( `/order-service/order/${ id }/status`, {
					orderStatusId: orderStatus.orderStatusId === 22 ? 21 : 22,
				} )
			);
			assert.deepEqual( await target.bodies( 1 ), [
				`order.modified.order-status ${ id }`,
			] );
		}
	),
];
