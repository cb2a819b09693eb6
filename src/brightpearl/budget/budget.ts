/**
 * The requests one pool may send, handed out in lanes (architecture, *The API budget*).
 *
 * What is left is counted together with the other processes (`throttle-window.ts`); who waits,
 * waits in its own process. What ends and what may leave within one turn of the event loop is one
 * change of the shared count.
 */
import type { BudgetLedger } from '../../contracts/database.ts';
import { SECOND } from '../../contracts/primitives.ts';
import type { Clock, Logger, Random } from '../../contracts/world.ts';
import { LANES } from '../api.ts';
import { createAlarm } from '../batching/alarm.ts';
import { createKept } from './ledger.ts';
import { LONGEST_WAIT } from './lanes.ts';
import type { Admission, Budget, Permit } from './port.ts';
import {
	createRound,
	NO_MEMORY,
	type Candidate,
	type Event,
	type Round,
} from './round.ts';
import { createEyes, type Ticket } from './throttle-eyes.ts';
import { limitOf } from './throttle-window.ts';

export type { Admission, Budget, Permit } from './port.ts';

/** A stop whose end no header told. */
const UNTOLD_STOP = 60 * SECOND;
/** Spreads the processes that share a pool over the start of the new window. */
const JITTER = SECOND / 2;
/** How soon it is looked whether another process's requests have come back. */
const POLL = SECOND / 10;
/** What could not be written is remembered so far; more than a window's is of no use. */
const MOST_UNWRITTEN = 200;

interface Waiter extends Candidate {
	readonly deadline: number;
	readonly settle: ( admission: Admission ) => void;
}

