/**
 * status: what runs, what waits, what is wrong.
 */
import type { Status } from '../../contracts/answers.ts';
import type {
	OperationCall,
	OperationInput,
	Outcome,
} from '../../contracts/operations.ts';
import type { Problem, ProblemCode } from '../../contracts/problem.ts';
import { SECOND } from '../../contracts/primitives.ts';
import { isLive } from '../connected.ts';
import { connectionSubject } from '../connection-problems.ts';
import type { LiveConnection } from '../connections.ts';
import {
	done,
	findConnection,
	until,
	type OperationContext,
} from './context.ts';

/** A retry that comes sooner is waited for by `--wait-idle`. */
const SOON = 5 * SECOND;

export async function status(
	context: OperationContext,
	input: OperationInput< 'status' >,
	call: OperationCall
): Promise< Outcome< Status > > {
	if ( input.connection !== null ) {
		const found = await findConnection( context, input.connection );
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
				async () => ( await isIdle( context ) ) || null
			)
		) ) !== null;
	const body = await read( context, input.connection );
	return idle ? done( body ) : { exit: 7, body };
}

async function isIdle( {
	database,
	world,
}: OperationContext ): Promise< boolean > {
	const counts = await database.queue.counts();
	if ( counts.ready > 0 || counts.running > 0 ) {
		return false;
	}
	const next = await database.queue.nextDueAt();
	return next === null || next - world.clock.now() > SOON;
}

async function read(
	context: OperationContext,
	connection: string | null
): Promise< Status > {
	const { database, connections } = context;
	const { version, running } = context.service();
	const all = await connections.list();
	const shown = all.filter(
		( { stored } ) => connection === null || stored.file.name === connection
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
			shown.map( ( live ) => connectionStatus( context, live ) )
		),
	};
}

async function connectionStatus(
	context: OperationContext,
	{ stored, connected }: LiveConnection
): Promise< Status[ 'connections' ][ number ] > {
	const { database, intake, world } = context;
	const { name, brightpearl, settings } = connected;
	const live = isLive( settings, world.clock.now() );
	const problems = await database.problems.list( { connection: name } );
	const times = await database.orderLinks.lastTimes( name );
	const swept = await database.cursors.get( name, 'orders' );
	const run = await database.stockRuns.last( name );
	const token = await database.connections.token( name );
	const { auth } = stored.file.brightpearl;
	const expiresAt =
		token?.expiresAt ??
		( auth.type === 'oauth' ? auth.expiresAt : undefined );
	return {
		name,
		live,
		...healthOf( name, live, problems ),
		orders: await database.orderLinks.countByState( name ),
		lastOrderAt: times.lastOrderAt,
		lastPushAt: times.lastPushAt,
		sweep: { at: swept?.at ?? null, cursor: swept?.cursor ?? null },
		stock: {
			runId: run?.runId ?? null,
			at: run?.finishedAt ?? run?.startedAt ?? null,
			state: run?.state ?? null,
		},
		budget: brightpearl.budget(),
		token:
			auth.type === 'oauth' && expiresAt !== undefined
				? { expiresAt }
				: null,
		webhooks: intake.deliveries( name ).map( ( delivery ) => ( {
			id: delivery.id,
			topic: delivery.topic,
			status: 'delivering',
			lastDeliveryAt: delivery.at,
		} ) ),
	};
}

/** Problems with which nothing of the connection can move. */
const DOWN: ReadonlySet< ProblemCode > = new Set( [
	'credentials-store',
	'credentials-brightpearl',
	'secret-unreadable',
	'store-unreachable',
	'brightpearl-unreachable',
] );

function healthOf(
	name: string,
	live: boolean,
	problems: readonly Problem[]
): Pick< Status[ 'connections' ][ number ], 'health' | 'why' > {
	const own = problems.filter(
		( { subject } ) => subject === connectionSubject( name )
	);
	const down = own.find( ( { code } ) => DOWN.has( code ) );
	if ( down ) {
		return { health: 'down', why: down.message };
	}
	if ( ! live ) {
		return {
			health: 'paused',
			why: 'Not live: goLive is not set or not reached.',
		};
	}
	if ( own[ 0 ] ) {
		return { health: 'degraded', why: own[ 0 ].message };
	}
	return problems.length > 0
		? {
				health: 'degraded',
				why: `${ problems.length } waiting for a person.`,
			}
		: { health: 'ok', why: null };
}
