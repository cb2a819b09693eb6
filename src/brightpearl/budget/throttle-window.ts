/**
 * What is known of one pool's throttle: plain data that every process on the database shares,
 * and pure functions on it. Brightpearl tells two figures with every answer,
 * `brightpearl-requests-remaining` and `brightpearl-next-throttle-period` (platform reference, §3).
 *
 * One invariant keeps the cap: what may still be sent is the lowest figure that counts, less every
 * request that is in flight or came back without one, for each of those may be counted after it.
 * A figure stops counting
 * - when another one comes whose request left after it had come: that one includes all it did;
 * - when its period is surely over: in `minute` mode a new window has begun then. In `rolling` mode
 *   only the oldest request counted has left by then, so one more may be asked; the figure stops
 *   counting a whole period after it came.
 *
 * No process compares a time of this data with its own clock, as theirs may differ: times are kept
 * as "so long from the moment this was written", which each process adds to its own clock when it
 * first sees it (`throttle-eyes.ts`). That is at worst late, never early.
 */
import { z } from 'zod';
import { MINUTE } from '../../contracts/primitives.ts';
import type { Settings } from '../../contracts/settings.ts';

export type WindowMode = Settings[ 'budget' ][ 'window' ];

/** Recorded on every account seen; learned otherwise from the first answer of a window. */
export const DEFAULT_LIMIT = 200;
/** How many windows the limit is taken from: another app may have spent of one before us. */
const MEMORY = 10;
/** Figures that count side by side are as many as were in flight together; more are merged. */
const MOST_FIGURES = 48;
/** A period that nobody told. */
export const ASSUMED_PERIOD = MINUTE;

export interface Figures {
	readonly remaining: number;
	/** Milliseconds to the next window, counted from the answer. */
	readonly period: number;
}

const count = z.int().min( 0 );
const ms = z.number();

const figureSchema = z.strictObject( {
	/** Which ending it came with, over all processes. */
	end: count,
	owner: z.string(),
	/** Null = requests that ended without a figure and may be counted after any other. */
	remaining: count.nullable(),
	/** Requests without a figure that this entry stands for. */
	lost: count,
	/** By its owner's clock, when it was written. */
	at: ms,
	/** From then until its period is surely over. */
	left: ms,
	/** As Brightpearl told it. */
	period: ms,
} );
export type Figure = z.infer< typeof figureSchema >;

const windowSchema = z.strictObject( {
	/** Requests that have ended, over all processes. */
	ends: count,
	figures: z.array( figureSchema ),
	/** By process. `probing`: those sent while no figure counted. */
	flights: z.record(
		z.string(),
		z.strictObject( {
			flying: count,
			probing: count,
			/** Rank of the most urgent lane that waits for room there; null = none. */
			waiting: count.nullable(),
			at: ms,
		} )
	),
	/** Longest period seen: the window's length, or less. */
	longest: ms,
	/** Brightpearl was seen to count a rolling minute, whatever the setting says. */
	rolling: z.boolean(),
	/** Limits of windows whose beginning was seen. */
	limits: z.array( count ),
	/** Highest figure of the current window, and itself counted in. */
	high: count.nullable(),
	begun: z.boolean(),
	refusals: count,
	stop: z.strictObject( { at: ms, left: ms } ).nullable(),
} );
/** Shared by every process; JSON. */
export type ThrottleWindow = z.infer< typeof windowSchema >;

export const EMPTY_WINDOW: ThrottleWindow = {
	ends: 0,
	figures: [],
	flights: {},
	longest: 0,
	rolling: false,
	limits: [],
	high: null,
	begun: false,
	refusals: 0,
	stop: null,
};

/** What another version wrote is forgotten: the next answer tells it anew. */
export function readWindow( state: unknown ): ThrottleWindow {
	const read = windowSchema.safeParse( state );
	return read.success ? read.data : EMPTY_WINDOW;
}

/** Requests per period; null until an answer told. */
export function limitOf( window: ThrottleWindow ): number | null {
	const { begun, high, limits } = window;
	if ( begun && high !== null ) {
		return Math.max( ...limits, high );
	}
	if ( limits.length > 0 ) {
		return Math.max( ...limits );
	}
	// A low figure met in the middle of a window says nothing about the limit.
	return high === null ? null : Math.max( DEFAULT_LIMIT, high );
}

/**
 * What a new window holds for sure: as long as no beginning of one was seen, no more than the highest
 * figure, for the limit may be lower than most accounts have.
 */
