/**
 * The order task: observe → plan → apply → record, for one order of the shop.
 *
 * Whatever woke it (a webhook, a sweep, a person) said only "look again". Everything expected
 * comes back as a settlement; the order's state and problems are recorded on the way.
 */
import type { OrderState } from '../../contracts/answers.ts';
import type { OrderLink } from '../../contracts/database.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';
import type { ClaimedTask, Settlement } from '../../contracts/queue.ts';
import type { Failure, Retry } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { isDue } from '../../domain/orders/due.ts';
import { backoffMs } from '../../queue/backoff.ts';
import type { Connected } from '../connected.ts';
import { recovered, tellConnection } from '../connection-problems.ts';
import { apply } from './apply.ts';
import { changesToTell, goneProblem, markOf, TOLD_CODES } from './lifecycle.ts';
import { plan } from './observe.ts';
import { seenChange } from './seen.ts';

export async function converge(
	connected: Connected,
	task: ClaimedTask,
	orderId: number
): Promise< Settlement > {
	const { database, name, store, world } = connected;
	const forced = task.payload.forced === true;
	const settled =
		task.payload.acknowledged === true ||
		( forced && ( await wasTold( connected, orderId ) ) );
	const byHand = forced || ( await inRunningBackfill( connected, task ) );
	const before = await database.orderLinks.find( name, orderId );

	const read = await store.order( orderId );
	if ( ! read.ok ) {
		return before === null && ! forced
			? failedUnseen( connected, task, read.failure )
			: failed( connected, task, orderId, read.failure );
	}
	await recovered( connected, 'store' );
	const order = read.value;
	if ( order === null || order.status === 'trash' ) {
		return vanished( connected, orderId, before, order );
	}

	const link = await database.orderLinks.save( name, orderId, {
		...seenChange( order, before ),
		...( byHand ? { forced: true } : {} ),
	} );
	const now = world.clock.now();
	const due = isDue( {
		order,
		settings: connected.settings,
		link,
		now,
		pastDates: byHand,
	} );
	if ( ! due.due ) {
		await database.problems.clear( name, subject( orderId ) );
		await record( connected, orderId, stateWhenNotDue( due.why ) );
		return due.at === null
			? { kind: 'done' }
			: { kind: 'later', at: Date.parse( due.at ) };
	}

	await database.orderLinks.save( name, orderId, { state: 'working' } );
	const planned = await plan(
		connected,
		order,
		link,
		forced || task.payload.acknowledged === true
	);
	if ( ! planned.ok ) {
		return failed( connected, task, orderId, planned.failure );
	}
	if ( ! planned.value.ok ) {
		return parked( connected, orderId, planned.value.problems );
	}

	const told = settled ? [] : changesToTell( order, before ?? link );
	const applied = await apply(
		connected,
		task.lease,
		order,
		planned.value.plan,
		link
	);
	if ( ! applied.ok ) {
		const { failure } = applied;
		const explained =
			failure.kind === 'hold' &&
			failure.problem.code === 'total-mismatch' &&
			told.length > 0;
		return explained
			? parked( connected, orderId, told )
			: failed( connected, task, orderId, failure );
	}
	await recovered( connected, 'brightpearl' );
	return finished( connected, order, before, applied.value, told, settled );
}

/** What is left of a cancelled backfill is looked at like any other order. */
async function inRunningBackfill(
	{ database, name }: Connected,
	{ payload }: ClaimedTask
): Promise< boolean > {
	if ( payload.backfillId === undefined ) {
		return false;
	}
	const backfill = await database.backfills.find( name, payload.backfillId );
	return backfill !== null && backfill.state !== 'cancelled';
}

function subject( orderId: number ): string {
	return `order:${ orderId }`;
}

/** Pushing by hand answers what a person has been told of; news is told all the same. */
async function wasTold(
	{ database, name }: Connected,
	orderId: number
): Promise< boolean > {
	const open = await database.problems.list( {
		connection: name,
		subject: subject( orderId ),
	} );
	return open.some( ( { code } ) => TOLD_CODES.includes( code ) );
}

