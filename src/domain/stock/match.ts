/**
 * Which things of the shop stand for which Brightpearl products: by exact SKU or the alias that a
 * person gave it, never guessed.
 */
import type { CachedProduct } from '../../contracts/database.ts';
import type { StoreItem } from '../../contracts/store.ts';

/** What stock needs of a shop's item. */
export type StockItem = Pick<
	StoreItem,
	'productId' | 'variationId' | 'sku' | 'quantity' | 'backorders'
>;

export interface MappedItem {
	readonly item: StockItem;
	/** Brightpearl's product. */
	readonly product: number;
}

export interface StockError {
	readonly sku: string | null;
	readonly code: string;
	readonly message: string;
}

export interface Matched {
	readonly mapped: readonly MappedItem[];
	/** Brightpearl has no product of that SKU, or the shop's item has no SKU at all. */
	readonly unmapped: readonly StockItem[];
	/** Brightpearl keeps no stock of the product: left alone. */
	readonly untracked: readonly StockItem[];
	readonly errors: readonly StockError[];
}

export interface MatchInput {
	/** Items that manage their own stock; others are never written and do not belong here. */
	readonly items: readonly StockItem[];
	/** Brightpearl's products by exact SKU. */
	readonly products: ReadonlyMap< string, readonly CachedProduct[] >;
	/** Brightpearl's SKUs that more than one item of the shop keeps stock under. */
	readonly sharedSkus: ReadonlySet< string >;
	/** The shop's SKU → Brightpearl's, where they differ. */
	readonly aliases?: Aliases;
}

export type Aliases = ReadonlyMap< string, string >;

const NO_ALIASES: Aliases = new Map();

/**
 * A SKU that stands for two products in Brightpearl could get either one's stock; one that
 * stands for two items in the shop would sell the same pieces twice. Both are errors.
 */
export function matchItems( {
	items,
	products,
	sharedSkus,
	aliases = NO_ALIASES,
}: MatchInput ): Matched {
	const mapped: MappedItem[] = [];
	const unmapped: StockItem[] = [];
	const untracked: StockItem[] = [];
	const errors: StockError[] = [];
	for ( const item of items ) {
		const meant = aliases.get( item.sku ) ?? item.sku;
		const found = item.sku === '' ? [] : ( products.get( meant ) ?? [] );
		const [ product ] = found;
		if ( product === undefined ) {
			unmapped.push( item );
		} else if ( found.length > 1 ) {
			errors.push(
				duplicate(
					item.sku,
					`Brightpearl has SKU "${ meant }" on products ${ idsOf( found ) }`
				)
			);
		} else if ( ! product.stockTracked ) {
			untracked.push( item );
		} else if ( sharedSkus.has( meant ) ) {
			errors.push(
				duplicate(
					item.sku,
					meant === item.sku
						? `The shop has SKU "${ item.sku }" on ${ nameOf( item ) } and elsewhere`
						: `"${ item.sku }" on ${ nameOf( item ) } is an alias of "${ meant }", which the shop has elsewhere, too`
				)
			);
		} else {
			mapped.push( { item, product: product.productId } );
		}
	}
	return { mapped, unmapped, untracked, errors };
}

/** Brightpearl's SKUs that more than one of the items stands for. */
export function sharedSkusOf(
	items: Iterable< Pick< StockItem, 'sku' > >,
	aliases: Aliases = NO_ALIASES
): Set< string > {
	const seen = new Set< string >();
	const shared = new Set< string >();
	for ( const item of items ) {
		const sku = aliases.get( item.sku ) ?? item.sku;
		if ( sku !== '' && seen.has( sku ) ) {
			shared.add( sku );
		}
		seen.add( sku );
	}
	return shared;
}

function duplicate( sku: string, found: string ): StockError {
	return {
		sku,
		code: 'sku-duplicate',
		message: `${ found }, so its stock is not written. Give each its own SKU.`,
	};
}

function idsOf( products: readonly CachedProduct[] ): string {
	return products
		.map( ( { productId } ) => productId )
		.sort( ( a, b ) => a - b )
		.join( ', ' );
}

export function nameOf(
	item: Pick< StockItem, 'productId' | 'variationId' >
): string {
	return item.variationId === null
		? `product ${ item.productId }`
		: `variation ${ item.variationId } of product ${ item.productId }`;
}
