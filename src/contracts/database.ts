/**
 * The repositories behind one port. Every engine implements all of them; flows see nothing
 * else of the database.
 */
import type {
	Activity,
	Backfill,
	BrightpearlOrder,
	Conflict,
	JournalEntry,
	JournalOutcome,
	OrderState,
	Proof,
	SettingsChange,
	StepSummary,
	StockChange,
	StockRun,
	StockRunSummary,
} from './answers.ts';
import type {
	ConnectionFile,
	ConnectionRecord,
	SecretInput,
} from './connection.ts';
import type { Problem, ProblemCode, ProblemDraft } from './problem.ts';
import type { Lease, Locks, Queue, Schedules } from './queue.ts';
import type { Settings } from './settings.ts';

/**
 * A connection as it is kept. Secrets inside are plain text or pointers only in memory; on
 * disk the text ones are sealed (AES-256-GCM, additional data = connection and field).
 */
export interface StoredConnection {
	readonly record: ConnectionRecord;
	/** Null while something is still to be filled in: then nothing of it can work. */
	readonly file: ConnectionFile | null;
	/** Rises with every change; clients built from an older one are rebuilt. */
	readonly revision: number;
	/** Of the settings alone; see `SettingsState`. */
	readonly settingsRevision: number;
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
	/** SHA-256 of the client id and secret it was got with; null for a client without a secret. */
	readonly provenBy?: string | null | undefined;
}

export interface Connections {
	list(): Promise< StoredConnection[] >;
	find( name: string ): Promise< StoredConnection | null >;
	/** Inserts or replaces; the ledger, links and cursors stay. */
	put( record: ConnectionRecord ): Promise< StoredConnection >;
	/** The same for one that exists; null and nothing done when it was removed meanwhile. */
	replace( record: ConnectionRecord ): Promise< StoredConnection | null >;
	/**
	 * With a line in the history, in one transaction. Null when `expected` is not the settings'
	 * revision any more: somebody else changed them meanwhile.
	 */
	saveSettings(
		name: string,
		settings: Settings,
		log: {
			readonly by: string;
			readonly changes: SettingsChange[ 'changes' ];
			readonly expected?: number;
		}
	): Promise< StoredConnection | null >;
	/** Newest first. */
	settingsHistory( name: string, limit: number ): Promise< SettingsChange[] >;
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
	/** Taken back: by this payment the other way, or (null) by deleting it. Null = it stands. */
	readonly reversed: { readonly paymentId: number | null } | null;
}

/** What became of one refund of the shop. */
export interface LinkCredit {
	readonly refundId: number;
	readonly salesCreditId: number | null;
	/** Gross, as planned. */
	readonly total: string;
	/** The money given back; null = none was to be (the order was never paid). */
	readonly refund: {
		readonly amount: string;
		readonly paymentId: number | null;
		readonly reversed: { readonly paymentId: number | null } | null;
	} | null;
	/** The refund is gone from the shop, and the credit has no rows any more. */
	readonly emptied: boolean;
	/**
	 * It is closed, so that it cannot be taken back, and a person has said that it was made up for in
	 * Brightpearl: it counts no longer.
	 */
	readonly settled: boolean;
}

/** A row of the sales order as it was last agreed on. */
export interface PushedRow {
	/** `line-12` */
	readonly ref: string;
	/** Digest of what the shop said of it: the same mark = not edited in the shop since. */
	readonly mark: string;
	readonly productId: number | null;
	readonly name: string;
	readonly quantity: string;
	readonly taxCode: string;
	readonly net: string;
	readonly tax: string;
	readonly nominalCode: string | null;
	/** As Brightpearl showed it then; null = not read back yet. */
	readonly found: {
		readonly rowId: number;
		readonly productId: number;
		readonly quantity: string;
		readonly net: string;
		readonly tax: string;
		readonly taxCode: string | null;
	} | null;
}

/**
 * What Brightpearl was last given of an order and how it showed it then: the common ground of the
 * three-way comparison. Of addresses only digests are kept.
 */
