/**
 * What each kind of task does. Called by the worker, which settles with what comes back.
 */
import type { Lane } from '../brightpearl/api.ts';
import type { ClaimedTask, Settlement } from '../contracts/queue.ts';
import type { Result } from '../contracts/result.ts';
import type { Connected } from './connected.ts';
import { recovered, tellConnection } from './connection-problems.ts';
import type { ConnectionsRegistry } from './connections.ts';
import { converge } from './orders/converge.ts';
import { again, raise, record } from './orders/outcome.ts';
import { statusSweep } from './orders/status-sweep.ts';
import { deepSweep, sweep } from './orders/sweeps.ts';
import { pullTask } from './stock/task.ts';
import { UNWATCHED, type Watching } from './watch/index.ts';

export function createDispatch(
	connections: ConnectionsRegistry,
	/** Reads the plugin's outbox; needs the pairing alone. */
	outbox: ( task: ClaimedTask ) => Promise< Settlement > = () =>
		Promise.resolve( { kind: 'done' } ),
	/** Looks after the shop's end of a connection; needs a service that runs. */
	watching: Watching = UNWATCHED
) {
	return async function handle( task: ClaimedTask ): Promise< Settlement > {
		if ( task.kind === 'outbox' ) {
			return outbox( task );
		}
		const live = await connections.find( task.connection );
		if ( live === null ) {
			return withoutLife( connections, task );
		}
		const connected = {
			...live.connected,
			brightpearl: live.connected.brightpearl.inLane( laneOf( task ) ),
		};
		const stopped =
			task.kind === 'watch' ? null : await watching.stops( connected );
		if ( stopped !== null ) {
			return rests( task, stopped.message );
		}
		switch ( task.kind ) {
			case 'order':
				return order( connected, task );
			case 'sweep':
				return settle( connected, task, await sweep( connected ) );
			case 'deep-sweep':
				return settle( connected, task, await deepSweep( connected ) );
			case 'status-sweep':
				return settle(
					connected,
					task,
					await statusSweep( connected )
				);
			case 'watch':
				return settle(
					connected,
					task,
					await watching.watch( connected )
				);
			case 'stock':
				return pull( connected, task );
		}
	};
}

/**
 * The connection was removed, or is still to be filled in: then its orders wait for that, and
 * what repeats by itself comes again.
 */
async function withoutLife(
	connections: ConnectionsRegistry,
	{ connection, kind }: ClaimedTask
): Promise< Settlement > {
	return kind === 'order' && ( await connections.stored( connection ) )
		? {
				kind: 'park',
				message: 'The connection is still to be filled in.',
			}
		: { kind: 'done' };
}

/** What repeats by itself comes again; the rest is woken when the connection may go on. */
function rests( { kind, payload }: ClaimedTask, why: string ): Settlement {
	return kind === 'order' || payload.forced === true
		? { kind: 'park', message: why }
		: { kind: 'done' };
}

/** Who waits for Brightpearl's allowance behind whom. */
function laneOf( { kind, payload }: ClaimedTask ): Lane {
	if ( payload.forced === true ) {
		return 'person';
	}
	if ( payload.backfillId !== undefined ) {
		return 'backfill';
	}
	return kind === 'stock' ? 'stock' : 'order';
}

function orderIdOf( key: string ): number {
	return Number( key.slice( key.lastIndexOf( ':' ) + 1 ) );
}

/** Tries of one task before a fault of ours is shown on its order. */
const TRIES_BEFORE_DEFECT = 3;

/**
 * What is thrown is a defect of ours: the worker tries again, and the order does not look as if
 * somebody were still at it.
 */
async function order(
	connected: Connected,
	task: ClaimedTask
): Promise< Settlement > {
	const orderId = orderIdOf( task.key );
	try {
		return await connected.brightpearl.during( () =>
			converge( connected, task, orderId )
		);
	} catch ( error ) {
		await record( connected, orderId, 'retrying' );
		if ( task.attempt >= TRIES_BEFORE_DEFECT ) {
			await raise( connected, orderId, {
				code: 'defect',
				message: `Pearlbridge itself fails on this order: ${ error instanceof Error ? error.message : 'unknown error' }.`,
				cause: 'A fault in Pearlbridge; nothing of the order is lost.',
				fix: 'Please report it with the log of this moment. It is tried again by itself.',
				field: null,
			} );
		}
		throw error;
	}
}

/** A run that came to its end has had answers of both sides. */
async function pull(
	connected: Connected,
	task: ClaimedTask
): Promise< Settlement > {
	const pulled = await pullTask( connected, task );
	if ( pulled.ok ) {
		await recovered( connected, 'store', true );
		await recovered( connected, 'brightpearl' );
	}
	return settle( connected, task, pulled );
}

/**
 * Repeating work is not parked: what stops it is told once, and the next turn tries again.
 */
async function settle(
	connected: Connected,
	task: ClaimedTask,
	result: Result< unknown >
): Promise< Settlement > {
	if ( result.ok ) {
		return { kind: 'done' };
	}
	const { failure } = result;
	await tellConnection( connected, failure, task.attempt );
	return failure.kind === 'retry'
		? again( connected, task, failure )
		: { kind: 'done' };
}
