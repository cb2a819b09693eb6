/**
 * orders push | show | list | hold | release | ignore.
 */
import type { Order, OrderState } from '../../contracts/answers.ts';
import type { OrderLink } from '../../contracts/database.ts';
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
import { enteredChange } from '../orders/seen.ts';
import { orderView, summaries } from '../orders/view.ts';
import {
	done,
	exitOfProblem,
	failure,
	findConnection,
	ofFailure,
	unreadableSecret,
	until,
	worstExit,
	type OperationContext,
} from './context.ts';

type Result1 = OperationOutput< 'ordersPush' >[ 'results' ][ number ];

export async function ordersPush(
	context: OperationContext,
	input: OperationInput< 'ordersPush' >,
	call: OperationCall
): Promise< Outcome< OperationOutput< 'ordersPush' > > > {
	const found = await findConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const unreadable = unreadableSecret( context, found.live );
	if ( unreadable !== null ) {
		return unreadable;
	}
	const { connected } = found;
	const orderIds = [ ...new Set( input.orderIds ) ];
	if ( input.dryRun ) {
		return dryRun( connected, orderIds );
	}

	const exits: OperationExit[] = [];
	const results = new Map< number, Result1 >();
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
	if ( input.wait && keys.length > 0 ) {
		const settled = await context.whileWorking( { keys }, () =>
			until(
				context,
				call,
				async () => ( await allSettled( connected, keys ) ) || null
			)
		);
		if ( settled === null ) {
			exits.push( 7 );
		}
	}
	for ( const orderId of orderIds ) {
		if ( ! results.has( orderId ) ) {
			const order = await orderView(
				connected.database,
				connected.name,
				orderId
			);
			if ( order !== null ) {
				results.set( orderId, order );
				exits.push( input.wait ? exitOfOrder( order ) : 0 );
			}
		}
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

function exitOfOrder( order: Order ): OperationExit {
	switch ( order.state ) {
		case 'problem':
			return order.problem === null
				? 3
				: exitOfProblem( order.problem.code );
		case 'retrying':
			return 5;
		default:
			return 0;
	}
}

/** The order's link; fetched from the shop where the ledger does not have it yet. */
async function enterOrder(
	connected: Connected,
	orderId: number
): Promise<
	| { ok: true; link: OrderLink }
	| { ok: false; outcome: ReturnType< typeof failure > }
> {
	const { database, name, store } = connected;
	const link = await database.orderLinks.find( name, orderId );
	if ( link !== null ) {
		return { ok: true, link };
	}
	const read = await store.order( orderId );
	if ( ! read.ok ) {
		return { ok: false, outcome: ofFailure( read.failure ) };
	}
	if ( read.value === null ) {
		return { ok: false, outcome: unknownOrder( orderId ) };
	}
	return {
		ok: true,
		link: await database.orderLinks.save(
			name,
			orderId,
			enteredChange( read.value, null )
		),
	};
}

function unknownOrder( orderId: number ) {
	return failure(
		6,
		'unknown-order',
		`The shop has no order with the id ${ orderId }.`,
		'Give the order’s id (the number in its address in wp-admin), not its order number.'
	);
}

async function dryRun(
	connected: Connected,
	orderIds: readonly number[]
): Promise< Outcome< OperationOutput< 'ordersPush' > > > {
	const exits: OperationExit[] = [];
	const results: Result1[] = [];
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
			exits.push( exitOfOrder( shown.value ) );
			results.push( shown.value );
		}
	}
	return { exit: worstExit( exits ), body: { results } };
}

export async function ordersShow(
	context: OperationContext,
	input: OperationInput< 'ordersShow' >
): Promise< Outcome< OperationOutput< 'ordersShow' > > > {
	const found = await findConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { database, name } = found.connected;
	const order = await orderView( database, name, input.orderId );
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
	const found = await findConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { database, name } = found.connected;
	const page = await database.orderLinks.list( {
		connection: name,
		limit: input.limit,
		...( input.state === null ? {} : { state: input.state } ),
		...( input.since === null ? {} : { since: input.since } ),
		...( input.cursor === null ? {} : { cursor: input.cursor } ),
	} );
	if ( page === null ) {
		return failure(
			2,
			'invalid-cursor',
			'The cursor is not one that a list has given.',
			'Begin without --cursor, or give the nextCursor of the page before.',
			[ { path: 'cursor', message: 'is unknown' } ]
		);
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
		const key = taskKey( name, 'order', orderId );
		if ( input.decision === 'release' ) {
			await database.queue.enqueue( [
				{
					key,
					kind: 'order',
					connection: name,
					priority: PRIORITY.person,
				},
			] );
		} else {
			await database.problems.clear( name, `order:${ orderId }` );
			await database.queue.remove( [ key ] );
		}
		results.push( ...( await summaries( database, name, [ link ] ) ) );
	}
	return { exit: worstExit( exits ), body: { results } };
}
