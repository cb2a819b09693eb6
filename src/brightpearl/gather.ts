/**
 * Lets questions or writes that come at the same time leave together.
 *
 * One that comes alone leaves after `lone` milliseconds. Where others come so quickly that a
 * full group is to be expected, it is waited for, `busy` milliseconds at most. The items are
 * taken only when the group leaves: what comes while it waits for room in the budget goes along.
 */
import type { Clock } from '../contracts/world.ts';
import { LANES, type Lane } from './api.ts';

export interface Waiting< Item, Out > {
	readonly item: Item;
	readonly lane: Lane;
	settle( out: Out ): void;
}

export interface GatherOptions< Item, Out > {
	readonly clock: Clock;
	/** Items in one group. */
	readonly most: number;
	/** Longest waits for company, in milliseconds. */
	readonly lone: number;
	readonly busy: number;
	/**
	 * Sends one group. `take` hands over up to `most` of those that wait, the most urgent first,
	 * and may find none left. Every item taken must be settled; must not reject.
	 */
	readonly leave: (
		lane: Lane,
		take: () => readonly Waiting< Item, Out >[]
	) => Promise< void >;
}

export interface Gather< Item, Out > {
	add( item: Item, lane: Lane ): Promise< Out >;
	/** Waiting, not yet taken. */
	size(): number;
}

/** Arrivals the rate is taken from, and how old they may be. */
const MEMORY = 20;
const RECENT = 2000;

export function createGather< Item, Out >(
	options: GatherOptions< Item, Out >
): Gather< Item, Out > {
	const { clock, most, lone, busy, leave } = options;
	/** In lane order, then in order of arrival. */
	const waiting: ( Waiting< Item, Out > & { readonly since: number } )[] = [];
	const arrivals: number[] = [];
	/** Groups that are on their way to `take`. */
	let departing = 0;
	let alarm: { readonly at: number; readonly off: AbortController } | null =
		null;
	let last: Promise< void > = Promise.resolve();

	/** One after the other, with the event loop turning in between: a webhook's answer comes first. */
	function settleLater( settle: () => void ): void {
		last = last.then(
			() =>
				new Promise( ( turn ) =>
					setImmediate( () => {
						settle();
						turn();
					} )
				)
		);
	}

	function take(): readonly Waiting< Item, Out >[] {
		const group = waiting.splice( 0, most );
		return group.map( ( one ) => ( {
			item: one.item,
			lane: one.lane,
			settle: ( out: Out ) => settleLater( () => one.settle( out ) ),
		} ) );
	}

	/** Milliseconds until a full group is to be expected at the rate of late; Infinity = never. */
	function untilFull( now: number ): number {
		const recent = arrivals.filter( ( at ) => at > now - RECENT );
		const [ first ] = recent;
		if ( first === undefined || recent.length < 3 ) {
			return Infinity;
		}
		const gap = ( now - first ) / recent.length;
		return gap * ( most - ( waiting.length % most ) );
	}

	function depart(): void {
		const lane = waiting[ 0 ]?.lane;
		if ( lane === undefined ) {
			return;
		}
		departing += 1;
		let taken = false;
		const arrived = () => {
			if ( ! taken ) {
				taken = true;
				departing -= 1;
			}
		};
		void leave( lane, () => {
			arrived();
			return take();
		} ).finally( () => {
			arrived();
			// Nobody may be left behind by a group that found more waiting than it could take.
			plan();
		} );
	}

	function plan(): void {
		const now = clock.now();
		const spoken = departing * most;
		while ( waiting.length - departing * most >= most ) {
			depart();
		}
		const left = waiting.length - departing * most;
		if ( left <= 0 ) {
			setAlarm( null );
			return;
		}
		const oldest = Math.min(
			...waiting.slice( spoken ).map( ( { since } ) => since )
		);
		const expected = untilFull( now );
		const patience =
			waiting[ 0 ]?.lane !== 'person' && expected <= busy ? busy : lone;
		const at = oldest + patience;
		if ( now >= at ) {
			depart();
			setAlarm( null );
		} else {
			setAlarm( at );
		}
	}

	function setAlarm( at: number | null ): void {
		if ( alarm?.at === at ) {
			return;
		}
		alarm?.off.abort();
		alarm = null;
		if ( at === null ) {
			return;
		}
		const set = { at, off: new AbortController() };
		alarm = set;
		void clock
			.sleep( Math.max( 1, at - clock.now() ), set.off.signal )
			.then( () => {
				if ( alarm === set ) {
					alarm = null;
					plan();
				}
			} );
	}

	return {
		add: ( item, lane ) =>
			new Promise( ( settle ) => {
				const now = clock.now();
				arrivals.push( now );
				arrivals.splice( 0, arrivals.length - MEMORY );
				const rank = LANES.indexOf( lane );
				const behind = waiting.findIndex(
					( other ) => LANES.indexOf( other.lane ) > rank
				);
				waiting.splice( behind < 0 ? waiting.length : behind, 0, {
					item,
					lane,
					settle,
					since: now,
				} );
				plan();
			} ),
		size: () => waiting.length,
	};
}
