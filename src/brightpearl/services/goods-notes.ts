/**
 * Goods-out and drop-ship notes as they are recorded and documented (resources reference, §4.5
 * and §4.6): a map of note id to note.
 */
import { Big } from 'big.js';
import { z } from 'zod';
import type { DropShipNote, GoodsOutNote, ShippedRow } from '../api.ts';
import {
	decimal,
	emptyIsNone,
	flag,
	id,
	idOrNone,
	quantity,
	textOrNone,
	timeOrNone,
} from '../answers/fields.ts';

/** One row may be split over locations and batches: its parts are summed. */
const rowsSchema = emptyIsNone(
	z.record(
		z.string().regex( /^\d+$/ ),
		z.preprocess(
			( parts ) => ( Array.isArray( parts ) ? parts : [ parts ] ),
			z.array( z.object( { productId: id, quantity } ) ).min( 1 )
		)
	)
).transform( ( rows ) =>
	Object.entries( rows ).flatMap( ( [ key, parts ] ): ShippedRow[] => {
		const [ first ] = parts;
		return first === undefined
			? []
			: [
					{
						orderRowId: Number( key ),
						productId: first.productId,
						quantity: parts
							.reduce(
								( sum, part ) => sum.plus( part.quantity ),
								new Big( 0 )
							)
							.toFixed(),
					},
				];
	} )
);

const numbered = < T >( note: z.ZodType< T > ) =>
	emptyIsNone( z.record( z.string().regex( /^\d+$/ ), note ) ).transform(
		( notes ) =>
			Object.entries( notes ).map( ( [ key, found ] ) => ( {
				noteId: Number( key ),
				...( found as T ),
			} ) )
	);

export const goodsOutSchema = numbered(
	z
		.object( {
			orderId: idOrNone,
			warehouseId: id,
			transfer: flag.nullish(),
			status: z.object( {
				printed: flag.nullish(),
				picked: flag.nullish(),
				packed: flag.nullish(),
				shipped: flag.nullish(),
				shippedOn: timeOrNone,
			} ),
			shipping: z
				.object( {
					reference: textOrNone,
					shippingMethodId: idOrNone,
					boxes: z.int().nullish(),
					weight: decimal.nullish(),
				} )
				.nullish(),
			createdOn: timeOrNone,
			orderRows: rowsSchema.optional(),
			lastEventVersion: z.int().nullish(),
		} )
		.transform( ( note ): Omit< GoodsOutNote, 'noteId' > => ( {
			orderId: note.orderId,
			warehouseId: note.warehouseId,
			transfer: note.transfer ?? false,
			printed: note.status.printed ?? false,
			picked: note.status.picked ?? false,
			packed: note.status.packed ?? false,
			shipped: note.status.shipped ?? false,
			shippedOn: note.status.shippedOn,
			tracking: note.shipping?.reference ?? null,
			shippingMethodId: note.shipping?.shippingMethodId ?? null,
			boxes: note.shipping?.boxes ?? null,
			weight: note.shipping?.weight ?? null,
			createdOn: note.createdOn,
			rows: note.orderRows ?? [],
			lastEventVersion: note.lastEventVersion ?? null,
		} ) )
);

/**
 * The event that ships carries the tracking reference; where the note itself tells it is not
 * known, so both places are looked at.
 */
export const dropShipSchema = numbered(
	z
		.object( {
			orderId: idOrNone,
			purchaseOrderId: idOrNone,
			supplierId: idOrNone,
			status: z
				.object( { shipped: flag.nullish(), shippedOn: timeOrNone } )
				.nullish(),
			shipping: z
				.object( {
					reference: textOrNone,
					trackingReference: textOrNone,
					shippingMethodId: idOrNone,
				} )
				.nullish(),
			trackingReference: textOrNone,
			shippingMethodId: idOrNone,
			orderRows: rowsSchema.optional(),
		} )
		.transform( ( note ): Omit< DropShipNote, 'noteId' > => ( {
			orderId: note.orderId,
			purchaseOrderId: note.purchaseOrderId,
			supplierId: note.supplierId,
			shipped: note.status?.shipped ?? false,
			shippedOn: note.status?.shippedOn ?? null,
			tracking:
				note.trackingReference ??
				note.shipping?.trackingReference ??
				note.shipping?.reference ??
				null,
			shippingMethodId:
				note.shippingMethodId ??
				note.shipping?.shippingMethodId ??
				null,
			rows: note.orderRows ?? [],
		} ) )
);
