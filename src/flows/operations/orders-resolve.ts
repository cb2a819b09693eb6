/**
 * orders resolve: a person's word on what both sides changed. It is kept on the link, and used up
 * by the order's next plan.
 */
import type {
	OperationExit,
	OperationInput,
	OperationOutput,
	Outcome,
} from '../../contracts/operations.ts';
import { PRIORITY, taskKey } from '../../contracts/queue.ts';
import { summaries } from '../orders/view.ts';
import { failure, worstExit, type OperationContext } from './context.ts';
import { findConnection } from './scope.ts';

export async function ordersResolve(
	context: OperationContext,
	input: OperationInput< 'ordersResolve' >
): Promise< Outcome< OperationOutput< 'ordersResolve' > > > {
	const found = await findConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { database, name } = found.connected;
	const exits: OperationExit[] = [];
	const results: OperationOutput< 'ordersResolve' >[ 'results' ] = [];
	for ( const orderId of new Set( input.orderIds ) ) {
		const link = await database.orderLinks.find( name, orderId );
		if ( link === null || link.conflicts.length === 0 ) {
			const refused = nothingToSettle( orderId, link !== null );
			exits.push( refused.exit );
			results.push( { orderId, error: refused.body.error } );
			continue;
		}
		const settled = await database.orderLinks.save( name, orderId, {
			resolve: input.side,
		} );
		const key = taskKey( name, 'order', orderId );
		await database.queue.enqueue( [
			{
				key,
				kind: 'order',
				connection: name,
				priority: PRIORITY.person,
				payload: { acknowledged: true },
			},
		] );
		await database.queue.wake( [ key ] );
		results.push( ...( await summaries( database, name, [ settled ] ) ) );
	}
	return { exit: worstExit( exits ), body: { results } };
}

function nothingToSettle( orderId: number, isKnown: boolean ) {
	return isKnown
		? failure(
				6,
				'no-conflict',
				`Shop and Brightpearl agree on order ${ orderId }: there is nothing to settle.`,
				`What it waits for, if anything: pearlbridge orders show ${ orderId }`
			)
		: failure(
				6,
				'unknown-order',
				`Order ${ orderId } is not in the ledger.`,
				'Give the order’s id (the number in its address in wp-admin), not its order number.'
			);
}
