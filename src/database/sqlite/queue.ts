/** The embedded engine of the durable task port (see the port for what each call promises). */
import type {
	ClaimedTask,
	Queue,
	QueueCounts,
	TaskKind,
	TaskRequest,
	TaskView,
} from '../../contracts/queue.ts';
import type { Clock, Logger } from '../../contracts/world.ts';
import type { Sqlite } from './driver.ts';
import type { Engine } from './engine.ts';
import { createGroupCommit } from './group-commit.ts';
import type { Leases } from './leases.ts';
import { isPersons, readPayload } from './task-payload.ts';
import {
	countKinds,
	countTasks,
	deleteTask,
	leaseName,
	loadTask,
	nextDue,
	nextTask,
	storeTask,
} from './task-rows.ts';
import { claimed, enqueued, settled, woken, type Task } from './task-state.ts';

export interface SqliteQueue extends Queue {
	/** Waits for what is being committed; refuses what comes later. */
	close(): Promise< void >;
}

export function createSqliteQueue( deps: {
	readonly engine: Engine;
	readonly leases: Leases;
	readonly clock: Clock;
	readonly logger: Logger;
} ): SqliteQueue {
	const { engine, leases, clock, logger } = deps;
	const listeners = new Set< () => void >();
	let closed = false;

	function announce(): void {
		for ( const listener of [ ...listeners ] ) {
			try {
				listener();
			} catch ( error ) {
				logger.error( { error }, 'A listener of the queue failed.' );
			}
		}
	}

	const enqueueing = createGroupCommit< TaskRequest >( async ( requests ) => {
		await engine.write( ( sqlite ) => {
			const now = clock.now();
			for ( const request of requests ) {
				storeTask(
					sqlite,
					enqueued( loadTask( sqlite, request.key ), request, now )
				);
			}
		} );
		announce();
	} );

	/** The state a caller sees; `abandoned` = marked as running, but the runner is gone. */
	function view( sqlite: Sqlite, task: Task ): TaskView {
		const now = clock.now();
		const runs =
			task.state === 'running' &&
			sqlite.query(
				'select 1 from leases where name = ? and expires_at > ?',
				[ leaseName( task.key ), now ]
			).rows.length > 0;
		return {
			key: task.key,
			kind: task.kind as TaskKind,
			connection: task.connection,
			state:
				task.state === 'parked'
					? 'parked'
					: runs
						? 'running'
						: task.state === 'waiting' && task.dueAt > now
							? 'retrying'
							: 'ready',
			attempts: task.attempts,
			dueAt: task.dueAt,
			message: task.message,
		};
	}

	return {
		enqueue( requests ) {
			return closed
				? Promise.reject( new Error( 'The queue is closed.' ) )
				: enqueueing.add( requests );
		},

		async claim( options = {} ): Promise< ClaimedTask | null > {
			// Looked at without the write lock first: most asking finds nothing.
			const some = await engine.read( ( sqlite ) =>
				nextTask( sqlite, clock.now(), options )
			);
			if ( some === null ) {
				return null;
			}
			const taken = await engine.lightWrite( ( sqlite ) => {
				const task = nextTask( sqlite, clock.now(), options );
				const token =
					task && leases.take( sqlite, leaseName( task.key ) );
				if ( task === null || token === null ) {
					return null;
				}
				const running = claimed( task );
				storeTask( sqlite, running );
				return { running, token };
			} );
			if ( taken === null ) {
				return null;
			}
			const { running, token } = taken;
			return {
				key: running.key,
				kind: running.kind as TaskKind,
				connection: running.connection,
				payload: running.payload,
				attempt: running.attempts,
				lease: leases.hold( leaseName( running.key ), token ),
			};
		},

		async settle( lease, settlement ) {
			const outcome = await engine.lightWrite( ( sqlite ) => {
				const task = loadTask( sqlite, keyOf( lease.name ) );
				if ( task === null || ! leases.isHeld( sqlite, lease ) ) {
					return 'lost';
				}
				const next = settled( task, settlement, clock.now() );
				if ( next === null ) {
					deleteTask( sqlite, task.key );
				} else {
					storeTask( sqlite, next );
				}
				leases.give( sqlite, lease );
				return next !== null && next.state === 'waiting'
					? 'waits'
					: 'over';
			} );
			leases.drop( lease, outcome === 'lost' ? 'lost' : 'given' );
			if ( outcome === 'waits' ) {
				announce();
			}
			return outcome !== 'lost';
		},

		renew: ( lease ) => leases.renew( lease ),

		async wake( keys ) {
			const count = await engine.write( ( sqlite ) => {
				const tasks = keys
					.map( ( key ) => loadTask( sqlite, key ) )
					.filter( ( task ) => task !== null );
				for ( const task of tasks ) {
					storeTask( sqlite, woken( task, clock.now() ) );
				}
				return tasks.length;
			} );
			if ( count > 0 ) {
				announce();
			}
			return count;
		},

		parkedKeys: ( connection, { asked = false } = {} ) =>
			engine.read( ( sqlite ) =>
				sqlite
					.query(
						"select key, payload from tasks where connection = ? and state = 'parked' order by id",
						[ connection ]
					)
					.rows.filter(
						( row ) =>
							! asked ||
							isPersons( readPayload( String( row.payload ) ) )
					)
					.map( ( row ) => String( row.key ) )
			),

		remove: ( keys ) =>
			engine.write( ( sqlite ) => {
				for ( const key of keys ) {
					deleteTask( sqlite, key );
					sqlite.query( 'delete from leases where name = ?', [
						leaseName( key ),
					] );
				}
			} ),

		find: ( key ) =>
			engine.read( ( sqlite ) => {
				const task = loadTask( sqlite, key );
				return task && view( sqlite, task );
			} ),

		counts: ( connection ) =>
			engine.read( ( sqlite ) => {
				const counts = { ready: 0, running: 0, retrying: 0, parked: 0 };
				for ( const row of countTasks(
					sqlite,
					clock.now(),
					connection
				) ) {
					counts[ row.state ] = row.count;
				}
				return counts satisfies QueueCounts;
			} ),

		countsByKind: () =>
			engine.read( ( sqlite ) =>
				countKinds( sqlite, clock.now() ).map( ( row ) => ( {
					...row,
					kind: row.kind as TaskKind,
				} ) )
			),

		nextDueAt: ( options ) =>
			engine.read( ( sqlite ) =>
				nextDue( sqlite, clock.now(), options ?? {} )
			),

		onReady( listener ) {
			listeners.add( listener );
			return () => listeners.delete( listener );
		},

		async close() {
			closed = true;
			await enqueueing.settled();
			listeners.clear();
		},
	};
}

function keyOf( leaseOfTask: string ): string {
	return leaseOfTask.slice( leaseName( '' ).length );
}
