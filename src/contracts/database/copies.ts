/**
 * What is kept of Brightpearl: caches, copies of its records, budgets, drift, consents.
 */

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
