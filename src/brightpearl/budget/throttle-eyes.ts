/**
 * What one process sees of a shared throttle window, by its own clock. The clocks of several
 * machines differ, so no time of the shared data is taken as it is:
 *
 * - What another process wrote as "so long from now" ends, by our clock, at the latest so long after
 *   we first saw it; and that bound stays however often both write.
 * - Only what was written long ago is judged by its absolute time too, with `TOLERANCE` for the
 *   difference: or a command run an hour later would wait for a window that has long turned.
 */
import { MINUTE } from '../../contracts/primitives.ts';
import { createHeard, TOLERANCE } from './throttle-heard.ts';
import { sightOf, type Sight } from './throttle-sight.ts';
import {
	ASSUMED_PERIOD,
	withEnding,
	type Figure,
	type Figures,
	type ThrottleWindow,
} from './throttle-window.ts';

/** `period` is whole milliseconds: its last one may still belong to the old window. */
const ROUNDING = 5;
/** A period beyond this is a slip of Brightpearl's, and must not stop a shop for a day. */
const LONGEST_PERIOD = 2 * MINUTE;

interface Span {
	readonly earliest: number;
	readonly latest: number;
}

export interface Ticket {
	readonly sentAt: number;
	readonly mark: number;
	readonly probe: boolean;
	readonly rolling: boolean;
}

export interface Eyes {
	/** To be called with every window read, before anything else; answers it without the dead. */
	look( window: ThrottleWindow, now: number ): ThrottleWindow;
	sight( window: ThrottleWindow, now: number, rolling: boolean ): Sight;
	/** A request of this process ended at `arrived`. */
	ended(
		window: ThrottleWindow,
		ticket: Ticket,
		now: number,
		arrived: number,
		figures: Figures | null
	): ThrottleWindow;
	/** This process was refused a request; nothing leaves before `until`. */
	stop( until: number ): void;
	/** The window with that refusal. */
	refused(
		window: ThrottleWindow,
		now: number,
		until: number
	): ThrottleWindow;
	stoppedUntil(): number;
	/** The latest moment a window is known to have turned; -Infinity = none. */
	turnedAt(): number;
	/** Other processes in which a lane as urgent as this one, or more, waits for room just now. */
	rivals( window: ThrottleWindow, now: number, rank: number ): number;
}

const nameOf = ( { at, end, owner }: Figure ) => `${ owner } ${ end } ${ at }`;

