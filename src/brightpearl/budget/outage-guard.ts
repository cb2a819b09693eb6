/**
 * Keeps an outage from being hammered: after a few failures in a row requests are turned away
 * here, and one at a time probes whether Brightpearl is back.
 *
 * Own code and not cockatiel's breaker, which reads the machine's clock and schedules on it:
 * here time and chance are passed in, and a probe's delay has to reach the task as `after`.
 */
import { MINUTE, SECOND } from '../../contracts/primitives.ts';
import type { Clock, Random } from '../../contracts/world.ts';

const FAILURES_TO_OPEN = 5;
const FIRST_PAUSE = 2 * SECOND;
const LONGEST_PAUSE = MINUTE;

export interface OutageGuard {
	/** Null = go ahead, and report back; else milliseconds until the next probe is due. */
	wait(): number | null;
	/** Somebody sensible answered, whatever they said. */
	up(): void;
	/** Nobody did. */
	down(): void;
	/** The request that was let through was not sent after all. */
	skipped(): void;
}

export function createOutageGuard( deps: {
	readonly clock: Clock;
	readonly random: Random;
} ): OutageGuard {
	let failures = 0;
	let pause = FIRST_PAUSE;
	let probeAt = 0;
	let probing = false;

	return {
		wait() {
			if ( failures < FAILURES_TO_OPEN ) {
				return null;
			}
			const now = deps.clock.now();
			// A clock that was set back must not prolong the pause.
			probeAt = Math.min( probeAt, now + LONGEST_PAUSE );
			if ( now < probeAt ) {
				return probeAt - now;
			}
			if ( probing ) {
				return pause;
			}
			probing = true;
			return null;
		},
		up() {
			failures = 0;
			pause = FIRST_PAUSE;
			probing = false;
		},
		down() {
			failures += 1;
			if ( failures < FAILURES_TO_OPEN ) {
				return;
			}
			// Requests sent before it opened also come back here; only the first and probes lengthen.
			if ( failures === FAILURES_TO_OPEN || probing ) {
				const now = deps.clock.now();
				probeAt = now + pause * ( 0.75 + deps.random.next() / 2 );
				pause = Math.min( pause * 2, LONGEST_PAUSE );
			}
			probing = false;
		},
		skipped() {
			probing = false;
		},
	};
}
