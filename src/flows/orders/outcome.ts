/**
 * What comes of an order's task, recorded: its state, its problems, and how the queue is to go on.
 */
import type { OrderState } from '../../contracts/answers.ts';
import type { OrderLink } from '../../contracts/database.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';
import type { ClaimedTask, Settlement } from '../../contracts/queue.ts';
import type { Failure, Retry } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { backoffMs } from '../../queue/backoff.ts';
import { isLive, type Connected } from '../connected.ts';
import { tellConnection } from '../connection-problems.ts';
import { raiseProblem } from '../raise-problem.ts';
import { markOf, TOLD_CODES } from './lifecycle.ts';

export function subject( orderId: number ): string {
	return `order:${ orderId }`;
}

/** What was told is remembered, so that it is told once. */
export async function tell(
	connected: Connected,
	order: StoreOrder,
	told: readonly ProblemDraft[]
): Promise< void > {
	for ( const draft of told ) {
		await raise( connected, order.id, draft );
	}
	await connected.database.orderLinks.save( connected.name, order.id, {
		refunds: order.refunds.map( ( refund ) => refund.id ),
		fingerprint: markOf( order ),
	} );
}

/** @param before As it was when the task began. */
export async function failed(
	connected: Connected,
	task: ClaimedTask,
	before: OrderLink | null,
	orderId: number,
	failure: Failure
): Promise< Settlement > {
	if ( failure.kind === 'hold' ) {
		const ofConnection = await tellConnection( connected, failure );
		return parked(
			connected,
			before,
			orderId,
			ofConnection ? [] : [ failure.problem ],
			failure.problem
		);
	}
	await tellConnection( connected, failure, task.attempt );
	await record( connected, orderId, 'retrying', before );
	return again( connected, task, failure );
}

/** The shop did not answer and the order is in no ledger yet: there is nothing to record on. */
export async function failedUnseen(
	connected: Connected,
	task: ClaimedTask,
	orderId: number,
	failure: Failure
): Promise< Settlement > {
	if ( failure.kind === 'hold' ) {
		const ofConnection = await tellConnection( connected, failure );
		const { settings, world } = connected;
		// Before go-live nobody waits for it; afterwards an order that cannot be read is told.
		return ofConnection || ! isLive( settings, world.clock.now() )
			? { kind: 'park', message: failure.problem.message }
			: parked( connected, null, orderId, [ failure.problem ] );
	}
	await tellConnection( connected, failure, task.attempt );
	return again( connected, task, failure );
}

export function again(
	connected: Connected,
	task: ClaimedTask,
	failure: Retry
): Settlement {
	const backoff = backoffMs( task.attempt, connected.world.random );
	return {
		kind: 'retry',
		// A side that is spent and says until when is taken at its word.
		after:
			( failure.cause === 'throttled' || failure.cause === 'busy' ) &&
			failure.after !== null
				? failure.after
				: Math.max( failure.after ?? 0, backoff ),
		message: failure.message,
	};
}

/** @param before As it was when the task began. */
export async function parked(
	connected: Connected,
	before: OrderLink | null,
	orderId: number,
	problems: readonly ProblemDraft[],
	because: ProblemDraft | undefined = problems[ 0 ]
): Promise< Settlement > {
	const { database, name } = connected;
	await database.problems.clear( name, subject( orderId ), [
		...problems.map( ( { code } ) => code ),
		...TOLD_CODES,
	] );
	for ( const draft of problems ) {
		await raise( connected, orderId, draft );
	}
	await record( connected, orderId, 'problem', before );
	return { kind: 'park', message: because?.message ?? 'A person must act.' };
}

export async function raise(
	connected: Connected,
	orderId: number,
	draft: ProblemDraft
): Promise< void > {
	await raiseProblem( connected, connected.name, subject( orderId ), draft );
}

/** @param before As it was when the task began; what did not change is not told again. */
export async function record(
	connected: Connected,
	orderId: number,
	state: OrderState,
	before: OrderLink | null = null
): Promise< void > {
	const { database, events, name } = connected;
	// What a person decided while the task ran stands.
	const link = await database.orderLinks.save( name, orderId, ( now ) => ( {
		state: now?.decision ?? state,
	} ) );
	const same =
		before?.state === link.state &&
		before.salesOrderId === link.salesOrderId &&
		before.total === link.total &&
		before.brightpearl?.allocation === link.brightpearl?.allocation &&
		before.brightpearl?.payments.length ===
			link.brightpearl?.payments.length;
	if ( same ) {
		return;
	}
	events.emit( {
		event: 'order',
		connection: name,
		orderId,
		number: link.number,
		state: link.state,
		salesOrderId: link.salesOrderId,
		rows: link.proof?.rows.found ?? null,
		currency: link.currency,
		total: link.total,
		allocation: link.brightpearl?.allocation ?? null,
	} );
}
