/**
 * What our copies of Brightpearl's lists answer: its contacts, its products and what bundles
 * consist of, kept in the database and brought up to date by what changed.
 */
import type {
	BundleComponent,
	CachedProduct,
} from '../../contracts/database.ts';
import type { Result } from '../../contracts/result.ts';

/**
 * How far a copy is believed: `recent` = when it was brought up to date within the hour, `none` =
 * Brightpearl is asked for each.
 */
export type TrustInCopy = 'any' | 'recent' | 'none';

export interface CopiesApi {
	/**
	 * Brightpearl refused the contact: it was merged or deleted, or is somebody else now. Ask
	 * again with `fresh`.
	 */
	forgetContact( contactId: number ): Promise< void >;
	/**
	 * Brings the copy of the products up to date: what was made or changed since, or all of them
	 * once a day. False = that would cost more than `most` requests (any number).
	 */
	refreshProducts( options?: {
		readonly most?: number;
		readonly signal?: AbortSignal;
	} ): Promise< Result< boolean > >;
	/**
	 * Products by exact SKU; one Brightpearl does not know has an empty list. What our copy does
	 * not know, or knows twice, is asked for: it may have been put right a minute ago.
	 *
	 * @param trust (recent)
	 */
	resolveSkus(
		skus: readonly string[],
		trust?: TrustInCopy
	): Promise< Result< ReadonlyMap< string, readonly CachedProduct[] > > >;
	/** What these consist of; empty = no bundle. Nested bundles stay nested. */
	bundleComponents(
		productIds: readonly number[]
	): Promise< Result< ReadonlyMap< number, readonly BundleComponent[] > > >;
}
