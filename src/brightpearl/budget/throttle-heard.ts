/**
 * What is heard of the other processes that share a window: which of them live, and which of them
 * wait for room, by our clock.
 */
import { MINUTE, SECOND } from '../../contracts/primitives.ts';
import type { ThrottleWindow } from './throttle-window.ts';

/** How far the clocks of two machines may differ. */
export const TOLERANCE = 10 * SECOND;
/** No request lasts longer than its timeout, two minutes: a process that is silent so long has died. */
const FORGOTTEN = 2 * MINUTE + 30 * SECOND;
/** Who waits for room looks again several times a second; who is silent longer does not wait. */
const JUST_NOW = SECOND;

type Flights = ThrottleWindow[ 'flights' ];

export interface Heard {
	/** Without the processes that have died; to be called with every window read. */
	alive( flights: Flights, now: number ): Flights;
	/** Others in which a lane as urgent as this one, or more, waits for room just now. */
	rivals( flights: Flights, now: number, rank: number ): number;
	/** Our clock was set by so much. */
	shift( by: number ): void;
}

export function createHeard( owner: string ): Heard {
	/** When a process last wrote, by its clock, and since when we know that. */
	const heard = new Map< string, { at: number; since: number } >();

	return {
		alive( flights, now ) {
			const alive = Object.entries( flights ).filter(
				( [ name, { at } ] ) => {
					const known = heard.get( name );
					if ( known?.at !== at ) {
						heard.set( name, { at, since: now } );
					}
					const since = heard.get( name )?.since ?? now;
					return (
						name === owner ||
						( now - since < FORGOTTEN &&
							now - at < FORGOTTEN + TOLERANCE )
					);
				}
			);
			for ( const name of heard.keys() ) {
				if ( ! ( name in flights ) ) {
					heard.delete( name );
				}
			}
			return Object.fromEntries( alive );
		},
		rivals: ( flights, now, rank ) =>
			Object.entries( flights ).filter(
				( [ name, { waiting } ] ) =>
					name !== owner &&
					waiting !== null &&
					waiting <= rank &&
					now - ( heard.get( name )?.since ?? now ) < JUST_NOW
			).length,
		shift( by ) {
			for ( const other of heard.values() ) {
				other.since += by;
			}
		},
	};
}
