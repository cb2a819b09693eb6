/**
 * Brightpearl's products by exact SKU, fresh for this run.
 */
import type { Brightpearl } from '../../brightpearl/api.ts';
import type { CachedProduct, ProductCache } from '../../contracts/database.ts';
import { ok, type Failure, type Result } from '../../contracts/result.ts';
import { stopped } from './parts.ts';

export type ProductLookup = (
	skus: readonly string[]
) => Promise< ReadonlyMap< string, readonly CachedProduct[] > >;

/** Up to so many SKUs are asked one by one; the whole catalogue is read for more. */
const FEW = 50;

/**
 * There is no search for a list of SKUs (resources reference, §3.2): a pull of everything
 * reads the catalogue page by page into the cache, a pull of a few asks for each.
 */
export async function refreshProducts(
	brightpearl: Brightpearl,
	cache: ProductCache,
	skus: readonly string[] | null,
	signal: AbortSignal
): Promise< Result< ProductLookup > > {
	if ( skus !== null && skus.length <= FEW ) {
		return askEach( brightpearl, cache, skus );
	}
	const failure = await readCatalogue( brightpearl, cache, signal );
	if ( failure !== null ) {
		return { ok: false, failure };
	}
	return ok( async ( wanted ) =>
		bySku( await cache.bySku( brightpearl.account, wanted ), wanted )
	);
}

async function askEach(
	brightpearl: Brightpearl,
	cache: ProductCache,
	skus: readonly string[]
): Promise< Result< ProductLookup > > {
	const products: CachedProduct[] = [];
	for ( const sku of skus ) {
		const asked = await brightpearl.productsBySku( sku );
		if ( ! asked.ok ) {
			return asked;
		}
		products.push( ...asked.value );
	}
	await cache.upsert( brightpearl.account, products );
	return ok( async ( wanted ) => bySku( products, wanted ) );
}

/** Ends `replaceAll` without its taking half a catalogue for the whole. */
class CatalogueStopped extends Error {}

async function readCatalogue(
	brightpearl: Brightpearl,
	cache: ProductCache,
	signal: AbortSignal
): Promise< Failure | null > {
	let failure: Failure | null = null;
	async function* pages(): AsyncIterable< readonly CachedProduct[] > {
		for await ( const page of brightpearl.productPages() ) {
			if ( ! page.ok || signal.aborted ) {
				failure = page.ok ? stopped().failure : page.failure;
				throw new CatalogueStopped();
			}
			yield page.value;
		}
	}
	try {
		await cache.replaceAll( brightpearl.account, pages() );
	} catch ( error ) {
		if ( ! ( error instanceof CatalogueStopped ) ) {
			throw error;
		}
	}
	return failure;
}

function bySku(
	products: readonly CachedProduct[],
	wanted: readonly string[]
): ReadonlyMap< string, readonly CachedProduct[] > {
	const asked = new Set( wanted );
	const map = new Map< string, Map< number, CachedProduct > >();
	for ( const product of products ) {
		if ( asked.has( product.sku ) ) {
			const same =
				map.get( product.sku ) ?? new Map< number, CachedProduct >();
			map.set( product.sku, same.set( product.productId, product ) );
		}
	}
	return new Map(
		[ ...map ].map( ( [ sku, same ] ) => [ sku, [ ...same.values() ] ] )
	);
}