function stateWhenNotDue( why: string ): OrderState {
	switch ( why ) {
		case 'held':
			return 'held';
		case 'ignored':
			return 'ignored';
		default:
			return 'not-due';
	}
}

async function finished(
	connected: Connected,
	order: StoreOrder,
	before: OrderLink | null,
	link: OrderLink,
	toldBefore: readonly ProblemDraft[],
	settled: boolean
): Promise< Settlement > {
	const { database, name } = connected;
	// A refund that was there before the first push is news as well.
	const told =
		toldBefore.length > 0 || settled
			? toldBefore
			: changesToTell( order, link );
	await database.problems.clear(
		name,
		subject( order.id ),
		settled ? [] : TOLD_CODES
	);
	for ( const draft of told ) {
		await raise( connected, order.id, draft );
	}
	await database.orderLinks.save( name, order.id, {
		refunds: order.refunds.map( ( refund ) => refund.id ),
		fingerprint: markOf( order ),
	} );
	const open = await database.problems.list( {
		connection: name,
		subject: subject( order.id ),
	} );
	if ( open.length > 0 ) {
		await record( connected, order.id, 'problem', before );
		return { kind: 'park', message: open[ 0 ]?.message ?? '' };
	}
	await record( connected, order.id, 'synced', before );
	return { kind: 'done' };
}

/** In the trash, or gone for good. */
async function vanished(
	connected: Connected,
	orderId: number,
	link: OrderLink | null,
	order: StoreOrder | null
): Promise< Settlement > {
	const { database, name } = connected;
	if ( link === null ) {
		return { kind: 'done' };
	}
	const gone = order === null ? 'deleted' : 'trashed';
	const changed = await database.orderLinks.save( name, orderId, {
		...( order === null ? {} : seenChange( order, link ) ),
		gone,
	} );
	if ( changed.salesOrderId === null || changed.decision === 'ignored' ) {
		await database.problems.clear( name, subject( orderId ) );
		await record( connected, orderId, changed.decision ?? 'not-due' );
		return { kind: 'done' };
	}
	return parked( connected, orderId, [ goneProblem( changed, gone ) ] );
}

async function failed(
	connected: Connected,
	task: ClaimedTask,
	orderId: number,
	failure: Failure
): Promise< Settlement > {
	if ( failure.kind === 'hold' ) {
		const ofConnection = await tellConnection( connected, failure );
		return parked(
			connected,
			orderId,
			ofConnection ? [] : [ failure.problem ],
			failure.problem
		);
	}
	await tellConnection( connected, failure, task.attempt );
	await record( connected, orderId, 'retrying' );
	return again( connected, task, failure );
}

/** The shop did not answer and the order is in no ledger yet: there is nothing to record on. */
async function failedUnseen(
	connected: Connected,
	task: ClaimedTask,
	failure: Failure
): Promise< Settlement > {
	if ( failure.kind === 'hold' ) {
		await tellConnection( connected, failure );
		return { kind: 'park', message: failure.problem.message };
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
		after: Math.max(
			failure.after ?? 0,
			failure.cause === 'throttled' ? 0 : backoff
		),
		message: failure.message,
	};
}

async function parked(
	connected: Connected,
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
	await record( connected, orderId, 'problem' );
	return { kind: 'park', message: because?.message ?? 'A person must act.' };
}

async function raise(
	connected: Connected,
	orderId: number,
	draft: ProblemDraft
): Promise< void > {
	const { database, events, name } = connected;
	const problem = await database.problems.raise(
		name,
		subject( orderId ),
		draft
	);
	events.emit( { event: 'problem', connection: name, problem } );
}

/** @param before As it was when the task began; what did not change is not told again. */
async function record(
	connected: Connected,
	orderId: number,
	state: OrderState,
	before: OrderLink | null = null
): Promise< void > {
	const { database, events, name } = connected;
	const link = await database.orderLinks.save( name, orderId, { state } );
	const same =
		before?.state === state &&
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
		state,
		salesOrderId: link.salesOrderId,
		rows: link.proof?.rows.found ?? null,
		currency: link.currency,
		total: link.total,
		allocation: link.brightpearl?.allocation ?? null,
	} );
}
