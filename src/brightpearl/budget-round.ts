/**
 * One change of a pool's count: what has ended is taken in, and of those who wait leave as many as
 * there is room for. Nothing but what this process sees of the window is changed here, so that it
 * may be made anew when the database refuses it.
 */
import type { Clock } from '../contracts/world.ts';
import type { Lane } from './api.ts';
import type { Change } from './budget-ledger.ts';
import { afterLeaving, isOwed, mayLeave, type Passed } from './budget-lanes.ts';
import type { Eyes, Ticket } from './throttle-eyes.ts';
import {
	ASSUMED_PERIOD,
	withFlights,
	type Figures,
	type ThrottleWindow,
} from './throttle-window.ts';

export interface Candidate {
	readonly lane: Lane;
	readonly reserve: number;
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

export interface Round< Waiter > {
	readonly leaving: readonly ( readonly [ Waiter, Ticket ] )[];
	readonly passed: Passed;
	/** Refusals counted before these events. */
	readonly refusalsBefore: number;
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
		leaving: readonly ( readonly [ Waiter, Ticket ] )[]
	): ThrottleWindow {
		const all = [ ...flying, ...leaving.map( ( [ , sent ] ) => sent ) ];
		const probing = all.filter( ( { probe } ) => probe ).length;
		const own = { flying: all.length, probing };
		return withFlights( window, owner, own, now );
	}

	return (
		read: ThrottleWindow,
		events: readonly Event[],
		passedBefore: Passed,
		shared: boolean
	): Change< Round< Waiter > > => {
		const now = clock.now();
		const seen = eyes.look( read, now );
		let window = counted( withEvents( seen, now, events ), now, [] );
		let passed = passedBefore;
		const leaving: ( readonly [ Waiter, Ticket ] )[] = [];
		/** Who may not leave now may not later in this round: room only shrinks. */
		const stuck = new Set< string >();

		function ticketFor( waiter: Waiter ): Ticket | null {
			const { lane, reserve, rolling } = waiter;
			const owed = isOwed( lane, passed );
			const key = `${ lane } ${ reserve } ${ rolling } ${ owed }`;
			if ( stuck.has( key ) ) {
				return null;
			}
			const sight = eyes.sight( window, now, rolling );
			const room = {
				sight,
				flying: flying.size + leaving.length,
			};
			if ( ! mayLeave( lane, reserve, owed, room ) ) {
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
			waiting: readonly Waiter[]
		): readonly [ Waiter, Ticket ] | null {
			const owed = waiting.filter( ( { lane } ) =>
				isOwed( lane, passed )
			);
			for ( const waiter of [ ...owed, ...waiting ] ) {
				const ticket = ticketFor( waiter );
				if ( ticket !== null ) {
					return [ waiter, ticket ];
				}
			}
			return null;
		}

		let waiting = now < eyes.stoppedUntil() ? [] : deps.waiting();
		for (
			let next = nextOf( waiting );
			next !== null;
			next = nextOf( waiting )
		) {
			const [ waiter ] = next;
			leaving.push( next );
			waiting = waiting.filter( ( other ) => other !== waiter );
			const lanes = new Set( waiting.map( ( { lane } ) => lane ) );
			passed = afterLeaving( waiter.lane, passed, lanes );
			window = counted( window, now, leaving );
		}
		const refusalsBefore = seen.refusals;
		return { window, result: { leaving, passed, refusalsBefore } };
	};
}
