/**
 * Stock: what is available, what of an order was fulfilled, and where (resources reference, §4).
 */
import { z } from 'zod';
import { ok } from '../../contracts/result.ts';
import type { Warehouse, WarehouseApi, WarehouseStock } from '../api.ts';
import type { Call } from '../transport/call.ts';
import { read } from '../answers/decode.ts';
import { count, emptyIsNone, id, quantity } from '../answers/fields.ts';
import { goodsMovements } from './goods-movements.ts';
import type { Link } from './link.ts';
import { readSets, whole } from '../search/read-sets.ts';
import { createReservations } from './reservations.ts';

export const WAREHOUSES: Call = {
	method: 'GET',
	path: '/warehouse-service/warehouse',
};
export const warehousesSchema: z.ZodType< Warehouse[] > = z.array(
	z.object( { id, name: z.string() } )
);

const stockSchema = z
	.object( { inStock: count, onHand: count, allocated: count.optional() } )
	.transform( ( stock ): WarehouseStock => ( {
		...stock,
		allocated: stock.allocated ?? stock.inStock - stock.onHand,
	} ) );

const availabilitySchema = emptyIsNone(
	z.record(
		z.string().regex( /^\d+$/ ),
		z.object( {
			warehouses: emptyIsNone(
				z.record( z.string().regex( /^\d+$/ ), stockSchema )
			).default( {} ),
		} )
	)
);

const bundleSchema = emptyIsNone(
	z.record(
		z.string(),
		z.object( {
			warehouses: emptyIsNone(
				z.record( z.string(), z.object( { onHand: count } ) )
			),
		} )
	)
);

const fulfilmentSchema = emptyIsNone(
	z.record(
		z.string().regex( /^\d+$/ ),
		z.object( { quantity, fulfilled: quantity, shipped: quantity } )
	)
);

/** The id, though one client has met a list of it (§4.2). */
const locationSchema = z
	.union( [ id, z.array( id ) ] )
	.transform( ( found ) =>
		Array.isArray( found ) ? ( found[ 0 ] ?? null ) : found
	);

const byNumber = < T >( map: Readonly< Record< string, T > > ) =>
	new Map(
		Object.entries( map ).map( ( [ key, one ] ) => [ Number( key ), one ] )
	);

async function readAvailability(
	link: Link,
	productIds: readonly number[]
): ReturnType< WarehouseApi[ 'availability' ] > {
	const found = await readSets( link, {
		ids: productIds,
		call: ( set ) => ( {
			path: `/warehouse-service/product-availability/${ set }`,
		} ),
		take: whole( availabilitySchema ),
		// One bad id may cost the whole set (§4.1).
		split: true,
	} );
	if ( ! found.ok ) {
		return found;
	}
	const { askedAt, parts } = found.value;
	return ok( {
		askedAt: new Date( askedAt ?? link.clock.now() ).toISOString(),
		byProduct: new Map(
			parts.flatMap( ( part ) =>
				Object.entries( part ).map(
					( [ product, { warehouses } ] ) =>
						[
							Number( product ),
							{ warehouses: byNumber( warehouses ) },
						] as const
				)
			)
		),
	} );
}

/** No such bundle is none of it (§4.1: one id, not a set). */
async function bundleAvailability(
	{ ask }: Link,
	productId: number
): ReturnType< WarehouseApi[ 'bundleAvailability' ] > {
	const found = await read(
		ask,
		{
			method: 'GET',
			path: `/warehouse-service/bundle-availability/${ productId }`,
		},
		bundleSchema,
		{}
	);
	return found.ok
		? ok(
				new Map(
					Object.entries(
						found.value[ String( productId ) ]?.warehouses ?? {}
					).map( ( [ key, { onHand } ] ) => [
						Number( key ),
						onHand,
					] )
				)
			)
		: found;
}

async function fulfilmentStatus(
	{ ask }: Link,
	orderId: number
): ReturnType< WarehouseApi[ 'fulfilmentStatus' ] > {
	const found = await read(
		ask,
		{
			method: 'GET',
			path: `/warehouse-service/order/${ orderId }/fulfilment-status`,
		},
		fulfilmentSchema,
		{}
	);
	return found.ok ? ok( byNumber( found.value ) ) : found;
}

export function createWarehouseApi( link: Link ): WarehouseApi {
	const { ask } = link;
	return {
		...createReservations( ask ),
		availability: ( ids ) => readAvailability( link, ids ),
		bundleAvailability: ( productId ) =>
			bundleAvailability( link, productId ),
		goodsMovements: ( since ) => goodsMovements( ask, since ),
		fulfilmentStatus: ( orderId ) => fulfilmentStatus( link, orderId ),
		defaultLocation: ( warehouseId ) =>
			read(
				ask,
				{
					method: 'GET',
					path: `/warehouse-service/warehouse/${ warehouseId }/location/default`,
				},
				locationSchema,
				null
			),
	};
}
