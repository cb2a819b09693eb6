/**
 * orders show | list | hold | release | ignore: from our ledger.
 */
import { emailKey } from '../../brightpearl/copies/contact-resolver.ts';
import type { OrderState } from '../../contracts/answers.ts';
import type { OrderLink } from '../../contracts/database.ts';
import type {
	OperationExit,
	OperationInput,
	OperationOutput,
	Outcome,
} from '../../contracts/operations.ts';
import { PRIORITY, taskKey } from '../../contracts/queue.ts';
import { record } from '../orders/outcome.ts';
import { orderView, summaries } from '../orders/view.ts';
import {
	done,
	failure,
	invalidCursor,
	worstExit,
	type OperationContext,
} from './context.ts';
import { enterOrder } from './enter-order.ts';
import { findConnection, findStored } from './scope.ts';

export async function ordersShow(
	context: OperationContext,
	input: OperationInput< 'ordersShow' >
): Promise< Outcome< OperationOutput< 'ordersShow' > > > {
	const found = await findStored( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { database, world } = context;
	const { name } = found.stored.record;
	const order = await orderView( { database, name, world }, input.orderId );
	return order === null
		? failure(
				6,
				'unknown-order',
				`Order ${ input.orderId } is not in the ledger.`,
				`If the shop has it, push it: pearlbridge orders push ${ input.orderId }`
			)
		: done( order );
}

export async function ordersList(
	context: OperationContext,
	input: OperationInput< 'ordersList' >
): Promise< Outcome< OperationOutput< 'ordersList' > > > {
	const found = await findStored( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { database } = context;
	const { name } = found.stored.record;
	const page = await database.orderLinks.list( {
		connection: name,
		limit: input.limit,
		...( input.state === null ? {} : { state: input.state } ),
		...( input.since === null ? {} : { since: input.since } ),
		...( input.until === null ? {} : { until: input.until } ),
		...( input.search === null ? {} : { search: input.search } ),
		...( input.customer === null
			? {}
			: { customerKey: emailKey( input.customer ) } ),
		...( input.problem === null ? {} : { problem: input.problem } ),
		...( input.cursor === null ? {} : { cursor: input.cursor } ),
	} );
	if ( page === null ) {
		return invalidCursor();
	}
	return done( {
		items: await summaries( database, name, page.items ),
		total: page.total,
		nextCursor: page.nextCursor,
	} );
}

const DECISIONS: Record<
	OperationInput< 'ordersDecide' >[ 'decision' ],
	{ decision: OrderLink[ 'decision' ]; state: OrderState }
> = {
	hold: { decision: 'held', state: 'held' },
	ignore: { decision: 'ignored', state: 'ignored' },
	release: { decision: null, state: 'queued' },
};

export async function ordersDecide(
	context: OperationContext,
	input: OperationInput< 'ordersDecide' >
): Promise< Outcome< OperationOutput< 'ordersDecide' > > > {
	const found = await findConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { connected } = found;
	const { database, name } = connected;
	const change = DECISIONS[ input.decision ];
	const exits: OperationExit[] = [];
	const results: OperationOutput< 'ordersDecide' >[ 'results' ] = [];
	for ( const orderId of new Set( input.orderIds ) ) {
		const entered = await enterOrder( connected, orderId );
		if ( ! entered.ok ) {
			exits.push( entered.outcome.exit );
			results.push( { orderId, error: entered.outcome.body.error } );
			continue;
		}
		const link = await database.orderLinks.save( name, orderId, change );
		if ( input.decision !== 'release' ) {
			await database.problems.clear( name, `order:${ orderId }` );
			await record( connected, orderId, link.state, entered.link );
		}
		// One that is running is not taken from its worker: it ends, and looks once more.
		await database.queue.enqueue( [
			{
				key: taskKey( name, 'order', orderId ),
				kind: 'order',
				connection: name,
				priority: PRIORITY.person,
			},
		] );
		results.push( ...( await summaries( database, name, [ link ] ) ) );
	}
	return { exit: worstExit( exits ), body: { results } };
}
