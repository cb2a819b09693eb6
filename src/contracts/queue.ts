/**
 * The durable task port. Two engines stand behind it (SQLite here, pg-boss later) and one
 * battery of tests runs on both.
 *
 * A task says only "look at this key again". It has a key (`main/order:4336`), is run one at
 * a time per key across processes, keeps the order of its key over retries (nothing overtakes
 * a task that waits for its backoff), and is gone only when its work is recorded.
 *
 * Collapsing: enqueueing a key that is already waiting changes nothing but its due time and
 * priority; enqueueing a key that is *running* leaves a mark, so that it runs once more
 * afterwards (what the runner read may be older than the event). A parked key is woken by
 * a new event. With pg-boss this is `key_strict_fifo` plus a singleton per waiting key.
 *
 * Order: a key has at most one waiting task, so nothing of a key can overtake it. While it
 * waits for its backoff an event joins it and keeps its due time, because an event must not
 * defeat a backoff; only a person does: `wake`, or a request of priority `person`. A mark left
 * while it ran is taken up by the backoff in the same way.
 */
import type { Failure } from './result.ts';

export type TaskKind =
	| 'order'
	| 'stock'
	| 'sweep'
	| 'deep-sweep'
	| 'outbox'
	/** Orders whose status changed in Brightpearl. */
	| 'status-sweep'
	/** Webhooks, the shop's identity, silence. */
	| 'watch';

/** Smaller runs first. A person waiting > live orders > shipments > stock > backfill. */
export const PRIORITY = {
	person: 0,
	order: 10,
	/** Reading the plugin's outbox makes orders' tasks: it must not wait behind them. */
	outbox: 5,
	sweep: 15,
	shipment: 20,
	stock: 30,
	backfill: 40,
} as const;

export interface TaskRequest {
	/** `{connection}/{kind}:{id}`; see `taskKey`. */
	readonly key: string;
	readonly kind: TaskKind;
	readonly connection: string;
	readonly priority?: number;
	/** Not before, milliseconds since the epoch (default now). The earliest asked for wins. */
	readonly notBefore?: number;
	/**
	 * What the task was told beside its key, JSON. Merged shallowly into what already waits,
	 * so that "a person said push" is not lost when a webhook collapses into it: `forced`,
	 * `acknowledged` and `lookAtBrightpearl` stay once true, `skus` become the union (all, when
	 * either asked for all).
	 */
	readonly payload?: TaskPayload;
	/** Whoever works on it at this moment sees all there is to see: it need not run once more. */
	readonly unlessRunning?: boolean;
}

export interface TaskPayload {
	/** A person's word: go past delay and go-live (never past the statuses). */
	readonly forced?: boolean;
	/** A person says that something was put right: nothing of it is taken from a cache. */
	readonly acknowledged?: boolean;
	/** The sales order has changed there: it is read even where the shop's order is the same. */
	readonly lookAtBrightpearl?: boolean;
	/** SKUs of a stock run; absent = all. */
	readonly skus?: readonly string[];
	readonly runId?: number;
	readonly backfillId?: number;
}

/**
 * The right to work on one key, fenced: `token` rises with every claim of the key, and a
 * journal intent is only written while it is the newest.
 */
export interface Lease {
	readonly name: string;
	readonly token: number;
	/** Aborts when the lease is known to be lost or the process stops. */
	readonly signal: AbortSignal;
}

export interface ClaimedTask {
	readonly key: string;
	readonly kind: TaskKind;
	readonly connection: string;
	readonly payload: TaskPayload;
	/** 1 for the first try. */
	readonly attempt: number;
	readonly lease: Lease;
}

export type Settlement =
	| { readonly kind: 'done' }
	/** Try again, at the earliest after `after` ms. The engine stores attempts. */
	| {
			readonly kind: 'retry';
			readonly after: number;
			readonly message: string;
	  }
	/** A person must act, or an event must come. */
	| { readonly kind: 'park'; readonly message: string }
	/** Not due yet: run again at that time, without counting a try. */
	| { readonly kind: 'later'; readonly at: number };