export interface Pushed {
	/** The shop's status that Brightpearl's was last brought to, and Brightpearl's then. */
	readonly storeStatus: string;
	readonly statusId: number | null;
	readonly rows: readonly PushedRow[];
	readonly parts: Readonly<
		Record<
			'reference' | 'billing' | 'delivery' | 'shippingMethod',
			{
				/** Digest of what the shop said. */
				readonly mark: string;
				/** Digest of how Brightpearl showed it; null = not read back yet. */
				readonly found: string | null;
			}
		>
	>;
}

/** What the shop was told of the order. */
export interface WrittenBack {
	readonly salesOrderId: number | null;
	readonly statusId: number | null;
	/** The shop status that was written, so that it is not taken for the shop's own word. */
	readonly status: string | null;
	readonly noted: boolean;
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
	readonly credits: readonly LinkCredit[];
	readonly contactId: number | null;
	/** Digest of the e-mail (`emailKey`), so that a customer's orders are found. */
	readonly customerKey: string | null;
	readonly allocation: LinkAllocation | null;
	/** Row reference → what was last asked to be allocated; null = nothing was yet. */
	readonly reserved: Readonly< Record< string, number > > | null;
	readonly pushed: Pushed | null;
	/** Called off on both sides, whoever cancelled it in Brightpearl: it may be brought back. */
	readonly cancelled: boolean;
	/** Notes that are in Brightpearl: `customer:{digest}`, `note-{id}`. */
	readonly notes: readonly string[];
	/** Custom field code → the value last set. */
	readonly fields: Readonly< Record< string, string > >;
	readonly writtenBack: WrittenBack | null;
	/** What both sides changed and nobody has settled. */
	readonly conflicts: readonly Conflict[];
	/** The difference by staff's own edits that a person has accepted (see `differenceOf`). */
	readonly accepted: string | null;
	/** A person's word on them: whose value is to hold. Used up by the next plan. */
	readonly resolve: 'store' | 'brightpearl' | null;
	/** What the last plan still wants done. */
	readonly pending: readonly StepSummary[];
	readonly brightpearl: BrightpearlOrder | null;
	readonly proof: Proof | null;
	/** Mark of the shop's order as it was when everything of it was in Brightpearl last. */
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
	/** Placed before. */
	readonly until?: string;
	/** Begins the order's number, or is its id or its sales order's. */
	readonly search?: string;
	/** `emailKey` of the customer's e-mail. */
	readonly customerKey?: string;
	/** With an open problem of this code. */
	readonly problem?: ProblemCode;
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
	/** Links of these sales orders; unknown ones are left out. */
	bySalesOrder(
		connection: string,
		salesOrderIds: readonly number[]
	): Promise< OrderLink[] >;
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
	/**
	 * One entry for each step of `step` ms from `from` (ms since the epoch) up to `to`; connection
	 * null = of all together.
	 */
	activity(
		connection: string | null,
		from: number,
		to: number,
		step: number
	): Promise< Activity[ 'orders' ] >;
	lastTimes(
		connection: string
	): Promise< { lastOrderAt: string | null; lastPushAt: string | null } >;
	/**
	 * Milliseconds from placing to the first push, of orders that were placed and pushed at or
	 * after `since` (ms since the epoch); of many the latest two thousand.
	 */
	pushTimes( connection: string, since: number ): Promise< number[] >;
	/**
	 * Orders placed after `since` that are on their way to their first push, without those of a
	 * paused backfill. `oldest` waits longest: from when it was placed, or last changed in the
	 * shop (an order may be paid late).
	 *
	 * @param withStopped Also those in state `problem` that have no problem of their own.
	 */
	waiting(
		connection: string,
		since: number,
		withStopped: boolean
	): Promise< {
		count: number;
		oldest: {
			orderId: number;
			number: string | null;
			/** Milliseconds since the epoch. */
			since: number;
		} | null;
	} >;
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
	 * The step's last try, if its newest entry is no refusal. Null = nothing of it can exist.
	 *
	 * @param ref Of a step that a subject has several of: only the entries of this one are looked at.
	 */
	lastTry(
		connection: string,
		subject: string,
		step: string,
		ref?: string
	): Promise< LastTry | null >;
}

