/** Tasks as rows: loading, storing, and the search for the next one to run. */
import { z } from 'zod';
import {
	PRIORITY,
	type TaskKind,
	type TaskView,
} from '../../contracts/queue.ts';
import type { Sqlite } from './driver.ts';
import { readPayload } from './task-payload.ts';
import type { Task } from './task-state.ts';

const rowSchema = z.object( {
	key: z.string(),
	kind: z.string(),
	connection: z.string(),
	state: z.enum( [ 'waiting', 'running', 'parked' ] ),
	priority: z.number(),
	due_at: z.number(),
	backoff: z.number(),
	attempts: z.number(),
	payload: z.string(),
	message: z.string().nullable(),
	mark_due_at: z.number().nullable(),
	mark_priority: z.number().nullable(),
	mark_payload: z.string().nullable(),
	mark_urgent: z.number(),
} );

export const leaseName = ( key: string ): string => `task:${ key }`;

/** A task that is marked as running but whose runner is gone. Takes `now`. */
const ABANDONED = `tasks.state = 'running' and not exists (
	select 1 from leases where leases.name = 'task:' || tasks.key and leases.expires_at > ? )`;

export function loadTask( sqlite: Sqlite, key: string ): Task | null {
	const [ row ] = sqlite.query( 'select * from tasks where key = ?', [
		key,
	] ).rows;
	return row ? toTask( row ) : null;
}

export function storeTask( sqlite: Sqlite, task: Task ): void {
	sqlite.query(
		`insert into tasks (key, kind, connection, state, priority, due_at, backoff, attempts,
			payload, message, mark_due_at, mark_priority, mark_payload, mark_urgent)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (key) do update set
			state = excluded.state, priority = excluded.priority, due_at = excluded.due_at,
			backoff = excluded.backoff, attempts = excluded.attempts, payload = excluded.payload,
			message = excluded.message, mark_due_at = excluded.mark_due_at,
			mark_priority = excluded.mark_priority, mark_payload = excluded.mark_payload,
			mark_urgent = excluded.mark_urgent`,
		[
			task.key,
			task.kind,
			task.connection,
			task.state,
			task.priority,
			task.dueAt,
			task.backoff ? 1 : 0,
			task.attempts,
			JSON.stringify( task.payload ),
			task.message,
			task.mark?.dueAt ?? null,
			task.mark?.priority ?? null,
			task.mark ? JSON.stringify( task.mark.payload ) : null,
			task.mark?.urgent ? 1 : 0,
		]
	);
}

export function deleteTask( sqlite: Sqlite, key: string ): void {
	sqlite.query( 'delete from tasks where key = ?', [ key ] );
}

/** The most urgent task that may run now: due, or left behind by a crash. */
export function nextTask(
	sqlite: Sqlite,
	now: number,
	filter: {
		readonly only?: readonly string[] | undefined;
		readonly kinds?: readonly TaskKind[] | undefined;
		readonly busy?: readonly string[] | undefined;
	}
): Task | null {
	let where = '';
	const wanted: string[] = [];
	if ( filter.only ) {
		where += ' and tasks.key in (select value from json_each(?))';
		wanted.push( JSON.stringify( filter.only ) );
	}
	if ( filter.kinds ) {
		where += ' and tasks.kind in (select value from json_each(?))';
		wanted.push( JSON.stringify( filter.kinds ) );
	}
	if ( filter.busy?.length ) {
		where += ` and (tasks.priority <= ${ PRIORITY.person }
			or tasks.connection not in (select value from json_each(?)))`;
		wanted.push( JSON.stringify( filter.busy ) );
	}
	const urgency = 'order by priority, due_at, id limit 1';
	const [ row ] = sqlite.query(
		`select * from (select * from tasks
			where tasks.state = 'waiting' and tasks.due_at <= ?${ where } ${ urgency })
		union all
		select * from (select * from tasks where ${ ABANDONED }${ where } ${ urgency })
		${ urgency }`,
		[ now, ...wanted, now, ...wanted ]
	).rows;
	return row ? toTask( row ) : null;
}

/** `ready` = may run now, `retrying` = waits for a later time. Takes `now` twice. */
const STATE = `case
	when tasks.state = 'parked' then 'parked'
	when tasks.state = 'waiting' and tasks.due_at > ? then 'retrying'
	when tasks.state = 'waiting' then 'ready'
	when ${ ABANDONED } then 'ready'
	else 'running' end`;
const countSchema = z.object( {
	state: z.enum( [ 'ready', 'running', 'retrying', 'parked' ] ),
	count: z.number(),
} );

export function countTasks(
	sqlite: Sqlite,
	now: number,
	connection: string | undefined
): { state: TaskView[ 'state' ]; count: number }[] {
	const { rows } = sqlite.query(
		`select ${ STATE } as state, count(*) as count
		from tasks ${ connection === undefined ? '' : 'where connection = ?' } group by 1`,
		[ now, now, ...( connection === undefined ? [] : [ connection ] ) ]
	);
	return z.array( countSchema ).parse( rows );
}

export function countKinds(
	sqlite: Sqlite,
	now: number
): { kind: string; state: TaskView[ 'state' ]; count: number }[] {
	const { rows } = sqlite.query(
		`select kind, ${ STATE } as state, count(*) as count from tasks group by 1, 2`,
		[ now, now ]
	);
	return z.array( countSchema.extend( { kind: z.string() } ) ).parse( rows );
}

export function nextDue(
	sqlite: Sqlite,
	now: number,
	{ parked = false, connection }: { parked?: boolean; connection?: string }
): number | null {
	const scope = connection === undefined ? '' : ' and connection = ?';
	const scoped = connection === undefined ? [] : [ connection ];
	const [ row ] = sqlite.query(
		`select min(due_at) as due from (
			select min(due_at) as due_at from tasks where state = 'waiting'${ scope }
			union all select min(due_at) from tasks where ${ ABANDONED }${ scope }
			${ parked ? `union all select min(due_at) from tasks where state = 'parked'${ scope }` : '' } )`,
		[ ...scoped, now, ...scoped, ...( parked ? scoped : [] ) ]
	).rows;
	return z.number().nullable().parse( row?.due );
}

function toTask( row: unknown ): Task {
	const found = rowSchema.parse( row );
	return {
		key: found.key,
		kind: found.kind,
		connection: found.connection,
		state: found.state,
		priority: found.priority,
		dueAt: found.due_at,
		backoff: found.backoff === 1,
		attempts: found.attempts,
		payload: readPayload( found.payload ),
		message: found.message,
		mark:
			found.mark_due_at === null
				? null
				: {
						dueAt: found.mark_due_at,
						priority: found.mark_priority ?? found.priority,
						payload: readPayload( found.mark_payload ?? '{}' ),
						urgent: found.mark_urgent === 1,
					},
	};
}
