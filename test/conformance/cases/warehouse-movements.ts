/** Corrections, movements, fulfilment (resources reference, §4.3, §4.7, §4.8). */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import {
	baseCurrencyOf,
	refused,
	saleBody,
	taxCodeOf,
	textRow,
} from '../order-kit.ts';
import {
	allocate,
	at,
	columnsOf,
	correct,
	found,
	hasColumns,
	levels,
	list,
	made,
	makeNote,
	makeProduct,
	noteEvent,
	response,
	stockProduct,
	stockSale,
	warehouseOf,
} from '../stock-kit.ts';

const MOVEMENTS = '/warehouse-service/goods-movement-search';

const movementsOf = ( api: Parameters< typeof found >[ 0 ], id: number ) =>
	found( api, MOVEMENTS, { productId: String( id ) } );

export const movementCases: readonly ConformanceCase[] = [
	{
		id: 'stock-correction/answers-note-ids',
		fact: 'POST answers the ids of its goods notes, and stock follows',
		source: 'resources §4.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeProduct( api );
			const reply = await correct( api, id, 7 );
			assert.equal( list( response( reply ) ).length, 1, reply.text );
			assert.equal( ( await levels( api, id ) ).inStock, 7 );
		},
	},
	{
		id: 'stock-correction/takes-stock-away',
		fact: 'A negative quantity takes stock away',
		source: 'resources §4.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await stockProduct( api, 7 );
			assert.equal( ( await correct( api, id, -3 ) ).status, 200 );
			assert.equal( ( await levels( api, id ) ).inStock, 4 );
		},
	},
	{
		id: 'stock-correction/needs-a-cost-to-add',
		fact: 'Quantity, product, reason and location are required, and a cost when stock is added',
		source: 'resources §4.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const productId = await makeProduct( api );
			const path = `/warehouse-service/warehouse/${ await warehouseOf( api ) }/stock-correction`;
			const whole = {
				quantity: 1,
				productId,
				reason: 'Conformance',
				locationId: 2,
				cost: {
					currency: await baseCurrencyOf( api ),
					value: '1.00',
				},
			};
			for ( const field of Object.keys( whole ) ) {
				const correction = Object.fromEntries(
					Object.entries( whole ).filter(
						( [ key ] ) => key !== field
					)
				);
				refused(
					await api.post( path, { corrections: [ correction ] } )
				);
			}
		},
	},
	{
		id: 'stock-correction/read',
		fact: 'GET answers the notes with what they moved',
		source: 'resources §4.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const productId = await makeProduct( api );
			const [ id ] = list(
				response( await correct( api, productId, 7 ) )
			);
			const warehouseId = await warehouseOf( api );
			const note = response(
				await api.get(
					`/warehouse-service/warehouse/${ warehouseId }/stock-correction/${ String( id ) }`
				),
				0
			);
			assert.equal( at( note, 'goodsNoteId' ), id );
			assert.equal( at( note, 'warehouseId' ), warehouseId );
			assert.equal( at( note, 'reason' ), 'Conformance' );
			const moved = at( note, 'goodsMoved', 0 );
			assert.equal( at( moved, 'productId' ), productId );
			assert.equal( at( moved, 'quantity' ), 7 );
			assert.equal( Number( at( moved, 'productValue', 'value' ) ), 1 );
		},
	},
	{
		id: 'goods-movement/columns',
		fact: 'goods-movement-search has these columns, of these types',
		source: 'resources §4.8',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const types = new Map( await columnsOf( api, MOVEMENTS ) );
			for ( const [ name, type ] of [
				[ 'goodsMovementId', 'IDSET' ],
				[ 'productId', 'INTEGER' ],
				[ 'salesOrderRowId', 'IDSET' ],
				[ 'purchaseOrderRowId', 'IDSET' ],
				[ 'quantity', 'INTEGER' ],
				[ 'destinationLocationId', 'INTEGER' ],
				[ 'warehouseId', 'IDSET' ],
				[ 'goodsNoteId', 'IDSET' ],
				[ 'productValue', 'STRING' ],
				[ 'currencyCode', 'STRING' ],
				[ 'orderId', 'INTEGER' ],
				[ 'isCleared', 'BOOLEAN' ],
				[ 'isQuarantine', 'BOOLEAN' ],
				[ 'batchId', 'INTEGER' ],
				[ 'goodsNoteTypeCode', 'STRING' ],
				[ 'updatedOn', 'PERIOD' ],
			] as const ) {
				assert.equal( types.get( name ), type, name );
			}
		},
	},
	{
		id: 'goods-movement/correction',
		fact: 'A correction is a movement `SC` with a signed quantity',
		source: 'resources §4.8',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const id = await stockProduct( api, 5 );
			await correct( api, id, -2 );
			assert.deepEqual(
				( await movementsOf( api, id ) ).map( ( row ) => [
					row.goodsNoteTypeCode,
					row.quantity,
				] ),
				[
					[ 'SC', 5 ],
					[ 'SC', -2 ],
				]
			);
		},
	},
	{
		id: 'goods-movement/goods-out',
		fact: 'What ships is a movement `GO`, negative, with note, order and row',
		source: 'resources §4.8',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 5, 2 );
			const noteId = await makeNote( api, sale, 2 );
			await noteEvent( api, noteId, 'SHW' );
			const [ , row ] = await movementsOf( api, sale.productId );
			assert.equal( row?.goodsNoteTypeCode, 'GO' );
			assert.equal( row.quantity, -2 );
			assert.equal( row.goodsNoteId, noteId );
			assert.equal( row.orderId, sale.orderId );
			assert.equal( row.salesOrderRowId, sale.rowId );
			assert.equal( row.warehouseId, sale.warehouseId );
		},
	},
	{
		id: 'goods-movement/since',
		fact: '`updatedOn` with an open end and ascending order is how to poll it',
		source: 'resources §4.9',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const id = await stockProduct( api, 5 );
			const query = {
				columns: 'goodsMovementId,productId,quantity,updatedOn',
				sort: 'updatedOn.ASC',
				productId: String( id ),
			};
			const since = async ( from: string ) =>
				( await found( api, MOVEMENTS, { ...query, updatedOn: from } ) )
					.length;
			assert.equal( await since( '2020-01-01T00:00:00.000Z/' ), 1 );
			assert.equal( await since( '2999-01-01T00:00:00.000Z/' ), 0 );
		},
	},
	{
		id: 'goods-movement/reservations-are-not-known',
		fact: 'Whether reservations make movements is not known: both worlds',
		source: 'resources §8.4',
		mark: 'I',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			for ( const [ reservationMovements, count ] of [
				[ 'none', 1 ],
				[ 'shown', 2 ],
			] as const ) {
				await api.sandbox( 'POST', '/switches', {
					reservationMovements,
				} );
				const sale = await stockSale( api, 5, 2 );
				await allocate( api, sale, 2 );
				const rows = await movementsOf( api, sale.productId );
				assert.equal( rows.length, count );
			}
		},
	},
	{
		id: 'fulfilment-status/by-row',
		fact: 'fulfilment-status says for each row how much is wanted, fulfilled, shipped, and from where',
		source: 'resources §4.7',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 5, 3 );
			await noteEvent( api, await makeNote( api, sale, 1 ), 'SHW' );
			await makeNote( api, sale, 1 );
			const reply = await api.get(
				`/warehouse-service/order/${ sale.orderId }/fulfilment-status`
			);
			assert.deepEqual( response( reply, String( sale.rowId ) ), {
				quantity: 3,
				fulfilled: 2,
				shipped: 1,
				fulfilmentLocations: { [ String( sale.warehouseId ) ]: 2 },
			} );
		},
	},
	{
		id: 'fulfilment-status/free-text-never-ships',
		fact: 'Free-text rows appear and never become fulfilled',
		source: 'resources §4.7',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const orderId = made(
				await api.post(
					'/order-service/sales-order',
					await saleBody( api, { rows: [ textRow( code ) ] } )
				)
			);
			const reply = await api.get(
				`/warehouse-service/order/${ orderId }/fulfilment-status`
			);
			const [ row ] = Object.values( response( reply ) as object );
			assert.equal( at( row, 'quantity' ), 1 );
			assert.equal( at( row, 'fulfilled' ), 0 );
			assert.equal( at( row, 'shipped' ), 0 );
		},
	},
	{
		id: 'goods-in/search-columns',
		fact: 'goods-in-search has the columns a client found in its metadata',
		source: 'resources §4.7',
		mark: 'C',
		mode: 'read',
		run: ( api ) =>
			hasColumns(
				api,
				'/warehouse-service/goods-note/goods-in-search',
				'purchaseOrderId batchId userBatchRef productId locationId groupingA groupingB groupingC groupingD price landedCosts currCode receivedQuantity onHand createdDate receivedDate warehouseId'
			),
	},
	{
		id: 'goods-in/none-is-not-found',
		fact: 'No goods-in notes is CMNC-404 with this text',
		source: 'platform §4.3',
		mark: 'C',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get(
				'/warehouse-service/order/*/goods-note/goods-in/99999999'
			);
			assert.equal( reply.status, 404 );
			assert.deepEqual( at( reply.json, 'errors', 0 ), {
				code: 'CMNC-404',
				message:
					'No goods in notes found within range of order IDs and goods in note IDs',
			} );
		},
	},
];
