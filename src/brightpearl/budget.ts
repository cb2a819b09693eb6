/**
 * The requests one pool may send, handed out in lanes (architecture, *The API budget*).
 *
 * A less urgent lane stops earlier, so that a person or a live order finds room at the end
 * of a minute; what waits leaves in lane order. A refusal by Brightpearl stops every lane
 * until the window turns.
 */
import type { BudgetView } from '../contracts/answers.ts';
import { SECOND } from '../contracts/primitives.ts';
import type { Clock, Random } from '../contracts/world.ts';
import { LANES, type Lane } from './api.ts';
import {
	createThrottleWindow,
	DEFAULT_LIMIT,
	type Figures,
} from './throttle-window.ts';

/** Part of the limit a lane leaves to the more urgent ones. */
const KEPT_FREE: Record< Lane, number > = {
	person: 0,
	order: 0.05,
	shipment: 0.1,
	stock: 0.2,
	backfill: 0.4,
};
/** No source states a limit of concurrency; ten at 200 ms each are far above the cap. */
const MOST_IN_FLIGHT: Record< Lane, number > = {
	person: 10,
	order: 9,
	shipment: 8,
	stock: 7,
	backfill: 6,
};
/**
 * Until a window's first figures arrive: after a restart it may be nearly spent, other apps
 * may have been quicker, and where Brightpearl counts a rolling minute (platform reference,
 * §3) a turn frees little.
 */
const FIRST_IN_FLIGHT = 2;
/** A stop whose end no header told. */
const UNTOLD_STOP = 60 * SECOND;
/** Spreads the processes that share a pool over the start of the new window. */
const JITTER = SECOND / 2;
/**
 * A request that waited this long goes back to its queue, which knows what else is due: the
 * orders of one spent account must not keep those of another from being worked on. Who waits in
 * person, and a run that would begin anew, wait for the window.
 */
const LONGEST_WAIT: Record< Lane, number > = {
	person: 120 * SECOND,
	order: 5 * SECOND,
	shipment: 5 * SECOND,
	stock: 120 * SECOND,
	backfill: 5 * SECOND,
};

export interface Permit {
	/** The request ended; figures null = no answer, or one without the throttle headers. */
	ended( figures: Figures | null ): void;
	/** It was certainly not sent. */
	unsent(): void;
}

export type Admission =
	| { readonly ok: true; readonly permit: Permit }
	/** Not sent, and not to be waited for here; `after` = when it may be worth asking again. */
	| { readonly ok: false; readonly after: number };

export interface Budget {
	/** Waits until the lane may send one request, leaving `reserve` to other apps. */
	admit( lane: Lane, reserve: number ): Promise< Admission >;
	/**
	 * Brightpearl refused a request as too many: nothing leaves until its window turns.
	 * Returns milliseconds until then.
	 */
	refused( period: number | null ): number;
	view(): BudgetView;
	/** Sends everybody who waits away; for shutting down. */
	close(): void;
}

interface Waiter {
	readonly lane: Lane;
	readonly reserve: number;
	readonly deadline: number;
	readonly settle: ( admission: Admission ) => void;
}

export function createBudget( deps: {
	readonly pool: string;
	readonly clock: Clock;
	readonly random: Random;
} ): Budget {
	const { clock, random } = deps;
	const window = createThrottleWindow();
	/** In lane order, then in order of arrival. */
	const waiting: Waiter[] = [];
	let stoppedUntil = 0;
	let refusals = 0;
	let closed = false;
	let alarm: { readonly at: number; readonly off: AbortController } | null =
		null;

	function mayLeave( { lane, reserve }: Waiter, now: number ): boolean {
		if (
			now < stoppedUntil ||
			window.inFlight() >= MOST_IN_FLIGHT[ lane ] ||
			( ! window.isKnown( now ) &&
				window.inFlightSinceTurn() >= FIRST_IN_FLIGHT )
		) {
			return false;
		}
		const limit = window.limit() ?? DEFAULT_LIMIT;
		const kept = reserve + Math.floor( limit * KEPT_FREE[ lane ] );
		// However large the reserve, the first request of a window is everybody's to ask for.
		return window.available( now ) > Math.min( kept, limit - 1 );
	}

	function permit( now: number ): Permit {
		const ticket = window.sent( now );
		let open = true;
		const once = ( end: () => void ) => {
			if ( open ) {
				open = false;
				end();
				pump();
			}
		};
		return {
			ended: ( figures ) =>
				once( () => window.ended( ticket, clock.now(), figures ) ),
			unsent: () => once( () => window.unsent( ticket ) ),
		};
	}

	/** When something can change by itself: the window turns, a stop ends, a wait is over. */
	function nextChange( now: number ): number {
		const turn = window.turnsAt( now );
		const times = waiting.map( ( waiter ) => waiter.deadline );
		if ( now < stoppedUntil ) {
			times.push( stoppedUntil );
		} else if ( turn !== null ) {
			times.push( turn );
		}
		return Math.min( ...times );
	}

	function pump(): void {
		const now = clock.now();
		// The machine's clock was set back: no stop lasts longer than one told of.
		stoppedUntil = Math.min( stoppedUntil, now + UNTOLD_STOP + JITTER );
		for ( let at = 0; at < waiting.length; ) {
			const waiter = waiting[ at ];
			if ( waiter && mayLeave( waiter, now ) ) {
				waiting.splice( at, 1 );
				waiter.settle( { ok: true, permit: permit( now ) } );
			} else if ( waiter && ( closed || now >= waiter.deadline ) ) {
				waiting.splice( at, 1 );
				const change = window.turnsAt( now ) ?? now;
				waiter.settle( {
					ok: false,
					after: Math.max( change, stoppedUntil ) - now,
				} );
			} else {
				at += 1;
			}
		}
		setAlarm( now );
	}

	function setAlarm( now: number ): void {
		const at = waiting.length > 0 ? nextChange( now ) : null;
		if ( alarm !== null && alarm.at === at ) {
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
			.sleep( Math.max( 1, at - now ), set.off.signal )
			.then( () => {
				if ( alarm === set ) {
					alarm = null;
					pump();
				}
			} );
	}

	return {
		admit: ( lane, reserve ) =>
			new Promise( ( settle ) => {
				const rank = LANES.indexOf( lane );
				const behind = waiting.findIndex(
					( other ) => LANES.indexOf( other.lane ) > rank
				);
				waiting.splice( behind < 0 ? waiting.length : behind, 0, {
					lane,
					reserve,
					deadline: clock.now() + LONGEST_WAIT[ lane ],
					settle,
				} );
				pump();
			} ),
		refused( period ) {
			const now = clock.now();
			refusals += 1;
			const until =
				period !== null
					? now + period
					: ( window.turnsAt( now ) ?? now + UNTOLD_STOP );
			stoppedUntil = Math.max(
				stoppedUntil,
				until + Math.ceil( random.next() * JITTER )
			);
			pump();
			return stoppedUntil - now;
		},
		view() {
			const now = clock.now();
			const limit = window.limit();
			const turn = window.turnsAt( now );
			return {
				pool: deps.pool,
				limit,
				remaining:
					limit === null
						? null
						: Math.max( 0, window.available( now ) ),
				resetsAt:
					window.isKnown( now ) && turn !== null
						? new Date( turn ).toISOString()
						: null,
				refused: refusals,
			};
		},
		close() {
			closed = true;
			pump();
		},
	};
}
