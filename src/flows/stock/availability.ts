/**
 * Of Brightpearl's availability answer only what can be sold matters to a plan.
 */
import type { Availability } from '../../brightpearl/api.ts';

export function onHandByProduct(
	byProduct: ReadonlyMap< number, Availability >
): Map< number, ReadonlyMap< number, number > > {
	const products = new Map< number, ReadonlyMap< number, number > >();
	for ( const [ product, { warehouses } ] of byProduct ) {
		products.set(
			product,
			new Map(
				[ ...warehouses ].map( ( [ id, { onHand } ] ) => [
					id,
					onHand,
				] )
			)
		);
	}
	return products;
}
