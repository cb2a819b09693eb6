/**
 * The repositories behind one port. Every engine implements all of them; flows see nothing
 * else of the database.
 */
import type {
	Backfill,
	JournalEntry,
	JournalOutcome,
	OrderState,
	Proof,
	StockChange,
	StockRun,
	StepSummary,
	BrightpearlOrder,
} from './answers.ts';
import type { ConnectionFile, SecretInput } from './connection.ts';
import type { Problem, ProblemCode, ProblemDraft } from './problem.ts';
import type { Lease, Locks, Queue, Schedules } from './queue.ts';
import type { Settings } from './settings.ts';

/**
 * A connection as it is kept. Secrets inside are plain text or pointers only in memory; on
 * disk the text ones are sealed (AES-256-GCM, additional data = connection and field).
 */
export interface StoredConnection {
	readonly file: ConnectionFile;
	/** Rises with every change; clients built from an older one are rebuilt. */
	readonly revision: number;
	/** Once an order was pushed the reference prefix is fixed. */
	readonly pushedOnce: boolean;
	readonly createdAt: string;
	readonly updatedAt: string;
}

/** What OAuth told us, kept apart from the file so that a refresh does not touch it. */
export interface StoredToken {
	readonly accessToken: string;
	readonly refreshToken: string;
	readonly expiresAt: string;
	readonly tokenType: string;
	readonly apiDomain: string | null;
	readonly installationInstanceId: number | null;
}

export interface Connections {
	list(): Promise< StoredConnection[] >;
	find( name: string ): Promise< StoredConnection | null >;
	/** Inserts or replaces; the ledger, links and cursors stay. */
	put( file: ConnectionFile ): Promise< StoredConnection >;
	saveSettings(
		name: string,
		settings: Settings
	): Promise< StoredConnection >;
	/** Removes the connection with its ledger, problems, tasks and cursors. */
	remove( name: string ): Promise< boolean >;
	markPushed( name: string ): Promise< void >;
	token( name: string ): Promise< StoredToken | null >;
	saveToken( name: string, token: StoredToken | null ): Promise< void >;
}

/** What we hold of one line for stock: who took what off the shop's stock. */
export interface LinkLine {
	readonly lineId: number;
	readonly productId: number;
	readonly variationId: number;
	readonly sku: string;
	/** `_reduced_stock` */
	readonly reduced: number;
}

export interface LinkPayment {
	/** From 1; part of the transaction reference. */
	readonly n: number;
	/** The order's total when it was first seen paid. */
	readonly amount: string;
	readonly paidAt: string;
	/** Brightpearl's payment id once recorded. */
	readonly paymentId: number | null;
}

/**
 * What is allocated in Brightpearl, and since when we know. A quantity is out of flight only
 * from `confirmedAt` on.
 */
export interface LinkAllocation {
	readonly state: 'all' | 'part' | 'none' | 'not-needed';
	/** Shop line id → allocated quantity, where `part`. */
	readonly byLine: Readonly< Record< string, number > >;
	/** All stock of the order has left the building. */
	readonly shipped: boolean;
	readonly confirmedAt: string;
}

/** Our record that ties a store order to what exists in Brightpearl. */
export interface OrderLink {
	readonly connection: string;
	readonly orderId: number;
	readonly number: string | null;
	readonly state: OrderState;
	readonly storeStatus: string | null;
	readonly placedAt: string | null;
	/** The shop's own `modifiedAt` of what we last read. */
	readonly modifiedAt: string | null;
	readonly currency: string | null;
	readonly total: string | null;
	readonly salesOrderId: number | null;
	/** Set by a person; the order's state is `held` or `ignored` while it stands. */
	readonly decision: 'held' | 'ignored' | null;
	/** A person pushed it: it counts whatever its date. */
	readonly forced: boolean;
	/** The store has it no longer, or in the trash. */
	readonly gone: 'trashed' | 'deleted' | null;
	readonly lines: readonly LinkLine[];
	/** Ids of the refunds last seen. */
	readonly refunds: readonly number[];
	readonly payments: readonly LinkPayment[];
	readonly contactId: number | null;
	readonly allocation: LinkAllocation | null;
	/** What the last plan still wants done. */
	readonly pending: readonly StepSummary[];
	readonly brightpearl: BrightpearlOrder | null;
	readonly proof: Proof | null;
	/** Hash of what of the shop's order was pushed; a difference means it changed since. */
	readonly fingerprint: string | null;
	readonly pushedAt: string | null;
	readonly updatedAt: string;
}

export type LinkChange = Partial<
	Omit< OrderLink, 'connection' | 'orderId' | 'updatedAt' >
>;

export interface OrderFilter {
	readonly connection: string;
	readonly state?: OrderState;
	/** Placed at or after, ISO-8601 UTC. */
	readonly since?: string;
	readonly limit: number;
	readonly cursor?: string;
}

