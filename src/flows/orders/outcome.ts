/**
 * What comes of an order's task, recorded: its state, its problems, and how the queue is to go on.
 */
import type { OrderState } from '../../contracts/answers.ts';
import type { OrderLink } from '../../contracts/database.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';
import type { ClaimedTask, Settlement } from '../../contracts/queue.ts';
import type { Failure, Retry } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { oneOfEachCode } from '../../domain/joined-problems.ts';
import { toldDifference } from '../../domain/orders/agreement/difference.ts';
import { cancelledChange, withSettled } from '../../domain/orders/plan.ts';
import type { OrderPlan } from '../../domain/orders/types.ts';
import { backoffMs } from '../../queue/backoff.ts';
import { isLive, type Connected } from '../connected.ts';
import { tellConnection } from '../connection-problems.ts';
import { raiseProblem } from '../raise-problem.ts';
import type { Applied } from './apply.ts';
import { goneMark } from './seen.ts';
import { writeBack } from './write-back.ts';

/** One run of an order's task. */
export interface Looking {
	readonly connected: Connected;
	readonly task: ClaimedTask;
	readonly orderId: number;
	/** The link as it was when the task began; null = never seen. */
	readonly before: OrderLink | null;
}

export function subject( orderId: number ): string {
	return `order:${ orderId }`;
}

export async function failed(
	looking: Looking,
	failure: Failure
): Promise< Settlement > {
	const { connected, task, orderId, before } = looking;
	if ( failure.kind === 'hold' ) {
		const ofConnection = await tellConnection( connected, failure );
		return parked(
			looking,
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
	looking: Looking,
	failure: Failure
): Promise< Settlement > {
	const { connected, task } = looking;
	if ( failure.kind === 'hold' ) {
		const ofConnection = await tellConnection( connected, failure );
		const { settings, world } = connected;
		// Before go-live nobody waits for it; afterwards an order that cannot be read is told.
		return ofConnection || ! isLive( settings, world.clock.now() )
			? { kind: 'park', message: failure.problem.message }
			: parked( looking, [ failure.problem ] );
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

/** A person must act: these are the order's problems now, and no others. */
export async function parked(
	{ connected, orderId, before }: Looking,
	drafts: readonly ProblemDraft[],
	because: ProblemDraft | undefined = drafts[ 0 ]
): Promise< Settlement > {
	const { database, name } = connected;
	const problems = oneOfEachCode( drafts );
	await database.problems.clear(
		name,
		subject( orderId ),
		problems.map( ( { code } ) => code )
	);
	for ( const draft of problems ) {
		await raise( connected, orderId, draft );
	}
	await record( connected, orderId, 'problem', before );
	return { kind: 'park', message: because?.message ?? 'A person must act.' };
}

/**
 * Every step was done, but for what Brightpearl refused. What there is to tell is told; without it the
 * order is synced, and the shop is told if it wants to be.
 *
 * @param order Null = gone for good.
 */
export async function finished(
	looking: Looking,
	order: StoreOrder | null,
	plan: OrderPlan,
	applied: Applied
): Promise< Settlement > {
	const { connected, orderId, before } = looking;
	const { database, name } = connected;
	const isAmended = ! applied.undone.some(
		( { type } ) => type === 'AmendOrder'
	);
	const difference = toldDifference(
		isAmended ? plan : { ...plan, told: [ ...plan.told, ...applied.told ] },
		applied.link
	);
	const link = await database.orderLinks.save( name, orderId, ( now ) => ( {
		refunds: order?.refunds.map( ( { id } ) => id ) ?? [],
		fingerprint:
			order === null || order.status === 'trash'
				? goneMark( order === null ? 'deleted' : 'trashed' )
				: plan.fingerprint,
		...cancelledChange( plan, applied.link ),
		...( plan.settledCredits.length === 0
			? {}
			: {
					credits: withSettled( applied.link, plan.settledCredits ),
				} ),
		conflicts: difference.conflicts,
		accepted: difference.accepted,
		// A word that was given while the task ran is for the next plan; so is one that led to nothing.
		resolve:
			isAmended && now?.resolve === applied.link.resolve
				? null
				: ( now?.resolve ?? null ),
	} ) );
	const told = [ ...plan.told, ...difference.told, ...applied.told ];
	const written =
		order === null || order.status === 'trash'
			? null
			: await writeBack( connected, order, link );
	if ( written?.ok === false ) {
		const { failure } = written;
		if ( failure.kind === 'retry' ) {
			return failed( looking, failure );
		}
		if ( ! ( await tellConnection( connected, failure ) ) ) {
			told.push( failure.problem );
		}
	}
	if ( told.length > 0 ) {
		return parked( looking, told );
	}
	await database.problems.clear( name, subject( orderId ) );
	await record( connected, orderId, 'synced', before );
	return { kind: 'done' };
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
			link.brightpearl?.payments.length &&
		before.brightpearl?.credits.length === link.brightpearl?.credits.length;
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
