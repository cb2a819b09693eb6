/**
 * One change of a pool's count: what has ended is taken in, and of those who wait leave as many as
 * there is room for. Nothing but what this process sees of the window is changed here, so that it
 * may be made anew when the database refuses it.
 */
import type { Clock } from '../../contracts/world.ts';
import { LANES, type Lane } from '../api.ts';
import type { Change } from './ledger.ts';
import {
	afterLeaving,
	isFull,
	isOwed,
	keptOf,
	mayLeave,
	NOBODY_PASSED,
	type Passed,
} from './lanes.ts';
import type { Eyes, Ticket } from './throttle-eyes.ts';
import {
	ASSUMED_PERIOD,
	withFlights,
	type Figures,
	type ThrottleWindow,
} from './throttle-window.ts';

export interface Candidate {
	readonly lane: Lane;
	/** Requests per period left to other apps: the setting may change while somebody waits. */
	readonly reserve: () => number;
	readonly rolling: boolean;
}

export type Event =
	| {
			readonly kind: 'ended';
			readonly ticket: Ticket;
			readonly at: number;
			readonly figures: Figures | null;
	  }
	| { readonly kind: 'refused'; readonly until: number };

/** What a process remembers from one round to the next. */
export interface Memory {
	readonly passed: Passed;
	/** Sent since the window turned last. */
	readonly used: number;
	readonly turnedAt: number;
}
export const NO_MEMORY: Memory = {
	passed: NOBODY_PASSED,
	used: 0,
	turnedAt: -Infinity,
};

export interface Round< Waiter > {
	readonly leaving: readonly ( readonly [ Waiter, Ticket ] )[];
	readonly memory: Memory;
	/** Refusals counted before these events. */
	readonly refusalsBefore: number;
	/** The moment it was judged at. */
	readonly at: number;
}

/** What could not be written for so long says nothing of the present period. */
const isOver = ( event: Event, now: number ) =>
	event.kind === 'refused'
		? event.until <= now
		: event.at + ( event.figures?.period ?? ASSUMED_PERIOD ) <= now;

export function createRound< Waiter extends Candidate >( deps: {
	readonly owner: string;
	readonly clock: Clock;
	readonly eyes: Eyes;
	/** In flight from this process. */
	readonly flying: ReadonlySet< Ticket >;
	/** In lane order, then in order of arrival. */
	readonly waiting: () => readonly Waiter[];
} ) {
	const { clock, eyes, flying, owner } = deps;

	const withEvents = (
		window: ThrottleWindow,
		now: number,
		events: readonly Event[]
	) =>
		events.reduce( ( last, event ) => {
			if ( isOver( event, now ) ) {
				return last;
			}
			return event.kind === 'ended'
				? eyes.ended( last, event.ticket, now, event.at, event.figures )
				: eyes.refused( last, now, event.until );
		}, window );

	function counted(
		window: ThrottleWindow,
		now: number,
		leaving: readonly ( readonly [ Waiter, Ticket ] )[],
		left: readonly Waiter[]
	): ThrottleWindow {
		const all = [ ...flying, ...leaving.map( ( [ , sent ] ) => sent ) ];
		const probing = all.filter( ( { probe } ) => probe ).length;
		// Who waits for a place of this process takes none from the others.
		const waiting =
			left.find( ( { lane } ) => ! isFull( lane, all.length ) ) ?? null;
		return withFlights(
			window,
			owner,
			{
				flying: all.length,
				probing,
				waiting: waiting && LANES.indexOf( waiting.lane ),
			},
			now
		);
	}

	return (
		read: ThrottleWindow,
		events: readonly Event[],
		memory: Memory,
		shared: boolean
	): Change< Round< Waiter > > => {
		const now = clock.now();
		const seen = eyes.look( read, now );
		let waiting = deps.waiting();
		let window = counted(
			withEvents( seen, now, events ),
			now,
			[],
			waiting
		);
		let { passed } = memory;
		const turnedAt = eyes.turnedAt();
		const usedBefore = turnedAt === memory.turnedAt ? memory.used : 0;
		const leaving: ( readonly [ Waiter, Ticket ] )[] = [];
		/** Who may not leave now may not later in this round: room only shrinks. */
		const stuck = new Set< string >();

		function ticketFor( waiter: Waiter ): Ticket | null {
			const { lane, rolling } = waiter;
			const reserve = waiter.reserve();
			const owed = isOwed( lane, passed );
			const key = `${ lane } ${ reserve } ${ rolling } ${ owed }`;
			if ( stuck.has( key ) ) {
				return null;
			}
			const sight = eyes.sight( window, now, rolling );
			// Where several processes wait, each has its part of the window; a person does not wait.
			const rivals =
				lane === 'person'
					? 0
					: eyes.rivals( window, now, LANES.indexOf( lane ) );
			const share = Math.ceil(
				( sight.limit - keptOf( lane, reserve, sight.limit ) ) /
					( rivals + 1 )
			);
			const room = {
				sight,
				flying: flying.size + leaving.length,
			};
			if (
				( rivals > 0 && usedBefore + leaving.length >= share ) ||
				! mayLeave( lane, reserve, owed, room )
			) {
				stuck.add( key );
				return null;
			}
			return {
				sentAt: now,
				// The endings this process counts alone are none of the others'.
				mark: shared ? window.ends : 0,
				probe: ! sight.known || sight.supposed,
				rolling,
			};
		}

		function nextOf(
			among: readonly Waiter[]
		): readonly [ Waiter, Ticket ] | null {
			const owed = among.filter( ( { lane } ) => isOwed( lane, passed ) );
			for ( const waiter of [ ...owed, ...among ] ) {
				const ticket = ticketFor( waiter );
				if ( ticket !== null ) {
					return [ waiter, ticket ];
				}
			}
			return null;
		}

		const isStopped = now < eyes.stoppedUntil();
		for (
			let next = isStopped ? null : nextOf( waiting );
			next !== null;
			next = nextOf( waiting )
		) {
			const [ waiter ] = next;
			leaving.push( next );
			waiting = waiting.filter( ( other ) => other !== waiter );
			const lanes = new Set( waiting.map( ( { lane } ) => lane ) );
			passed = afterLeaving( waiter.lane, passed, lanes );
			window = counted( window, now, leaving, waiting );
		}
		const used = usedBefore + leaving.length;
		return {
			window,
			result: {
				leaving,
				memory: { passed, used, turnedAt },
				refusalsBefore: seen.refusals,
				at: now,
			},
		};
	};
}
