/**
 * How many tasks of one connection are worked on at a time: few, so that a webhook is answered at
 * once while they are; many where much waits, so that their requests leave in full groups.
 */
import type { Queue } from '../contracts/queue.ts';
import type { Clock } from '../contracts/world.ts';

/** How old a count may be, in milliseconds. */
const AGE = 1000;

export interface PlacesOptions {
	readonly queue: Pick< Queue, 'counts' >;
	readonly clock: Clock;
	readonly few: number;
	readonly many: number;
	/** So many ready tasks of a connection are a backlog. */
	readonly backlog: number;
}

/** Answers at once, by what was counted last. */
export function createPlaces(
	options: PlacesOptions
): ( connection: string ) => number {
	const { backlog, clock, few, many, queue } = options;
	const known = new Map< string, { countedAt: number; ready: number } >();

	async function count( connection: string ): Promise< void > {
		const before = known.get( connection )?.ready ?? 0;
		known.set( connection, { countedAt: clock.now(), ready: before } );
		try {
			const { ready } = await queue.counts( connection );
			known.set( connection, { countedAt: clock.now(), ready } );
		} catch {
			// The last count stands; the worker itself tells of a database that refuses.
		}
	}

	return ( connection ) => {
		const last = known.get( connection );
		const age = clock.now() - ( last?.countedAt ?? -Infinity );
		if ( age >= AGE || age < 0 ) {
			void count( connection );
		}
		return ( last?.ready ?? 0 ) >= backlog ? many : few;
	};
}
