/**
 * What an explanation is made from: both sides as they are now.
 */
import type { Availability, Warehouse } from '../../brightpearl/api.ts';
import type { CachedProduct } from '../../contracts/database.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { StoreItem } from '../../contracts/store.ts';
import { NO_FLIGHT, type Flight } from '../../domain/stock/in-flight.ts';
import { itemKey } from '../../domain/stock/items.ts';
import type { CountedWarehouses } from '../../domain/stock/published.ts';
import { withRelations } from './aliases.ts';
import { readRelatives, type ShopItems } from './items.ts';
import { createStockLedger } from './ledger.ts';
import type { StockParts } from './parts.ts';
import { countedWarehouses } from './warehouses.ts';

export interface StoreSide {
	/** The one the SKU stands for; null when the shop has none. */
	readonly item: StoreItem | null;
	/** Several things of the shop keep stock for one product of Brightpearl. */
	readonly shared: readonly StoreItem[];
	readonly readAt: string;
	readonly flight: ( askedAt: string ) => Promise< Flight >;
}

export interface BrightpearlSide {
	/** What the item is looked for by: its SKU, or the alias of it. */
	readonly sku: string;
	readonly products: readonly CachedProduct[];
	/** Null unless exactly one product is meant. */
	readonly product: CachedProduct | null;
	readonly askedAt: string;
	readonly byProduct: ReadonlyMap< number, Availability >;
	readonly warehouses: readonly Warehouse[];
	readonly counted: CountedWarehouses;
}

export async function readStore(
	parts: StockParts,
	sku: string
): Promise< Result< StoreSide > > {
	const { store, world } = parts;
	const readAt = new Date( world.clock.now() ).toISOString();
	const found = await store.itemsBySku( [ sku ] );
	if ( ! found.ok ) {
		return found;
	}
	// The shop does not tell upper from lower case; the exact spelling is preferred.
	const exact = found.value.filter( ( item ) => item.sku === sku );
	const candidates = exact.length > 0 ? exact : found.value;
	const keeping = candidates.filter(
		( { managesStock } ) => managesStock === true
	);
	const item = keeping[ 0 ] ?? candidates[ 0 ] ?? null;
	const scanned = await parts.scanOrders();
	if ( ! scanned.ok ) {
		return scanned;
	}
	const own = keeping.flatMap( ( { variationId } ) => variationId ?? [] );
	const others = await alsoMeaning( parts, item?.sku ?? sku );
	if ( ! others.ok ) {
		return others;
	}
	const sharing = [ ...keeping, ...others.value ];
	const items: ShopItems = {
		managed: keeping,
		ownStock: new Set( own ),
		leftAlone: 0,
		missing: [],
	};
	const ledger = createStockLedger( parts, ( variationId ) =>
		items.ownStock.has( variationId )
	);
	const relatives = await readRelatives( store, items, await ledger.open() );
	if ( ! relatives.ok ) {
		return relatives;
	}
	const confirmed = await ledger.confirmAllocations();
	if ( ! confirmed.ok ) {
		return confirmed;
	}
	return ok( {
		item,
		shared: sharing.length > 1 ? sharing : [],
		readAt,
		async flight( askedAt ) {
			const key =
				item === null
					? null
					: itemKey( item.productId, item.variationId );
			const flights = await ledger.inFlight( askedAt );
			return (
				( key === null ? undefined : flights.get( key ) ) ?? NO_FLIGHT
			);
		},
	} );
}

/** Items of other SKUs that keep stock for the same product of Brightpearl. */
async function alsoMeaning(
	{ connection, database, store }: StockParts,
	sku: string
): Promise< Result< readonly StoreItem[] > > {
	const family = await withRelations( database.aliases, connection, [ sku ] );
	const own = sku.toLowerCase();
	const others = family.filter( ( one ) => one.toLowerCase() !== own );
	if ( others.length === 0 ) {
		return ok( [] );
	}
	const meant = await meantBy( database, connection, sku );
	const found = await store.itemsBySku( others );
	if ( ! found.ok ) {
		return found;
	}
	const aliases = await database.aliases.of(
		connection,
		found.value.map( ( item ) => item.sku )
	);
	return ok(
		found.value.filter(
			( item ) =>
				item.managesStock === true &&
				( aliases.get( item.sku ) ?? item.sku ) === meant
		)
	);
}

async function meantBy(
	{ aliases }: StockParts[ 'database' ],
	connection: string,
	sku: string
): Promise< string > {
	return ( await aliases.of( connection, [ sku ] ) ).get( sku ) ?? sku;
}

export async function readBrightpearl(
	parts: StockParts,
	sku: string
): Promise< Result< BrightpearlSide > > {
	const { brightpearl, connection, database, settings, world } = parts;
	const counted = await countedWarehouses( brightpearl, settings );
	if ( ! counted.ok ) {
		return counted;
	}
	const warehouses = await brightpearl.warehouses();
	if ( ! warehouses.ok ) {
		return warehouses;
	}
	const meant = await meantBy( database, connection, sku );
	const products = await brightpearl.productsBySku( meant );
	if ( ! products.ok ) {
		return products;
	}
	const [ first, second ] = products.value;
	const product = second === undefined ? ( first ?? null ) : null;
	const availability =
		product === null
			? ok( {
					askedAt: new Date( world.clock.now() ).toISOString(),
					byProduct: new Map(),
				} )
			: await brightpearl.availability( [ product.productId ] );
	if ( ! availability.ok ) {
		return availability;
	}
	return ok( {
		sku: meant,
		products: products.value,
		product,
		...availability.value,
		warehouses: warehouses.value,
		counted: counted.value,
	} );
}
