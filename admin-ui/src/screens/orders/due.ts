/**
 * Why an order is not due, from what a console can see: the settings and the order itself (the
 * command line's contract, §2: `orders.status`, `goLive`, `orders.delay`).
 */
import type { OrderSummary } from '../../../../src/contracts/answers.ts';
import { parseDuration } from '../../../../src/contracts/primitives.ts';
import type { Settings } from '../../../../src/contracts/settings.ts';

export type NotDue =
	| { readonly why: 'status' }
	| { readonly why: 'no-go-live' }
	| { readonly why: 'before-go-live'; readonly goLive: string }
	| { readonly why: 'go-live-ahead'; readonly goLive: string }
	| { readonly why: 'delay'; readonly at: string }
	/** Nothing says no any more: it is looked at again with its next event or sweep. */
	| { readonly why: 'soon' };

export function whyNotDue(
	order: Pick< OrderSummary, 'storeStatus' | 'placedAt' >,
	settings: Settings,
	now: number
): NotDue {
	if (
		order.storeStatus === null ||
		! Object.hasOwn( settings.orders.status, order.storeStatus )
	) {
		return { why: 'status' };
	}
	const { goLive } = settings;
	if ( goLive === null ) {
		return { why: 'no-go-live' };
	}
	const placedAt = Date.parse( order.placedAt ?? '' );
	if ( placedAt < Date.parse( goLive ) ) {
		return { why: 'before-go-live', goLive };
	}
	if ( now < Date.parse( goLive ) ) {
		return { why: 'go-live-ahead', goLive };
	}
	const at = placedAt + ( parseDuration( settings.orders.delay ) ?? 0 );
	return at > now
		? { why: 'delay', at: new Date( at ).toISOString() }
		: { why: 'soon' };
}
