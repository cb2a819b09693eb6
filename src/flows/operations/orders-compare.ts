/**
 * orders compare: both systems, asked now.
 */
import type { OrderComparison } from '../../contracts/answers.ts';
import type { OperationInput, Outcome } from '../../contracts/operations.ts';
import { compareOrder } from '../orders/compare.ts';
import { done, type OperationContext } from './context.ts';
import { unknownOrder } from './enter-order.ts';
import { usableConnection } from './scope.ts';

export async function ordersCompare(
	context: OperationContext,
	input: OperationInput< 'ordersCompare' >
): Promise< Outcome< OrderComparison > > {
	const found = await usableConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { connected } = found;
	const compared = await compareOrder(
		{
			...connected,
			brightpearl: connected.brightpearl.inLane( 'person' ),
		},
		input.orderId
	);
	return compared === null ? unknownOrder( input.orderId ) : done( compared );
}
