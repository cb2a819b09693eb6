/**
 * How much is worked on at a time. Sweeps and stock runs have places of their own: a long queue of
 * orders must not keep them from their turn. In all so many that it is a connection's own places
 * that end: who waits for one account's next minute, or for a shop that does not answer, must not
 * keep the others from theirs.
 */
import type { Clock } from './contracts/world.ts';
import { createPlaces, type PlacesOptions } from './queue/places.ts';
import type { WorkerOptions } from './queue/worker.ts';

/**
 * Orders of one connection. Of a backlog many, because their writes leave ten in a request and
 * their reads fifty, and most of an order's time is waiting; otherwise few, because a wave of them
 * holds up the answers to webhooks (20 ms instead of 8, measured).
 */
const ORDERS = { few: 12, many: 60, backlog: 150 };

export type Places = Required<
	Pick< WorkerOptions, 'concurrency' | 'perConnection' >
>;

export function placesFor(
	queue: PlacesOptions[ 'queue' ],
	clock: Clock
): Record< 'orders' | 'background' | 'outboxes', Places > {
	return {
		orders: {
			concurrency: 1000,
			perConnection: createPlaces( { queue, clock, ...ORDERS } ),
		},
		background: { concurrency: 40, perConnection: () => 2 },
		outboxes: { concurrency: 16, perConnection: () => 1 },
	};
}
