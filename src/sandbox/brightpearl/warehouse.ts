/**
 * Warehouses and shipping methods (resources reference, §4.2, §4.7).
 */
import type { Account } from './account.ts';
import { route } from './call.ts';
import type { Route } from './call.ts';
import { listRoute } from './reference-data.ts';
import type { Method, Named } from './profile.ts';
import { searchRoutes } from './search.ts';

export const isWarehouse = ( account: Account, warehouseId: number ): boolean =>
	account.profile.warehouses.some( ( { id } ) => id === warehouseId );

export const warehouseRoutes: readonly Route[] = [
	route(
		'GET',
		'/warehouse-service/warehouse/{ids?}',
		'get-warehouse',
		listRoute(
			'Warehouse',
			( account ) => account.profile.warehouses,
			( warehouse ) => ( {
				id: warehouse.id,
				name: warehouse.name,
				typeCode: 'warehouse',
				typeDescription: 'Warehouse',
				address: { addressId: warehouse.id },
				clickAndCollectEnabled: false,
			} )
		)
	),
	...searchRoutes< Named >( {
		path: '/warehouse-service/warehouse-search',
		columns: [
			{ name: 'id', type: 'IDSET', value: ( row ) => row.id },
			{ name: 'name', type: 'SEARCH_STRING', value: ( row ) => row.name },
			{
				name: 'typeDescription',
				type: 'STRING',
				value: () => 'Warehouse',
			},
			{ name: 'addressId', type: 'IDSET', value: ( row ) => row.id },
		],
		rows: ( call ) => call.account.profile.warehouses,
	} ),
	route(
		'GET',
		'/warehouse-service/shipping-method/{ids?}',
		'get-shipping-method',
		listRoute(
			'Shipping Method',
			( account ) => account.profile.shippingMethods,
			( { id, code, name } ) => ( { id, code, name } )
		)
	),
	...searchRoutes< Method >( {
		path: '/warehouse-service/shipping-method-search',
		columns: [
			{ name: 'id', type: 'IDSET', value: ( row ) => row.id },
			{ name: 'code', type: 'STRING', value: ( row ) => row.code },
			{ name: 'name', type: 'SEARCH_STRING', value: ( row ) => row.name },
		],
		rows: ( call ) => call.account.profile.shippingMethods,
	} ),
];
