/**
 * SKU aliases in a stock run: an item of the shop stands for the product that has its alias, and
 * whoever asks for one SKU means everything that stands for the same product.
 */
import type { SkuAliases } from '../../contracts/database.ts';

/**
 * The SKUs asked for, and those of the shop that mean the same product: two of them that both keep
 * stock would sell the same pieces twice, which only shows when both are read.
 */
export async function withRelations(
	aliases: SkuAliases,
	connection: string,
	skus: readonly string[]
): Promise< string[] > {
	const own = await aliases.of( connection, skus );
	const meant = [
		...new Set( skus.flatMap( ( sku ) => [ sku, own.get( sku ) ?? sku ] ) ),
	];
	return [
		...new Set( [
			...meant,
			...( await aliases.skusFor( connection, meant ) ),
		] ),
	];
}
