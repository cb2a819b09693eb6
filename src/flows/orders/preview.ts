/**
 * The dry run: the plan of an order, row by row, before anything is sent. Only reads.
 */
import type { Order } from '../../contracts/answers.ts';
import type { Problem } from '../../contracts/problem.ts';
import { ok, type Result } from '../../contracts/result.ts';
import { toSalesOrderBody } from '../../domain/orders/bodies.ts';
import type { OrderPlan } from '../../domain/orders/types.ts';
import type { Connected } from '../connected.ts';
import { stepSummaries } from './applying.ts';
import { plan } from './observe.ts';
import { orderView } from './view.ts';

/** Null when the shop has no such order. A plan that is held shows its first problem. */
export async function preview(
	connected: Connected,
	orderId: number
): Promise< Result< Order | null > > {
	const { brightpearl, database, name, store, world } = connected;
	const read = await store.order( orderId );
	if ( ! read.ok ) {
		return read;
	}
	const order = read.value;
	if ( order === null ) {
		return ok( null );
	}
	const link = await database.orderLinks.find( name, orderId );
	const planned = await plan( connected, order, link, true );
	if ( ! planned.ok ) {
		return planned;
	}
	const now = new Date( world.clock.now() ).toISOString();
	const shown: Order = ( link === null
		? null
		: await orderView( connected, orderId ) ) ?? {
		connection: name,
		orderId,
		number: order.number,
		state: 'not-due',
		storeStatus: order.status,
		placedAt: order.placedAt,
		currency: order.currency,
		total: order.total,
		salesOrderId: null,
		problem: null,
		updatedAt: now,
		attempts: 0,
		nextAttemptAt: null,
		pending: [],
		brightpearl: null,
		proof: null,
		journal: [],
		plan: null,
	};
	if ( ! planned.value.ok ) {
		const [ draft ] = planned.value.problems;
		const problem: Problem | null =
			draft === undefined
				? null
				: {
						...draft,
						id: 0,
						connection: name,
						subject: `order:${ orderId }`,
						since: now,
						retryable: true,
					};
		return ok( { ...shown, state: 'problem', problem } );
	}
	const contacts = await brightpearl.contactsByEmail(
		planned.value.plan.contact.email
	);
	if ( ! contacts.ok ) {
		return contacts;
	}
	return ok( {
		...shown,
		plan: planView(
			planned.value.plan,
			link?.contactId ?? contacts.value[ 0 ] ?? null
		),
	} );
}

function planView(
	planned: OrderPlan,
	contactId: number | null
): Order[ 'plan' ] {
	return {
		steps: stepSummaries( planned.steps ),
		salesOrder: { ...toSalesOrderBody( planned.salesOrder, contactId ) },
		totals: { ...planned.totals },
	};
}
