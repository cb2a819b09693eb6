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
import type { Failure } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { isDue } from '../../domain/orders/due.ts';
import type { Connected } from '../connected.ts';
import { recovered } from '../connection-problems.ts';
import { apply } from './apply.ts';
import {
	changesToTell,
	goneProblem,
	isSettled,
	TOLD_CODES,
} from './lifecycle.ts';
import { plan } from './observe.ts';
import {
	failed,
	failedUnseen,
	parked,
	record,
	subject,
	tell,
} from './outcome.ts';
import { seenChange } from './seen.ts';

export async function converge(
	connected: Connected,
	task: ClaimedTask,
	orderId: number
): Promise< Settlement > {
	const { database, name, store, world } = connected;
	const forced = task.payload.forced === true;
	const backfilled = await inRunningBackfill( connected, task );
	const byHand = forced || backfilled;
	const before = await database.orderLinks.find( name, orderId );

	const read = await store.order( orderId );
	if ( ! read.ok ) {
		return before === null && ! forced
			? failedUnseen( connected, task, orderId, read.failure )
			: failed( connected, task, before, orderId, read.failure );
	}
	await recovered( connected, 'store' );
	const order = read.value;
	if ( order === null || order.status === 'trash' ) {
		return vanished( connected, orderId, before, order );
	}

	if (
		before !== null &&
		! byHand &&
		task.payload.acknowledged !== true &&
		isSettled( order, before )
	) {
		// A shop tells of one order several times.
		return { kind: 'done' };
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
		await record( connected, orderId, stateWhenNotDue( due.why ), before );
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
		return failed( connected, task, before, orderId, planned.failure );
	}
	if ( ! planned.value.ok ) {
		return parked( connected, before, orderId, planned.value.problems );
	}

	const applied = await apply(
		connected,
		task.lease,
		order,
		planned.value.plan,
		link,
		async () => {
			if (
				! backfilled ||
				forced ||
				( await inRunningBackfill( connected, task ) )
			) {
				return true;
			}
			await database.orderLinks.save( name, orderId, {
				forced: before?.forced ?? false,
			} );
			return false;
		}
	);
	if ( ! applied.ok ) {
		const { failure } = applied;
		const edit = await editBehind( connected, order, link, failure );
		if ( edit === null ) {
			return failed( connected, task, before, orderId, failure );
		}
		await tell( connected, order, edit );
		return parked( connected, before, orderId, [], edit[ 0 ] );
	}
	await recovered( connected, 'brightpearl' );
	return finished( connected, order, before, applied.value );
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

/**
 * What a person is to be told instead of a difference of the totals, because it is the reason:
 * the order was edited, which is news now or was told and not settled. Null = not the reason.
 */
async function editBehind(
	{ database, name }: Connected,
	order: StoreOrder,
	link: OrderLink,
	failure: Failure
): Promise< readonly ProblemDraft[] | null > {
	if (
		failure.kind !== 'hold' ||
		failure.problem.code !== 'total-mismatch'
	) {
		return null;
	}
	const told = changesToTell( order, link );
	const open = await database.problems.list( {
		connection: name,
		subject: subject( order.id ),
	} );
	return [ ...told, ...open ].some( ( { code } ) => code === 'order-changed' )
		? told
		: null;
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
	link: OrderLink
): Promise< Settlement > {
	const { database, name } = connected;
	await database.problems.clear( name, subject( order.id ), TOLD_CODES );
	// A refund that was there before the first push is news as well.
	await tell( connected, order, changesToTell( order, link ) );
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
		await record( connected, orderId, changed.decision ?? 'not-due', link );
		return { kind: 'done' };
	}
	return parked( connected, link, orderId, [ goneProblem( changed, gone ) ] );
}
