/** What bundles consist of, read once and kept until the product changes (resources reference, §3.1). */
import type { BundleCache, BundleComponent } from '../../contracts/database.ts';
import type { Meter } from '../../contracts/meter.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { ProductsApi } from '../api.ts';

type Components = ReadonlyMap< number, readonly BundleComponent[] >;

export async function bundleComponents(
	parts: {
		readonly account: string;
		readonly bundles: BundleCache;
		readonly meter: Meter;
		readonly read: ProductsApi[ 'products' ];
	},
	productIds: readonly number[]
): Promise< Result< Components > > {
	const { account, bundles, meter, read } = parts;
	const wanted = [ ...new Set( productIds ) ];
	const known = await bundles.components( account, wanted );
	const unknown = wanted.filter( ( id ) => ! known.has( id ) );
	const counted = ( result: 'hit' | 'miss', by: number ) =>
		meter.count(
			'brightpearl_cache',
			{ account, cache: 'bundles', result },
			by
		);
	counted( 'hit', known.size );
	if ( unknown.length === 0 ) {
		return ok( known );
	}
	counted( 'miss', unknown.length );
	const products = await read( unknown );
	if ( ! products.ok ) {
		return products;
	}
	const found = new Map(
		products.value.map( ( { productId, components } ) => [
			productId,
			components,
		] )
	);
	await bundles.put( account, found );
	return ok( new Map( [ ...known, ...found ] ) );
}
