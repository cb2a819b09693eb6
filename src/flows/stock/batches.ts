/**
 * How the changes of a run are cut into write batches.
 */
import type { PlannedChange } from '../../domain/stock/plan.ts';
import { slices } from './parts.ts';

/** Most the shop takes in one request (`woocommerce.md`, *Writes*). */
const MOST = 100;
/**
 * Variations are written per parent, a request each. What is sold between the check before a
 * batch and its last request is lost, so a batch is only a few requests long.
 */
const MOST_PARENTS = 5;

export function batchesOf(
	planned: readonly PlannedChange[]
): PlannedChange[][] {
	const products = planned.filter(
		( { change } ) => change.variationId === null
	);
	const variations = Map.groupBy(
		planned.filter( ( { change } ) => change.variationId !== null ),
		( { change } ) => change.productId
	);
	const batches = slices( products, MOST );
	let batch: PlannedChange[] = [];
	let parents = 0;
	for ( const family of [ ...variations.values() ].flatMap( ( all ) =>
		slices( all, MOST )
	) ) {
		if ( batch.length + family.length > MOST || parents === MOST_PARENTS ) {
			batches.push( batch );
			batch = [];
			parents = 0;
		}
		batch.push( ...family );
		parents += 1;
	}
	return batch.length > 0 ? [ ...batches, batch ] : batches;
}
