/**
 * What a stock run would change: the difference between what the shop shows and what can be
 * sold. Items that already show the right figure are not in it.
 */
import type { StockChange } from '../../contracts/answers.ts';
import { NO_FLIGHT, type Flight } from './in-flight.ts';
import { itemKey, type ItemKey } from './items.ts';
import type { MappedItem } from './match.ts';
import {
	onHandOf,
	publishedStock,
	type CountedWarehouses,
	type StockLimits,
} from './published.ts';

export interface StockFacts {
	/**
	 * Product → warehouse → on hand. A stock-tracked product that the availability answer
	 * leaves out has 0 (resources reference, §4.1).
	 */
	readonly onHand: ReadonlyMap< number, ReadonlyMap< number, number > >;
	readonly counted: CountedWarehouses;
	readonly inFlight: ReadonlyMap< ItemKey, Flight >;
	readonly limits: StockLimits;
}

const NOWHERE: ReadonlyMap< number, number > = new Map();

/** What one item should show, and from which figures. */
export function figuresOf(
	{ item, product }: MappedItem,
	facts: StockFacts
): { onHand: number; inFlight: number; wanted: number } {
	const onHandByWarehouse = facts.onHand.get( product ) ?? NOWHERE;
	const flight =
		facts.inFlight.get( itemKey( item.productId, item.variationId ) ) ??
		NO_FLIGHT;
	return {
		onHand: onHandOf( onHandByWarehouse, facts.counted ),
		inFlight: flight.total,
		wanted: publishedStock( {
			...facts.limits,
			onHandByWarehouse,
			counted: facts.counted,
			inFlight: flight.total,
			backorders: item.backorders,
		} ),
	};
}

/** The change an item needs; null when the shop shows the right figure already. */
export function changeOf(
	mapped: MappedItem,
	facts: StockFacts
): StockChange | null {
	const change = changeFrom( mapped, facts );
	return change.from === change.to ? null : change;
}

/** From what the shop showed when it was read to what it is to show, be they equal or not. */
export function changeFrom(
	mapped: MappedItem,
	facts: StockFacts
): StockChange {
	const { item } = mapped;
	const { onHand, inFlight, wanted } = figuresOf( mapped, facts );
	return {
		sku: item.sku,
		productId: item.productId,
		variationId: item.variationId,
		from: item.quantity,
		to: wanted,
		onHand,
		inFlight,
		buffer: facts.limits.buffer,
		written: false,
	};
}

export interface PlannedChange {
	readonly mapped: MappedItem;
	readonly change: StockChange;
}

export function planStock(
	items: readonly MappedItem[],
	facts: StockFacts
): PlannedChange[] {
	const planned: PlannedChange[] = [];
	for ( const mapped of items ) {
		const change = changeOf( mapped, facts );
		if ( change !== null ) {
			planned.push( { mapped, change } );
		}
	}
	return planned;
}
