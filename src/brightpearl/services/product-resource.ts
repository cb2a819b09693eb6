/**
 * The `product` resource as it is recorded, with what a bundle consists of (resources reference,
 * §3.1).
 */
import { z } from 'zod';
import type { Product } from '../api.ts';
import { count, flag, id, textOrNone, timeOrNone } from '../answers/fields.ts';

/**
 * A component that is a bundle tells its own components too. They are read with that bundle's own
 * id, so that what is kept of it stands once.
 */
const compositionSchema = z.object( {
	bundle: flag.nullish(),
	bundleComponents: z
		.array( z.object( { productId: id, productQuantity: count } ) )
		.nullish(),
} );

export const productSchema = z
	.object( {
		id,
		identity: z
			.object( { sku: textOrNone, barcode: textOrNone } )
			.nullish(),
		stock: z.object( { stockTracked: flag } ).nullish(),
		financialDetails: z
			.object( {
				taxCode: z.object( { code: textOrNone } ).nullish(),
			} )
			.nullish(),
		salesChannels: z
			.array( z.object( { productName: textOrNone } ) )
			.nullish(),
		composition: compositionSchema.nullish(),
		status: textOrNone,
		createdOn: timeOrNone,
		updatedOn: timeOrNone,
	} )
	.transform( ( found ): Product => ( {
		productId: found.id,
		sku: found.identity?.sku ?? '',
		stockTracked: found.stock?.stockTracked ?? false,
		status: found.status,
		name: found.salesChannels?.[ 0 ]?.productName ?? null,
		barcode: found.identity?.barcode ?? null,
		taxCode: found.financialDetails?.taxCode?.code ?? null,
		components:
			found.composition?.bundle === true
				? ( found.composition.bundleComponents ?? [] ).map(
						( part ) => ( {
							productId: part.productId,
							quantity: part.productQuantity,
						} )
					)
				: [],
		createdOn: found.createdOn,
		updatedOn: found.updatedOn,
	} ) );
