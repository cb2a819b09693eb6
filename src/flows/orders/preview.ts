/**
 * The dry run: the plan of an order, row by row, before anything is sent. Only reads.
 */
import type { Order } from '../../contracts/answers.ts';
import type { OrderLink } from '../../contracts/database.ts';
import type { Problem, ProblemDraft } from '../../contracts/problem.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { toSalesOrderBody } from '../../domain/orders/bodies.ts';
import type { OrderPlan } from '../../domain/orders/types.ts';
import type { Connected } from '../connected.ts';
import { stepSummaries } from './applying.ts';
import { isMade, plan, planOfGone } from './observe.ts';
import { orderView } from './view.ts';

/**
 * Null when neither the shop has such an order nor Brightpearl anything of it. A plan that is held
 * shows its first problem.
 */
export async function preview(
	connected: Connected,
	orderId: number
): Promise< Result< Order | null > > {
	const { database, name, store } = connected;
	const read = await store.order( orderId );
	if ( ! read.ok ) {
		return read;
	}
	const order = read.value;
	const link = await database.orderLinks.find( name, orderId );
	const isGone = order === null || order.status === 'trash';
	if ( order === null && ! isMade( link ) ) {
		return ok( null );
	}
	const planned =
		isGone && isMade( link )
			? await planOfGone(
					connected,
					link,
					order === null ? 'deleted' : 'trashed'
				)
			: order === null
				? ok( null )
				: await plan( connected, order, link, true );
	if ( ! planned.ok ) {
		return planned;
	}
	const shown =
		( link === null ? null : await orderView( connected, orderId ) ) ??
		( order === null ? null : unseen( connected, order ) );
	if ( shown === null || planned.value === null ) {
		return ok( null );
	}
	const { result } = planned.value;
	if ( ! result.ok ) {
		return ok( {
			...shown,
			state: 'problem',
			problem: problemOf( connected, orderId, result.problems[ 0 ] ),
		} );
	}
	const contactId = await contactOf( connected, result.plan, link );
	return contactId.ok
		? ok( {
				...shown,
				plan: planView( result.plan, contactId.value ),
				conflicts: [ ...result.plan.conflicts ],
			} )
		: contactId;
}

function unseen( { name, world }: Connected, order: StoreOrder ): Order {
	return {
		connection: name,
		orderId: order.id,
		number: order.number,
		state: 'not-due',
		storeStatus: order.status,
		placedAt: order.placedAt,
		currency: order.currency,
		total: order.total,
		salesOrderId: null,
		problem: null,
		updatedAt: new Date( world.clock.now() ).toISOString(),
		attempts: 0,
		nextAttemptAt: null,
		pending: [],
		brightpearl: null,
		proof: null,
		journal: [],
		plan: null,
		conflicts: [],
	};
}

function problemOf(
	{ name, world }: Connected,
	orderId: number,
	draft: ProblemDraft | undefined
): Problem | null {
	return draft === undefined
		? null
		: {
				...draft,
				id: 0,
				connection: name,
				subject: `order:${ orderId }`,
				since: new Date( world.clock.now() ).toISOString(),
				retryable: true,
			};
}

/** Of the contact that is there already; null = it would be made, or none is needed. */
async function contactOf(
	{ brightpearl }: Connected,
	{ steps }: OrderPlan,
	link: OrderLink | null
): Promise< Result< number | null > > {
	const step = steps.find( ( { type } ) => type === 'EnsureContact' );
	if ( step?.type !== 'EnsureContact' || link?.contactId != null ) {
		return ok( link?.contactId ?? null );
	}
	const hits = await brightpearl.contactsByEmail( step.contact.email );
	return hits.ok ? ok( hits.value[ 0 ] ?? null ) : hits;
}

function planView(
	{ steps, salesOrder, totals }: OrderPlan,
	contactId: number | null
): Order[ 'plan' ] {
	return {
		steps: stepSummaries( steps ),
		salesOrder:
			salesOrder === null
				? null
				: { ...toSalesOrderBody( salesOrder, contactId ) },
		totals: totals === null ? null : { ...totals },
	};
}
