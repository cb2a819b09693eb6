/**
 * Reading the plugin's outbox: what changed in the shop while nobody listened, and what its
 * modification times never show (deleted refunds and orders, notes).
 *
 * A row makes a task for its order, which reads the order anew: one in the trash or gone for good
 * is then handled as the sweeps would. A product needs no task: its figure is Brightpearl's, and
 * each pull reads all of the shop's anyway. Rows are acknowledged after their tasks are durable,
 * so a crash in between reads them again, and they collapse.
 */
import type {
	ClaimedTask,
	Settlement,
	TaskRequest,
} from '../contracts/queue.ts';
import { PRIORITY, taskKey } from '../contracts/queue.ts';
import type { Database } from '../contracts/database.ts';
import type { Problem, ProblemDraft } from '../contracts/problem.ts';
import { SECOND } from '../contracts/primitives.ts';
import { ok, type Failure, type Result } from '../contracts/result.ts';
import type { Random } from '../contracts/world.ts';
import { backoffMs } from '../queue/backoff.ts';
import { STOCK_FIELD, type StorePlugin } from '../woocommerce/plugin.ts';
import { connectionSubject } from './connection-problems.ts';
import type { Events } from './events.ts';
import { raiseProblem } from './raise-problem.ts';

/** How often it is read where no nudge comes. */
export const OUTBOX_EVERY = 30 * SECOND;
/** The most the plugin gives at once: an hour without the sidecar is one page. */
const PER_PAGE = 5000;
/** A network that is back is noticed so soon, however long it was gone. */
const LONGEST_WAIT = 20 * SECOND;
/** Tries before an outage is called one: a plugin that is being updated is gone for seconds. */
const TRIES_BEFORE_OUTAGE = 3;

export const outboxKey = ( connection: string ): string =>
	taskKey( connection, 'outbox', 'read' );

export function outboxTask( connection: string ): TaskRequest {
	return {
		key: outboxKey( connection ),
		kind: 'outbox',
		connection,
		priority: PRIORITY.outbox,
	};
}

/** At the start of the service: at once, whatever a backoff of its last run said. */
export async function readAllOutboxes( {
	pairings,
	queue,
}: Pick< Database, 'pairings' | 'queue' > ): Promise< void > {
	const paired = await pairings.list();
	await queue.enqueue(
		paired.map( ( { connection } ) => outboxTask( connection ) )
	);
	await queue.wake(
		paired.map( ( { connection } ) => outboxKey( connection ) )
	);
}

export function createOutbox( {
	database,
	events,
	random,
	pluginOf,
}: {
	readonly database: Database;
	readonly events: Events;
	readonly random: Random;
	/** Null when the connection is not paired (any more). */
	readonly pluginOf: ( connection: string ) => Promise< StorePlugin | null >;
} ): ( task: ClaimedTask ) => Promise< Settlement > {
	return async ( { connection, attempt, lease } ) => {
		const plugin = await pluginOf( connection );
		if ( plugin === null ) {
			return { kind: 'done' };
		}
		const read = await drain( database, connection, plugin, lease.signal );
		if ( read.ok ) {
			await works( connection );
			return { kind: 'done' };
		}
		if ( attempt >= TRIES_BEFORE_OUTAGE ) {
			await tell( connection, read.failure );
		}
		return {
			kind: 'retry',
			after: Math.min( backoffMs( attempt, random ), LONGEST_WAIT ),
			message:
				read.failure.kind === 'retry'
					? read.failure.message
					: read.failure.problem.message,
		};
	};

	/**
	 * Its own problem: that the plugin answers says nothing of the keys of the shop's API, nor of
	 * whether it may write stock.
	 */
	async function works( connection: string ): Promise< void > {
		const subject = connectionSubject( connection );
		const open = await database.problems.list( { connection, subject } );
		const isOver = ( { code, field }: Problem ) =>
			code === 'plugin-unreachable' && field !== STOCK_FIELD;
		if ( open.some( isOver ) ) {
			await database.problems.clear(
				connection,
				subject,
				open.flatMap( ( one ) => ( isOver( one ) ? [] : [ one.code ] ) )
			);
		}
	}

	async function tell(
		connection: string,
		failure: Failure
	): Promise< void > {
		await raiseProblem(
			{ database, events },
			connection,
			connectionSubject( connection ),
			failure.kind === 'hold'
				? failure.problem
				: unreachable( failure.message )
		);
	}
}

/** The first page is all there is as a rule: one request, and one to acknowledge it. */
async function drain(
	{ queue }: Database,
	connection: string,
	plugin: StorePlugin,
	signal: AbortSignal
): Promise< Result< void > > {
	let after = 0;
	while ( ! signal.aborted ) {
		const page = await plugin.outbox( after, PER_PAGE );
		if ( ! page.ok ) {
			return page;
		}
		const { items, more } = page.value;
		const last = Math.max( ...items.map( ( { id } ) => id ), after );
		if ( last === after ) {
			return ok( undefined );
		}
		const orders = new Set(
			items
				.filter( ( { kind } ) => kind === 'order' )
				.map( ( { objectId } ) => objectId )
		);
		await queue.enqueue(
			[ ...orders ].map( ( id ): TaskRequest => ( {
				key: taskKey( connection, 'order', id ),
				kind: 'order',
				connection,
				priority: PRIORITY.order,
			} ) )
		);
		const acknowledged = await plugin.acknowledge( last );
		if ( ! acknowledged.ok ) {
			return acknowledged;
		}
		if ( ! more ) {
			break;
		}
		after = last;
	}
	return ok( undefined );
}

function unreachable( message: string ): ProblemDraft {
	return {
		code: 'plugin-unreachable',
		message: `The plugin in the shop cannot be reached: ${ message }`,
		cause: 'The shop is down, or something between it and the sidecar keeps the sidecar’s calls away.',
		fix: 'Open the shop in a browser; if it answers there, allow /wp-json/pearlbridge/ in its firewall. Until then the shop is looked through at intervals.',
		field: null,
	};
}
