/**
 * Prices of one list (resources reference, §3.4).
 */
import { z } from 'zod';
import { ok, type Result } from '../../contracts/result.ts';
import type { ProductPrice } from '../api.ts';
import { count, decimal, emptyIsNone, id } from '../answers/fields.ts';
import type { Link } from './link.ts';
import { listOf, readList } from '../search/read-sets.ts';

/** Least quantity → price; `{}`, or an empty list, where there is none. */
const byQuantitySchema = emptyIsNone(
	z.record( z.string(), decimal )
).transform(
	( prices ) =>
		new Map(
			Object.entries( prices ).map( ( [ least, price ] ) => [
				Number( least ),
				price,
			] )
		)
);

const pricesSchema = z.object( {
	productId: id,
	priceLists: z.array(
		z.object( {
			priceListId: count,
			currencyCode: z.string(),
			quantityPrice: byQuantitySchema,
		} )
	),
} );

/** Sets of 200 products; one bad id does not lose the others. */
export async function readPrices(
	link: Link,
	productIds: readonly number[],
	priceListId: number
): Promise< Result< ReadonlyMap< number, ProductPrice > > > {
	const found = await readList( link, {
		ids: productIds,
		call: ( set ) => ( {
			path: `/product-service/product-price/${ set }/price-list/${ priceListId }`,
		} ),
		take: listOf( pricesSchema ),
		split: true,
	} );
	if ( ! found.ok ) {
		return found;
	}
	return ok(
		new Map(
			found.value.flatMap( ( { productId, priceLists } ) => {
				// All lists stand there, even when one was asked for (§3.4).
				const list = priceLists.find(
					( one ) => one.priceListId === priceListId
				);
				return list === undefined
					? []
					: [
							[
								productId,
								{
									productId,
									currency: list.currencyCode,
									byQuantity: list.quantityPrice,
								},
							] as const,
						];
			} )
		)
	);
}