/**
 * What a step makes may exist since, also where the link does not know of it (a crash between
 * the call and the record).
 */
export interface LastTry {
	/** Of the newest entry (ISO-8601). */
	readonly at: string;
	/** `intent` = nobody knows whether its call left, nor when: it may have waited long before. */
	readonly outcome: Exclude< JournalOutcome, 'refused' >;
	/** What the newest intent meant to make. */
	readonly ref: string | null;
}

export interface Problems {
	/** One per (connection, subject, code): raising it again keeps `id` and `since`. */
	raise(
		connection: string,
		subject: string,
		draft: ProblemDraft,
		options?: { retryable?: boolean }
	): Promise< Problem >;
	/** Clears what no longer holds; `except` stays. True when there was something. */
	clear(
		connection: string,
		subject: string,
		except?: readonly ProblemCode[]
	): Promise< boolean >;
	/** Oldest first; several subjects = those of any of them. */
	list( filter?: {
		connection?: string;
		subject?: string | readonly string[];
	} ): Promise< Problem[] >;
	find( id: number ): Promise< Problem | null >;
	count( connection?: string ): Promise< number >;
}

/** Where what belongs to a Brightpearl account is cached; no connection's name has a colon. */
export const accountScope = ( account: string ): string => `bp:${ account }`;

/**
 * Small facts with an expiry: reference data, cursors. Values are JSON. A scope is the name of
 * a connection or an account's (`accountScope`), alone or followed by `/…`, so that it goes
 * with it.
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

/**
 * Contacts of a Brightpearl account by primary e-mail. E-mails are kept as digests only (see
 * `emailKey`): our tables need not hold people's data to compare it.
 */
export interface ContactCache {
	/** Contact ids per key, ascending; a key nobody has is absent. */
	byEmail(
		account: string,
		keys: readonly string[]
	): Promise< ReadonlyMap< string, readonly number[] > >;
	/** A contact whose e-mail changed has only the new one; null = it has none. */
	upsert(
		account: string,
		contacts: readonly {
			readonly contactId: number;
			readonly key: string | null;
		}[]
	): Promise< void >;
	count( account: string ): Promise< number >;
	/** Forgets them all, as when the cache is to be filled anew. */
	clear( account: string ): Promise< void >;
}

export interface BundleComponent {
	readonly productId: number;
	readonly quantity: number;
}

/** What bundles consist of; nested bundles stay nested. */
export interface BundleCache {
	/** Bundles nobody has read yet are absent; a product that is none has an empty list. */
	components(
		account: string,
		productIds: readonly number[]
	): Promise< ReadonlyMap< number, readonly BundleComponent[] > >;
	put(
		account: string,
		bundles: ReadonlyMap< number, readonly BundleComponent[] >
	): Promise< void >;
	/** Those whose product changed are read again. */
	drop( account: string, productIds: readonly number[] ): Promise< void >;
}

/** The state of a request budget, shared by every process on this database. */
export interface BudgetLedger {
	/**
	 * Hands the pool’s state (JSON; null at first) to `change`, keeps what it returns, and answers its
	 * result: all in one write transaction, so that processes count together. Not synced to disk
	 * by itself: a power cut forgets a minute's count, never more.
	 */
	change< T >(
		pool: string,
		change: ( state: unknown ) => {
			readonly state: unknown;
			readonly result: T;
		}
	): Promise< T >;
}

/** Where Brightpearl's answers differ from what is documented. */
export interface DriftEntry {
	readonly account: string;
	/** Such as `GET /order-service/order`; without ids. */
	readonly endpoint: string;
	readonly kind: 'unknown' | 'missing' | 'version';
	/** Path of the field without ids, or the version. */
	readonly field: string;
	readonly times: number;
	readonly firstAt: string;
	readonly lastAt: string;
	/** Request id of the last one. */
	readonly ruid: string | null;
}

