/**
 * Products by `product-search` (resources reference, §3.2) and sales channels (§3.5).
 */
import { z } from 'zod';
import type { CachedProduct } from '../../contracts/database.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { Channel, ProductsApi } from '../api.ts';
import type { Ask, Call } from '../transport/call.ts';
import { changedSince } from '../search/changed-since.ts';
import { existingIds } from '../search/existing-ids.ts';
import { flag, id, idOrNone, textOrNone } from '../answers/fields.ts';
import type { Link } from './link.ts';
import { readPrices } from './prices.ts';
import { productSchema } from './product-resource.ts';
import { listOf, readList } from '../search/read-sets.ts';
import { searchSets } from '../search/search-sets.ts';
import { searchAll, searchPages, type Search } from '../search/search.ts';

const productRow = z
	.object( {
		productId: id,
		/** `""` where a product has none. */
		SKU: z.string().nullable(),
		stockTracked: flag,
		productStatus: textOrNone,
	} )
	.transform( ( row ): CachedProduct => ( {
		productId: row.productId,
		sku: row.SKU ?? '',
		stockTracked: row.stockTracked,
		status: row.productStatus,
	} ) );

export const productSearch = (
	filters: Readonly< Record< string, string > > = {}
): Search< CachedProduct > => ( {
	path: '/product-service/product-search',
	columns: [ 'productId', 'SKU', 'stockTracked', 'productStatus' ],
	filters,
	sort: 'productId.ASC',
	key: 'productId',
	row: productRow,
} );

export function productPages(
	ask: Ask
): AsyncIterable< Result< readonly CachedProduct[] > > {
	return searchPages( ask, productSearch() );
}

export async function productsBySku(
	ask: Ask,
	sku: string
): Promise< Result< readonly CachedProduct[] > > {
	if ( sku === '' ) {
		return ok( [] );
	}
	return searchAll( ask, {
		...productSearch( { SKU: sku } ),
		equals: { column: 'SKU', text: sku },
	} );
}

export const CHANNELS: Call = {
	method: 'GET',
	path: '/product-service/channel',
};

/** A minimal channel carries neither default warehouse nor list (§3.5). */
export const channelsSchema = z.array(
	z
		.object( {
			id,
			name: z.string(),
			defaultWarehouseId: idOrNone,
			warehouseIds: z.array( id ).nullish(),
		} )
		.transform( ( channel ): Channel => ( {
			...channel,
			warehouseIds: channel.warehouseIds ?? [],
		} ) )
);

export function createProductsApi( link: Link ): ProductsApi {
	const { ask } = link;
	return {
		productPages: () => productPages( ask ),
		productsBySku: ( sku ) => productsBySku( ask, sku ),
		productsById: ( ids ) =>
			searchSets(
				link,
				ids,
				( productId ) => productSearch( { productId } ),
				( product ) => product.productId
			),
		products: ( ids ) =>
			readList( link, {
				ids,
				call: ( set ) => ( {
					path: `/product-service/product/${ set }`,
				} ),
				take: listOf( productSchema ),
			} ),
		productChanges: ( since ) =>
			changedSince(
				ask,
				productSearch(),
				( product ) => product.productId,
				since
			),
		prices: ( productIds, priceListId ) =>
			readPrices( link, productIds, priceListId ),
		existingProducts: ( ids ) =>
			existingIds( link, '/product-service/product', ids ),
	};
}
