/**
 * What planning needs to know of the Brightpearl account and of the order's products.
 */
import type { Brightpearl } from '../../brightpearl/api.ts';
import type { CachedProduct, ProductCache } from '../../contracts/database.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import type { AccountFacts } from '../../domain/orders/types.ts';

export async function accountFacts(
	brightpearl: Brightpearl
): Promise< Result< AccountFacts > > {
	const configuration = await brightpearl.configuration();
	if ( ! configuration.ok ) {
		return configuration;
	}
	const currencies = await brightpearl.currencies();
	if ( ! currencies.ok ) {
		return currencies;
	}
	const taxCodes = await brightpearl.taxCodes();
	if ( ! taxCodes.ok ) {
		return taxCodes;
	}
	const { baseCurrency, timeZone, nominal } = configuration.value;
	return ok( {
		baseCurrency,
		timeZone,
		currencies: currencies.value,
		taxCodes: taxCodes.value.map( ( taxCode ) => taxCode.code ),
		nominal,
		installationInstanceId: brightpearl.installationInstanceId(),
	} );
}

/**
 * Brightpearl's products for the SKUs of an order. The cache answers first; what it does not
 * know, or knows twice, is asked live, because it may have been put right a minute ago.
 *
 * @param fresh A person says "again": then nothing is taken from the cache.
 */
export async function productsOf(
	order: StoreOrder,
	brightpearl: Brightpearl,
	cache: ProductCache,
	fresh: boolean
): Promise< Result< ReadonlyMap< string, readonly CachedProduct[] > > > {
	const skus = [
		...new Set( order.lines.map( ( line ) => line.sku ).filter( Boolean ) ),
	];
	const known = fresh ? [] : await cache.bySku( brightpearl.account, skus );
	const products = new Map< string, readonly CachedProduct[] >(
		Map.groupBy( known, ( product ) => product.sku )
	);
	for ( const sku of skus ) {
		if ( products.get( sku )?.length === 1 ) {
			continue;
		}
		const asked = await brightpearl.productsBySku( sku );
		if ( ! asked.ok ) {
			return asked;
		}
		await cache.upsert( brightpearl.account, asked.value );
		products.set( sku, asked.value );
	}
	return ok( products );
}

/** Ids of those that keep stock; asked live where the cache does not know them. */
export async function stockTrackedIds(
	ids: readonly number[],
	brightpearl: Brightpearl,
	cache: ProductCache
): Promise< Result< ReadonlySet< number > > > {
	const wanted = [ ...new Set( ids ) ];
	const known = await cache.byId( brightpearl.account, wanted );
	const unknown = wanted.filter(
		( id ) => ! known.some( ( product ) => product.productId === id )
	);
	const products = [ ...known ];
	if ( unknown.length > 0 ) {
		const asked = await brightpearl.productsById( unknown );
		if ( ! asked.ok ) {
			return asked;
		}
		await cache.upsert( brightpearl.account, asked.value );
		products.push( ...asked.value );
	}
	return ok(
		new Set(
			products
				.filter( ( product ) => product.stockTracked )
				.map( ( product ) => product.productId )
		)
	);
}
