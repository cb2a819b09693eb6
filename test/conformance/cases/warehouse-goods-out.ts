/** Goods-out notes (resources reference, §4.5 and §9). */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { readOrder, refused } from '../order-kit.ts';
import {
	allocate,
	at,
	found,
	idsIn,
	levels,
	linesOf,
	list,
	makeNote,
	noteEvent,
	readNote,
	response,
	silent,
	stockProduct,
	stockSale,
} from '../stock-kit.ts';

const notePath = ( id: number ): string =>
	`/warehouse-service/goods-note/goods-out/${ id }`;

export const goodsOutCases: readonly ConformanceCase[] = [
	{
		id: 'goods-out/create-answers-ids',
		fact: 'POST answers 200 with one note id for each warehouse',
		source: 'resources §4.5',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 5, 2 );
			const reply = await api.post(
				`/warehouse-service/order/${ sale.orderId }/goods-note/goods-out`,
				{
					warehouses: [
						{
							releaseDate: '2026-03-03T08:00:00.000+00:00',
							warehouseId: sale.warehouseId,
							transfer: false,
							products: linesOf( sale, 2 ),
						},
					],
					priority: false,
					labelUri: '',
				}
			);
			assert.equal( idsIn( reply ).length, 1 );
		},
	},
	{
		id: 'goods-out/create-allocates',
		fact: 'Making a note allocates the stock it needs',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 5, 2 );
			await makeNote( api, sale, 2 );
			const { onHand, allocated } = await levels( api, sale.productId );
			assert.deepEqual( [ onHand, allocated ], [ 3, 2 ] );
		},
	},
	{
		id: 'goods-out/takes-over-the-reservation',
		fact: 'A note takes over what the order had reserved: it is not allocated twice',
		source: 'resources §7.5',
		mark: 'I',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 5, 2 );
			assert.equal( ( await allocate( api, sale, 2 ) ).status, 200 );
			await makeNote( api, sale, 2 );
			assert.equal(
				( await levels( api, sale.productId ) ).allocated,
				2
			);
		},
	},
	{
		id: 'goods-out/may-be-repeated-for-a-part',
		fact: 'Several notes may fulfil an order in parts',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 5, 3 );
			const first = await makeNote( api, sale, 1 );
			const second = await makeNote( api, sale, 2 );
			const reply = await api.get(
				`/warehouse-service/order/${ sale.orderId }/goods-note/goods-out`
			);
			assert.deepEqual( Object.keys( response( reply ) as object ), [
				String( first ),
				String( second ),
			] );
			await noteEvent( api, first, 'SHW' );
			const order = await readOrder( api, sale.orderId );
			assert.equal( at( order, 'shippingStatusCode' ), 'SPS' );
		},
	},
	{
		id: 'goods-out/read-by-any-order',
		fact: '`*` stands for the order when notes are named; the answer is a map of note id to note',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'goods-out-note' );
			const note = await readNote( api, id );
			for ( const field of [ 'orderId', 'warehouseId', 'createdBy' ] ) {
				assert( Number.isInteger( at( note, field ) ), field );
			}
			assert.equal( typeof at( note, 'transfer' ), 'boolean' );
			assert.equal( typeof at( note, 'priority' ), 'boolean' );
			assert( Number.isInteger( at( note, 'lastEventVersion' ) ) );
			assert( Number.isInteger( at( note, 'sequence' ) ) );
		},
	},
	{
		id: 'goods-out/rows-are-lists',
		fact: 'Each row holds a list: it may be split over locations or batches',
		source: 'resources §4.5',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const note = await readNote(
				api,
				await api.existing( 'goods-out-note' )
			);
			const rows = Object.values(
				at( note, 'orderRows' ) as Record< string, unknown >
			);
			assert( rows.length > 0 );
			for ( const parts of rows ) {
				for ( const part of list( parts ) ) {
					assert( Number.isInteger( at( part, 'productId' ) ) );
					assert( Number.isInteger( at( part, 'quantity' ) ) );
					assert( Number.isInteger( at( part, 'locationId' ) ) );
				}
			}
		},
	},
	{
		id: 'goods-out/a-set-holds-five-hundred',
		fact: 'A set of note ids may hold 500',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'goods-out-note' );
			const reply = await api.get(
				`/warehouse-service/order/*/goods-note/goods-out/${ id }-${ id + 499 }`
			);
			assert.equal( reply.status, 200, reply.text );
			assert( response( reply, String( id ) ) !== undefined );
		},
	},
	{
		id: 'goods-out/no-notes-is-an-empty-map',
		fact: 'An order without notes answers an empty map',
		source: 'resources §4.5',
		mark: 'I',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 0, 1 );
			const reply = await api.get(
				`/warehouse-service/order/${ sale.orderId }/goods-note/goods-out`
			);
			assert.equal( reply.status, 200 );
			assert.deepEqual( response( reply ), {} );
		},
	},
	{
		id: 'goods-out/begins-as-placed',
		fact: 'The first event of a note is `PLA`; nothing is printed, picked, packed or shipped',
		source: 'resources §4.5',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const note = await readNote(
				api,
				await makeNote( api, await stockSale( api, 2, 1 ), 1 )
			);
			assert.deepEqual(
				list( at( note, 'events' ) ).map( ( event ) =>
					at( event, 'eventCode' )
				),
				[ 'PLA' ]
			);
			for ( const step of [ 'printed', 'picked', 'packed', 'shipped' ] ) {
				assert.equal( at( note, 'status', step ), false );
			}
		},
	},
	{
		id: 'goods-out/unset-shipping-fields',
		fact: '`shipping.reference` is `""` when unset, boxes and weight are absent until set',
		source: 'resources §9',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const note = await readNote(
				api,
				await makeNote( api, await stockSale( api, 2, 1 ), 1 )
			);
			const shipping = at( note, 'shipping' ) as object;
			assert.equal( at( shipping, 'reference' ), '' );
			assert( ! ( 'boxes' in shipping ) );
			assert( ! ( 'weight' in shipping ) );
		},
	},
	{
		id: 'goods-out/put-tracking',
		fact: 'PUT sets tracking, boxes and weight and answers `{}`',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeNote( api, await stockSale( api, 2, 1 ), 1 );
			silent(
				await api.put( notePath( id ), {
					priority: true,
					shipping: { reference: 'TRK123', boxes: 2, weight: '0.7' },
				} )
			);
			const note = await readNote( api, id );
			assert.equal( at( note, 'priority' ), true );
			assert.equal( at( note, 'shipping', 'reference' ), 'TRK123' );
			assert.equal( at( note, 'shipping', 'boxes' ), 2 );
			assert.equal( at( note, 'shipping', 'weight' ), '0.70' );
		},
	},
	{
		id: 'goods-out/shipping-method',
		fact: '`shippingMethodId` is taken at the start and changed by PUT',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const methods = list(
				response(
					await api.get( '/warehouse-service/shipping-method' )
				)
			).map( ( method ) => Number( at( method, 'id' ) ) );
			const [ first = api.skip( 'there is no shipping method' ) ] =
				methods;
			const second = methods.at( -1 );
			const sale = await stockSale( api, 2, 1 );
			const [ id = 0 ] = idsIn(
				await api.post(
					`/warehouse-service/order/${ sale.orderId }/goods-note/goods-out`,
					{
						warehouses: [
							{
								warehouseId: sale.warehouseId,
								transfer: false,
								products: linesOf( sale, 1 ),
							},
						],
						shippingMethodId: first,
					}
				)
			);
			const shown = async (): Promise< unknown > =>
				at( await readNote( api, id ), 'shipping', 'shippingMethodId' );
			assert.equal( await shown(), first );
			const [ row ] = await found(
				api,
				'/warehouse-service/goods-note/goods-out-search',
				{
					goodsOutNoteId: String( id ),
					columns: 'goodsOutNoteId,shippingMethodId',
				}
			);
			assert.equal( row?.shippingMethodId, first );
			silent(
				await api.put( notePath( id ), {
					shipping: { shippingMethodId: second },
				} )
			);
			assert.equal( await shown(), second );
		},
	},
	{
		id: 'goods-out/transfer',
		fact: 'A transfer to another warehouse is a note of no order: `orderId` 0, with `targetWarehouseId`',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const [ from, to ] = list(
				response( await api.get( '/warehouse-service/warehouse' ) )
			).map( ( place ) => Number( at( place, 'id' ) ) );
			const productId = await stockProduct( api, 3 );
			const noteId = Number(
				at(
					await api.sandbox( 'POST', '/transfer', {
						account: api.account,
						productId,
						quantity: 2,
						warehouseId: from,
						targetWarehouseId: to,
					} ),
					'noteId'
				)
			);
			const note = await readNote( api, noteId );
			assert.equal( at( note, 'orderId' ), 0 );
			assert.equal( at( note, 'transfer' ), true );
			assert.equal( at( note, 'warehouseId' ), from );
			assert.equal( at( note, 'targetWarehouseId' ), to );
			const rows = await found(
				api,
				'/warehouse-service/goods-note/goods-out-search',
				{
					transfer: 'true',
					goodsOutNoteId: String( noteId ),
					columns: 'goodsOutNoteId,orderId,transfer',
				}
			);
			assert.deepEqual( rows, [
				{ goodsOutNoteId: noteId, orderId: 0, transfer: true },
			] );
			const { onHand } = await levels( api, productId );
			assert.equal( onHand, 1 );
			silent( await noteEvent( api, noteId, 'SHW' ) );
			assert.equal( ( await levels( api, productId ) ).inStock, 1 );
		},
	},
	{
		id: 'goods-out/put-limits',
		fact: 'A reference of more than 64 characters, a label address of more than 512 and a weight beyond 999999.99 are refused',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeNote( api, await stockSale( api, 2, 1 ), 1 );
			for ( const body of [
				{ shipping: { reference: 'x'.repeat( 65 ) } },
				{ labelUri: 'x'.repeat( 513 ) },
				{ shipping: { weight: '1000000' } },
			] ) {
				refused( await api.put( notePath( id ), body ) );
			}
		},
	},
	{
		id: 'goods-out/put-is-refused-once-shipped',
		fact: 'Nothing of a shipped note can be changed: tracking comes before the ship event',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeNote( api, await stockSale( api, 2, 1 ), 1 );
			silent( await noteEvent( api, id, 'SHW' ) );
			refused(
				await api.put( notePath( id ), {
					shipping: { reference: 'LATE' },
				} )
			);
		},
	},
	{
		id: 'goods-out/delete-gives-stock-back',
		fact: 'A note that has not shipped can be deleted; its stock is free again',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 5, 2 );
			const id = await makeNote( api, sale, 2 );
			silent(
				await api.delete(
					`/warehouse-service/order/${ sale.orderId }/goods-note/goods-out/${ id }`
				)
			);
			assert.equal( ( await levels( api, sale.productId ) ).onHand, 5 );
		},
	},
];
