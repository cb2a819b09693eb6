/**
 * Who may send next. A less urgent lane stops earlier, so that a person or a live order finds room
 * at the end of a period, and across processes too; and none waits for ever: a lane that let many
 * pass goes first once.
 */
import { SECOND } from '../../contracts/primitives.ts';
import { LANES, type Lane } from '../api.ts';
import type { Sight } from './throttle-sight.ts';

/** Part of what is ours that a lane leaves to the more urgent ones. */
const KEPT_FREE: Record< Lane, number > = {
	person: 0,
	order: 0.05,
	shipment: 0.1,
	stock: 0.2,
	backfill: 0.4,
};
/**
 * In one process. No source states a limit of concurrency; a batch of ten in sequence takes some
 * three seconds, and even the last lane is then to get through a cap of 200 in a minute.
 */
const MOST_IN_FLIGHT: Record< Lane, number > = {
	person: 40,
	order: 24,
	shipment: 20,
	stock: 16,
	backfill: 12,
};
/**
 * Until a period's first figures arrive, over all processes: after a restart it may be nearly spent
 * and other apps may have been quicker. A person does not queue behind the others' two.
 */
const FIRST_IN_FLIGHT: Record< Lane, number > = {
	person: 4,
	order: 2,
	shipment: 2,
	stock: 2,
	backfill: 2,
};
/**
 * Longest wait: through the present period and the next one. An order halfway through its steps
 * keeps what it has read so far; the worker sees to it that those who wait for one account leave
 * places to the others.
 */
export const LONGEST_WAIT = 120 * SECOND;
/** More urgent requests a lane lets pass while it waits. */
const PATIENCE: Record< Lane, number > = {
	person: Infinity,
	order: 8,
	shipment: 8,
	stock: 16,
	backfill: 32,
};

export interface Room {
	readonly sight: Sight;
	/** In flight from this process. */
	readonly flying: number;
}

/** What a lane leaves to other apps and to more urgent lanes, of `limit`. */
export function keptOf( lane: Lane, reserve: number, limit: number ): number {
	const ours = Math.max( 0, limit - reserve );
	const kept = reserve + Math.floor( ours * KEPT_FREE[ lane ] );
	// However large the reserve, the first request of a window is everybody's to ask for.
	return Math.min( kept, limit - 1 );
}

export const isFull = ( lane: Lane, flying: number ) =>
	flying >= MOST_IN_FLIGHT[ lane ];

export function mayLeave(
	lane: Lane,
	reserve: number,
	owed: boolean,
	{ flying, sight }: Room
): boolean {
	if (
		isFull( owed ? 'order' : lane, flying ) ||
		( ! sight.known && sight.probing >= FIRST_IN_FLIGHT[ lane ] )
	) {
		return false;
	}
	return sight.available > keptOf( lane, reserve, sight.limit );
}

/** More urgent requests that have left while a lane waited. */
export type Passed = Readonly< Record< Lane, number > >;
export const NOBODY_PASSED: Passed = {
	person: 0,
	order: 0,
	shipment: 0,
	stock: 0,
	backfill: 0,
};

export const isOwed = ( lane: Lane, passed: Passed ) =>
	passed[ lane ] >= PATIENCE[ lane ];

/** After a request of `lane` has left while these lanes wait. */
export function afterLeaving(
	lane: Lane,
	passed: Passed,
	waiting: ReadonlySet< Lane >
): Passed {
	const rank = LANES.indexOf( lane );
	const next = { ...passed, [ lane ]: 0 };
	for ( const other of LANES.slice( rank + 1 ) ) {
		next[ other ] = waiting.has( other ) ? passed[ other ] + 1 : 0;
	}
	return next;
}
