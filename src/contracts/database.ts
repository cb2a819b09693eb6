/**
 * The repositories behind one port. Every engine implements all of them; flows see nothing
 * else of the database.
 */
import type { SecretInput } from './connection.ts';
import type { Connections } from './database/connections.ts';
import type {
	BudgetLedger,
	BundleCache,
	Cache,
	Consents,
	ContactCache,
	Drift,
	ProductCache,
} from './database/copies.ts';
import type { Journal, OrderLinks, Problems } from './database/order-ledger.ts';
import type { Pairings, Sessions } from './database/pairings.ts';
import type {
	Backfills,
	Cursors,
	SkuAliases,
	StockRuns,
} from './database/runs.ts';
import type { ProblemDraft } from './problem.ts';
import type { Locks, Queue, Schedules } from './queue.ts';

export type * from './database/connections.ts';
export type * from './database/order-links.ts';
export type * from './database/order-ledger.ts';
export type * from './database/copies.ts';
export type * from './database/runs.ts';
export type * from './database/pairings.ts';
export { accountScope } from './database/copies.ts';

/** Facts about this service itself. */
export interface Facts {
	/** Made once (a UUID), the same ever after. */
	sidecarId(): Promise< string >;
}

export interface Database {
	readonly pairings: Pairings;
	readonly sessions: Sessions;
	readonly facts: Facts;
	readonly connections: Connections;
	readonly orderLinks: OrderLinks;
	readonly journal: Journal;
	readonly problems: Problems;
	readonly cache: Cache;
	readonly products: ProductCache;
	readonly contacts: ContactCache;
	readonly bundles: BundleCache;
	readonly budgets: BudgetLedger;
	readonly drift: Drift;
	readonly consents: Consents;
	readonly stockRuns: StockRuns;
	readonly backfills: Backfills;
	readonly aliases: SkuAliases;
	readonly cursors: Cursors;
	readonly queue: Queue;
	readonly locks: Locks;
	readonly schedules: Schedules;
	close(): Promise< void >;
}

/** Turns what a config holds into the secret itself, at use. */
export type SecretReader = (
	secret: SecretInput
) =>
	| { readonly ok: true; readonly value: string }
	| { readonly ok: false; readonly problem: ProblemDraft };
