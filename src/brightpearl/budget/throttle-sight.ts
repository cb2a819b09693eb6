/** What a throttle window leaves room for at one moment. */
import {
	DEFAULT_LIMIT,
	flyingOf,
	limitOf,
	sureLimitOf,
	type Figure,
	type ThrottleWindow,
} from './throttle-window.ts';

/** What there is room for, at one moment. */
export interface Sight {
	readonly available: number;
	/** Of how many: the limit, or what is sure of it while no figure counts. */
	readonly limit: number;
	/** A figure counts; else only a few may ask. */
	readonly known: boolean;
	/** In flight, over all processes, of those that were let through without certainty. */
	readonly probing: number;
	/** `available` holds one that is only supposed to be there. */
	readonly supposed: boolean;
	/** When it changes by itself next; null = not. */
	readonly changesAt: number | null;
	/** When the period told of last is over; null = none is known. */
	readonly turnsAt: number | null;
}

const future = ( times: readonly number[], now: number ): number | null => {
	const ahead = times.filter( ( at ) => at > now );
	return ahead.length > 0 ? Math.min( ...ahead ) : null;
};

/** `overAt`: when, by our clock, the period told with a figure is surely over. */
export function sightOf(
	window: ThrottleWindow,
	overAt: ( figure: Figure ) => number,
	now: number,
	asRolling: boolean
): Sight {
	const rolling = asRolling || window.rolling;
	/** When it stops counting. */
	const voidAt = ( figure: Figure ) =>
		rolling && figure.remaining !== null
			? overAt( figure ) + window.longest - figure.period
			: overAt( figure );
	const { flying, probing } = flyingOf( window );
	const counting = window.figures.filter(
		( figure ) => now < voidAt( figure )
	);
	const known = counting.filter( ( { remaining } ) => remaining !== null );
	const told = known.map( ( { remaining } ) => remaining ?? 0 );
	const lost = counting.reduce( ( sum, one ) => sum + one.lost, 0 );
	// In a rolling minute the oldest request has left by then.
	const supposed =
		rolling &&
		probing === 0 &&
		known.length > 0 &&
		known.every( ( figure ) => overAt( figure ) <= now );
	const limit =
		known.length > 0
			? ( limitOf( window ) ?? DEFAULT_LIMIT )
			: sureLimitOf( window );
	const most = Math.min( limit, ...told );
	const ends = counting.map( overAt );
	return {
		available: most + ( supposed ? 1 : 0 ) - flying - lost,
		limit,
		known: known.length > 0,
		supposed,
		probing,
		changesAt: future( [ ...ends, ...counting.map( voidAt ) ], now ),
		turnsAt: future( known.map( overAt ), now ),
	};
}
