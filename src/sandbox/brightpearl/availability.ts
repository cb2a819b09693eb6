/**
 * Stock as it is read (resources reference, §4.1).
 */
import type { Account } from './account.ts';
import { idOf, idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import { LOCATION } from './movements.ts';
import { isShipped } from './order-state.ts';
import { leavesOf } from './order-rows.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { bundlesIn, levelOf } from './stock.ts';
import { isWarehouse } from './warehouse.ts';

interface Figures {
	inStock: number;
	onHand: number;
	allocated: number;
	inTransit?: number;
}

const SECTIONS = [
	'breakDownByLocation',
	'allocatedOrders',
	'allocatedTransfers',
	'onOrder',
] as const;
type Section = ( typeof SECTIONS )[ number ];

/** Orders that hold a product in a warehouse, with how much: reserved, or on a note not shipped. */
function allocatedOrders(
	account: Account,
	productId: number,
	warehouseId: number
): { orderId: number; quantity: number }[] {
	const held = new Map< number, number >();
	const { reservations, notes } = account.tables;
	const open = [ ...notes.values() ].filter(
		( note ) => ! isShipped( note )
	);
	for ( const { warehouseId: place, rows, ...holder } of [
		...[ ...reservations.values() ].map( ( { id, ...rest } ) => ( {
			...rest,
			orderId: id,
		} ) ),
		...open,
	] ) {
		for ( const row of Object.values( rows ) ) {
			if ( place === warehouseId && row.productId === productId ) {
				held.set(
					holder.orderId,
					row.quantity + ( held.get( holder.orderId ) ?? 0 )
				);
			}
		}
	}
	return [ ...held ].map( ( [ orderId, quantity ] ) => ( {
		orderId,
		quantity,
	} ) );
}

/** The sections' names are documented, their shapes are not (§8.3): these are guesses. */
function optional(
	account: Account,
	productId: number,
	warehouseId: number,
	figures: Figures,
	sections: readonly Section[]
): Record< string, unknown > {
	const show: Record< Section, () => unknown > = {
		breakDownByLocation: () => ( { [ String( LOCATION ) ]: figures } ),
		allocatedOrders: () =>
			allocatedOrders( account, productId, warehouseId ),
		allocatedTransfers: () => [],
		onOrder: () => 0,
	};
	return Object.fromEntries(
		sections.map( ( section ) => [ section, show[ section ]() ] )
	);
}

/** Null = never stocked; a warehouse that holds nothing now is left out. */
function availabilityOf(
	call: Call,
	productId: number,
	sections: readonly Section[],
	only: number | null
) {
	const { account, switches } = call;
	const stock = account.tables.stock.get( productId );
	if ( ! stock ) {
		return null;
	}
	const transit =
		switches.inTransit === 'shown' ? ( { inTransit: 0 } as const ) : {};
	const total: Figures = {
		inStock: 0,
		onHand: 0,
		allocated: 0,
		...transit,
	};
	const warehouses: Record< string, unknown > = {};
	for ( const key of Object.keys( stock.warehouses ) ) {
		const place = Number( key );
		const { inStock, onHand, allocated } = levelOf(
			account,
			productId,
			place
		);
		if (
			( inStock !== 0 || allocated !== 0 ) &&
			( only === null || only === place )
		) {
			const figures = { inStock, onHand, allocated, ...transit };
			warehouses[ key ] = {
				...figures,
				...optional( account, productId, place, figures, sections ),
			};
			total.inStock += inStock;
			total.onHand += onHand;
			total.allocated += allocated;
		}
	}
	return { total, warehouses };
}

const sectionsOf = ( call: Call ): readonly Section[] => {
	const names = ( call.query.get( 'includeOptional' ) ?? '' ).split( ',' );
	return SECTIONS.filter( ( section ) => names.includes( section ) );
};

/** Untracked products are left out silently; an unknown id spoils the whole set (platform reference, §1.3). */
function readAvailability( call: Call, only: number | null = null ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const wanted = ids.value ?? [];
	const { products } = call.account.tables;
	if (
		call.switches.unknownAvailabilityIds === 'refuse' &&
		wanted.some( ( id ) => ! products.has( id ) )
	) {
		return refuse(
			400,
			problem(
				INVENTED.badIds,
				'The ID set holds an id that is no product'
			)
		);
	}
	const sections = sectionsOf( call );
	const found = wanted.flatMap( ( id ) => {
		const figures =
			products.get( id )?.stockTracked === true
				? availabilityOf( call, id, sections, only )
				: null;
		return figures ? [ [ String( id ), figures ] as const ] : [];
	} );
	return answer( Object.fromEntries( found ) );
}

/** One bundle at a time: complete ones in each warehouse, from its components. */
function readBundle( call: Call ): Reply {
	const { account } = call;
	if ( ! /^\d+$/.test( call.params.id ?? '' ) ) {
		return refuse(
			400,
			problem( INVENTED.badIds, 'One bundle is asked for, not a set' )
		);
	}
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

export const availabilityRoutes: readonly Route[] = [
	route(
		'GET',
		'/warehouse-service/product-availability/{ids}',
		'get-product-availability',
		( call ) => readAvailability( call )
	),
	route(
		'GET',
		'/warehouse-service/warehouse/{id}/product-availability/{ids}',
		'get-product-availability',
		( call ) => {
			const warehouseId = idOf( call );
			return isWarehouse( call.account, warehouseId )
				? readAvailability( call, warehouseId )
				: refuse( 404, notFound( 'No Warehouse Found' ) );
		}
	),
	route(
		'GET',
		'/warehouse-service/bundle-availability/{id}',
		'get-bundle-availability',
		readBundle
	),
];
