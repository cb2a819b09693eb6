/**
 * The repeating work of live connections: sweeps and stock pulls, at the intervals of the
 * settings; and of every paired one: reading the plugin's outbox, of which the order flow itself
 * knows what is not due. Times are kept in the database; of several sidecars one is told to run.
 */
import { HOUR, parseDuration } from '../contracts/primitives.ts';
import {
	PRIORITY,
	taskKey,
	type TaskKind,
	type TaskRequest,
} from '../contracts/queue.ts';
import type { Database } from '../contracts/database.ts';
import type { Clock, Logger } from '../contracts/world.ts';
import type { Settings } from '../contracts/settings.ts';
import { followsStatus } from '../domain/orders/write-back.ts';
import { isLive } from './connected.ts';
import type { ConnectionsRegistry } from './connections.ts';
import { OUTBOX_EVERY, outboxKey, outboxTask } from './outbox.ts';

interface Repeating {
	readonly kind: Extract<
		TaskKind,
		'sweep' | 'deep-sweep' | 'stock' | 'status-sweep' | 'watch'
	>;
	readonly id: string;
	readonly priority: number;
	readonly every: ( settings: Settings ) => string | null;
}

const REPEATING: readonly Repeating[] = [
	{
		kind: 'sweep',
		id: 'changed',
		priority: PRIORITY.sweep,
		every: ( settings ) => settings.sweep.every,
	},
	{
		kind: 'deep-sweep',
		id: 'deep',
		priority: PRIORITY.sweep,
		every: ( settings ) => settings.sweep.deep,
	},
	{
		kind: 'status-sweep',
		id: 'statuses',
		priority: PRIORITY.sweep,
		every: ( settings ) =>
			followsStatus( settings.writeBack ) ? settings.sweep.every : null,
	},
	{
		kind: 'watch',
		id: 'shop',
		priority: PRIORITY.sweep,
		every: ( settings ) => settings.sweep.every,
	},
	{
		kind: 'stock',
		id: 'pull',
		priority: PRIORITY.stock,
		every: ( settings ) => settings.stock.every,
	},
];

export interface Scheduler {
	/** Sets the schedules of all connections anew, after a change. */
	refresh(): Promise< void >;
	/** Resolves when what is due now has its tasks. */
	start(): Promise< void >;
	stop(): Promise< void >;
}

export function createScheduler( parts: {
	readonly connections: ConnectionsRegistry;
	readonly database: Database;
	readonly clock: Clock;
	readonly logger: Logger;
} ): Scheduler {
	const { connections, database, clock, logger } = parts;
	const stopping = new AbortController();
	let nudge = new AbortController();
	let loop: Promise< void > | null = null;

	async function refresh(): Promise< void > {
		for ( const { connected } of await connections.list() ) {
			const { goLive } = connected.settings;
			for ( const entry of REPEATING ) {
				const text = entry.every( connected.settings );
				const every =
					goLive === null || text === null
						? null
						: parseDuration( text );
				await database.schedules.ensure(
					taskKey( connected.name, entry.kind, entry.id ),
					every
				);
			}
		}
		const paired = new Set( await pairedNames() );
		for ( const { record } of await connections.all() ) {
			await database.schedules.ensure(
				outboxKey( record.name ),
				paired.has( record.name ) ? OUTBOX_EVERY : null
			);
		}
		nudge.abort();
	}

	async function pairedNames(): Promise< string[] > {
		return ( await database.pairings.list() ).map(
			( { connection } ) => connection
		);
	}

	async function tick(): Promise< void > {
		const now = clock.now();
		const due = new Set( await database.schedules.due( now ) );
		if ( due.size === 0 ) {
			return;
		}
		const tasks: TaskRequest[] = ( await pairedNames() )
			.filter( ( name ) => due.has( outboxKey( name ) ) )
			.map( outboxTask );
		for ( const { connected } of await connections.list() ) {
			if ( ! isLive( connected.settings, now ) ) {
				continue;
			}
			for ( const { kind, id, priority } of REPEATING ) {
				const key = taskKey( connected.name, kind, id );
				if ( due.has( key ) ) {
					tasks.push( {
						key,
						kind,
						connection: connected.name,
						priority,
					} );
				}
			}
		}
		await database.queue.enqueue( tasks );
	}

	/** Makes the tasks that are due; returns in how many milliseconds the next are. */
	async function look(): Promise< number > {
		nudge = new AbortController();
		try {
			await tick();
			const next = await database.schedules.nextAt();
			return next === null ? HOUR : Math.max( next - clock.now(), 0 );
		} catch ( error ) {
			// The loop never dies: whatever it was, it is tried again.
			logger.error(
				{ err: error },
				'The scheduler could not look at its times.'
			);
			return 5000;
		}
	}

	async function run( first: number ): Promise< void > {
		let wait = first;
		while ( ! stopping.signal.aborted ) {
			// At least a breath, at most an hour (a changed clock is noticed then).
			await clock.sleep(
				Math.min( Math.max( wait, 50 ), HOUR ),
				AbortSignal.any( [ stopping.signal, nudge.signal ] )
			);
			if ( ! stopping.signal.aborted ) {
				wait = await look();
			}
		}
	}

	return {
		refresh,
		async start() {
			const first = await look();
			loop ??= run( first );
		},
		async stop() {
			stopping.abort();
			await loop;
		},
	};
}
