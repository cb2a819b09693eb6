/**
 * How long a group waits for company: hardly, unless others are known to be under way, or the
 * arrivals of late promise a full one.
 */
import type { Lane } from '../api/lanes.ts';

export interface Pace {
	/** Items in one group. */
	readonly most: number;
	/** Longest waits for company, in milliseconds: of one that comes alone, and in a stream. */
	readonly lone: number;
	readonly busy: number;
	/** As many as are worth the longer wait (a full group). */
	readonly enough?: number;
	/** How many are under way who will come by, those who wait here among them (0). */
	readonly company?: number;
}

export interface Company {
	/** Of the most urgent that waits. */
	readonly lane: Lane;
	/** When the one that waits longest came. */
	readonly oldest: number;
	readonly waiting: number;
}

/** Arrivals the rate is taken from, and how old they may be. */
const MEMORY = 20;
const RECENT = 2000;
const FEWEST = 5;

/** A stream is over after three gaps without anybody, and whoever came last is a lone one. */
const GAPS = 3;
const LONGEST_SILENCE = 50;

export function createPace( pace: () => Pace ) {
	let arrivals: number[] = [];

	/** Milliseconds between arrivals of late; null = too few to tell. */
	function gapOf( now: number ): number | null {
		const recent = arrivals.filter( ( at ) => at > now - RECENT );
		const [ first ] = recent;
		return first === undefined || recent.length < FEWEST
			? null
			: ( now - first ) / ( recent.length - 1 );
	}

	return {
		arrived( now: number ): void {
			arrivals = [ ...arrivals, now ].slice( -MEMORY );
		},
		/** When a group of these leaves, if nobody else comes. */
		leavesAt( now: number, { lane, oldest, waiting }: Company ): number {
			const { most, lone, busy, enough = most, company = 0 } = pace();
			const alone = oldest + lone;
			// Somebody is waiting in person: a fuller group is not worth it.
			if ( lane === 'person' || busy <= lone ) {
				return alone;
			}
			if ( company >= enough ) {
				return oldest + busy;
			}
			const gap = gapOf( now );
			if ( gap === null ) {
				return alone;
			}
			const full = now + gap * Math.max( 0, enough - waiting );
			const last = arrivals.at( -1 ) ?? now;
			const silence = Math.min( gap * GAPS, LONGEST_SILENCE );
			return full <= oldest + busy
				? Math.max( alone, Math.min( oldest + busy, last + silence ) )
				: alone;
		},
	};
}
