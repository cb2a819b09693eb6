/**
 * orders push, and its dry run.
 */
import type { Order } from '../../contracts/answers.ts';
import type {
	OperationCall,
	OperationExit,
	OperationInput,
	OperationOutput,
	Outcome,
} from '../../contracts/operations.ts';
import { PRIORITY, taskKey } from '../../contracts/queue.ts';
import type { Result } from '../../contracts/result.ts';
import type { Connected } from '../connected.ts';
import { preview } from '../orders/preview.ts';
import { orderView } from '../orders/view.ts';
import {
	exitOfProblem,
	ofFailure,
	until,
	worstExit,
	type OperationContext,
} from './context.ts';
import { usableConnection } from './scope.ts';
import { enterOrder, unknownOrder } from './enter-order.ts';
import { workableConnection } from './workable.ts';

type PushResult = OperationOutput< 'ordersPush' >[ 'results' ][ number ];

export async function ordersPush(
	context: OperationContext,
	input: OperationInput< 'ordersPush' >,
	call: OperationCall
): Promise< Outcome< OperationOutput< 'ordersPush' > > > {
	const found = input.dryRun
		? await usableConnection( context, input.connection )
		: await workableConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { connected } = found;
	const orderIds = [ ...new Set( input.orderIds ) ];
	if ( input.dryRun ) {
		return dryRun(
			{
				...connected,
				brightpearl: connected.brightpearl.inLane( 'person' ),
			},
			orderIds
		);
	}

	const exits: OperationExit[] = [];
	const results = new Map< number, PushResult >();
	const keys: string[] = [];
	for ( const orderId of orderIds ) {
		const entered = await enterOrder( connected, orderId );
		if ( ! entered.ok ) {
			exits.push( entered.outcome.exit );
			results.set( orderId, {
				orderId,
				error: entered.outcome.body.error,
			} );
			continue;
		}
		const key = taskKey( connected.name, 'order', orderId );
		await connected.database.orderLinks.save( connected.name, orderId, {
			forced: true,
			...( entered.link.decision === null ? { state: 'queued' } : {} ),
		} );
		await connected.database.queue.enqueue( [
			{
				key,
				kind: 'order',
				connection: connected.name,
				priority: PRIORITY.person,
				payload: { forced: true },
			},
		] );
		await connected.database.queue.wake( [ key ] );
		keys.push( key );
	}
	async function isParked( orderId: number ): Promise< boolean > {
		const task = await connected.database.queue.find(
			taskKey( connected.name, 'order', orderId )
		);
		return task?.state === 'parked';
	}
	async function collect(): Promise< void > {
		for ( const orderId of orderIds ) {
			const order = results.has( orderId )
				? null
				: await orderView( connected, orderId );
			if ( order !== null ) {
				results.set( orderId, order );
				exits.push(
					input.wait
						? exitOfOrder( order, await isParked( orderId ) )
						: 0
				);
			}
		}
	}
	if ( input.wait && keys.length > 0 ) {
		await context.whileWorking( { keys }, async () => {
			const settled = await until(
				context,
				call,
				async () => ( await allSettled( connected, keys ) ) || null
			);
			if ( settled === null ) {
				exits.push( 7 );
			}
			// As they are now: what still runs is let go of when this ends.
			await collect();
			return settled;
		} );
	} else {
		await collect();
	}
	return {
		exit: worstExit( exits ),
		body: {
			results: orderIds.flatMap( ( id ) => results.get( id ) ?? [] ),
		},
	};
}

/** Nothing of these is ready or running: done, parked, or waiting for a retry. */
async function allSettled(
	connected: Connected,
	keys: readonly string[]
): Promise< boolean > {
	const tasks = await Promise.all(
		keys.map( ( key ) => connected.database.queue.find( key ) )
	);
	return tasks.every(
		( task ) =>
			task === null ||
			task.state === 'parked' ||
			task.state === 'retrying' ||
			( task.state === 'ready' &&
				task.dueAt > connected.world.clock.now() )
	);
}

/** @param isParked It goes on when a person has acted, not by itself. */
function exitOfOrder( order: Order, isParked: boolean ): OperationExit {
	switch ( order.state ) {
		case 'problem':
			return order.problem === null
				? 3
				: exitOfProblem( order.problem.code );
		case 'retrying':
			return 5;
		case 'queued':
		case 'working':
			if ( isParked ) {
				return order.problem === null
					? 3
					: exitOfProblem( order.problem.code );
			}
			return 7;
		default:
			return 0;
	}
}

async function dryRun(
	connected: Connected,
	orderIds: readonly number[]
): Promise< Outcome< OperationOutput< 'ordersPush' > > > {
	const exits: OperationExit[] = [];
	const results: PushResult[] = [];
	for ( const orderId of orderIds ) {
		const shown: Result< Order | null > = await preview(
			connected,
			orderId
		);
		if ( ! shown.ok ) {
			const { exit, body } = ofFailure( shown.failure );
			exits.push( exit );
			results.push( { orderId, error: body.error } );
		} else if ( shown.value === null ) {
			const { exit, body } = unknownOrder( orderId );
			exits.push( exit );
			results.push( { orderId, error: body.error } );
		} else {
			const { plan, problem } = shown.value;
			// Whatever becomes of the order just now: asked was for its plan.
			exits.push(
				plan === null && problem !== null
					? exitOfProblem( problem.code )
					: 0
			);
			results.push( shown.value );
		}
	}
	return { exit: worstExit( exits ), body: { results } };
}
