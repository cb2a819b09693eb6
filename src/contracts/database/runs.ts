/**
 * Stock runs, backfills, SKU aliases, and where sweeps have got to.
 */
import type {
	Activity,
	Backfill,
	StockChange,
	StockRun,
	StockRunSummary,
} from '../answers.ts';

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
