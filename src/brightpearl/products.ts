/**
 * Products by `product-search` (resources reference, §3.2) and sales channels (§3.5).
 */
import { z } from 'zod';
import type { CachedProduct } from '../contracts/database.ts';
import { ok, type Result } from '../contracts/result.ts';
import type { Channel } from './api.ts';
import { flag, id, idOrNone, textOrNone } from './fields.ts';
import { formatIdSet } from './id-set.ts';
import { packIds } from './packing.ts';
import { searchAll, searchCall, searchPages, type Search } from './search.ts';
import { queryString, type Ask, type Call } from './call.ts';

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

const productSearch = (
	filters: Readonly< Record< string, string > > = {}
): Search< CachedProduct > => ( {
	path: '/product-service/product-search',
	columns: [ 'productId', 'SKU', 'stockTracked', 'productStatus' ],
	filters,
	sort: 'productId.ASC',
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
	const found = await searchAll( ask, productSearch( { SKU: sku } ) );
	return found.ok
		? ok( found.value.filter( ( product ) => product.sku === sku ) )
		: found;
}

export async function productsById(
	ask: Ask,
	prefix: string,
	ids: readonly number[]
): Promise< Result< readonly CachedProduct[] > > {
	const { path, query } = searchCall( productSearch( { productId: '' } ), 1 );
	const overhead = ( prefix + path + queryString( query ) ).length;
	const all: CachedProduct[] = [];
	for ( const set of packIds( ids, overhead ) ) {
		const found = await searchAll(
			ask,
			productSearch( { productId: formatIdSet( set ) } )
		);
		if ( ! found.ok ) {
			return found;
		}
		all.push( ...found.value );
	}
	return ok( all );
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
