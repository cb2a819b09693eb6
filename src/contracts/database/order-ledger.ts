/**
 * The ledger of orders: their links, the journal of steps, and what waits for a person.
 */
import type {
	Activity,
	JournalEntry,
	JournalOutcome,
	OrderState,
} from '../answers.ts';
import type { Problem, ProblemCode, ProblemDraft } from '../problem.ts';
import type { Lease } from '../queue.ts';
import type { LinkChange, OrderLink } from './order-links.ts';

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
