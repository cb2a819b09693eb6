/**
 * Silence: orders are placed, and none reaches Brightpearl for longer than this connection ever
 * takes. What is unusual is learnt from its own last days, within bounds.
 */
import { DAY, HOUR, MINUTE } from '../contracts/primitives.ts';

/** A connection that pushes within seconds is not called silent for a short break. */
const SHORTEST = 30 * MINUTE;
/** One long outage among few orders must not make the alarm deaf for weeks. */
const LONGEST = DAY;
const TIMES_USUAL = 3;

export interface Pushing {
	/** Milliseconds from placing to pushing, of the last seven days. */
	readonly latencies: readonly number[];
	/** By the setting: no order is pushed before. */
	readonly delay: number;
	/** Since when the order waits that waits longest; null = none does. */
	readonly waitingSince: number | null;
	readonly lastPushAt: number | null;
	/** Nothing can have been pushed before: the service began, or the connection went live. */
	readonly ableSince: number;
	readonly now: number;
}

/** Since when it is silent; null = it is not. */
export function silentSince( pushing: Pushing ): number | null {
	const { delay, waitingSince, lastPushAt, ableSince, now } = pushing;
	if ( waitingSince === null ) {
		return null;
	}
	const since = Math.max(
		waitingSince + delay,
		lastPushAt ?? -Infinity,
		ableSince
	);
	return now - since > patience( pushing.latencies, delay ) ? since : null;
}

/** How long none may be pushed while some wait. */
export function patience(
	latencies: readonly number[],
	delay: number
): number {
	const usual = percentile95(
		latencies.map( ( latency ) => Math.max( 0, latency - delay ) )
	);
	return Math.min( Math.max( TIMES_USUAL * usual, SHORTEST ), LONGEST );
}

/** Of none: 0. The nearest rank: a value that occurred. */
function percentile95( values: readonly number[] ): number {
	const sorted = values.toSorted( ( a, b ) => a - b );
	return sorted[ Math.ceil( sorted.length * 0.95 ) - 1 ] ?? 0;
}

/** A long silence in words. */
export function inWords( ms: number ): string {
	const minutes = Math.round( ms / MINUTE );
	if ( minutes < 120 ) {
		return `${ minutes } minutes`;
	}
	const hours = Math.round( ms / HOUR );
	return hours < 48 ? `${ hours } hours` : `${ Math.round( ms / DAY ) } days`;
}
