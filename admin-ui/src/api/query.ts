/**
 * One question that is asked again whenever something changed. Knows nothing of React:
 *
 * - what was shown stays until there is something newer, so that nothing jumps;
 * - an answer that a later question has overtaken is dropped;
 * - many reasons to ask within a moment make one question, and never two at a time.
 */
import type { ApiError } from '../host.ts';
import type { Answer } from './answer.ts';

export interface QueryState< T > {
	/** The last good answer; null = none yet. */
	readonly data: T | null;
	/** Why the last question failed; `data` may still show what was known before. */
	readonly error: ApiError | null;
	/** A question is under way. */
	readonly loading: boolean;
	/** `data` answers an earlier input. */
	readonly stale: boolean;
}

export interface Query< I, T > {
	get(): QueryState< T >;
	subscribe( listener: () => void ): () => void;
	/** Asks with another input at once; null = do not ask. */
	ask( input: I | null, keep: boolean ): void;
	/** Something changed: asks soon. */
	refresh(): void;
	/** Asks now. */
	reload(): void;
	stop(): void;
}

/**
 * A burst of events becomes one question, and an endless one a question now and then: what
 * happens last is still shown within two seconds, also where events are polled for.
 */
const SOON = 150;
const APART = 500;

export function createQuery< I, T >( deps: {
	readonly send: ( input: I, signal: AbortSignal ) => Promise< Answer< T > >;
	readonly later: ( work: () => void, ms: number ) => () => void;
	readonly now: () => number;
} ): Query< I, T > {
	let state: QueryState< T > = {
		data: null,
		error: null,
		loading: false,
		stale: false,
	};
	const listeners = new Set< () => void >();
	let input: I | null = null;
	let underWay: AbortController | null = null;
	let again = false;
	let begunAt = -Infinity;
	let cancelSoon: ( () => void ) | null = null;

	const set = ( change: Partial< QueryState< T > > ): void => {
		state = { ...state, ...change };
		for ( const listener of listeners ) {
			listener();
		}
	};

	const drop = (): void => {
		underWay?.abort();
		underWay = null;
		again = false;
		cancelSoon?.();
		cancelSoon = null;
	};

	const begin = ( wanted: I ): void => {
		const mine = new AbortController();
		underWay = mine;
		begunAt = deps.now();
		set( { loading: true } );
		void deps.send( wanted, mine.signal ).then( ( answer ) => {
			if ( underWay !== mine ) {
				return;
			}
			underWay = null;
			set(
				answer.ok
					? {
							data: answer.value,
							error: null,
							loading: false,
							stale: false,
						}
					: { error: answer.error, loading: false }
			);
			if ( again ) {
				again = false;
				refresh();
			}
		} );
	};

	const refresh = (): void => {
		if ( input === null || cancelSoon !== null ) {
			return;
		}
		if ( underWay !== null ) {
			again = true;
			return;
		}
		cancelSoon = deps.later(
			() => {
				cancelSoon = null;
				if ( underWay !== null ) {
					again = true;
				} else if ( input !== null ) {
					begin( input );
				}
			},
			Math.max( SOON, begunAt + APART - deps.now() )
		);
	};

	return {
		get: () => state,
		subscribe( listener ) {
			listeners.add( listener );
			return () => listeners.delete( listener );
		},
		ask( wanted, keep ) {
			drop();
			input = wanted;
			set( {
				data: keep ? state.data : null,
				error: null,
				stale: keep && state.data !== null,
				loading: false,
			} );
			if ( wanted !== null ) {
				begin( wanted );
			}
		},
		refresh,
		reload() {
			drop();
			if ( input !== null ) {
				begin( input );
			}
		},
		stop: drop,
	};
}
