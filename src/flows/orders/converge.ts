/**
 * The order task: observe → plan → apply → record, for one order of the shop.
 *
 * Whatever woke it (a webhook, a sweep, a person) said only "look again". Everything expected
 * comes back as a settlement; the order's state and problems are recorded on the way.
 */
import type { OrderLink } from '../../contracts/database.ts';
import type { ClaimedTask, Settlement } from '../../contracts/queue.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { isDue, type NotDue } from '../../domain/orders/due.ts';
import type { Connected } from '../connected.ts';
import { recovered } from '../connection-problems.ts';
import { apply } from './apply.ts';
import { backfillOf, waitsInBackfill } from './backfill.ts';
import { settleClaim } from './claim.ts';
import { isMade, plan, planOfGone, type Planned } from './observe.ts';
import {
	failed,
	failedUnseen,
	finished,
	parked,
	record,
	subject,
	type Looking,
} from './outcome.ts';
import { goneMark, isSettled, seenChange } from './seen.ts';
import { settleTries } from './unsettled/index.ts';

export async function converge(
	connected: Connected,
	task: ClaimedTask,
	orderId: number
): Promise< Settlement > {
	const { database, name, store } = connected;
	const before = await database.orderLinks.find( name, orderId );
	const looking: Looking = { connected, task, orderId, before };
	const read = await store.order( orderId );
	if ( ! read.ok ) {
		return before === null && task.payload.forced !== true
			? failedUnseen( looking, read.failure )
			: failed( looking, read.failure );
	}
	await recovered( connected, 'store' );
	const order = read.value;
	if ( order === null || order.status === 'trash' ) {
		return before === null
			? { kind: 'done' }
			: gone( { ...looking, before }, order );
	}
	return standing( looking, order );
}

/** An order that the shop has. */
async function standing(
	looking: Looking,
	order: StoreOrder
): Promise< Settlement > {
	const { connected, task, orderId, before } = looking;
	const { database, name, settings, world } = connected;
	const { forced, acknowledged, lookAtBrightpearl } = task.payload;
	const backfilled = ( await backfillOf( connected, task ) ) === 'running';
	const byHand = forced === true || backfilled;
	if (
		before !== null &&
		! byHand &&
		acknowledged !== true &&
		lookAtBrightpearl !== true &&
		isSettled( order, before, settings )
	) {
		// A shop tells of one order several times.
		if ( before.modifiedAt !== order.modifiedAt ) {
			await database.orderLinks.save(
				name,
				orderId,
				seenChange( order, before )
			);
		}
		return { kind: 'done' };
	}
	const seen = await database.orderLinks.save( name, orderId, {
		...seenChange( order, before ),
		...( byHand ? { forced: true } : {} ),
	} );
	const dueAs = ( link: OrderLink ) =>
		isDue( {
			order,
			settings,
			link,
			now: world.clock.now(),
			pastDates: byHand,
		} );
	const claim = await settleClaim(
		connected,
		task.lease,
		seen,
		// One that is due is found by the step that would make it.
		seen.decision === null && ! dueAs( seen ).due
	);
	if ( ! claim.ok ) {
		return failed( looking, claim.failure );
	}
	const link = claim.value;
	const due = dueAs( link );
	if ( ! due.due ) {
		return notDue( looking, due.why, due.at );
	}

	await database.orderLinks.save( name, orderId, { state: 'working' } );
	const settled = isMade( link )
		? await settleTries( connected, task.lease, link )
		: ok( link );
	if ( ! settled.ok ) {
		return failed( looking, settled.failure );
	}
	const planned = await plan(
		connected,
		order,
		settled.value,
		forced === true || acknowledged === true
	);
	const settlement = await carryOut(
		looking,
		order,
		settled.value,
		planned,
		async () =>
			! backfilled ||
			forced === true ||
			( await backfillOf( connected, task ) ) === 'running'
	);
	if ( backfilled && forced !== true && settlement.kind !== 'done' ) {
		// The next try asks the backfill again: it may be paused or cancelled by then.
		await database.orderLinks.save( name, orderId, ( now ) =>
			isMade( now ) ? {} : { forced: before?.forced ?? false }
		);
	}
	return settlement;
}

async function notDue(
	{ connected, orderId, before }: Looking,
	why: NotDue,
	at: string | null
): Promise< Settlement > {
	const { database, name } = connected;
	await database.problems.clear( name, subject( orderId ) );
	switch ( why ) {
		case 'held':
		case 'ignored':
			await record( connected, orderId, why, before );
			break;
		default:
			// One that a paused backfill still wants keeps its place there.
			await record(
				connected,
				orderId,
				( await waitsInBackfill( connected, orderId ) )
					? 'queued'
					: 'not-due',
				before
			);
	}
	return at === null
		? { kind: 'done' }
		: { kind: 'later', at: Date.parse( at ) };
}

/** In the trash, or gone for good. */
async function gone(
	looking: Looking & { readonly before: OrderLink },
	order: StoreOrder | null
): Promise< Settlement > {
	const { connected, task, orderId, before } = looking;
	const { database, name } = connected;
	const how = order === null ? 'deleted' : 'trashed';
	const seen = await database.orderLinks.save( name, orderId, {
		...( order === null ? {} : seenChange( order, before ) ),
		gone: how,
	} );
	const claim = await settleClaim(
		connected,
		task.lease,
		seen,
		seen.decision === null
	);
	if ( ! claim.ok ) {
		return failed( looking, claim.failure );
	}
	const link = claim.value;
	if ( link.salesOrderId === null || link.decision !== null ) {
		await database.problems.clear( name, subject( orderId ) );
		await record( connected, orderId, link.decision ?? 'not-due', before );
		return { kind: 'done' };
	}
	if (
		link.state === 'synced' &&
		link.fingerprint === goneMark( how ) &&
		task.payload.forced !== true &&
		task.payload.acknowledged !== true
	) {
		return { kind: 'done' };
	}
	const settled = await settleTries( connected, task.lease, link );
	if ( ! settled.ok ) {
		return failed( looking, settled.failure );
	}
	return carryOut(
		looking,
		order,
		settled.value,
		await planOfGone( connected, settled.value, how ),
		() => Promise.resolve( true )
	);
}

/** Apply and record. */
async function carryOut(
	looking: Looking,
	order: StoreOrder | null,
	link: OrderLink,
	planned: Result< Planned >,
	isWanted: () => Promise< boolean >
): Promise< Settlement > {
	const { connected, task } = looking;
	if ( ! planned.ok ) {
		return failed( looking, planned.failure );
	}
	const { result, salesOrder } = planned.value;
	if ( ! result.ok ) {
		return parked( looking, result.problems );
	}
	const applied = await apply( {
		connected,
		lease: task.lease,
		order,
		plan: result.plan,
		link,
		salesOrder,
		isWanted,
	} );
	if ( ! applied.ok ) {
		return failed( looking, applied.failure );
	}
	await recovered( connected, 'brightpearl' );
	return finished( looking, order, result.plan, applied.value );
}
