/**
 * The worker loop: claims, hands over, settles. It never throws and always settles; after
 * pg-boss' `worker.ts`, it sleeps abortably, so that a new task and `stop` both wake it.
 */
import { SECOND } from '../contracts/primitives.ts';
import type {
	ClaimedTask,
	Queue,
	Settlement,
	TaskKind,
} from '../contracts/queue.ts';
import type { Clock, Logger, Random } from '../contracts/world.ts';
import { backoffMs } from './backoff.ts';

/** What other processes enqueue is noticed this late at most. */
const POLL = SECOND;
/** After the database refused, before it is asked again. */
const PAUSE = SECOND;
/** How long a task that was told to stop may take to say how far it came. */
const LAST_WORDS = 2 * SECOND;

export interface WorkerOptions {
	readonly queue: Pick< Queue, 'claim' | 'settle' | 'nextDueAt' | 'onReady' >;
	readonly clock: Clock;
	readonly random: Random;
	readonly logger: Logger;
	/** Tasks at a time. */
	readonly concurrency: number;
	/**
	 * Of one connection (all): what waits for one account's next minute must not keep the others
	 * from being worked on. What a person waits for is not counted out.
	 */
	readonly perConnection?: ( connection: string ) => number;
	/** What it throws is a defect of ours: logged, and tried again after `backoff`. */
	readonly handle: ( task: ClaimedTask ) => Promise< Settlement >;
	readonly only?: readonly string[];
	readonly kinds?: readonly TaskKind[];
	/** (`backoffMs`) */
	readonly backoff?: ( attempt: number, random: Random ) => number;
}

export interface WorkerInfo {
	readonly state: 'stopped' | 'working' | 'stopping';
	/** Keys being worked on. */
	readonly running: readonly string[];
	/** Nothing runs, and the last look found nothing to run. */
	readonly idle: boolean;
	/** Milliseconds since the epoch. */
	readonly lastClaimAt: number | null;
	readonly lastError: string | null;
}

export interface Worker {
	start(): void;
	/**
	 * Claims nothing more, waits up to `drain` ms for what runs, then aborts it and waits for
	 * its last words. True when nothing was left running.
	 */
	stop( drain: number ): Promise< boolean >;
	info(): WorkerInfo;
}

