/**
 * Who shares a budget: Brightpearl counts per (account, developer reference) for OAuth apps
 * and one pool per account for all its private apps (platform reference, §3), so several
 * connections may draw on one.
 */
import type { BrightpearlConfig } from '../contracts/connection.ts';
import type { BudgetLedger } from '../contracts/database.ts';
import type { Clock, Logger, Random } from '../contracts/world.ts';
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
	const owner = Buffer.from( random.bytes( 9 ) ).toString( 'base64url' );
	return {
		pool( name, window ) {
			let pool = pools.get( name );
			if ( ! pool ) {
				pool = {
					budget: createBudget( {
						pool: name,
						clock,
						random,
						owner,
						ledger: deps.ledger ?? null,
						logger: deps.logger ?? null,
					} ),
					guard: createOutageGuard( { clock, random } ),
				};
				pools.set( name, pool );
			}
			const { budget, guard } = pool;
			return {
				guard,
				budget: {
					...budget,
					admit: ( lane, reserve, other = window ) =>
						budget.admit( lane, reserve, other ),
					view: ( other = window ) => budget.view( other ),
				},
			};
		},
		close() {
			for ( const { budget } of pools.values() ) {
				budget.close();
			}
		},
	};
}
