/**
 * Stock: who keeps it, how it moves, and when an order takes and gives it back (platform
 * notes, part 2, §2).
 */
import type { LineItem, Order, Product, ShopEvent } from './model.ts';
import type { Shop } from './shop.ts';

/** The product whose figure counts: the variation's own, else its parent's; null = none kept. */
export function stockKeeper( shop: Shop, product: Product ): Product | null {
	if ( product.manage_stock ) {
		return product;
	}
	const parent =
		product.parent === 0 ? undefined : shop.catalog.get( product.parent );
	return parent?.manage_stock ? parent : null;
}

/** In or out of stock follows the figure wherever it is kept. */
export function followStockStatus( product: Product ): void {
	if ( product.manage_stock ) {
		if ( ( product.stock_quantity ?? 0 ) > 0 ) {
			product.stock_status = 'instock';
		} else {
			product.stock_status =
				product.backorders === 'no' || product.stock_quantity === null
					? 'outofstock'
					: 'onbackorder';
		}
	}
}

/** `date_modified` moves, and whoever listens to products is told. */
export function productChanged( shop: Shop, product: Product ): void {
	product.modified = shop.now();
	shop.fire( 'product.updated', product.id );
	shop.touch();
}

/** One atomic `± n`; past zero there is no floor. Null = nobody keeps a figure. */
export function moveStock(
	shop: Shop,
	product: Product,
	by: number,
	cause: Extract< ShopEvent, { kind: 'stock' } >[ 'cause' ] = 'order'
): { from: number; to: number } | null {
	const keeper = stockKeeper( shop, product );
	if ( ! keeper ) {
		return null;
	}
	const from = keeper.stock_quantity ?? 0;
	const to = from + by;
	keeper.stock_quantity = to;
	followStockStatus( keeper );
	productChanged( shop, keeper );
	if ( product.parent !== 0 ) {
		// Measured: a sale of a variation moves the parent's date_modified as well.
		const parent = shop.catalog.get( product.parent );
		if ( parent ) {
			parent.modified = shop.now();
		}
	}
	shop.emit( {
		kind: 'stock',
		productId: keeper.id,
		sku: keeper.sku,
		from,
		to,
		cause,
	} );
	return { from, to };
}

const REDUCED = '_reduced_stock';

export function productOf( shop: Shop, line: LineItem ): Product | undefined {
	return shop.catalog.get( line.variation_id || line.product_id );
}

/** What the line took off the stock; null = nothing (no meta at all). */
export function reducedBy( line: LineItem ): number | null {
	const meta = line.meta_data.find( ( { key } ) => key === REDUCED );
	return meta ? Number( meta.value ) : null;
}

export function setReduced(
	shop: Shop,
	line: LineItem,
	quantity: number | null
): void {
	const meta = line.meta_data.find( ( { key } ) => key === REDUCED );
	if ( quantity === null ) {
		line.meta_data = line.meta_data.filter(
			( { key } ) => key !== REDUCED
		);
	} else if ( meta ) {
		meta.value = String( quantity );
	} else {
		line.meta_data.push( {
			id: shop.nextId( 'meta' ),
			key: REDUCED,
			value: String( quantity ),
		} );
	}
}

const TAKES = new Set( [ 'processing', 'completed', 'on-hold' ] );
const GIVES_BACK = new Set( [ 'cancelled', 'pending', 'failed' ] );

function arrow( line: LineItem, moved: { from: number; to: number } ): string {
	return `${ line.name } (${ moved.from }&rarr;${ moved.to })`;
}

/** Takes or gives back when the order's new status says so; the notes' texts that it leaves. */
export function stockFollowsStatus( shop: Shop, order: Order ): string[] {
	const moves: string[] = [];
	if ( TAKES.has( order.status ) && ! order.stock_reduced ) {
		order.held_until = null;
		for ( const line of order.line_items ) {
			const product = productOf( shop, line );
			if ( ! product || reducedBy( line ) !== null ) {
				continue;
			}
			const moved = moveStock( shop, product, -line.quantity );
			product.total_sales += line.quantity;
			if ( moved ) {
				setReduced( shop, line, line.quantity );
				moves.push( arrow( line, moved ) );
			}
		}
		order.stock_reduced = true;
		return moves.length === 0
			? []
			: [ `Stock levels reduced: ${ moves.join( ', ' ) }` ];
	}
	if ( GIVES_BACK.has( order.status ) ) {
		if ( order.status !== 'pending' ) {
			order.held_until = null;
		}
		if ( ! order.stock_reduced ) {
			return [];
		}
		for ( const line of order.line_items ) {
			const product = productOf( shop, line );
			const reduced = reducedBy( line );
			if ( ! product || reduced === null ) {
				continue;
			}
			const moved = moveStock( shop, product, reduced );
			setReduced( shop, line, null );
			if ( moved && reduced !== 0 ) {
				moves.push( arrow( line, moved ) );
			}
		}
		order.stock_reduced = false;
		return moves.length === 0
			? []
			: [ `Stock levels increased: ${ moves.join( ', ' ) }` ];
	}
	return [];
}

/**
 * A line of a reduced order was added or its quantity changed: the stock follows at once. Answers the
 * note's text, or null.
 */
export function stockFollowsLine(
	shop: Shop,
	order: Order,
	line: LineItem
): string | null {
	const product = productOf( shop, line );
	if ( ! order.stock_reduced || ! product ) {
		return null;
	}
	const difference = line.quantity - ( reducedBy( line ) ?? 0 );
	if ( difference === 0 ) {
		return null;
	}
	const moved = moveStock( shop, product, -difference );
	if ( ! moved ) {
		return null;
	}
	setReduced( shop, line, line.quantity );
	return `Adjusted stock: ${ arrow( line, moved ) }`;
}

/** A line of a reduced order is removed: what it took comes back. */
export function stockOfRemovedLine(
	shop: Shop,
	line: LineItem
): string | null {
	const product = productOf( shop, line );
	const reduced = reducedBy( line );
	if ( ! product || ! reduced ) {
		return null;
	}
	const moved = moveStock( shop, product, reduced );
	return moved ? `Adjusted stock: ${ arrow( line, moved ) }` : null;
}

/** Pieces that unpaid checkouts hold of a keeper's stock. */
export function heldBack( shop: Shop, keeper: Product ): number {
	const now = shop.clock.now();
	let held = 0;
	for ( const id of shop.holds ) {
		const order = shop.orders.get( id );
		if ( ! order?.held_until || order.held_until <= now ) {
			shop.holds.delete( id );
			continue;
		}
		for ( const line of order.line_items ) {
			const product = productOf( shop, line );
			if ( product && stockKeeper( shop, product ) === keeper ) {
				held += line.quantity;
			}
		}
	}
	return held;
}
