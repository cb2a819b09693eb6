/**
 * Who shares a budget: Brightpearl counts per (account, developer reference) for OAuth apps
 * and one pool per account for all its private apps (platform reference, §3), so several
 * connections may draw on one.
 */
import type { BrightpearlConfig } from '../contracts/connection.ts';
import type { Clock, Random } from '../contracts/world.ts';
import { createBudget, type Budget } from './budget.ts';
import { createOutageGuard, type OutageGuard } from './outage-guard.ts';

export interface Pool {
	readonly budget: Budget;
	readonly guard: OutageGuard;
}

export interface BudgetRegistry {
	pool( name: string ): Pool;
	/** Sends everybody who waits for room away; for shutting down. */
	close(): void;
}

/** The pool of a connection: `account|devRef` or `account|private`. */
export function poolOf( config: BrightpearlConfig ): string {
	const { account, auth } = config;
	return auth.type === 'oauth'
		? `${ account }|${ auth.devRef }`
		: `${ account }|private`;
}

/** Budgets of this process. */
export function createBudgetRegistry( deps: {
	readonly clock: Clock;
	readonly random: Random;
} ): BudgetRegistry {
	const pools = new Map< string, Pool >();
	return {
		pool( name ) {
			let pool = pools.get( name );
			if ( ! pool ) {
				pool = {
					budget: createBudget( { pool: name, ...deps } ),
					guard: createOutageGuard( deps ),
				};
				pools.set( name, pool );
			}
			return pool;
		},
		close() {
			for ( const { budget } of pools.values() ) {
				budget.close();
			}
		},
	};
}
