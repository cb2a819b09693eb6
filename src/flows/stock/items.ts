/**
 * The shop's side of a run: which things keep their own stock, and what they show.
 */
import { ok, type Result } from '../../contracts/result.ts';
import type { Store, StoreItem } from '../../contracts/store.ts';
import type { OrderLink } from '../../contracts/database.ts';
import { itemKey, type ItemKey } from '../../domain/stock/items.ts';
import type { StockItem } from '../../domain/stock/match.ts';
import { stopped } from './parts.ts';

export interface ShopItems {
	/** Items that manage their own stock. */
	readonly managed: readonly StockItem[];
	/** Variations among them; all others follow their product. */
	readonly ownStock: Set< number >;
	/** Items left alone: they keep no stock, or follow their parent. */
	readonly leftAlone: number;
	/** SKUs asked for that the shop does not have. */
	readonly missing: readonly string[];
}

interface Gathered {
	readonly managed: Map< ItemKey, StockItem >;
	readonly others: Set< ItemKey >;
	readonly ownStock: Set< number >;
}

/** All items, or those with the SKUs asked for. Only what a run needs of them is kept. */
export async function readItems(
	store: Store,
	skus: readonly string[] | null,
	signal: AbortSignal
): Promise< Result< ShopItems > > {
	const gathered: Gathered = {
		managed: new Map(),
		others: new Set(),
		ownStock: new Set(),
	};
	const found = new Set< string >();
	for await ( const page of skus === null
		? store.items()
		: once( store.itemsBySku( skus ) ) ) {
		if ( ! page.ok ) {
			return page;
		}
		if ( signal.aborted ) {
			return stopped();
		}
		for ( const item of page.value ) {
			gather( gathered, item );
			if ( skus !== null ) {
				found.add( folded( item.sku ) );
			}
		}
	}
	return ok( {
		managed: [ ...gathered.managed.values() ],
		ownStock: gathered.ownStock,
		leftAlone: gathered.others.size,
		missing: ( skus ?? [] ).filter(
			( sku ) => ! found.has( folded( sku ) )
		),
	} );
}

/** By key, because a page that shifts while it is walked shows an item twice. */
function gather(
	{ managed, others, ownStock }: Gathered,
	item: StoreItem
): void {
	const { productId, variationId, sku, quantity, backorders } = item;
	const key = itemKey( productId, variationId );
	if ( item.managesStock !== true ) {
		others.add( key );
		return;
	}
	managed.set( key, { productId, variationId, sku, quantity, backorders } );
	if ( variationId !== null ) {
		ownStock.add( variationId );
	}
}

/** The shop compares SKUs without regard to case; Brightpearl's are matched exactly. */
function folded( sku: string ): string {
	return sku.toLowerCase();
}

async function* once< T >( value: Promise< T > ): AsyncIterable< T > {
	yield await value;
}

/**
 * When only some items were read: which of their variations that stand on open orders keep
 * their own stock. Otherwise a sale of such a variation would count against its product.
 */
export async function readRelatives(
	store: Store,
	items: ShopItems,
	links: readonly OrderLink[]
): Promise< Result< void > > {
	const products = new Set(
		items.managed.map( ( { productId } ) => productId )
	);
	const skus = new Set< string >();
	for ( const { lines } of links ) {
		for ( const { productId, variationId, sku } of lines ) {
			if (
				variationId > 0 &&
				sku !== '' &&
				products.has( productId ) &&
				! items.ownStock.has( variationId )
			) {
				skus.add( sku );
			}
		}
	}
	if ( skus.size === 0 ) {
		return ok( undefined );
	}
	const relatives = await store.itemsBySku( [ ...skus ] );
	if ( ! relatives.ok ) {
		return relatives;
	}
	for ( const { variationId, managesStock } of relatives.value ) {
		if ( variationId !== null && managesStock === true ) {
			items.ownStock.add( variationId );
		}
	}
	return ok( undefined );
}
