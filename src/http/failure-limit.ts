/**
 * Counts the failures of each address (or whatever else names who asks) in a window of time. What
 * is done about too many is the caller's: it logs no more of them, say. Whoever may prove what
 * they are is heard first, since behind a proxy all come from one address.
 */
import type { Clock } from '../contracts/world.ts';

/** Addresses remembered. */
const MOST = 1000;

export interface FailureLimit {
	isExceeded( address: string ): boolean;
	failed( address: string ): void;
}

export function createFailureLimit( {
	clock,
	failures,
	window,
}: {
	readonly clock: Clock;
	readonly failures: number;
	/** Milliseconds, from the first failure. */
	readonly window: number;
} ): FailureLimit {
	const counts = new Map< string, { failed: number; until: number } >();
	const current = ( address: string ) => {
		const found = counts.get( address );
		return found !== undefined && found.until > clock.now() ? found : null;
	};
	return {
		isExceeded: ( address ) =>
			( current( address )?.failed ?? 0 ) >= failures,
		failed( address ) {
			const counted = current( address );
			if ( counted !== null ) {
				counted.failed += 1;
				return;
			}
			counts.delete( address );
			const [ oldest ] = counts.keys();
			if ( counts.size >= MOST && oldest !== undefined ) {
				counts.delete( oldest );
			}
			counts.set( address, { failed: 1, until: clock.now() + window } );
		},
	};
}