export function createWorker( options: WorkerOptions ): Worker {
	const { queue, clock, random, logger, concurrency, handle } = options;
	const backoff = options.backoff ?? backoffMs;
	const perConnection = options.perConnection ?? ( () => concurrency );
	const filter = {
		...( options.only && { only: options.only } ),
		...( options.kinds && { kinds: options.kinds } ),
	};
	const running = new Map< ClaimedTask, Promise< void > >();
	const aborting = new AbortController();
	let state: WorkerInfo[ 'state' ] = 'stopped';
	let foundNothing = false;
	let lastClaimAt: number | null = null;
	let lastError: string | null = null;
	let loop: Promise< void > = Promise.resolve();
	let stopListening = () => {};
	/** Set while nobody sleeps too: what comes between a claim and the sleep is not missed. */
	let woken = new AbortController();

	const wake = () => woken.abort();
	const stopping = () => state !== 'working';

	function failed( error: unknown, message: string, fields = {} ): void {
		lastError = error instanceof Error ? error.message : String( error );
		logger.error( { error, ...fields }, message );
	}

	async function outcomeOf( task: ClaimedTask ): Promise< Settlement > {
		try {
			return await handle( task );
		} catch ( error ) {
			failed( error, 'A task failed by a defect.', { key: task.key } );
			return {
				kind: 'retry',
				after: backoff( task.attempt, random ),
				message:
					'An unexpected error of the service; it is in the log.',
			};
		}
	}

	/** A task that is not settled would be kept alive for ever, so this does not give up. */
	async function settle(
		task: ClaimedTask,
		settlement: Settlement
	): Promise< void > {
		for (;;) {
			try {
				if ( ! ( await queue.settle( task.lease, settlement ) ) ) {
					logger.warn(
						{ key: task.key },
						'Another process took this task over.'
					);
				}
				return;
			} catch ( error ) {
				failed( error, 'A task could not be settled.', {
					key: task.key,
				} );
				if ( aborting.signal.aborted || task.lease.signal.aborted ) {
					return;
				}
				await clock.sleep( PAUSE, aborting.signal );
			}
		}
	}

	function run( claimed: ClaimedTask ): void {
		const task: ClaimedTask = {
			...claimed,
			lease: {
				...claimed.lease,
				signal: AbortSignal.any( [
					claimed.lease.signal,
					aborting.signal,
				] ),
			},
		};
		const work = outcomeOf( task )
			.then( ( settlement ) => settle( claimed, settlement ) )
			.finally( () => {
				running.delete( task );
				wake();
			} );
		running.set( task, work );
	}

	function busyConnections(): string[] {
		const counts = new Map< string, number >();
		for ( const { connection } of running.keys() ) {
			counts.set( connection, ( counts.get( connection ) ?? 0 ) + 1 );
		}
		return [ ...counts ]
			.filter(
				( [ connection, count ] ) =>
					count >= perConnection( connection )
			)
			.map( ( [ connection ] ) => connection );
	}

	/** Fills the free places; false when the database refused. */
	async function fill(): Promise< boolean > {
		try {
			while ( ! stopping() && running.size < concurrency ) {
				const task = await queue.claim( {
					...filter,
					busy: busyConnections(),
				} );
				foundNothing = task === null;
				if ( task === null ) {
					return true;
				}
				lastClaimAt = clock.now();
				run( task );
				// Free places may be many, and a webhook waits for its answer meanwhile.
				await turn();
			}
			return true;
		} catch ( error ) {
			failed( error, 'No task could be claimed.' );
			return false;
		}
	}

	/** Until the next task is due, within the poll. */
	async function pause(): Promise< number > {
		try {
			const due = await queue.nextDueAt();
			const left = due === null ? POLL : due - clock.now();
			// What is due but was not given to us (filters) is no reason to spin.
			return left <= 0 ? POLL : Math.min( left, POLL );
		} catch ( error ) {
			failed( error, 'The queue could not be read.' );
			return PAUSE;
		}
	}

	async function work(): Promise< void > {
		while ( ! stopping() ) {
			woken = new AbortController();
			const wakeUp = woken.signal;
			const filled = await fill();
			if ( stopping() ) {
				return;
			}
			await clock.sleep( filled ? await pause() : PAUSE, wakeUp );
		}
	}

	return {
		start() {
			if ( state !== 'stopped' || aborting.signal.aborted ) {
				return;
			}
			state = 'working';
			stopListening = queue.onReady( wake );
			loop = work();
		},
		async stop( drain ) {
			if ( state === 'working' ) {
				state = 'stopping';
			}
			stopListening();
			wake();
			await loop;
			const all = Promise.allSettled( running.values() );
			await within( clock, drain, all );
			if ( running.size > 0 ) {
				aborting.abort( new Error( 'The service stops.' ) );
				await within( clock, LAST_WORDS, all );
			}
			aborting.abort( new Error( 'The service stops.' ) );
			state = 'stopped';
			return running.size === 0;
		},
		info: () => ( {
			state,
			running: [ ...running.keys() ].map( ( task ) => task.key ),
			idle: running.size === 0 && foundNothing,
			lastClaimAt,
			lastError,
		} ),
	};
}

/** Lets the event loop turn. */
function turn(): Promise< void > {
	return new Promise( ( resolve ) => setImmediate( resolve ) );
}

/** Waits for the promise, `ms` at most; leaves no timer behind. */
async function within(
	clock: Clock,
	ms: number,
	promise: Promise< unknown >
): Promise< void > {
	const over = new AbortController();
	await Promise.race( [
		promise.then( () => over.abort() ),
		clock.sleep( ms, over.signal ),
	] );
}
