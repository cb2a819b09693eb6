/**
 * A throttle as the reference tells of it, several processes that share a ledger, and chance that
 * can be repeated.
 */
import type { Lane } from '../../../src/brightpearl/api.ts';
import {
	createBudget,
	type Budget,
} from '../../../src/brightpearl/budget/budget.ts';
import type { WindowMode } from '../../../src/brightpearl/budget/throttle-window.ts';
import type { BudgetLedger } from '../../../src/contracts/database.ts';
import type { Clock, Logger } from '../../../src/contracts/world.ts';
import { settled, type VirtualClock } from '../world.ts';

export function seeded( seed: number ) {
	let state = seed;
	return () => {
		state = ( state * 48_271 ) % 2_147_483_647;
		return state / 2_147_483_647;
	};
}

/** One write transaction after the other; values pass through JSON, as in a database. */
export function createMemoryLedger(): BudgetLedger & {
	changes: number;
	broken: boolean;
	state( pool: string ): unknown;
} {
	const kept = new Map< string, string >();
	let last: Promise< unknown > = Promise.resolve();
	const stateOf = ( pool: string ): unknown =>
		JSON.parse( kept.get( pool ) ?? 'null' );
	const ledger = {
		changes: 0,
		broken: false,
		state: stateOf,
		change< T >(
			pool: string,
			change: ( state: unknown ) => { state: unknown; result: T }
		): Promise< T > {
			const run = last.then( () => {
				if ( ledger.broken ) {
					throw new Error( 'database is locked' );
				}
				ledger.changes += 1;
				const { state, result } = change( stateOf( pool ) );
				kept.set( pool, JSON.stringify( state ) );
				return result;
			} );
			last = run.catch( () => {} );
			return run;
		},
	};
	return ledger;
}

/** The same time, told by a clock that is wrong. */
export const skewed = ( clock: Clock, by: number ): Clock => ( {
	now: () => clock.now() + by,
	sleep: ( ms, signal ) => clock.sleep( ms, signal ),
} );

/** Promises and the turns of the event loop that changes of a ledger wait for. */
export async function allSettled(): Promise< void > {
	for ( let turn = 0; turn < 8; turn++ ) {
		await settled();
	}
}

/** Like the virtual clock's own, for work that takes several turns of the event loop. */
export async function runTo( clock: VirtualClock, at: number ) {
	await allSettled();
	for (;;) {
		const next = clock.next();
		if ( next === null || next > at ) {
			break;
		}
		await clock.runTo( next );
		await allSettled();
	}
	await clock.runTo( at );
}

export function createProcess(
	clock: Clock,
	ledger: BudgetLedger | null,
	owner: string,
	options: { readonly chance?: () => number; readonly logger?: Logger } = {}
): Budget {
	return createBudget( {
		pool: 'acmeshop|private',
		clock,
		random: {
			next: options.chance ?? ( () => 0 ),
			bytes: ( length ) => new Uint8Array( length ),
		},
		owner,
		ledger,
		logger: options.logger ?? null,
	} );
}

export interface ServerRules {
	readonly cap: number;
	readonly length: number;
	readonly mode: 'fixed' | 'rolling';
	/** Its clock, against ours. */
	readonly offset?: number;
}

/** Counts as the sandbox does (platform reference, §3): what it refuses, a rolling one does not count. */
export function createServer( clock: Clock, rules: ServerRules ) {
	const { cap, length, mode, offset = 0 } = rules;
	let window = -1;
	let times: number[] = [];
	let refused = 0;
	return {
		refused: () => refused,
		/** By another app: neither answered nor counted as ours. */
		take( ours = true ) {
			const now = clock.now() + offset;
			if ( mode === 'fixed' ) {
				const current = Math.floor( now / length );
				times = current === window ? times : [];
				window = current;
			} else {
				times = times.filter( ( at ) => at > now - length );
			}
			const allowed = times.length < cap;
			if ( allowed || mode === 'fixed' ) {
				times.push( now );
			}
			if ( ! allowed && ours ) {
				refused += 1;
			}
			return {
				allowed,
				figures: {
					remaining: Math.max( 0, cap - times.length ),
					period:
						mode === 'fixed'
							? length - ( now % length )
							: ( times[ 0 ] ?? now ) + length - now,
				},
			};
		},
	};
}
export type Server = ReturnType< typeof createServer >;

/** One request from admission to end; false = it never got room. */
export async function send(
	budget: Budget,
	server: Server,
	clock: Clock,
	how: {
		readonly trip: () => number;
		readonly lane?: Lane;
		readonly reserve?: number;
		readonly window?: WindowMode;
		/** The answer does not come. */
		readonly isLost?: boolean;
	}
): Promise< boolean > {
	const admission = await budget.admit(
		how.lane ?? 'person',
		() => how.reserve ?? 0,
		how.window
	);
	if ( ! admission.ok ) {
		return false;
	}
	await clock.sleep( how.trip() );
	const { allowed, figures } = server.take();
	await clock.sleep( how.trip() );
	admission.permit.ended( how.isLost === true ? null : figures );
	if ( ! allowed ) {
		budget.refused( figures.period );
	}
	return true;
}
