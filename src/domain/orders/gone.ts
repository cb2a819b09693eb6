/**
 * The plan of an order that the shop has no longer: in the trash, or deleted for good. All that is
 * known of it is what we recorded.
 */
import { calledOff } from './called-off.ts';
import { openCredits } from './money-back.ts';
import { methodCodeOf } from './payment.ts';
import type { GoneInput, OrderPlan } from './types.ts';

export function goneOrder( input: GoneInput ): OrderPlan {
	const { link, found, settings, account, refPrefix, how, now } = input;
	const { steps, told } = calledOff( {
		link,
		found,
		settings,
		account,
		refPrefix,
		how: how === 'trashed' ? 'in the trash' : 'deleted for good',
		at: now,
		paymentMethod: '',
		methodCode: methodCodeOf( '', settings.orders.payments ),
		credits: openCredits( link ),
		refunding: [],
	} );
	return {
		steps,
		salesOrder: null,
		rows: 0,
		totals: null,
		expected: null,
		pushed: null,
		conflicts: [],
		edits: [],
		told,
		// Unlike any order's own: where it comes back it is looked at again.
		fingerprint: `gone:${ how }`,
	};
}
