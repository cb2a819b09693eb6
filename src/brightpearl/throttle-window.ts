/**
 * One throttle window as Brightpearl tells of it in two headers of every answer:
 * `brightpearl-requests-remaining` and `brightpearl-next-throttle-period` (platform
 * reference, §3). Pure bookkeeping: no waiting, no lanes.
 *
 * Two invariants keep the cap:
 * - What may still be sent is the *lowest* figure seen in this window, less every request
 *   that is in flight or came back without a figure: each of those may be counted after it.
 * - The window ends somewhere between `sent + period` and `arrived + period` of every answer
 *   of it. The intervals are intersected; the window is over only at the latest moment left.
 */

/** Recorded on every account seen; learned otherwise from the first answer of a window. */
export const DEFAULT_LIMIT = 200;
/** A window nobody told the end of. */
const ASSUMED_LENGTH = 60_000;
/** `period` is whole milliseconds: its last one may still belong to the old window. */
const ROUNDING = 5;
/** How many windows the limit is taken from: another app may have spent of one before us. */
const MEMORY = 10;

export interface Figures {
	readonly remaining: number;
	/** Milliseconds to the next window, counted from the answer. */
	readonly period: number;
}

export interface ThrottleWindow {
	/** A request leaves; hand its ticket back when it has come to an end. */
	sent( now: number ): Ticket;
	/** Figures null = no answer, or one without the headers: it may have been counted. */
	ended( ticket: Ticket, now: number, figures: Figures | null ): void;
	/** It certainly never reached Brightpearl. */
	unsent( ticket: Ticket ): void;
	available( now: number ): number;
	inFlight(): number;
	/** In flight since the window turned. */
	inFlightSinceTurn(): number;
	/** Milliseconds since the epoch at which a new window has surely begun; null = nothing counted. */
	turnsAt( now: number ): number | null;
	/** Requests per window; null until an answer told. */
	limit(): number | null;
	/** A figure has been seen in the window that is current now. */
	isKnown( now: number ): boolean;
}

export interface Ticket {
	readonly sentAt: number;
	/** Which window it left in, counted by turns. */
	readonly window: number;
}

interface Span {
	readonly earliest: number;
	readonly latest: number;
}

export function createThrottleWindow(): ThrottleWindow {
	let flying = 0;
	let windows = 0;
	let flyingSinceTurn = 0;
	let uncounted = 0;
	let end: Span | null = null;
	/** End of the window before. */
	let past: Span | null = null;
	let assumedEnd: number | null = null;
	let lowest: number | null = null;
	let highest: number | null = null;
	/** Limits seen in windows whose beginning was seen too. */
	const limits: number[] = [];
	/** Until then: a low figure met in the middle of a window says nothing about the limit. */
	let guess: number | null = null;
	let sawBeginning = false;
	let clock = 0;

	const shift = ( span: Span | null, by: number ): Span | null =>
		span && { earliest: span.earliest + by, latest: span.latest + by };

	/** The machine's clock may be set back; what was learned from it moves along. */
	function note( now: number ): void {
		if ( now < clock ) {
			end = shift( end, now - clock );
			past = shift( past, now - clock );
			assumedEnd = assumedEnd === null ? null : assumedEnd + now - clock;
		}
		clock = now;
	}

	function remember(): void {
		if ( highest === null ) {
			return;
		}
		if ( sawBeginning ) {
			limits.push( highest + 1 );
			limits.splice( 0, limits.length - MEMORY );
		} else {
			guess = Math.max( DEFAULT_LIMIT, highest + 1 );
		}
	}

	function turn( now: number ): void {
		note( now );
		const over =
			end !== null
				? now >= end.latest + ROUNDING
				: assumedEnd !== null && now >= assumedEnd;
		if ( ! over ) {
			return;
		}
		remember();
		past = end ?? past;
		windows += 1;
		flyingSinceTurn = 0;
		end = null;
		assumedEnd = null;
		lowest = null;
		highest = null;
		uncounted = 0;
	}

	function limit(): number | null {
		const now = highest === null ? null : highest + 1;
		if ( now !== null && sawBeginning ) {
			return Math.max( ...limits, now );
		}
		if ( limits.length > 0 ) {
			return Math.max( ...limits );
		}
		return now === null ? guess : Math.max( DEFAULT_LIMIT, now );
	}

	function begin( span: Span, remaining: number ): void {
		sawBeginning = past !== null;
		end = span;
		assumedEnd = null;
		lowest = remaining;
		highest = remaining;
	}

	function landed( ticket: Ticket ): void {
		flying -= 1;
		if ( ticket.window === windows ) {
			flyingSinceTurn -= 1;
		}
	}

	function learn( ticket: Ticket, now: number, figures: Figures ): void {
		const span: Span = {
			earliest: Math.min( ticket.sentAt, now ) + figures.period,
			latest: now + figures.period,
		};
		if ( end === null ) {
			if ( past !== null && span.earliest <= past.latest + ROUNDING ) {
				// Of the window before, or not to be told apart: it may count in this one.
				uncounted += 1;
				return;
			}
			begin( span, figures.remaining );
		} else if ( span.earliest > end.latest + ROUNDING ) {
			// Brightpearl has turned earlier than the latest moment we allowed for.
			remember();
			past = end;
			uncounted = 0;
			begin( span, figures.remaining );
		} else if ( span.latest < end.earliest ) {
			if ( past === null || span.earliest > past.latest + ROUNDING ) {
				// No earlier window it could be of: what we took for the end was wrong.
				begin(
					span,
					Math.min( lowest ?? Infinity, figures.remaining )
				);
			}
		} else {
			end = {
				earliest: Math.max( end.earliest, span.earliest ),
				latest: Math.min( end.latest, span.latest ),
			};
			lowest = Math.min( lowest ?? Infinity, figures.remaining );
			highest = Math.max( highest ?? 0, figures.remaining );
		}
	}

	return {
		sent( now ) {
			turn( now );
			flying += 1;
			flyingSinceTurn += 1;
			if ( end === null ) {
				assumedEnd ??= now + ASSUMED_LENGTH;
			}
			return { sentAt: now, window: windows };
		},
		ended( ticket, now, figures ) {
			turn( now );
			landed( ticket );
			if ( figures === null ) {
				uncounted += 1;
			} else {
				learn( ticket, now, figures );
			}
		},
		unsent: landed,
		available( now ) {
			turn( now );
			return ( lowest ?? limit() ?? DEFAULT_LIMIT ) - flying - uncounted;
		},
		inFlight: () => flying,
		inFlightSinceTurn: () => flyingSinceTurn,
		turnsAt( now ) {
			turn( now );
			return end === null ? assumedEnd : end.latest + ROUNDING;
		},
		limit,
		isKnown( now ) {
			turn( now );
			return lowest !== null;
		},
	};
}
