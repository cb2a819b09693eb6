/**
 * Whether an order is to be pushed now (the command line's contract, §2: `goLive`,
 * `orders.status`, `orders.rules`, `orders.delay`).
 */
import type { OrderLink } from '../../contracts/database.ts';
import { parseDuration } from '../../contracts/primitives.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { ruleFor, type Ruled } from './rules.ts';
import { isNoOrder } from './statuses.ts';

export type NotDue =
	'status' | 'rule' | 'go-live' | 'delay' | 'ignored' | 'held';

export type Due =
	| { readonly due: true }
	| {
			readonly due: false;
			readonly why: NotDue;
			/** When it will be due by itself; null when something must change first. */
			readonly at: string | null;
	  };

export interface DueInput {
	readonly order: Pick< StoreOrder, 'status' | 'placedAt' > & Ruled;
	readonly settings: Settings;
	readonly link: Pick<
		OrderLink,
		'salesOrderId' | 'decision' | 'forced'
	> | null;
	/** Milliseconds since the epoch. */
	readonly now: number;
	/** A person's word, for this order or a range of dates: past delay and go-live, never past statuses and rules. */
	readonly pastDates?: boolean;
}

const DUE: Due = { due: true };

export function isDue( input: DueInput ): Due {
	const { order, settings, link, now } = input;
	if ( link?.decision != null ) {
		return notDue( link.decision );
	}
	// What is in Brightpearl already is kept in agreement, whatever its status and date.
	if ( link !== null && link.salesOrderId !== null ) {
		return DUE;
	}
	if ( isNoOrder( order.status ) ) {
		return notDue( 'status' );
	}
	if ( ! Object.hasOwn( settings.orders.status, order.status ) ) {
		return notDue( 'status' );
	}
	if ( ruleFor( order, settings.orders.rules )?.push === false ) {
		return notDue( 'rule' );
	}
	if ( input.pastDates === true || link?.forced === true ) {
		return DUE;
	}
	const placedAt = Date.parse( order.placedAt );
	const goLive =
		settings.goLive === null ? null : Date.parse( settings.goLive );
	if ( goLive === null || placedAt < goLive ) {
		return notDue( 'go-live' );
	}
	if ( now < goLive ) {
		return notDue( 'go-live', goLive );
	}
	const dueAt = placedAt + ( parseDuration( settings.orders.delay ) ?? 0 );
	return now < dueAt ? notDue( 'delay', dueAt ) : DUE;
}

function notDue( why: NotDue, at: number | null = null ): Due {
	return {
		due: false,
		why,
		at: at === null ? null : new Date( at ).toISOString(),
	};
}
