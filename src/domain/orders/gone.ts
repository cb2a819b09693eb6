/**
 * The plan of an order that the shop has no longer: in the trash, or deleted for good. All that is
 * known of it is what we recorded.
 */
import { calledOff } from './called-off.ts';
import { agreedOff } from './agreement/cancelled-there.ts';
import {
	closedAmong,
	closedTold,
	withSettled,
} from './credits/closed-credits.ts';
import { openCredits } from './credits/money-back.ts';
import { methodCodeOf } from './payments/payment.ts';
import type { GoneInput, OrderPlan } from './types.ts';

export function goneOrder( input: GoneInput ): OrderPlan {
	const { link, found, settings, account, refPrefix, how, now } = input;
	const words = how === 'trashed' ? 'in the trash' : 'deleted for good';
	const closed = closedAmong( openCredits( link ), input, link );
	const settled = { ...link, credits: withSettled( link, closed.settled ) };
	const { steps, told } = calledOff( {
		link: settled,
		found,
		settings,
		account,
		refPrefix,
		how: words,
		at: now,
		now,
		closed: closedTold(
			`Order ${ link.number ?? link.orderId } (sales order ${ found.id })`,
			closed.conflicts,
			`is to be taken back (the order is ${ words })`
		),
		paymentMethod: '',
		methodCode: methodCodeOf( '', settings.orders.payments ),
		credits: openCredits( settled ),
		refunding: [],
	} );
	return {
		...agreedOff( steps, link, found ),
		settledCredits: closed.settled,
		salesOrder: null,
		rows: 0,
		totals: null,
		expected: null,
		toSend: {},
		pushed: null,
		conflicts: told.some( ( { code } ) => code === 'refund-deleted' )
			? closed.conflicts
			: [],
		edits: [],
		told,
		// Unlike any order's own: where it comes back it is looked at again.
		fingerprint: `gone:${ how }`,
	};
}
