/**
 * status: what runs, what waits, what is wrong.
 */
import { reserveWarning } from '../../brightpearl/budget/reserve.ts';
import type { Status } from '../../contracts/answers.ts';
import type { StoredConnection } from '../../contracts/database.ts';
import type {
	OperationCall,
	OperationInput,
	Outcome,
} from '../../contracts/operations.ts';
import type { Problem } from '../../contracts/problem.ts';
import { SECOND } from '../../contracts/primitives.ts';
import { isLive } from '../connected.ts';
import {
	connectionSubject,
	isOtherSite,
	stopsOrders,
} from '../connection-problems.ts';
import { isComplete } from '../connections.ts';
import { webhooksShown } from '../watch/webhook-state.ts';
import { done, until, type OperationContext } from './context.ts';
import { findStored, missingOf } from './scope.ts';

type ConnectionStatus = Status[ 'connections' ][ number ];

/** A retry that comes sooner is waited for by `--wait-idle`. */
const SOON = 5 * SECOND;

export async function status(
	context: OperationContext,
	input: OperationInput< 'status' >,
	call: OperationCall
): Promise< Outcome< Status > > {
	if ( input.connection !== null ) {
		const found = await findStored( context, input.connection );
		if ( ! found.ok ) {
			return found.outcome;
		}
	}
	const idle =
		! input.waitIdle ||
		( await context.whileWorking( {}, () =>
			until(
				context,
				call,
				async () =>
					( await isIdle( context, input.connection ) ) || null
			)
		) ) !== null;
	const body = await read( context, input.connection );
	return idle ? done( body ) : { exit: 7, body };
}

async function isIdle(
	{ database, world }: OperationContext,
	connection: string | null
): Promise< boolean > {
	const counts = await database.queue.counts( connection ?? undefined );
	if ( counts.ready > 0 || counts.running > 0 ) {
		return false;
	}
	const next = await database.queue.nextDueAt(
		connection === null ? {} : { connection }
	);
	return next === null || next - world.clock.now() > SOON;
}

async function read(
	context: OperationContext,
	connection: string | null
): Promise< Status > {
	const { database, connections } = context;
	const { version, running } = context.service();
	const all = await connections.all();
	const shown = all.filter(
		( { record } ) => connection === null || record.name === connection
	);
	return {
		version,
		service: {
			running: running !== null,
			pid: running?.pid ?? null,
			url: running?.url ?? null,
			startedAt: running?.startedAt ?? null,
		},
		queue: {
			...( await database.queue.counts( connection ?? undefined ) ),
		},
		problems: await database.problems.count( connection ?? undefined ),
		connections: await Promise.all(
			shown.map( ( stored ) => connectionStatus( context, stored ) )
		),
	};
}

async function connectionStatus(
	context: OperationContext,
	stored: StoredConnection
): Promise< ConnectionStatus > {
	const { connections, database, intake, world } = context;
	const { name, settings } = stored.record;
	const live = isComplete( stored ) && isLive( settings, world.clock.now() );
	const made = await connections.find( name );
	const problems = await database.problems.list( {
		connection: name,
		subject: connectionSubject( name ),
	} );
	const waiting = await database.problems.count( name );
	const times = await database.orderLinks.lastTimes( name );
	const swept = await database.cursors.get( name, 'orders' );
	const run = await database.stockRuns.last( name );
	const budget =
		( await made?.connected.brightpearl.freshBudget() ) ?? NO_BUDGET;
	const reserve = reserveWarning( settings.budget.reserve, budget.limit );
	return {
		name,
		live,
		...healthOf(
			missingOf( stored.record ),
			live,
			problems,
			reserve?.message ?? null,
			waiting
		),
		orders: await database.orderLinks.countByState( name ),
		lastOrderAt: times.lastOrderAt,
		lastPushAt: times.lastPushAt,
		sweep: { at: swept?.at ?? null, cursor: swept?.cursor ?? null },
		stock: {
			runId: run?.runId ?? null,
			at: run?.finishedAt ?? run?.startedAt ?? null,
			state: run?.state ?? null,
		},
		budget,
		token: await tokenOf( context, stored ),
		webhooks: await webhooksShown(
			database,
			name,
			intake.deliveries( name )
		),
	};
}

/** Where no account is named yet, there is no pool. */
const NO_BUDGET: ConnectionStatus[ 'budget' ] = {
	pool: '',
	limit: null,
	remaining: null,
	resetsAt: null,
	refused: 0,
};

async function tokenOf(
	{ database }: OperationContext,
	{ record }: StoredConnection
): Promise< ConnectionStatus[ 'token' ] > {
	const auth = record.brightpearl?.auth;
	if ( auth?.type !== 'oauth' ) {
		return null;
	}
	const kept = await database.connections.token( record.name );
	const expiresAt = kept?.expiresAt ?? auth.expiresAt;
	return expiresAt === undefined ? null : { expiresAt };
}

function healthOf(
	missing: readonly string[],
	live: boolean,
	/** The connection's own. */
	own: readonly Problem[],
	/** What slows everything down, though nothing has failed. */
	slow: string | null,
	/** Problems of it and of its orders. */
	waiting: number
): Pick< ConnectionStatus, 'health' | 'why' > {
	if ( missing.length > 0 ) {
		return {
			health: 'paused',
			why: `Still to be filled in: ${ missing.join( ', ' ) }.`,
		};
	}
	// While it stands nobody asks either side: what else is told may be over.
	const elsewhere = own.find( isOtherSite );
	if ( elsewhere ) {
		return { health: 'paused', why: elsewhere.message };
	}
	const down = own.find( ( { code } ) => stopsOrders( code ) );
	if ( down ) {
		return { health: 'down', why: down.message };
	}
	if ( ! live ) {
		return {
			health: 'paused',
			why: 'Not live yet: nothing moves by itself until going live is set and reached.',
		};
	}
	if ( own[ 0 ] ) {
		return { health: 'degraded', why: own[ 0 ].message };
	}
	if ( slow !== null ) {
		return { health: 'degraded', why: slow };
	}
	return waiting > 0
		? {
				health: 'degraded',
				why: `${ waiting } waiting for a person.`,
			}
		: { health: 'ok', why: null };
}
