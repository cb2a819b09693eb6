/**
 * Stock as it is read, and the places it lies in (resources reference, §4.1, §4.2).
 */
import type { Account } from './account.ts';
import { idOf, idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import { leavesOf } from './order-rows.ts';
import { listRoute } from './reference-data.ts';
import type { Method, Named } from './profile.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { searchRoutes } from './search.ts';
import { bundlesIn, levelOf } from './stock.ts';

interface Figures {
	inStock: number;
	onHand: number;
	allocated: number;
	inTransit: number;
}

/** Null = never stocked; a warehouse that holds nothing now is left out. */
function availabilityOf( account: Account, productId: number ) {
	const stock = account.tables.stock.get( productId );
	if ( ! stock ) {
		return null;
	}
	const total: Figures = {
		inStock: 0,
		onHand: 0,
		allocated: 0,
		inTransit: 0,
	};
	const warehouses: Record< string, Figures > = {};
	for ( const key of Object.keys( stock.warehouses ) ) {
		const { inStock, onHand, allocated } = levelOf(
			account,
			productId,
			Number( key )
		);
		if ( inStock !== 0 || allocated !== 0 ) {
			warehouses[ key ] = { inStock, onHand, allocated, inTransit: 0 };
			total.inStock += inStock;
			total.onHand += onHand;
			total.allocated += allocated;
		}
	}
	return { total, warehouses };
}

/** Untracked products are left out silently; an unknown id spoils the whole set (platform reference, §1.3). */
function readAvailability( call: Call ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const wanted = ids.value ?? [];
	const { products } = call.account.tables;
	const unknown = wanted.filter( ( id ) => ! products.has( id ) );
	if (
		unknown.length > 0 &&
		call.switches.unknownAvailabilityIds === 'refuse'
	) {
		return refuse(
			400,
			problem(
				INVENTED.badIds,
				'The ID set holds an id that is no product'
			)
		);
	}
	const found = wanted.flatMap( ( id ) => {
		const figures =
			products.get( id )?.stockTracked === true
				? availabilityOf( call.account, id )
				: null;
		return figures ? [ [ String( id ), figures ] as const ] : [];
	} );
	return answer( Object.fromEntries( found ) );
}

/** One bundle at a time: complete ones in each warehouse, from its components. */
function readBundle( call: Call ): Reply {
	const { account } = call;
	const bundle = account.tables.products.get( idOf( call ) );
	if ( ! bundle?.bundle ) {
		return refuse( 404, notFound( 'No Bundle Found' ) );
	}
	const components = leavesOf( account, bundle )
		.filter( ( leaf ) => leaf.product.stockTracked )
		.map( ( leaf ) => ( {
			productId: leaf.product.id,
			quantity: leaf.quantity,
		} ) );
	const warehouses = account.profile.warehouses.map(
		( { id } ) =>
			[
				String( id ),
				{ onHand: bundlesIn( account, components, id ) },
			] as const
	);
	const total = warehouses.reduce(
		( sum, [ , row ] ) => sum + row.onHand,
		0
	);
	return answer( {
		[ String( bundle.id ) ]: {
			total: { onHand: total },
			warehouses: Object.fromEntries( warehouses ),
		},
	} );
}

export const isWarehouse = ( account: Account, warehouseId: number ): boolean =>
	account.profile.warehouses.some( ( { id } ) => id === warehouseId );

export const warehouseRoutes: readonly Route[] = [
	route(
		'GET',
		'/warehouse-service/product-availability/{ids}',
		'get-product-availability',
		readAvailability
	),
	route(
		'GET',
		'/warehouse-service/bundle-availability/{id}',
		'get-bundle-availability',
		readBundle
	),
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
