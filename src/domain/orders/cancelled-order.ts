/**
 * The plan of an order that is cancelled or failed in the shop and is in Brightpearl.
 */
import type { OrderLink } from '../../contracts/database.ts';
import { calledOff } from './called-off.ts';
import { partiesOf } from './contact.ts';
import { markOf } from './fingerprint.ts';
import type { FoundOrder } from './found.ts';
import { groundNow, plannedAgain } from './ground-now.ts';
import { GONE } from './common-ground.ts';
import {
	creditReversal,
	creditSteps,
	deletedCredits,
	openCredits,
} from './money-back.ts';
import { methodCodeOf } from './payment.ts';
import { toSalesOrder } from './sales-order.ts';
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
	const reversing = {
		link,
		settings,
		refPrefix,
		methodCode,
		at: order.modifiedAt,
	};
	const deleted = deletedCredits( order, link );
	const parties = partiesOf( order, settings.orders.guestEmail );
	const rows = groundNow( input, link, found )
		.rows.filter( ( { mark } ) => mark !== GONE )
		.map( plannedAgain );
	const { steps, told } = calledOff( {
		...reversing,
		found,
		account,
		how: order.status,
		paymentMethod: order.paymentMethod,
		credits: openCredits( link ).filter(
			( credit ) => ! deleted.includes( credit )
		),
		refunding: [
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
				link,
				payment: null,
				methodCode,
			} ),
			...deleted.flatMap( ( credit ) =>
				creditReversal( credit, reversing )
			),
		],
	} );
	return {
		steps,
		salesOrder: null,
		rows: rows.length,
		totals: null,
		expected: null,
		pushed: null,
		conflicts: [],
		edits: [],
		told,
		fingerprint: markOf( order, settings ),
	};
}