export const sureLimitOf = ( window: ThrottleWindow ): number =>
	( window.limits.length > 0 || window.begun
		? limitOf( window )
		: window.high ) ?? DEFAULT_LIMIT;

/** In flight, over all processes. */
export function flyingOf( window: ThrottleWindow ): {
	readonly flying: number;
	readonly probing: number;
} {
	const all = Object.values( window.flights );
	return {
		flying: all.reduce( ( sum, one ) => sum + one.flying, 0 ),
		probing: all.reduce( ( sum, one ) => sum + one.probing, 0 ),
	};
}

/** What one process has in flight and who waits there, which it alone knows. */
export type Own = Omit< ThrottleWindow[ 'flights' ][ string ], 'at' >;

/** The window with what is known of one process. */
export function withFlights(
	window: ThrottleWindow,
	owner: string,
	own: Own,
	now: number
): ThrottleWindow {
	const others = Object.entries( window.flights ).filter(
		( [ name ] ) => name !== owner
	);
	const self = [ owner, { ...own, at: now } ] as const;
	return {
		...window,
		flights: Object.fromEntries(
			own.flying > 0 || own.waiting !== null
				? [ ...others, self ]
				: others
		),
	};
}

function learnLimit(
	window: ThrottleWindow,
	{ remaining, period }: Figures,
	how: { readonly rolling: boolean; readonly first: boolean }
): ThrottleWindow {
	const { begun, high, limits, longest } = window;
	const told = remaining + 1;
	if ( how.rolling ) {
		const last = { ...window, high: Math.max( high ?? 0, told ) };
		if ( high === null ) {
			return last;
		}
		if ( how.first ) {
			// Nothing of ours is a period old or less: what counted before has left.
			return { ...last, limits: [ told ], high: told, begun: true };
		}
		// Nearly a whole period left: only what was sent with it is counted.
		return period >= longest * 0.98
			? { ...last, limits: [ Math.max( told, ...limits ) ] }
			: last;
	}
	if ( ! how.first ) {
		return { ...window, high: Math.max( high ?? 0, told ) };
	}
	return {
		...window,
		limits:
			begun && high !== null
				? [ ...limits, high ].slice( -MEMORY )
				: limits,
		high: told,
		begun: high !== null,
	};
}

/** So that a Brightpearl that sends no figures, or one slow request, cannot make the data grow. */
function merged( figures: readonly Figure[] ): Figure[] {
	const known = figures.filter( ( { remaining } ) => remaining !== null );
	const lost = figures.filter( ( { remaining } ) => remaining === null );
	const crowd = lost.length > known.length ? lost : known;
	const [ first, second ] = crowd;
	if (
		figures.length <= MOST_FIGURES ||
		first === undefined ||
		second === undefined
	) {
		return [ ...figures ];
	}
	return merged( [
		{
			...second,
			remaining:
				first.remaining === null || second.remaining === null
					? null
					: Math.min( first.remaining, second.remaining ),
			lost: first.lost + second.lost,
		},
		...figures.filter( ( one ) => one !== first && one !== second ),
	] );
}

export interface Ending {
	readonly owner: string;
	/** Endings before its request left: what had ended then is in its figure. */
	readonly mark: number;
	/** Null = no answer, one without figures, or one of an earlier window. */
	readonly figures: Figures | null;
	/** When written, by the owner's clock, and how long its period lasts from then. */
	readonly at: number;
	readonly left: number;
	readonly rolling: boolean;
	/** No figure counted when it came. */
	readonly first: boolean;
}

/** The window after a request has come to its end. */
export function withEnding(
	window: ThrottleWindow,
	ending: Ending
): { readonly window: ThrottleWindow; readonly figure: Figure } {
	const { at, figures, left, mark, owner } = ending;
	const end = window.ends + 1;
	const figure: Figure = {
		end,
		owner,
		remaining: figures?.remaining ?? null,
		lost: figures === null ? 1 : 0,
		at,
		left,
		period: figures?.period ?? 0,
	};
	const others =
		figures === null
			? window.figures
			: window.figures.filter( ( other ) => other.end > mark );
	const next = {
		...window,
		ends: end,
		figures: merged( [ ...others, figure ] ),
		longest: Math.max( window.longest, figures?.period ?? 0 ),
	};
	return {
		figure,
		window: figures === null ? next : learnLimit( next, figures, ending ),
	};
}
