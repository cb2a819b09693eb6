/**
 * What becomes of a task, as pure functions over its row: collapsing, claiming, settling and
 * waking. The engine only loads, applies one of these and stores.
 */
import {
	PRIORITY,
	type Settlement,
	type TaskPayload,
	type TaskRequest,
} from '../../contracts/queue.ts';
import { mergePayload } from './task-payload.ts';

/** What came for a key while it ran: it runs once more because of it. */
export interface Mark {
	readonly dueAt: number;
	readonly priority: number;
	readonly payload: TaskPayload;
	/** A person's word, or a wake: it goes before a backoff. */
	readonly urgent: boolean;
}

export interface Task {
	readonly key: string;
	readonly kind: string;
	readonly connection: string;
	readonly state: 'waiting' | 'running' | 'parked';
	readonly priority: number;
	readonly dueAt: number;
	/** Waits for its backoff, which only a person shortens. */
	readonly backoff: boolean;
	/** Tries begun. */
	readonly attempts: number;
	readonly payload: TaskPayload;
	readonly message: string | null;
	readonly mark: Mark | null;
}

/** A key is enqueued: a new task, or what the one that is there becomes. */
export function enqueued(
	task: Task | null,
	request: TaskRequest,
	now: number
): Task {
	const dueAt = request.notBefore ?? now;
	const priority = request.priority ?? PRIORITY.order;
	const payload = request.payload ?? {};
	const urgent = priority <= PRIORITY.person;
	if ( task === null ) {
		return {
			key: request.key,
			kind: request.kind,
			connection: request.connection,
			state: 'waiting',
			priority,
			dueAt,
			backoff: false,
			attempts: 0,
			payload,
			message: null,
			mark: null,
		};
	}
	switch ( task.state ) {
		case 'running':
			if ( request.unlessRunning === true ) {
				// Should its process die, it runs again as one that was abandoned.
				return task;
			}
			return {
				...task,
				mark: mergeMark( task.mark, {
					dueAt,
					priority,
					payload,
					urgent,
				} ),
			};
		case 'parked':
			return {
				...task,
				state: 'waiting',
				priority,
				dueAt,
				backoff: false,
				attempts: 0,
				payload: mergePayload( task.payload, payload ),
			};
		case 'waiting': {
			const merged = {
				...task,
				priority: Math.min( task.priority, priority ),
				payload: mergePayload( task.payload, payload ),
			};
			return task.backoff && ! urgent
				? merged
				: {
						...merged,
						dueAt: Math.min( task.dueAt, dueAt ),
					};
		}
	}
}

/** A try begins. After a crash the mark that was left is served by this very try. */
export function claimed( task: Task ): Task {
	return {
		...task,
		state: 'running',
		backoff: false,
		attempts: task.attempts + 1,
		payload: task.mark
			? mergePayload( task.payload, task.mark.payload )
			: task.payload,
		mark: null,
	};
}

/** A try has ended; null = the task is gone. */
export function settled(
	task: Task,
	settlement: Settlement,
	now: number
): Task | null {
	const { mark } = task;
	const waiting: Task = {
		...task,
		state: 'waiting',
		backoff: false,
		mark: null,
		payload: mark
			? mergePayload( task.payload, mark.payload )
			: task.payload,
		priority: mark
			? Math.min( task.priority, mark.priority )
			: task.priority,
	};
	switch ( settlement.kind ) {
		case 'done':
			return mark ? startedAnew( waiting, mark, mark.payload ) : null;
		case 'park':
			return mark
				? startedAnew( waiting, mark, waiting.payload )
				: { ...waiting, state: 'parked', message: settlement.message };
		case 'retry': {
			const dueAt = now + Math.max( 0, Math.ceil( settlement.after ) );
			return {
				...waiting,
				dueAt: mark?.urgent ? Math.min( mark.dueAt, dueAt ) : dueAt,
				backoff: true,
				message: settlement.message,
			};
		}
		case 'later':
			return {
				...waiting,
				dueAt: mark
					? Math.min( settlement.at, mark.dueAt )
					: settlement.at,
				attempts: Math.max( 0, task.attempts - 1 ),
			};
	}
}

/** A person says: now. Parked and waiting start afresh, a running one runs once more. */
export function woken( task: Task, now: number ): Task {
	if ( task.state === 'running' ) {
		return {
			...task,
			mark: mergeMark( task.mark, {
				dueAt: now,
				priority: task.priority,
				payload: task.payload,
				urgent: true,
			} ),
		};
	}
	return {
		...task,
		state: 'waiting',
		dueAt: now,
		backoff: false,
		attempts: 0,
	};
}

/** What ran saw less than the mark: the next run counts its tries from none. */
function startedAnew( task: Task, mark: Mark, payload: TaskPayload ): Task {
	return {
		...task,
		dueAt: mark.dueAt,
		priority: mark.priority,
		attempts: 0,
		payload,
		message: null,
	};
}

function mergeMark( older: Mark | null, newer: Mark ): Mark {
	return older === null
		? newer
		: {
				dueAt: Math.min( older.dueAt, newer.dueAt ),
				priority: Math.min( older.priority, newer.priority ),
				payload: mergePayload( older.payload, newer.payload ),
				urgent: older.urgent || newer.urgent,
			};
}
