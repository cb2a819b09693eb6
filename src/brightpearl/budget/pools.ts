/**
 * Who shares a budget: Brightpearl counts per (account, developer reference) for OAuth apps
 * and one pool per account for all its private apps (platform reference, §3), so several
 * connections may draw on one.
 */
import type { BrightpearlConfig } from '../../contracts/connection.ts';
import type { BudgetLedger } from '../../contracts/database.ts';
import type { Clock, Logger, Random } from '../../contracts/world.ts';
import { createBudget, type Budget } from './budget.ts';
import { createOutageGuard, type OutageGuard } from './outage-guard.ts';
import type { WindowMode } from './throttle-window.ts';

export interface Pool {
	readonly budget: Budget;
	readonly guard: OutageGuard;
}

export interface BudgetRegistry {
	/** `window`: how this connection's settings say that Brightpearl counts (minute). */
	pool( name: string, window?: WindowMode ): Pool;
	/** Looks again who may leave; where a reserve has changed. */
	refresh(): void;
	/** Sends everybody who waits for room, or comes, away; for shutting down. */
	dismiss(): void;
	/** That too; resolves when the counts are written, and nothing is written afterwards. */
	close(): Promise< void >;
}

/** The pool of a connection: `account|devRef` or `account|private`. */
export function poolOf( config: BrightpearlConfig ): string {
	const { account, auth } = config;
	return auth.type === 'oauth'
		? `${ account }|${ auth.devRef }`
		: `${ account }|private`;
}

/** Budgets of this process, shared with the others where there is a ledger. */
export function createBudgetRegistry( deps: {
	readonly clock: Clock;
	readonly random: Random;
	/** (each process counts by itself) */
	readonly ledger?: BudgetLedger;
	readonly logger?: Logger;
} ): BudgetRegistry {
	const { clock, random } = deps;
	const pools = new Map< string, Pool >();
	const budgets = new Map< string, Budget >();
	const owner = Buffer.from( random.bytes( 9 ) ).toString( 'base64url' );

	function create( name: string ): Pool {
		const budget = createBudget( {
			pool: name,
			clock,
			random,
			owner,
			ledger: deps.ledger ?? null,
			logger: deps.logger ?? null,
		} );
		budgets.set( name, budget );
		return { budget, guard: createOutageGuard( { clock, random } ) };
	}

	/** The same pool for a connection whose settings say that a rolling minute is counted. */
	const rolling = ( { budget, guard }: Pool ): Pool => ( {
		guard,
		budget: {
			...budget,
			admit: ( lane, reserve ) =>
				budget.admit( lane, reserve, 'rolling' ),
			view: () => budget.view( 'rolling' ),
		},
	} );

	const known = ( key: string, make: () => Pool ): Pool => {
		const pool = pools.get( key ) ?? make();
		pools.set( key, pool );
		return pool;
	};

	return {
		pool( name, window = 'minute' ) {
			const pool = known( `minute ${ name }`, () => create( name ) );
			return window === 'minute'
				? pool
				: known( `rolling ${ name }`, () => rolling( pool ) );
		},
		refresh() {
			for ( const budget of budgets.values() ) {
				void budget.refresh();
			}
		},
		dismiss() {
			for ( const budget of budgets.values() ) {
				budget.dismiss();
			}
		},
		async close() {
			await Promise.all(
				[ ...budgets.values() ].map( ( budget ) => budget.close() )
			);
		},
	};
}
