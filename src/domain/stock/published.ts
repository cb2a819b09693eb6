/**
 * The figure a shop may show: only what can be sold (architecture, *Stock that can be sold*).
 */

export interface StockLimits {
	readonly buffer: number;
	/** Does not hold for products that allow backorders: their figure may be negative. */
	readonly minimum: number;
	readonly maximum: number | null;
}

/** Null counts every warehouse there is. */
export type CountedWarehouses = ReadonlySet< number > | null;

export interface Published extends StockLimits {
	/** Warehouse → `onHand`; an absent warehouse holds none. */
	readonly onHandByWarehouse: ReadonlyMap< number, number >;
	readonly counted: CountedWarehouses;
	readonly inFlight: number;
	readonly backorders: boolean;
}

/** Σ on hand over the warehouses that count. */
export function onHandOf(
	onHandByWarehouse: ReadonlyMap< number, number >,
	counted: CountedWarehouses
): number {
	let sum = 0;
	for ( const [ warehouse, onHand ] of onHandByWarehouse ) {
		if ( counted === null || counted.has( warehouse ) ) {
			sum += onHand;
		}
	}
	return sum;
}

/**
 * Σ on hand over the counted warehouses − in flight − buffer, clamped. A maximum below the
 * minimum wins: it is the more careful of the two.
 */
export function publishedStock( input: Published ): number {
	const sellable =
		onHandOf( input.onHandByWarehouse, input.counted ) -
		input.inFlight -
		input.buffer;
	// The shop keeps whole pieces; half a piece cannot be sold.
	const whole = Math.floor( sellable );
	const raised = input.backorders ? whole : Math.max( whole, input.minimum );
	return input.maximum === null ? raised : Math.min( raised, input.maximum );
}