export function createEyes( deps: {
	readonly owner: string;
	/** Milliseconds by which a stop that another process saw is prolonged. */
	readonly jitter: () => number;
} ): Eyes {
	const { owner } = deps;
	let clock = 0;
	/** When the period of each figure is over. */
	const ends = new Map< string, number >();
	/** Between these two ends the window of the last answer. */
	let span: Span | null = null;
	/** The latest moment a window is known to have turned. */
	let turnedAt = -Infinity;
	let stoppedUntil = 0;
	let seenRefusals: number | null = null;
	const others = createHeard( owner );

	/** The machine's clock may be set back; what was learned from it moves along. */
	function note( now: number ): void {
		const by = now - clock;
		if ( by < 0 ) {
			for ( const [ name, end ] of ends ) {
				ends.set( name, end + by );
			}
			others.shift( by );
			span = span && {
				earliest: span.earliest + by,
				latest: span.latest + by,
			};
			turnedAt += by;
			stoppedUntil += by;
		}
		clock = now;
	}

	/** The end of "so long from then", written by another process. */
	const endOf = ( { at, left }: { at: number; left: number }, now: number ) =>
		Math.min( now, at + TOLERANCE ) + left;

	const overAt = ( figure: Figure ) => ends.get( nameOf( figure ) ) ?? 0;

	const forget = (
		window: ThrottleWindow,
		now: number
	): ThrottleWindow => ( {
		...window,
		flights: others.alive( window.flights, now ),
		// Kept for a while: who believes in a rolling minute needs them longer.
		figures: window.figures.filter(
			( figure ) => now < overAt( figure ) + LONGEST_PERIOD
		),
	} );

	function look( window: ThrottleWindow, now: number ): ThrottleWindow {
		note( now );
		const present = new Set< string >();
		for ( const figure of window.figures ) {
			const name = nameOf( figure );
			present.add( name );
			if ( ! ends.has( name ) ) {
				ends.set( name, endOf( figure, now ) );
			}
			const over = ends.get( name ) ?? 0;
			if ( over <= now && figure.remaining !== null ) {
				turnedAt = Math.max( turnedAt, over );
			}
		}
		for ( const name of ends.keys() ) {
			if ( ! present.has( name ) ) {
				ends.delete( name );
			}
		}
		if ( window.stop !== null && window.refusals !== seenRefusals ) {
			const until = endOf( window.stop, now );
			if ( until > now ) {
				stoppedUntil = Math.max( stoppedUntil, until + deps.jitter() );
			}
		}
		seenRefusals = window.refusals;
		return forget( window, now );
	}

	const sight = ( window: ThrottleWindow, now: number, rolling: boolean ) =>
		sightOf( window, overAt, now, rolling );

	/** The span as far as it is known; two are of one window for sure when closer than its length. */
	function narrowed( seen: Span, longest: number ): Span {
		if ( span === null ) {
			span = seen;
			return seen;
		}
		const isSame =
			seen.latest - span.earliest < longest &&
			span.latest - seen.earliest < longest;
		const known = isSame
			? {
					earliest: Math.max( span.earliest, seen.earliest ),
					latest: Math.min( span.latest, seen.latest ),
				}
			: seen;
		// A late answer of an earlier window does not hide the later one.
		span = isSame || seen.latest > span.latest ? known : span;
		// All figures of a window end with it, or a low one would be gone before a high one.
		for ( const [ name, over ] of ends ) {
			if ( over < span.earliest + longest ) {
				ends.set( name, Math.min( over, span.latest + ROUNDING ) );
			}
		}
		return known;
	}

	return {
		look,
		sight,
		ended( window, ticket, now, arrived, told ) {
			const rolling = ticket.rolling || window.rolling;
			const figures = told && {
				...told,
				period: Math.min( told.period, LONGEST_PERIOD ),
			};
			const before = sight( window, now, ticket.rolling );
			const write = (
				last: Figures | null,
				over: number,
				learned: ThrottleWindow = window
			) => {
				const written = withEnding( learned, {
					owner,
					mark: ticket.mark,
					figures: last,
					at: now,
					left: over - now,
					rolling,
					first: ! before.known,
				} );
				ends.set( nameOf( written.figure ), over );
				return written.window;
			};
			if ( figures === null ) {
				return write(
					null,
					( ! rolling && before.turnsAt ) || now + ASSUMED_PERIOD
				);
			}
			const seen: Span = {
				earliest: Math.min( ticket.sentAt, arrived ) + figures.period,
				latest: arrived + figures.period,
			};
			if ( ! rolling && seen.earliest <= turnedAt + ROUNDING ) {
				return span !== null && seen.latest < span.earliest
					? // Counted in a window before the last one we know.
						{ ...window, ends: window.ends + 1 }
					: // Not to be told apart: it may count in this one, and ends with its own period.
						write( null, seen.latest + ROUNDING );
			}
			const longest = Math.max( window.longest, figures.period );
			const isLater =
				span !== null && ticket.sentAt > span.latest + ROUNDING;
			// A fixed window cannot end so soon after the one before it.
			const isRolling =
				span !== null &&
				isLater &&
				seen.latest < span.earliest + longest * 0.9;
			if ( rolling || isRolling ) {
				span = null;
				return write( figures, seen.latest + ROUNDING, {
					...window,
					rolling: window.rolling || isRolling,
				} );
			}
			if ( isLater ) {
				span = seen;
			}
			const { latest } = narrowed( seen, longest );
			return write( figures, latest + ROUNDING );
		},
		stop( until ) {
			stoppedUntil = Math.max( stoppedUntil, until );
		},
		refused( window, now, until ) {
			const refusals = window.refusals + 1;
			// Its own is known already.
			seenRefusals = refusals;
			const left = Math.max( until, stoppedUntil, now ) - now;
			return { ...window, refusals, stop: { at: now, left } };
		},
		stoppedUntil: () => stoppedUntil,
		turnedAt: () => turnedAt,
		rivals: ( window, now, rank ) =>
			others.rivals( window.flights, now, rank ),
	};
}