export interface Drift {
	/** Adds to what was counted before. Bounded: past some hundred entries of an account new ones are left out. */
	add( entries: readonly Omit< DriftEntry, 'firstAt' >[] ): Promise< void >;
	list( account: string ): Promise< DriftEntry[] >;
	clear( account: string ): Promise< void >;
}

/** Single-use states of Brightpearl's consent; only their SHA-256 is kept. */
export interface Consents {
	add( entry: {
		readonly stateHash: string;
		readonly connection: string;
		/** The exchange must name the same one. */
		readonly redirectUri: string;
		readonly expiresAt: number;
	} ): Promise< void >;
	/** Once, and only in time; null otherwise. */
	take( stateHash: string ): Promise< {
		readonly connection: string;
		readonly redirectUri: string;
		readonly expiresAt: number;
	} | null >;
}

export interface StockRuns {
	start( connection: string, dryRun: boolean ): Promise< number >;
	/** Stores the run as it is so far; also used to finish it. */
	save( connection: string, run: StockRun ): Promise< void >;
	find( connection: string, runId: number ): Promise< StockRun | null >;
	/** Newest first, dry runs among them. Null for a cursor that no list has given. */
	list(
		connection: string,
		limit: number,
		cursor?: string
	): Promise< {
		items: StockRunSummary[];
		nextCursor: string | null;
	} | null >;
	/** As `OrderLinks.activity`, by when a run began; dry runs are none. */
	activity(
		connection: string | null,
		from: number,
		to: number,
		step: number
	): Promise< Activity[ 'stock' ] >;
	/** The newest pull; a dry run is none. */
	last( connection: string ): Promise< StockRunSummary | null >;
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
	start(
		connection: string,
		orderIds: readonly number[],
		range: {
			/** Days in the shop's zone. */
			readonly from: string;
			readonly to: string;
			/** How many of these days are in Brightpearl already. */
			readonly there: number;
		}
	): Promise< number >;
	/** Newest first. */
	list( connection: string, limit: number ): Promise< Backfill[] >;
	/** Those of its orders that have not come to an end, ascending after `afterId`. */
	remaining(
		connection: string,
		id: number,
		afterId: number,
		limit: number
	): Promise< number[] >;
	/**
	 * Counted from the links of its orders: an order without one, or with one that is queued,
	 * working or retrying, remains. So set a link to `queued` when its task is made. One that is
	 * not to be pushed any more is not counted; of a cancelled backfill it remains undone.
	 */
	find( connection: string, id: number ): Promise< Backfill | null >;
	setState(
		connection: string,
		id: number,
		state: Backfill[ 'state' ]
	): Promise< void >;
	/** Without counting; null = there is none. */
	stateOf(
		connection: string,
		id: number
	): Promise< Backfill[ 'state' ] | null >;
	inState(
		connection: string,
		state: Backfill[ 'state' ]
	): Promise< number[] >;
}

/** The shop's SKU → the SKU that Brightpearl has for it. */
export interface SkuAlias {
	readonly sku: string;
	readonly alias: string;
}

