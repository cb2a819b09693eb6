/**
 * The plan of an order that is cancelled or failed in the shop and is in Brightpearl.
 */
import type { OrderLink } from '../../contracts/database.ts';
import { calledOff } from './called-off.ts';
import { agreedOff } from './agreement/cancelled-there.ts';
import {
	closedAmong,
	closedTold,
	ofCredits,
	withSettled,
} from './credits/closed-credits.ts';
import { partiesOf } from './head/contact.ts';
import { markOf } from './agreement/fingerprint.ts';
import type { FoundOrder } from './found.ts';
import { groundNow, plannedAgain } from './agreement/ground-now.ts';
import { GONE } from './agreement/common-ground.ts';
import {
	creditReversal,
	creditSteps,
	deletedCredits,
	openCredits,
} from './credits/money-back.ts';
import { methodCodeOf } from './payments/payment.ts';
import { toSalesOrder } from './head/sales-order.ts';
import { isNoSale } from './statuses.ts';
import type { OrderPlan, PlanInput } from './types.ts';

export function cancelledOrder(
	input: PlanInput,
	link: OrderLink,
	found: FoundOrder
): OrderPlan {
	const { order, settings, account, refPrefix, refunds } = input;
	const methodCode = methodCodeOf(
		order.paymentMethod,
		settings.orders.payments
	);
	const called = `Order ${ link.number ?? order.number } (sales order ${ found.id })`;
	const deleted = deletedCredits( order, link );
	const closed = closedAmong( openCredits( link ), input, link );
	const settled = { ...link, credits: withSettled( link, closed.settled ) };
	const reversing = {
		link: settled,
		settings,
		refPrefix,
		methodCode,
		at: order.modifiedAt,
		now: input.now,
	};
	const parties = partiesOf( order, settings.orders.guestEmail );
	const rows = groundNow( input, link, found )
		.rows.filter( ( { mark } ) => mark !== GONE )
		.map( plannedAgain );
	const off = calledOff( {
		...reversing,
		found,
		account,
		closed: closedTold(
			called,
			closed.conflicts,
			`is to be taken back (the order is ${ order.status })`
		),
		how: order.status,
		paymentMethod: order.paymentMethod,
		credits: openCredits( settled ).filter(
			( credit ) => ! deleted.includes( credit )
		),
		refunding: [
			// What a deleted refund gave back is there for the next.
			...deleted
				.filter( ( credit ) => closed.reversible.includes( credit ) )
				.flatMap( ( credit ) => creditReversal( credit, reversing ) ),
			...creditSteps( {
				basis: {
					order,
					refPrefix,
					settings,
					account,
					rows,
					billing: parties.billing,
					delivery: parties.delivery,
					salesOrder: toSalesOrder( input, parties, rows ),
				},
				refunds,
				link: settled,
				payment: null,
				methodCode,
			} ),
		],
	} );
	const isClosedTold = off.told.some(
		( { code } ) => code === 'refund-deleted'
	);
	const conflicts = found.cancelled
		? []
		: isClosedTold
			? closed.conflicts
			: ofCredits( closed.conflicts, deleted );
	return {
		...( isNoSale( order.status )
			? agreedOff( off.steps, link, found )
			: { steps: off.steps, cancelled: null } ),
		settledCredits: closed.settled,
		salesOrder: null,
		rows: rows.length,
		totals: null,
		expected: null,
		toSend: {},
		pushed: null,
		conflicts,
		edits: [],
		told: isClosedTold
			? off.told
			: [
					...off.told,
					...closedTold(
						called,
						conflicts,
						'was deleted in the shop'
					),
				],
		fingerprint: markOf( order, settings ),
	};
}
