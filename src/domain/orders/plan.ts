/**
 * Plan: what Brightpearl should be told of one order of the shop. Pure: everything was read
 * before, nothing is done here.
 */
import type { OrderLink } from '../../contracts/database.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { plainStringsDisagree } from './rows/amounts.ts';
import { cancelledOrder } from './cancelled-order.ts';
import type { FoundOrder } from './found.ts';
import { goneOrder } from './gone.ts';
import { newOrder, type PlanResult } from './new-order.ts';
import { standingOrder } from './standing.ts';
import { isNoSale } from './statuses.ts';
import type { GoneInput, OrderPlan, PlanInput } from './types.ts';
import { isAllRefunded, isGivenBack } from './wanted-allocation.ts';

export {
	toContactBody,
	toPaymentBody,
	toPostalAddressBody,
	toSalesOrderBody,
} from './bodies.ts';
export { groundOf, withFound } from './agreement/common-ground.ts';
export { isDue, type Due, type DueInput, type NotDue } from './due.ts';
export { fingerprintOf, markOf } from './agreement/fingerprint.ts';
export type { PlanResult } from './new-order.ts';
export { cancelledChange } from './agreement/cancelled-there.ts';
export { withSettled } from './credits/closed-credits.ts';
export { creditsToEnd, openCredits } from './credits/money-back.ts';
export { currentPayment } from './payments/payment.ts';
export { checkProof, isAsExpected } from './proof.ts';

/** Whether the order is to be read once more at six decimals before it is planned. */
export function needsExact( order: StoreOrder ): boolean {
	return plainStringsDisagree( order );
}

/** The plan of an order that the shop has, or everything that keeps it from being made. */
export function planOrder( input: PlanInput ): PlanResult {
	const { order, link, found } = input;
	// An id that nobody has confirmed is a claim: it is planned as if there were none.
	if (
		link === null ||
		link.salesOrderId === null ||
		link.pushedAt === null ||
		found === null
	) {
		return newOrder( input );
	}
	return { ok: true, plan: planMade( input, order, link, found ) };
}

function planMade(
	input: PlanInput,
	order: StoreOrder,
	link: OrderLink,
	found: FoundOrder
): OrderPlan {
	// What is cancelled after all of it was refunded was sold and given back; what Brightpearl has
	// cancelled needs nothing given back.
	const isOff = found.cancelled
		? isGivenBack( order )
		: isNoSale( order.status ) && ! isAllRefunded( order );
	return isOff
		? cancelledOrder( input, link, found )
		: standingOrder( input, link, found );
}

/** The plan of an order that the shop has no longer. */
export function planGone( input: GoneInput ): PlanResult {
	return { ok: true, plan: goneOrder( input ) };
}
