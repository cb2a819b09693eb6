/**
 * The cap on requests (platform reference, §3): a fixed window that turns with the UTC minute
 * is recorded; a rolling minute is what the documents say. `speed` shortens the minute.
 */
export interface Allowance {
	readonly allowed: boolean;
	readonly remaining: number;
	/** Milliseconds to the next period. */
	readonly period: number;
}

export interface ThrottleRules {
	readonly cap: number;
	readonly mode: 'fixed' | 'rolling';
}

export interface Throttle {
	/** Counts one request against a pool. */
	take( pool: string, now: number, rules: ThrottleRules ): Allowance;
}

interface Pool {
	window: number;
	count: number;
	/** Times of the last minute's requests, for the rolling mode. */
	recent: number[];
}

const MINUTE = 60_000;

export function createThrottle( speed: number ): Throttle {
	const length = Math.max( 1, Math.round( MINUTE / speed ) );
	const pools = new Map< string, Pool >();

	const fixed = ( pool: Pool, now: number, cap: number ): Allowance => {
		const window = Math.floor( now / length );
		if ( pool.window !== window ) {
			pool.window = window;
			pool.count = 0;
		}
		pool.count += 1;
		return {
			allowed: pool.count <= cap,
			remaining: Math.max( 0, cap - pool.count ),
			period: length - ( now % length ),
		};
	};

	const rolling = ( pool: Pool, now: number, cap: number ): Allowance => {
		pool.recent = pool.recent.filter( ( at ) => at > now - length );
		const allowed = pool.recent.length < cap;
		if ( allowed ) {
			pool.recent.push( now );
		}
		return {
			allowed,
			remaining: cap - pool.recent.length,
			period: ( pool.recent[ 0 ] ?? now ) + length - now,
		};
	};

	return {
		take: ( key, now, { cap, mode } ) => {
			const pool = pools.get( key ) ?? {
				window: -1,
				count: 0,
				recent: [],
			};
			pools.set( key, pool );
			return ( mode === 'fixed' ? fixed : rolling )( pool, now, cap );
		},
	};
}
