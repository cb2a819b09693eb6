/**
 * Brightpearl's products by exact SKU, as they are at this run.
 */
import type { Brightpearl } from '../../brightpearl/api.ts';
import type { CachedProduct, ProductCache } from '../../contracts/database.ts';
import { ok, type Result } from '../../contracts/result.ts';

export type ProductLookup = (
	skus: readonly string[]
) => Promise< ReadonlyMap< string, readonly CachedProduct[] > >;

/** Up to so many SKUs are asked one by one, where our copy cannot be had for as little. */
const FEW = 50;

/**
 * A pull of everything brings our copy of the catalogue up to date, whatever that costs; a pull
 * of a few only where that costs less than to ask for each.
 */
export async function refreshProducts(
	brightpearl: Brightpearl,
	cache: ProductCache,
	skus: readonly string[] | null,
	signal: AbortSignal
): Promise< Result< ProductLookup > > {
	const isFew = skus !== null && skus.length <= FEW;
	const refreshed = await brightpearl.refreshProducts( {
		signal,
		...( isFew ? { most: skus.length - 1 } : {} ),
	} );
	if ( ! refreshed.ok ) {
		return refreshed;
	}
	if ( refreshed.value ) {
		return ok( async ( wanted ) =>
			Map.groupBy(
				await cache.bySku( brightpearl.account, wanted ),
				( product ) => product.sku
			)
		);
	}
	const asked = await brightpearl.resolveSkus( skus ?? [], 'none' );
	if ( ! asked.ok ) {
		return asked;
	}
	const known = asked.value;
	return ok(
		async ( wanted ) =>
			new Map(
				wanted.flatMap( ( sku ) => {
					const products = known.get( sku ) ?? [];
					return products.length > 0 ? [ [ sku, products ] ] : [];
				} )
			)
	);
}
