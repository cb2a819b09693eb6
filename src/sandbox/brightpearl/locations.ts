/**
 * Where in a warehouse things lie (resources reference, §4.2): one location and one zone for each
 * warehouse, as with standard inventory management.
 */
import { idOf, idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { notFound } from './codes.ts';
import { LOCATION } from './movements.ts';
import type { Named } from './profile.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { searchRoutes } from './search.ts';
import type { Column } from './search.ts';
import { isWarehouse } from './warehouse.ts';

const noWarehouse = (): Reply =>
	refuse( 404, notFound( 'No Warehouse Found' ) );

const grouping = ( letter: string ): Column< Named > => ( {
	name: `grouping${ letter }`,
	type: 'STRING',
	value: () => null,
} );

/** What a warehouse keeps for each product; those that are no stock are left out. */
function readDefaults( call: Call ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const { products } = call.account.tables;
	if ( ! isWarehouse( call.account, idOf( call ) ) ) {
		return noWarehouse();
	}
	const found = ( ids.value ?? [] ).filter(
		( id ) => products.get( id )?.stockTracked === true
	);
	return found.length === 0
		? refuse( 404, notFound( 'No Products Found' ) )
		: answer(
				found.map( ( productId ) => ( {
					productId,
					defaultLocationId: LOCATION,
					overflowLocationId: 0,
					reorderLevel: 0,
					reorderQuantity: 0,
				} ) )
			);
}

export const locationRoutes: readonly Route[] = [
	route(
		'GET',
		'/warehouse-service/warehouse/{id}/location/default',
		'get-default-location',
		( call ) =>
			isWarehouse( call.account, idOf( call ) )
				? answer( LOCATION )
				: noWarehouse()
	),
	route(
		'GET',
		'/warehouse-service/warehouse/{id}/product/{ids}',
		'get-warehouse-defaults',
		readDefaults
	),
	...searchRoutes< Named >( {
		path: '/warehouse-service/location-search',
		columns: [
			{ name: 'id', type: 'IDSET', value: () => LOCATION },
			{ name: 'warehouseId', type: 'IDSET', value: ( row ) => row.id },
			{ name: 'zoneId', type: 'IDSET', value: ( row ) => row.id },
			...[ 'A', 'B', 'C', 'D' ].map( grouping ),
			{ name: 'barcode', type: 'STRING', value: () => null },
		],
		rows: ( call ) => call.account.profile.warehouses,
	} ),
	// Its columns are not known: these are the least a zone has.
	...searchRoutes< Named >( {
		path: '/warehouse-service/zone-search',
		columns: [
			{ name: 'id', type: 'IDSET', value: ( row ) => row.id },
			{ name: 'warehouseId', type: 'IDSET', value: ( row ) => row.id },
			{ name: 'name', type: 'SEARCH_STRING', value: () => 'Default' },
		],
		rows: ( call ) => call.account.profile.warehouses,
	} ),
];
