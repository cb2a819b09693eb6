/**
 * Products and their prices.
 */
import type {
	BundleComponent,
	CachedProduct,
} from '../../contracts/database.ts';
import type { Result } from '../../contracts/result.ts';

export interface Product extends CachedProduct {
	readonly name: string | null;
	readonly barcode: string | null;
	readonly taxCode: string | null;
	/** Of a bundle; empty = it is none. One that is a bundle itself is read by its own id. */
	readonly components: readonly BundleComponent[];
	readonly createdOn: string | null;
	readonly updatedOn: string | null;
}

/** A product's price on one list, per unit in the list's own mode. */
export interface ProductPrice {
	readonly productId: number;
	readonly currency: string;
	/** Least quantity → price; empty = unpriced. */
	readonly byQuantity: ReadonlyMap< number, string >;
}

export interface ProductsApi {
	/** The whole catalogue by `product-search`, a page of 500 at a time. */
	productPages(): AsyncIterable< Result< readonly CachedProduct[] > >;
	/** Exact SKU, asked live. */
	productsBySku( sku: string ): Promise< Result< readonly CachedProduct[] > >;
	productsById(
		ids: readonly number[]
	): Promise< Result< readonly CachedProduct[] > >;
	/** Missing ones are left out. */
	products( ids: readonly number[] ): Promise< Result< readonly Product[] > >;
	/** Made or changed since, each once: by `updatedOn`, and by `createdOn` where that is null. */
	productChanges(
		since: string
	): AsyncIterable< Result< readonly CachedProduct[] > >;
	/** Products the list does not name are absent. */
	prices(
		productIds: readonly number[],
		priceListId: number
	): Promise< Result< ReadonlyMap< number, ProductPrice > > >;
	/** Which of them exist (`OPTIONS`, platform reference, §1.4). */
	existingProducts(
		ids: readonly number[]
	): Promise< Result< readonly number[] > >;
}
