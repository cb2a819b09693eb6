/**
 * Lets questions or writes that come at the same time leave together.
 *
 * One that comes alone leaves after `lone` milliseconds. Where others come so quickly that a
 * full group is to be expected, it is waited for, `busy` milliseconds at most and never while
 * nobody comes. The items are taken only when the group leaves: what comes while it waits for
 * room in the budget goes along. A more urgent item does not wait behind a less urgent group.
 */
import type { Clock } from '../../contracts/world.ts';
import { createAlarm } from './alarm.ts';
import type { Lane } from '../api/lanes.ts';
import { createLine, rankOf, type InLine, type LineOptions } from './line.ts';
import { createPace, type Pace } from './pace.ts';

export interface Waiting< Item, Out > {
	readonly item: Item;
	readonly lane: Lane;
	settle( out: Out ): void;
}

/** A group on its way, not yet made up. */
export interface Departure< Item, Out > {
	/** That of the most urgent item it was called for. */
	readonly lane: Lane;
	/** As many as fit of those that wait, the most urgent first; may find none left. */
	take(): readonly Waiting< Item, Out >[];
	/**
	 * Where the group may not leave: those it was called for. What came later or is more urgent
	 * is left for a departure of its own.
	 */
	giveUp(): readonly Waiting< Item, Out >[];
}

export interface GatherOptions< Item, Out > extends LineOptions< Item > {
	readonly clock: Clock;
	/** Asked for at every turn: it may change while items wait. */
	readonly pace: () => Pace;
	/** What an item concerns (nothing). */
	readonly keyOf?: ( item: Item ) => string | null;
	/**
	 * Sends one group. Every item taken or given up must be settled when it is done; where it
	 * rejects, they are rejected.
	 */
	readonly leave: ( departure: Departure< Item, Out > ) => Promise< void >;
	/** What those are told who wait, or come, when it is closed. */
	readonly closed: () => Out;
}

export interface Gather< Item, Out > {
	add( item: Item, lane: Lane ): Promise< Out >;
	/** Waiting, not yet taken. */
	size(): number;
	/** Sends everybody who waits away; groups that have left come to their end. */
	close(): void;
}

interface Entry< Item, Out > extends InLine< Item > {
	readonly resolve: ( out: Out ) => void;
	readonly reject: ( error: unknown ) => void;
}

export function createGather< Item, Out >(
	options: GatherOptions< Item, Out >
): Gather< Item, Out > {
	type One = Entry< Item, Out >;
	const { clock, leave } = options;
	const line = createLine< Item, One >( options );
	/** Lanes of the groups that have not taken theirs yet. */
	const departing: Lane[] = [];
	const pace = createPace( options.pace );
	const alarm = createAlarm( clock, plan );
	let isClosed = false;
	let isPlanning = false;

	/** Those among the ready that no group on its way has a place for. */
	function uncovered(): One[] {
		const { most } = options.pace();
		const ranks = departing.map( rankOf );
		let placed = 0;
		return line.ready().filter( ( { lane } ) => {
			const rank = rankOf( lane );
			const places = ranks.filter( ( other ) => other <= rank ).length;
			if ( placed < places * most ) {
				placed += 1;
				return false;
			}
			return true;
		} );
	}

	function depart( lane: Lane ): void {
		const calledAt = clock.now();
		const taken = new Set< One >();
		let isOpen = true;
		departing.push( lane );

		const arrive = (): void => {
			if ( isOpen ) {
				isOpen = false;
				departing.splice( departing.indexOf( lane ), 1 );
			}
		};
		/** Whatever is settled is settled once. */
		const finish = ( one: One, end: () => void ): void => {
			if ( taken.delete( one ) ) {
				line.done( one );
				end();
				planSoon();
			}
		};
		const hand = ( group: readonly One[] ): Waiting< Item, Out >[] => {
			arrive();
			line.take( group );
			for ( const one of group ) {
				taken.add( one );
			}
			planSoon();
			return group.map( ( one ) => ( {
				item: one.item,
				lane: one.lane,
				settle: ( out ) => finish( one, () => one.resolve( out ) ),
			} ) );
		};
		const calledFor = (): One[] =>
			line
				.ready()
				.filter(
					( one ) =>
						one.since <= calledAt &&
						rankOf( one.lane ) >= rankOf( lane )
				)
				.slice( 0, options.pace().most );

		const run = async (): Promise< void > => {
			let defect: unknown = new Error(
				'a group came back with items that were not settled'
			);
			try {
				await leave( {
					lane,
					take: () =>
						isOpen ? hand( line.pick( options.pace().most ) ) : [],
					giveUp: () => ( isOpen ? hand( calledFor() ) : [] ),
				} );
			} catch ( error ) {
				defect = error;
				if ( isOpen ) {
					hand( calledFor() );
				}
			}
			arrive();
			for ( const one of [ ...taken ] ) {
				finish( one, () => one.reject( defect ) );
			}
			// Nobody may be left behind by a group that found more waiting than it could take.
			planSoon();
		};
		// In a turn of its own: whoever adds or settles is not to find itself in the middle of it.
		queueMicrotask( () => void run() );
	}

	/** Once for all that come in one turn. */
	function planSoon(): void {
		if ( ! isPlanning ) {
			isPlanning = true;
			queueMicrotask( () => {
				isPlanning = false;
				plan();
			} );
		}
	}

	function plan(): void {
		if ( isClosed ) {
			return;
		}
		const { most } = options.pace();
		let left = uncovered();
		while ( left[ 0 ] && left.length >= most ) {
			depart( left[ 0 ].lane );
			left = uncovered();
		}
		const [ first ] = left;
		if ( ! first ) {
			alarm.set( null );
			return;
		}
		const now = clock.now();
		const at = pace.leavesAt( now, {
			lane: first.lane,
			oldest: Math.min( ...left.map( ( { since } ) => since ) ),
			waiting: left.length,
		} );
		if ( now < at ) {
			alarm.set( at );
			return;
		}
		alarm.set( null );
		depart( first.lane );
	}

	return {
		add: ( item, lane ) =>
			new Promise( ( resolve, reject ) => {
				if ( isClosed ) {
					resolve( options.closed() );
					return;
				}
				const since = clock.now();
				pace.arrived( since );
				line.add( {
					item,
					key: options.keyOf?.( item ) ?? null,
					since,
					lane,
					resolve,
					reject,
				} );
				planSoon();
			} ),
		size: () => line.size(),
		close() {
			isClosed = true;
			alarm.set( null );
			for ( const one of line.empty() ) {
				one.resolve( options.closed() );
			}
		},
	};
}