export interface SkuAliases {
	/** Replaces all of the connection's, in one transaction. */
	replaceAll(
		connection: string,
		aliases: readonly SkuAlias[]
	): Promise< void >;
	/** Ascending by SKU. */
	list( connection: string ): Promise< SkuAlias[] >;
	/** Of these SKUs of the shop; those without an alias are absent. */
	of(
		connection: string,
		skus: readonly string[]
	): Promise< ReadonlyMap< string, string > >;
	/** SKUs of the shop whose alias is one of these. */
	skusFor(
		connection: string,
		aliases: readonly string[]
	): Promise< string[] >;
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

/** The plugin's side of a connection: which site, and its keys. */
export interface Pairing {
	readonly connection: string;
	readonly siteId: string;
	/** `scheme://host[:port][/path]` of the site's home. */
	readonly storeUrl: string;
	/** Versions the plugin told last. */
	readonly pluginVersion: string;
	readonly wpVersion: string;
	readonly wcVersion: string | null;
	/** WooCommerce's id of the key it gave us, and of its webhooks; null = not told. */
	readonly wooKeyId: number | null;
	readonly webhookIds: readonly number[];
	readonly since: string;
}

export interface PairingKey {
	readonly keyId: string;
	readonly connection: string;
	/** 32 bytes; sealed on disk. */
	readonly secret: Uint8Array;
	readonly slot: 'current' | 'next' | 'previous';
	readonly createdAt: string;
	readonly lastUsedAt: string | null;
	/** Milliseconds since the epoch; null = until it is rotated. */
	readonly expiresAt: number | null;
}

/**
 * A pairing code, kept only as the two keys derived from it (pairing design, C3.2–3). It has no
 * count of wrong proofs: they name no code, so any stranger could use up the tries of all.
 */
export interface PairingCode {
	readonly id: number;
	/** Null = the pairing makes a connection. */
	readonly connection: string | null;
	readonly proofKey: Uint8Array;
	readonly sealKey: Uint8Array;
	/** Milliseconds since the epoch. */
	readonly expiresAt: number;
}

export interface Pairings {
	find( connection: string ): Promise< Pairing | null >;
	findBySite( siteId: string ): Promise< Pairing | null >;
	list(): Promise< Pairing[] >;
	save( pairing: Pairing ): Promise< void >;
	/** With all its keys. */
	remove( connection: string ): Promise< boolean >;
	/** Expired ones are none. */
	key( keyId: string ): Promise< PairingKey | null >;
	keys( connection: string ): Promise< PairingKey[] >;
	/** Replaces the connection's key in that slot. */
	putKey( key: Omit< PairingKey, 'lastUsedAt' > ): Promise< void >;
	/**
	 * `next` becomes `current`, `current` becomes `previous` until `previousUntil`, in one
	 * transaction; false when that key is not `next` (any more).
	 */
	promote( keyId: string, previousUntil: number ): Promise< boolean >;
	/** At most one write a minute for each key. */
	used( keyId: string ): Promise< void >;
	/** False when the key has used this nonce before: a replay. Kept until `expiresAt`. */
	takeNonce(
		keyId: string,
		nonce: string,
		expiresAt: number
	): Promise< boolean >;

	/** Expired ones are none. A new code for the same connection replaces the old. */
	openCodes(): Promise< PairingCode[] >;
	addCode( code: Omit< PairingCode, 'id' > ): Promise< number >;
	/**
	 * What a code is good for, once and in one transaction: burns it, makes the connection where
	 * there is none yet, and puts this pairing with this key in the place of the one before and
	 * all its keys. False, and nothing done, when the code is not open any more.
	 */
	grant(
		codeId: number,
		made: {
			readonly begun: ConnectionRecord | null;
			readonly pairing: Pairing;
			readonly key: Omit< PairingKey, 'lastUsedAt' >;
		}
	): Promise< boolean >;

	/** Single-use states of wc-auth; only their SHA-256 is kept. */
	addAuthorization( entry: {
		readonly stateHash: string;
		readonly connection: string;
		readonly expiresAt: number;
	} ): Promise< void >;
	/** The connection it was made for, once. */
	takeAuthorization( stateHash: string ): Promise< string | null >;
}

/** Console sessions; tokens are kept as their SHA-256 (hex) only. */
export interface Sessions {
	addLogin( tokenHash: string, expiresAt: number ): Promise< void >;
	/** True for the one caller that uses it in time. */
	takeLogin( tokenHash: string ): Promise< boolean >;
	add( session: {
		readonly tokenHash: string;
		readonly csrfHash: string;
		readonly expiresAt: number;
	} ): Promise< void >;
	/** Null when unknown or expired. */
	find( tokenHash: string ): Promise< {
		readonly csrfHash: string;
		readonly expiresAt: number;
	} | null >;
	/** Prolongs it, when it still is. */
	extend( tokenHash: string, expiresAt: number ): Promise< void >;
	remove( tokenHash: string ): Promise< void >;
}

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
