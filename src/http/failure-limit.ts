/**
 * Slows down who guesses: after so many failures from one address it is refused for the rest of
 * a window, unheard. Others are not, so nobody can be locked out by a stranger elsewhere.
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