export interface OrderLinks {
	find( connection: string, orderId: number ): Promise< OrderLink | null >;
	findMany(
		connection: string,
		orderIds: readonly number[]
	): Promise< OrderLink[] >;
	/**
	 * Inserts with defaults (state `queued`) or changes the fields given; returns it whole. A
	 * change that depends on the link as it is now is given as a function of it.
	 */
	save(
		connection: string,
		orderId: number,
		change: LinkChange | ( ( now: OrderLink | null ) => LinkChange )
	): Promise< OrderLink >;
	/**
	 * Newest placed first, those whose time is not known yet last; `total` counts without limit
	 * and cursor. Null for a cursor that no list has given.
	 */
	list( filter: OrderFilter ): Promise< {
		items: OrderLink[];
		total: number;
		nextCursor: string | null;
	} | null >;
	countByState( connection: string ): Promise< Record< string, number > >;
	/**
	 * Orders whose stock may be in flight: those with a line the shop took off, that are not
	 * gone, whose store status is none of `endedStatuses` and that have not shipped.
	 */
	open(
		connection: string,
		endedStatuses: readonly string[]
	): Promise< OrderLink[] >;
	/** Every linked order that has not ended, for the deep sweep; ids ascending after `afterId`. */
	watched(
		connection: string,
		endedStatuses: readonly string[],
		afterId: number,
		limit: number
	): Promise< OrderLink[] >;
	lastTimes(
		connection: string
	): Promise< { lastOrderAt: string | null; lastPushAt: string | null } >;
}

export interface Journal {
	/**
	 * Writes the intent under the task's fencing token; false when the lease was lost, and then
	 * nothing may be called.
	 */
	intent(
		lease: Lease,
		entry: {
			connection: string;
			subject: string;
			step: string;
			ref: string | null;
		}
	): Promise< boolean >;
	outcome( entry: {
		connection: string;
		subject: string;
		step: string;
		outcome: Exclude< JournalOutcome, 'intent' >;
		ref: string | null;
		message: string | null;
		ruid: string | null;
	} ): Promise< void >;
	/** Oldest first; with a limit the newest so many. */
	list(
		connection: string,
		subject: string,
		limit?: number
	): Promise< JournalEntry[] >;
	/**
	 * When the step was last tried, if its newest entry is no refusal: what it makes may exist
	 * since then, also where the link does not know of it (a crash between the call and the
	 * record). Null = nothing can exist.
	 */
	openSince(
		connection: string,
		subject: string,
		step: string
	): Promise< string | null >;
}

export interface Problems {
	/** One per (connection, subject, code): raising it again keeps `id` and `since`. */
	raise(
		connection: string,
		subject: string,
		draft: ProblemDraft,
		options?: { retryable?: boolean }
	): Promise< Problem >;
	/** Clears what no longer holds; `except` stays. */
	clear(
		connection: string,
		subject: string,
		except?: readonly ProblemCode[]
	): Promise< void >;
	list( filter?: {
		connection?: string;
		subject?: string;
	} ): Promise< Problem[] >;
	find( id: number ): Promise< Problem | null >;
	count( connection?: string ): Promise< number >;
}

/**
 * Small facts with an expiry: reference data, cursors. Values are JSON. A scope is the name of
 * a connection or the code of an account, alone or followed by `/…`, so that it goes with it.
 */
export interface Cache {
	/** Undefined when absent or past its expiry. */
	get( scope: string, key: string ): Promise< unknown >;
	put(
		scope: string,
		key: string,
		value: unknown,
		ttl: number | null
	): Promise< void >;
	drop( scope: string, key?: string ): Promise< void >;
}

export interface CachedProduct {
	readonly productId: number;
	readonly sku: string;
	readonly stockTracked: boolean;
	readonly status: string | null;
}

/** Brightpearl's products by SKU, per account. */
export interface ProductCache {
	replaceAll(
		account: string,
		products: AsyncIterable< readonly CachedProduct[] >
	): Promise< number >;
	upsert(
		account: string,
		products: readonly CachedProduct[]
	): Promise< void >;
	/** Exact SKU; several when Brightpearl has it more than once. */
	bySku(
		account: string,
		skus: readonly string[]
	): Promise< CachedProduct[] >;
	byId( account: string, ids: readonly number[] ): Promise< CachedProduct[] >;
	count( account: string ): Promise< number >;
	all( account: string ): AsyncIterable< readonly CachedProduct[] >;
}

export interface StockRuns {
	start( connection: string, dryRun: boolean ): Promise< number >;
	/** Stores the run as it is so far; also used to finish it. */
	save( connection: string, run: StockRun ): Promise< void >;
	find( connection: string, runId: number ): Promise< StockRun | null >;
	/** The newest pull; a dry run is none. */
	last( connection: string ): Promise< StockRun | null >;
	/** Runs a crash left without an end. */
	unfinished( connection: string ): Promise< number[] >;
	recordWrites(
		connection: string,
		runId: number,
		changes: readonly StockChange[]
	): Promise< void >;
	lastWrite(
		connection: string,
		sku: string
	): Promise< { value: number; at: string; runId: number } | null >;
}

export interface Backfills {
	start( connection: string, orderIds: readonly number[] ): Promise< number >;
	/**
	 * Counted from the links of its orders: an order without one, or with one that is queued,
	 * working or retrying, remains. So set a link to `queued` when its task is made.
	 */
	find( connection: string, id: number ): Promise< Backfill | null >;
	setState(
		connection: string,
		id: number,
		state: Backfill[ 'state' ]
	): Promise< void >;
	running( connection: string ): Promise< number[] >;
}

/** Where sweeps have got to, in the store's own time. */
export interface Cursors {
	get(
		connection: string,
		name: string
	): Promise< { cursor: string | null; at: string } | null >;
	set(
		connection: string,
		name: string,
		cursor: string | null
	): Promise< void >;
}

export interface Database {
	readonly connections: Connections;
	readonly orderLinks: OrderLinks;
	readonly journal: Journal;
	readonly problems: Problems;
	readonly cache: Cache;
	readonly products: ProductCache;
	readonly stockRuns: StockRuns;
	readonly backfills: Backfills;
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