export function createBudget( deps: {
	readonly pool: string;
	readonly clock: Clock;
	readonly random: Random;
	/** Names this process among those that share the ledger. */
	readonly owner?: string;
	readonly ledger?: BudgetLedger | null;
	readonly logger?: Logger | null;
} ): Budget {
	const { clock, random } = deps;
	const owner = deps.owner ?? 'self';
	const jitter = () => Math.ceil( random.next() * JITTER );
	const eyes = createEyes( { owner, jitter } );
	const kept = createKept( {
		pool: deps.pool,
		clock,
		ledger: deps.ledger ?? null,
		logger: deps.logger ?? null,
	} );
	const alarm = createAlarm( clock, () => void changed() );
	/** In lane order, then in order of arrival. */
	const waiting: Waiter[] = [];
	const flying = new Set< Ticket >();
	/** What happened and is not yet in the count. */
	let events: Event[] = [];
	let memory = NO_MEMORY;
	/** Refused before this process looked for the first time. */
	let formerRefusals: number | null = null;
	let isDismissed = false;
	let isClosed = false;
	/** What was counted by this process alone while the database could not be asked. */
	let unwritten: Event[] = [];
	/** Something is to be written that came after the change under way began. */
	let wanted = false;
	let sharing: Promise< void > | null = null;

	const round = createRound( {
		owner,
		clock,
		eyes,
		flying,
		waiting: () => ( isDismissed ? [] : waiting ),
	} );

	function permit( ticket: Ticket ): Permit {
		const once = ( event: Event | null ) => {
			if ( flying.delete( ticket ) ) {
				if ( event ) {
					events.push( event );
				}
				void changed();
			}
		};
		return {
			ended: ( figures ) =>
				once( { kind: 'ended', ticket, at: clock.now(), figures } ),
			unsent: () => once( null ),
		};
	}

	function settle( done: Round< Waiter > ): void {
		const { leaving, refusalsBefore } = done;
		memory = done.memory;
		formerRefusals ??= refusalsBefore;
		for ( const [ waiter, ticket ] of leaving ) {
			waiting.splice( waiting.indexOf( waiter ), 1 );
			flying.add( ticket );
			waiter.settle( { ok: true, permit: permit( ticket ) } );
		}
		sendAway();
		// What ended since the round began was not seen in it, and nobody else would look again.
		alarm.set( waiting.length > 0 ? nextChange( done.at ) : null );
	}

	/** Those who have waited too long, or all. */
	function sendAway(): void {
		const now = clock.now();
		const late = waiting.filter(
			( { deadline } ) => isDismissed || now >= deadline
		);
		for ( const waiter of late ) {
			waiting.splice( waiting.indexOf( waiter ), 1 );
			const { turnsAt } = eyes.sight( kept.last(), now, waiter.rolling );
			waiter.settle( {
				ok: false,
				after: Math.max( turnsAt ?? now, eyes.stoppedUntil() ) - now,
			} );
		}
	}

	/** When something can change by itself: the window turns, a stop ends, a wait is over. */
	function nextChange( now: number ): number {
		const times = waiting.map( ( { deadline } ) => deadline );
		if ( now < eyes.stoppedUntil() ) {
			return Math.min( ...times, eyes.stoppedUntil() );
		}
		const others = Object.entries( kept.last().flights ).filter(
			( [ name ] ) => name !== owner
		);
		const isBusy = others.some( ( [ , other ] ) => other.flying > 0 );
		for ( const rolling of new Set(
			waiting.map( ( one ) => one.rolling )
		) ) {
			const sight = eyes.sight( kept.last(), now, rolling );
			times.push( sight.changesAt ?? Infinity );
			// Another's requests come back, or it takes its part: nobody tells us.
			if ( isBusy || ( others.length > 0 && sight.available > 0 ) ) {
				times.push( now + POLL );
			}
		}
		return Math.min( ...times );
	}

	async function share(): Promise< void > {
		do {
			// What else this turn of the event loop brings goes along.
			await new Promise< void >( ( turn ) => setImmediate( turn ) );
			wanted = false;
			const news = events;
			const { result, shared } = await kept.change(
				( window, together ) =>
					round(
						window,
						together ? [ ...unwritten, ...news ] : news,
						memory,
						together
					)
			);
			events = events.slice( news.length );
			unwritten = shared
				? []
				: [ ...unwritten, ...news ].slice( -MOST_UNWRITTEN );
			settle( result );
		} while ( wanted );
		// In one go with the question above: what comes next must not be taken for part of this.
		sharing = null;
	}

	/** Something ended, came or is due. */
	function changed(): Promise< void > {
		if ( isClosed ) {
			sendAway();
			return Promise.resolve();
		}
		if ( kept.changeNow === null ) {
			wanted = true;
			sharing ??= share();
			return sharing;
		}
		const news = events;
		events = [];
		settle(
			kept.changeNow( ( window ) => round( window, news, memory, true ) )
		);
		return Promise.resolve();
	}

	function dismiss(): void {
		isDismissed = true;
		// Who waits is told to the others; else nothing is new.
		if ( waiting.length > 0 ) {
			void changed();
		}
	}

	return {
		admit: ( lane, reserve, window = 'minute' ) =>
			new Promise( ( resolve ) => {
				const rank = LANES.indexOf( lane );
				const behind = waiting.findIndex(
					( other ) => LANES.indexOf( other.lane ) > rank
				);
				waiting.splice( behind < 0 ? waiting.length : behind, 0, {
					lane,
					reserve,
					rolling: window === 'rolling',
					deadline: clock.now() + LONGEST_WAIT,
					settle: resolve,
				} );
				void changed();
			} ),
		refused( period ) {
			const now = clock.now();
			const { turnsAt } = eyes.sight( kept.last(), now, false );
			const told =
				period === null
					? ( turnsAt ?? now + UNTOLD_STOP )
					: now + Math.min( period, 2 * UNTOLD_STOP );
			const until = told + jitter();
			eyes.stop( until );
			events.push( { kind: 'refused', until } );
			void changed();
			return eyes.stoppedUntil() - now;
		},
		view( mode = 'minute' ) {
			const now = clock.now();
			const window = eyes.look( kept.last(), now );
			const limit = limitOf( window );
			const sight = eyes.sight( window, now, mode === 'rolling' );
			return {
				pool: deps.pool,
				limit,
				remaining:
					limit === null
						? null
						: Math.max(
								0,
								sight.available +
									( sight.known ? 0 : limit - sight.limit )
							),
				resetsAt:
					sight.turnsAt === null
						? null
						: new Date( sight.turnsAt ).toISOString(),
				refused: window.refusals - ( formerRefusals ?? 0 ),
			};
		},
		refresh: changed,
		dismiss,
		async close() {
			dismiss();
			// What ends meanwhile begins another.
			while ( sharing !== null ) {
				await sharing;
			}
			isClosed = true;
		},
	};
}
