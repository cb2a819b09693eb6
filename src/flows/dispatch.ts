/**
 * What each kind of task does. Called by the worker, which settles with what comes back.
 */
import type { Lane } from '../brightpearl/api.ts';
import type { ClaimedTask, Settlement } from '../contracts/queue.ts';
import type { Result } from '../contracts/result.ts';
import type { Connected } from './connected.ts';
import { tellConnection } from './connection-problems.ts';
import type { ConnectionsRegistry } from './connections.ts';
import { again, converge } from './orders/converge.ts';
import { deepSweep, sweep } from './orders/sweeps.ts';
import { pullTask } from './stock/task.ts';

export function createDispatch( connections: ConnectionsRegistry ) {
	return async function handle( task: ClaimedTask ): Promise< Settlement > {
		const live = await connections.find( task.connection );
		if ( live === null ) {
			return { kind: 'done' };
		}
		const connected = {
			...live.connected,
			brightpearl: live.connected.brightpearl.inLane( laneOf( task ) ),
		};
		switch ( task.kind ) {
			case 'order':
				return converge( connected, task, orderIdOf( task.key ) );
			case 'sweep':
				return settle( connected, task, await sweep( connected ) );
			case 'deep-sweep':
				return settle( connected, task, await deepSweep( connected ) );
			case 'stock':
				return settle(
					connected,
					task,
					await pullTask( connected, task )
				);
		}
	};
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
