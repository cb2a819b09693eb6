/** Warehouses, locations, shipping methods (resources reference, §4.2, §4.7). */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import {
	at,
	found,
	hasColumns,
	list,
	makeNote,
	noteEvent,
	response,
	stockProduct,
	stockSale,
	warehouseOf,
} from '../stock-kit.ts';

export const warehouseReferenceCases: readonly ConformanceCase[] = [
	{
		id: 'warehouse/list',
		fact: 'Warehouses are listed with name, type and the id of their address',
		source: 'resources §4.2',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const all = list(
				response( await api.get( '/warehouse-service/warehouse' ) )
			);
			assert( all.length > 0 );
			for ( const warehouse of all ) {
				assert( Number( at( warehouse, 'id' ) ) >= 2 );
				assert.equal( typeof at( warehouse, 'name' ), 'string' );
				assert.equal( typeof at( warehouse, 'typeCode' ), 'string' );
				assert(
					Number.isInteger( at( warehouse, 'address', 'addressId' ) )
				);
				assert.equal(
					typeof at( warehouse, 'clickAndCollectEnabled' ),
					'boolean'
				);
			}
		},
	},
	{
		id: 'warehouse/by-id',
		fact: 'A set of ids answers those warehouses',
		source: 'resources §4.2',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const id = await warehouseOf( api );
			const reply = await api.get(
				`/warehouse-service/warehouse/${ id }`
			);
			assert.deepEqual(
				list( response( reply ) ).map( ( one ) => at( one, 'id' ) ),
				[ id ]
			);
		},
	},
	{
		id: 'warehouse/search',
		fact: 'warehouse-search has id, name, typeDescription and addressId',
		source: 'resources §4.2',
		mark: 'D',
		mode: 'read',
		run: ( api ) =>
			hasColumns(
				api,
				'/warehouse-service/warehouse-search',
				'id name typeDescription addressId'
			),
	},
	{
		id: 'location/default',
		fact: 'The default location of a warehouse is an id',
		source: 'resources §4.2',
		mark: 'C',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get(
				`/warehouse-service/warehouse/${ await warehouseOf( api ) }/location/default`
			);
			assert( [ response( reply ) ].flat().every( Number.isInteger ) );
		},
	},
	{
		id: 'location/search',
		fact: 'location-search has id, warehouse, zone, four groupings and barcode',
		source: 'resources §4.2',
		mark: 'D',
		mode: 'read',
		run: ( api ) =>
			hasColumns(
				api,
				'/warehouse-service/location-search',
				'id warehouseId zoneId groupingA groupingB groupingC groupingD barcode'
			),
	},
	{
		id: 'zone/search',
		fact: 'zone-search exists',
		source: 'resources §4.2',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			await found( api, '/warehouse-service/zone-search', {} );
		},
	},
	{
		id: 'warehouse/product-defaults',
		fact: 'A warehouse tells where a product lies and when to order more',
		source: 'resources §4.2',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const productId = await stockProduct( api, 1 );
			const row = response(
				await api.get(
					`/warehouse-service/warehouse/${ await warehouseOf( api ) }/product/${ productId }`
				),
				0
			);
			assert.equal( at( row, 'productId' ), productId );
			for ( const field of [
				'defaultLocationId',
				'overflowLocationId',
				'reorderLevel',
				'reorderQuantity',
			] ) {
				assert( Number.isInteger( at( row, field ) ), field );
			}
		},
	},
	{
		id: 'shipping-method/list',
		fact: 'Shipping methods have id, code and name',
		source: 'resources §4.7',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			for ( const method of list(
				response(
					await api.get( '/warehouse-service/shipping-method' )
				)
			) ) {
				assert( Number.isInteger( at( method, 'id' ) ) );
				assert.equal( typeof at( method, 'name' ), 'string' );
			}
		},
	},
	{
		id: 'shipping-method/search',
		fact: 'shipping-method-search has id, code and name',
		source: 'resources §4.7',
		mark: 'D',
		mode: 'read',
		run: ( api ) =>
			hasColumns(
				api,
				'/warehouse-service/shipping-method-search',
				'id code name'
			),
	},
	{
		id: 'goods-out/search-columns',
		fact: 'goods-out-search has these columns',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'read',
		run: ( api ) =>
			hasColumns(
				api,
				'/warehouse-service/goods-note/goods-out-search',
				'goodsOutNoteId printed picked packed shipped shippedOn orderId shippingMethodId warehouseId priority createdOn releaseDate createdBy labelUri channelId transfer'
			),
	},
	{
		id: 'goods-out/search-what-shipped-on-a-channel',
		fact: 'goods-out-search filters by `shippedOn` with an open end',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 2, 1 );
			const id = await makeNote( api, sale, 1 );
			const search = () =>
				found( api, '/warehouse-service/goods-note/goods-out-search', {
					orderId: String( sale.orderId ),
					shippedOn: '2026-03-03T00:00:00.000Z/',
				} );
			assert.deepEqual( await search(), [] );
			await noteEvent( api, id, 'SHW' );
			const rows = await search();
			assert.deepEqual(
				rows.map( ( row ) => [ row.goodsOutNoteId, row.shipped ] ),
				[ [ id, true ] ]
			);
		},
	},
];
