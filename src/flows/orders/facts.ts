/**
 * What planning needs to know of the Brightpearl account and of the order's products.
 */
import type { Brightpearl, TrustInCopy } from '../../brightpearl/api.ts';
import type { CachedProduct, ProductCache } from '../../contracts/database.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import type { AccountFacts } from '../../domain/orders/types.ts';
import type { Connected } from '../connected.ts';

/** @param fresh Past the cache: something may have been put right a minute ago. */
export async function accountFacts(
	{ brightpearl, settings }: Pick< Connected, 'brightpearl' | 'settings' >,
	fresh: boolean
): Promise< Result< AccountFacts > > {
	const configuration = await brightpearl.configuration( fresh );
	if ( ! configuration.ok ) {
		return configuration;
	}
	const currencies = await brightpearl.currencies( fresh );
	if ( ! currencies.ok ) {
		return currencies;
	}
	const taxCodes = await brightpearl.taxCodes( fresh );
	if ( ! taxCodes.ok ) {
		return taxCodes;
	}
	const { baseCurrency, timeZone, nominal, cancelledOrderStatusId } =
		configuration.value;
	return ok( {
		baseCurrency,
		timeZone,
		currencies: currencies.value,
		taxCodes: taxCodes.value.map( ( taxCode ) => taxCode.code ),
		nominal,
		installationInstanceId: brightpearl.installationInstanceId(),
		cancelledStatusId:
			settings.orders.cancelledStatusId ?? cancelledOrderStatusId,
	} );
}

/**
 * Brightpearl's products for the SKUs of an order, by the shop's SKU; where that has an alias,
 * those of the alias.
 *
 * @param trust A person says "again": then nothing is taken from our copy.
 */
export async function productsOf(
	{
		brightpearl,
		database,
		name,
	}: Pick< Connected, 'brightpearl' | 'database' | 'name' >,
	order: StoreOrder,
	trust: TrustInCopy
): Promise< Result< ReadonlyMap< string, readonly CachedProduct[] > > > {
	const skus = order.lines.map( ( line ) => line.sku ).filter( Boolean );
	const aliases = await database.aliases.of( name, skus );
	const meant = ( sku: string ) => aliases.get( sku ) ?? sku;
	const found = await brightpearl.resolveSkus( skus.map( meant ), trust );
	return found.ok
		? ok(
				new Map(
					skus.map( ( sku ) => [
						sku,
						found.value.get( meant( sku ) ) ?? [],
					] )
				)
			)
		: found;
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
