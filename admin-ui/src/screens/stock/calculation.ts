/**
 * "Why is this product at 3?" as a sum one can follow with a finger: what Brightpearl has, what
 * of it is sold already, what is kept back.
 */
import type { Explain } from '../../../../src/contracts/answers.ts';

export type CalculationLine =
	| {
			readonly kind: 'warehouse';
			readonly id: number;
			readonly name: string | null;
			readonly inStock: number;
			readonly allocated: number;
			readonly onHand: number;
			/** Does it go into the sum. */
			readonly counted: boolean;
	  }
	| { readonly kind: 'on-hand'; readonly value: number }
	| {
			readonly kind: 'order';
			readonly orderId: number;
			readonly quantity: number;
			readonly why: string;
	  }
	/** Nothing is sold that Brightpearl does not know of. */
	| { readonly kind: 'no-order' }
	| { readonly kind: 'buffer'; readonly value: number }
	| { readonly kind: 'sellable'; readonly value: number }
	| { readonly kind: 'minimum'; readonly value: number }
	| { readonly kind: 'maximum'; readonly value: number }
	| { readonly kind: 'wanted'; readonly value: number };

/** Null where Brightpearl has nothing to count with. */
export function calculationOf( explain: Explain ): CalculationLine[] | null {
	const { brightpearl, inFlight, buffer, wanted } = explain;
	if ( brightpearl === null ) {
		return null;
	}
	const onHand = brightpearl.warehouses.reduce(
		( sum, warehouse ) =>
			sum + ( warehouse.counted ? warehouse.onHand : 0 ),
		0
	);
	const sellable = onHand - inFlight.total - buffer;
	const clamp = clampOf( explain, sellable );
	return [
		...brightpearl.warehouses
			// What counts stands first, as it is added up.
			.toSorted( ( a, b ) => Number( b.counted ) - Number( a.counted ) )
			.map( ( warehouse ) => ( {
				kind: 'warehouse' as const,
				...warehouse,
			} ) ),
		{ kind: 'on-hand', value: onHand },
		...inFlight.orders.map( ( order ) => ( {
			kind: 'order' as const,
			...order,
		} ) ),
		...( inFlight.orders.length === 0
			? [ { kind: 'no-order' as const } ]
			: [] ),
		{ kind: 'buffer', value: buffer },
		// Without a limit it is the result itself.
		...( clamp.length > 0 || wanted === null
			? [ { kind: 'sellable' as const, value: sellable } ]
			: [] ),
		...clamp,
		...( wanted === null
			? []
			: [ { kind: 'wanted' as const, value: wanted } ] ),
	];
}

/** Told by what came of it: a minimum does not hold for products that allow backorders. */
function clampOf(
	{ wanted, minimum, maximum }: Explain,
	sellable: number
): CalculationLine[] {
	if ( wanted === null || wanted === sellable ) {
		return [];
	}
	if ( wanted > sellable ) {
		return [ { kind: 'minimum', value: minimum } ];
	}
	return maximum === null ? [] : [ { kind: 'maximum', value: maximum } ];
}

export type Verdict = 'agrees' | 'differs' | 'left-alone';

export function verdictOf( { shown, wanted }: Explain ): Verdict {
	if ( wanted === null ) {
		return 'left-alone';
	}
	return shown === wanted ? 'agrees' : 'differs';
}
