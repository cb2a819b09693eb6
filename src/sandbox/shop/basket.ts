/** What goes into a shopper's basket, and whether it is there. */
import { Decimal } from './decimal.ts';
import type { LineItem, Product } from './model.ts';
import { lineOf } from './order-items.ts';
import type { Shop } from './shop.ts';
import { heldBack, stockKeeper } from './stock.ts';
import type { Refusal, Wish } from './wish.ts';

export interface BasketItem {
	readonly product: Product;
	readonly quantity: number;
}

/** Pieces a shopper can still put in a basket; null = as many as wanted. */
function available( shop: Shop, product: Product ): number | null {
	const keeper = stockKeeper( shop, product );
	if ( ! keeper ) {
		return product.stock_status === 'outofstock' ? 0 : null;
	}
	return keeper.backorders === 'no'
		? ( keeper.stock_quantity ?? 0 ) - heldBack( shop, keeper )
		: null;
}

function isPurchasable( product: Product ): boolean {
	return (
		product.type !== 'variable' &&
		product.status === 'publish' &&
		product.price !== ''
	);
}

const shelves = new WeakMap<
	Shop,
	{ readonly revision: number; readonly products: Product[] }
>();

/** What can be sold without a special wish: has its own SKU and a price. */
function shelfOf( shop: Shop ): Product[] {
	const known = shelves.get( shop );
	if ( known?.revision === shop.catalog.revision ) {
		return known.products;
	}
	const products = [ ...shop.catalog.all() ].filter(
		( product ) =>
			isPurchasable( product ) &&
			product.sku !== '' &&
			// Two products under one SKU cannot be told apart in a warehouse.
			shop.catalog.bySku( product.sku ).length === 1
	);
	shelves.set( shop, { revision: shop.catalog.revision, products } );
	return products;
}

function randomBasket( shop: Shop, pieces: number | undefined ): BasketItem[] {
	const shelf = shelfOf( shop );
	const basket = new Map< number, BasketItem >();
	const lines =
		pieces === undefined ? shop.random.pick( [ 1, 1, 2, 2, 3, 4 ] ) : 1;
	for ( let tries = 0; basket.size < lines && tries < 50; tries++ ) {
		if ( shelf.length === 0 ) {
			break;
		}
		const product = shop.random.pick( shelf );
		const wanted = pieces ?? shop.random.pick( [ 1, 1, 1, 2, 2, 3 ] );
		const left = available( shop, product );
		// A parent that keeps the stock of several variations: one of them in a basket is enough.
		const keeper = stockKeeper( shop, product )?.id ?? product.id;
		if (
			isPurchasable( product ) &&
			( left === null || left >= wanted ) &&
			! basket.has( keeper )
		) {
			basket.set( keeper, { product, quantity: wanted } );
		}
	}
	return [ ...basket.values() ];
}

/** What the wish puts in the basket, or a random choice of what is there. */
export function basketOf( shop: Shop, wish: Wish ): BasketItem[] | Refusal {
	const wanted =
		wish.items ??
		( wish.sku === undefined
			? null
			: [ { sku: wish.sku, quantity: wish.quantity ?? 1 } ] );
	if ( ! wanted ) {
		const basket = randomBasket( shop, wish.quantity );
		return basket.length > 0
			? basket
			: { code: 'sold-out', message: 'Nothing is left to sell.' };
	}
	const basket: BasketItem[] = [];
	for ( const item of wanted ) {
		const found = shop.catalog.bySku( item.sku );
		const product = found.find( isPurchasable ) ?? found[ 0 ];
		if ( ! product ) {
			return {
				code: 'no-such-sku',
				message: `No product has the SKU ${ item.sku }.`,
			};
		}
		if ( ! isPurchasable( product ) ) {
			return {
				code: 'not-purchasable',
				message: `${ item.sku } cannot be bought.`,
			};
		}
		basket.push( { product, quantity: item.quantity } );
	}
	return basket;
}

/** Several lines may draw on one figure: they are added up before it is looked at. */
export function shortage(
	shop: Shop,
	basket: readonly BasketItem[]
): Refusal | null {
	const needed = new Map< Product, number >();
	for ( const { product, quantity: pieces } of basket ) {
		const keeper = stockKeeper( shop, product ) ?? product;
		needed.set( keeper, ( needed.get( keeper ) ?? 0 ) + pieces );
	}
	for ( const [ keeper, pieces ] of needed ) {
		const left = available( shop, keeper );
		if ( left !== null && left < pieces ) {
			return {
				code: 'not-enough-stock',
				message: `Not enough stock: "${ keeper.name }" (${ keeper.sku }) has ${ left } left, ${ pieces } wanted.`,
			};
		}
	}
	return null;
}

/** A line for more pieces than are there, where backorders are told, says how many are owed. */
export function soldLine(
	shop: Shop,
	product: Product,
	pieces: number
): LineItem {
	const line = lineOf( shop, product, pieces );
	const keeper = stockKeeper( shop, product );
	if ( keeper?.backorders === 'notify' ) {
		const owed = new Decimal( pieces ).minus(
			Math.max( 0, keeper.stock_quantity ?? 0 )
		);
		if ( owed.gt( 0 ) ) {
			line.meta_data.push( {
				id: shop.nextId( 'meta' ),
				key: 'Backordered',
				value: owed.toFixed(),
			} );
		}
	}
	return line;
}
