/**
 * A shop in memory, as far as stock goes: it sells, takes what it sells off its own stock, and
 * writes what it is told, the way WooCommerce was measured (`woocommerce-2.md`, §2).
 */
import { ok, type Failure } from '../../../src/contracts/result.ts';
import type {
	StockWrite,
	StockWriteOutcome,
	Store,
	StoreItem,
} from '../../../src/contracts/store.ts';

export interface ShopOrder {
	readonly id: number;
	status: string;
	readonly placedAt: string;
	readonly lines: {
		lineId: number;
		productId: number;
		variationId: number;
		sku: string;
		reduced: number;
	}[];
}

export interface FakeShop {
	readonly store: Store;
	readonly items: StoreItem[];
	readonly orders: ShopOrder[];
	/** Every write that reached the shop, in order. */
	readonly writes: StockWrite[];
	/** Sizes of the write requests. */
	readonly batches: number[];
	/** Called before a write is done; a failure is answered instead of writing. */
	onWrite: (
		writes: readonly StockWrite[]
	) => Failure | null | Promise< Failure | null >;
	/** Called before items are read by their SKUs. */
	onItemsBySku: () => void;
	/** SKU → what the shop answers instead of writing it. */
	readonly refuses: Map< string, { code: string; message: string } >;
	/** Writes the step from what was seen, as our plugin does. */
	inSteps: boolean;
	/** Answered instead of the items. */
	failItems: Failure | null;
	shown( sku: string ): number | null;
	sell( sku: string, quantity: number, placedAt?: string ): ShopOrder;
}

export function item(
	sku: string,
	quantity: number | null,
	more: Partial< StoreItem > = {}
): StoreItem {
	return {
		productId: 0,
		variationId: null,
		sku,
		managesStock: true,
		quantity,
		backorders: false,
		modifiedAt: null,
		...more,
	};
}

const PAGE = 100;

export function createFakeShop( seed: readonly StoreItem[] ): FakeShop {
	const items: StoreItem[] = seed.map( ( each, index ) => ( {
		...each,
		productId: each.productId || index + 1,
	} ) );
	let requests = 0;
	let nextOrder = 101;

	const find = ( productId: number, variationId: number | null ): number =>
		items.findIndex(
			( each ) =>
				each.productId === productId && each.variationId === variationId
		);

	function set( index: number, quantity: number ): void {
		const before = items[ index ];
		if ( before !== undefined ) {
			items[ index ] = { ...before, quantity };
		}
	}

	/** Where the stock of an item is kept: with itself, or with the product it follows. */
	function keeperOf( sold: StoreItem ): number {
		return sold.managesStock === 'parent'
			? find( sold.productId, null )
			: find( sold.productId, sold.variationId );
	}

	function writeOne( write: StockWrite ): StockWriteOutcome {
		const refusal = shop.refuses.get( write.sku );
		if ( refusal !== undefined ) {
			return { write, ok: false, ...refusal };
		}
		const index = find( write.productId, write.variationId );
		if ( items[ index ]?.managesStock === true ) {
			if ( write.seen !== undefined ) {
				const shown = items[ index ]?.quantity ?? 0;
				set( index, shown + write.quantity - write.seen );
				return { write, ok: true, quantity: write.quantity };
			}
			set( index, write.quantity );
		}
		return { write, ok: true, quantity: items[ index ]?.quantity ?? null };
	}

	const unused = (): never => {
		throw new Error( 'Stock has no use for this.' );
	};

	const store: Store = {
		order: unused,
		orderExact: unused,
		orders: unused,
		choices: unused,
		check: unused,
		refunds: unused,
		orderNotes: unused,
		writeOrderMeta: unused,
		addPrivateNote: unused,
		writeOrderStatus: unused,
		webhooks: unused,
		createWebhook: unused,
		updateWebhook: unused,
		deleteWebhook: unused,
		identity: unused,
		requests: () => requests,
		async *items() {
			for (
				let start = 0;
				start === 0 || start < items.length;
				start += PAGE
			) {
				requests += 1;
				if ( shop.failItems !== null ) {
					yield { ok: false, failure: shop.failItems };
					return;
				}
				yield ok( items.slice( start, start + PAGE ) );
			}
		},
		async itemsBySku( skus ) {
			requests += 1;
			shop.onItemsBySku();
			const wanted = new Set( skus.map( ( sku ) => sku.toLowerCase() ) );
			return ok(
				items.filter( ( { sku } ) => wanted.has( sku.toLowerCase() ) )
			);
		},
		writesInSteps: async () => shop.inSteps,
		async writeStock( writes ) {
			requests += 1;
			const failure = await shop.onWrite( writes );
			if ( failure !== null ) {
				return { ok: false, failure };
			}
			shop.batches.push( writes.length );
			shop.writes.push( ...writes );
			return ok( writes.map( writeOne ) );
		},
	};

	const shop: FakeShop = {
		store,
		items,
		orders: [],
		writes: [],
		batches: [],
		onWrite: () => null,
		onItemsBySku: () => undefined,
		refuses: new Map(),
		inSteps: false,
		failItems: null,
		shown: ( sku ) =>
			items.find( ( each ) => each.sku === sku )?.quantity ?? null,
		sell( sku, quantity, placedAt = '2026-11-02T10:00:00.000Z' ) {
			const sold = items.find( ( each ) => each.sku === sku );
			if ( sold === undefined ) {
				throw new Error( `The shop has no ${ sku }.` );
			}
			const keeper = keeperOf( sold );
			set( keeper, ( items[ keeper ]?.quantity ?? 0 ) - quantity );
			const order: ShopOrder = {
				id: nextOrder++,
				status: 'processing',
				placedAt,
				lines: [
					{
						lineId: nextOrder * 10,
						productId: sold.productId,
						variationId: sold.variationId ?? 0,
						sku,
						reduced: quantity,
					},
				],
			};
			shop.orders.push( order );
			return order;
		},
	};
	return shop;
}