export interface QueueCounts {
	/** May run now, among them what a crash left behind. */
	readonly ready: number;
	readonly running: number;
	/** Waits for a later time: a backoff, or a date it was put off to. */
	readonly retrying: number;
	readonly parked: number;
}

export interface TaskView {
	readonly key: string;
	readonly kind: TaskKind;
	readonly connection: string;
	readonly state: 'ready' | 'running' | 'retrying' | 'parked';
	readonly attempts: number;
	/** Milliseconds since the epoch. */
	readonly dueAt: number;
	readonly message: string | null;
}

export interface Queue {
	/**
	 * Resolves when the tasks are durable. Calls of one tick share a commit (group commit), so
	 * that a webhook may be acknowledged after it at a hundred a second.
	 */
	enqueue( tasks: readonly TaskRequest[] ): Promise< void >;
	/**
	 * Claims the most urgent due task whose key nobody runs; null when there is none. `only`
	 * restricts to these keys (a command working without the service), `kinds` to these kinds;
	 * of the `busy` connections only what a person waits for is claimed.
	 */
	claim( options?: {
		readonly only?: readonly string[];
		readonly kinds?: readonly TaskKind[];
		readonly busy?: readonly string[];
	} ): Promise< ClaimedTask | null >;
	/** False when the lease was lost: nothing was changed. */
	settle( lease: Lease, settlement: Settlement ): Promise< boolean >;
	/** Prolongs a lease; false (and its signal aborts) when it was lost. */
	renew( lease: Lease ): Promise< boolean >;
	/**
	 * Wakes parked and waiting tasks of these keys now, resetting their tries; one that runs
	 * is marked to run once more. Answers how many there were.
	 */
	wake( keys: readonly string[] ): Promise< number >;
	/** Keys of the parked tasks of a connection; `asked` = only those that carry a person's word. */
	parkedKeys(
		connection: string,
		options?: { readonly asked?: boolean }
	): Promise< string[] >;
	remove( keys: readonly string[] ): Promise< void >;
	find( key: string ): Promise< TaskView | null >;
	counts( connection?: string ): Promise< QueueCounts >;
	/** The same for each kind of which there is a task. */
	countsByKind(): Promise<
		readonly {
			readonly kind: TaskKind;
			readonly state: TaskView[ 'state' ];
			readonly count: number;
		}[]
	>;
	/** Milliseconds since the epoch at which the next waiting task is due; null when none waits. */
	nextDueAt( options?: {
		readonly parked?: boolean;
		/** Of this connection alone. */
		readonly connection?: string;
	} ): Promise< number | null >;
	/** Calls back soon after something became due in this process; returns the way to stop. */
	onReady( listener: () => void ): () => void;
}

/** Cross-process locks by name, built on the same leases. */
export interface Locks {
	/**
	 * Runs `work` while nobody else holds `name`, waiting up to `wait` ms for it; a `busy`
	 * retry when it could not be had. The lock is renewed while `work` runs and fenced.
	 */
	withLock< T >(
		name: string,
		options: { readonly wait: number; readonly signal?: AbortSignal },
		work: ( lease: Lease ) => Promise< T >
	): Promise< { ok: true; value: T } | { ok: false; failure: Failure } >;
}

/**
 * Repeating work, shared by processes: of those that ask, one is told to run. Times are kept
 * in the database so that a restart does not begin anew. A name that never ran is due at
 * once; runs that were missed are not made up for. Names begin with `{connection}/`, so that
 * they go when the connection is removed.
 */
export interface Schedules {
	/**
	 * Sets (or changes) when `name` comes next. A changed interval takes effect from the last
	 * run; `every` null removes it.
	 */
	ensure( name: string, every: number | null ): Promise< void >;
	/** Names that are due now; each is moved on by its interval in the same transaction. */
	due( now: number ): Promise< string[] >;
	nextAt(): Promise< number | null >;
}

export function taskKey(
	connection: string,
	kind: TaskKind,
	id: string | number
): string {
	return `${ connection }/${ kind }:${ id }`;
}
