/**
 * Stock as it is read, and corrected (resources reference, §4.1–4.3).
 */
import { z } from 'zod';
import type { Account } from './account.ts';
import { idOf, idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { fixed } from './decimal.ts';
import { decimal, readFields, wholeNumber } from './fields.ts';
import type { StockCorrection } from './model.ts';
import { leavesOf } from './order-rows.ts';
import { listRoute } from './products.ts';
import type { Method, Named } from './profile.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { searchRoutes } from './search.ts';
import { bundlesIn, levelOf, moveStock } from './stock.ts';

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

const correctionSchema = z.strictObject( {
	corrections: z
		.array(
			z.strictObject( {
				quantity: wholeNumber,
				productId: wholeNumber,
				reason: z.string().min( 1 ),
				locationId: wholeNumber,
				cost: z
					.strictObject( { currency: z.string(), value: decimal } )
					.optional(),
				batchId: wholeNumber.optional(),
				orderId: wholeNumber.optional(),
			} )
		)
		.min( 1 ),
} );
type Correction = z.infer< typeof correctionSchema >[ 'corrections' ][ number ];

/** The one location of each warehouse (standard inventory management). */
const LOCATION = 2;

const noSuchWarehouse = ( call: Call ): Reply =>
	refuse(
		400,
		problem(
			INVENTED.unknownWarehouse,
			`There is no warehouse ${ call.params.id ?? '' }`
		)
	);

export const isWarehouse = ( account: Account, warehouseId: number ): boolean =>
	account.profile.warehouses.some( ( { id } ) => id === warehouseId );

function faultsOfCorrection(
	account: Account,
	warehouseId: number,
	row: Correction,
	taken: Map< number, number >
): Problem[] {
	const faults: Problem[] = [];
	const product = account.tables.products.get( row.productId );
	if ( ! product?.stockTracked ) {
		faults.push(
			problem(
				INVENTED.notStock,
				`Product ${ row.productId } does not exist or is not stock-tracked`
			)
		);
	}
	if ( row.quantity === 0 || row.locationId !== LOCATION ) {
		faults.push(
			problem(
				INVENTED.badField,
				'A quantity other than 0 and location 2 are needed'
			)
		);
	}
	if ( row.quantity > 0 && row.cost === undefined ) {
		faults.push(
			problem( INVENTED.badField, 'A cost is needed when stock is added' )
		);
	}
	const left =
		levelOf( account, row.productId, warehouseId ).onHand +
		( taken.get( row.productId ) ?? 0 ) +
		row.quantity;
	taken.set(
		row.productId,
		( taken.get( row.productId ) ?? 0 ) + row.quantity
	);
	if ( row.quantity < 0 && left < 0 ) {
		faults.push(
			problem(
				INVENTED.notEnough,
				`Only what is on hand of product ${ row.productId } can be removed`
			)
		);
	}
	return faults;
}

function correctStock( call: Call ): Reply {
	const { account } = call;
	const warehouseId = idOf( call );
	if ( ! isWarehouse( account, warehouseId ) ) {
		return noSuchWarehouse( call );
	}
	const read = readFields(
		correctionSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const taken = new Map< number, number >();
	const faults = read.value.corrections.flatMap( ( row ) =>
		faultsOfCorrection( account, warehouseId, row, taken )
	);
	if ( faults.length > 0 ) {
		return refuse( 400, ...faults );
	}
	return answer(
		read.value.corrections.map( ( row ) => {
			const correction: StockCorrection = {
				id: account.tables.corrections.nextId(),
				warehouseId,
				orderId: row.orderId ?? null,
				productId: row.productId,
				quantity: row.quantity,
				reason: row.reason,
				createdAt: call.now,
			};
			account.tables.corrections.put( correction );
			moveStock( account, row.productId, warehouseId, {
				inStock: row.quantity,
			} );
			const product = account.tables.products.get( row.productId );
			// Adding to an archived product revives it (§4.3).
			if ( row.quantity > 0 && product?.status === 'ARCHIVED' ) {
				account.tables.products.put( { ...product, status: 'LIVE' } );
			}
			return correction.id;
		} )
	);
}

function readCorrections( call: Call ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const { account } = call;
	const found = ( ids.value ?? [] )
		.flatMap( ( id ) => account.tables.corrections.get( id ) ?? [] )
		.filter( ( row ) => row.warehouseId === idOf( call ) );
	return found.length === 0
		? refuse( 404, notFound( 'No stock corrections found' ) )
		: answer(
				found.map( ( row ) => ( {
					goodsNoteId: row.id,
					warehouseId: row.warehouseId,
					...( row.orderId === null ? {} : { orderId: row.orderId } ),
					reason: row.reason,
					goodsMoved: [
						{
							productId: row.productId,
							quantity: row.quantity,
							destinationLocationId: LOCATION,
							batchGoodsNoteId: row.id,
							productValue: {
								currency: account.profile.baseCurrency,
								value: fixed( 0, 4 ),
							},
							createdOn: account.zone.format( row.createdAt ),
							createdBy: 0,
						},
					],
				} ) )
			);
}

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
	route(
		'GET',
		'/warehouse-service/warehouse/{id}/location/default',
		'get-default-location',
		( call ) =>
			isWarehouse( call.account, idOf( call ) )
				? answer( LOCATION )
				: refuse( 404, notFound( 'No Warehouse Found' ) )
	),
	route(
		'POST',
		'/warehouse-service/warehouse/{id}/stock-correction',
		'post-stock-correction',
		correctStock
	),
	route(
		'GET',
		'/warehouse-service/warehouse/{id}/stock-correction/{ids}',
		'get-stock-correction',
		readCorrections
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
