/**
 * What operations are handed, and the few things they all do: find the connection, say what is
 * wrong, wait.
 */
import type { ErrorBody } from '../../contracts/answers.ts';
import type { Database, SecretReader } from '../../contracts/database.ts';
import type {
	OperationCall,
	OperationExit,
	Outcome,
} from '../../contracts/operations.ts';
import type { ProblemCode, ProblemDraft } from '../../contracts/problem.ts';
import type { TaskKind } from '../../contracts/queue.ts';
import type { Failure } from '../../contracts/result.ts';
import type { World } from '../../contracts/world.ts';
import type { Connected } from '../connected.ts';
import type { ConnectionsRegistry, LiveConnection } from '../connections.ts';
import type { Intake } from '../intake.ts';

export interface ServiceFacts {
	readonly version: string;
	/** Null while no service runs (a command that works by itself). */
	readonly running: {
		readonly pid: number;
		readonly url: string;
		readonly startedAt: string;
	} | null;
	readonly publicUrl: string | null;
}

/**
 * Runs `wait` while tasks are being worked on; a service does so anyway. Null says that nobody
 * waits any more.
 */
export type WhileWorking = < T >(
	only: {
		readonly keys?: readonly string[];
		readonly kinds?: readonly TaskKind[];
	},
	wait: () => Promise< T >
) => Promise< T >;

export interface OperationContext {
	readonly database: Database;
	readonly connections: ConnectionsRegistry;
	readonly world: World;
	readonly readSecret: SecretReader;
	readonly intake: Intake;
	readonly service: () => ServiceFacts;
	readonly whileWorking: WhileWorking;
	/** After a connection or its settings changed. */
	readonly changed: () => Promise< void >;
}

export function done< T >( body: T ): Outcome< T > {
	return { exit: 0, body };
}

export function failure(
	exit: OperationExit,
	code: string,
	message: string,
	fix: string | null = null,
	details: ErrorBody[ 'details' ] = null
): { exit: OperationExit; body: { error: ErrorBody } } {
	return { exit, body: { error: { code, message, fix, details } } };
}

/** Exit codes of the command line's contract, §1. */
export function exitOfProblem( code: ProblemCode ): OperationExit {
	switch ( code ) {
		case 'credentials-store':
		case 'credentials-brightpearl':
		case 'rights-store':
			return 4;
		case 'secret-unreadable':
			return 2;
		case 'throttled':
		case 'store-unreachable':
		case 'brightpearl-unreachable':
			return 5;
		default:
			return 3;
	}
}

export function errorOfProblem( problem: ProblemDraft ): ErrorBody {
	return {
		code: problem.code,
		message: problem.message,
		fix: problem.fix,
		details:
			problem.field === null
				? null
				: [
						{
							path: problem.field,
							message: problem.cause ?? problem.message,
						},
					],
	};
}

export function ofFailure( reason: Failure ): {
	exit: OperationExit;
	body: { error: ErrorBody };
} {
	if ( reason.kind === 'hold' ) {
		return {
			exit: exitOfProblem( reason.problem.code ),
			body: { error: errorOfProblem( reason.problem ) },
		};
	}
	const who = {
		store: 'The shop',
		brightpearl: 'Brightpearl',
		service: 'The service',
	}[ reason.side ];
	return failure(
		5,
		reason.cause === 'throttled' || reason.cause === 'busy'
			? `${ reason.side }-busy`
			: `${ reason.side }-unreachable`,
		reason.message,
		`${ who } could not do it now. Try again in a moment; what was accepted stays queued.`
	);
}

/** More urgent first: the exit code of a command with several results. */
const EXIT_ORDER: readonly OperationExit[] = [ 2, 4, 5, 3, 6, 7 ];

export function worstExit( exits: readonly OperationExit[] ): OperationExit {
	return EXIT_ORDER.find( ( exit ) => exits.includes( exit ) ) ?? 0;
}

type Found =
	| {
			readonly ok: true;
			readonly live: LiveConnection;
			readonly connected: Connected;
	  }
	| {
			readonly ok: false;
			readonly outcome: {
				exit: OperationExit;
				body: { error: ErrorBody };
			};
	  };

/** The named connection, or the only one there is. */
export async function findConnection(
	context: OperationContext,
	name: string | null
): Promise< Found > {
	const all = await context.connections.list();
	const names = all.map( ( { stored } ) => stored.file.name );
	if ( name === null && all.length > 1 ) {
		return {
			ok: false,
			outcome: failure(
				2,
				'connection-missing',
				'There are several connections: say which.',
				`Add --connection with one of ${ names.join( ', ' ) }.`
			),
		};
	}
	const live =
		name === null
			? all[ 0 ]
			: all.find( ( { stored } ) => stored.file.name === name );
	if ( live === undefined ) {
		return {
			ok: false,
			outcome: failure(
				6,
				'unknown-connection',
				name === null
					? 'There is no connection yet.'
					: `There is no connection named ${ name }.`,
				names.length === 0
					? 'Make one with: pearlbridge connection add --file connection.json'
					: `There is: ${ names.join( ', ' ) }.`
			),
		};
	}
	return { ok: true, live, connected: live.connected };
}

/**
 * The first secret of the connection that cannot be read, before anything begins: a pointer to a
 * missing file is the configuration's fault, not an order's.
 */
function unreadableSecret(
	context: OperationContext,
	live: LiveConnection
): { exit: OperationExit; body: { error: ErrorBody } } | null {
	const { store, brightpearl } = live.stored.file;
	const { auth } = brightpearl;
	const secrets = [
		store.consumerKey,
		store.consumerSecret,
		...( auth.type === 'private-app' ? [ auth.accountToken ] : [] ),
		...( auth.type === 'staff-token' ? [ auth.staffToken ] : [] ),
		...( auth.type === 'oauth' && auth.clientSecret !== undefined
			? [ auth.clientSecret ]
			: [] ),
	];
	for ( const secret of secrets ) {
		const read = context.readSecret( secret );
		if ( ! read.ok ) {
			return { exit: 2, body: { error: errorOfProblem( read.problem ) } };
		}
	}
	return null;
}

const POLL_MS = 40;

/**
 * Asks until `ask` answers something, the deadline passes or nobody waits any more (null).
 */
export async function until< T >(
	context: OperationContext,
	call: OperationCall,
	ask: () => Promise< T | null >
): Promise< T | null > {
	const { clock } = context.world;
	for (;;) {
		const answer = await ask();
		if ( answer !== null ) {
			return answer;
		}
		if ( call.signal.aborted || clock.now() >= call.deadline ) {
			return null;
		}
		await clock.sleep(
			Math.min( POLL_MS, Math.max( call.deadline - clock.now(), 1 ) ),
			call.signal
		);
	}
}

/** Nothing of the connection is ready or running. */
export async function isIdle( connected: Connected ): Promise< boolean > {
	const counts = await connected.database.queue.counts( connected.name );
	return counts.ready === 0 && counts.running === 0;
}

/** The connection for a command that will ask either side: its secrets can be read as well. */
export async function usableConnection(
	context: OperationContext,
	name: string | null
): Promise< Found > {
	const found = await findConnection( context, name );
	if ( ! found.ok ) {
		return found;
	}
	const unreadable = unreadableSecret( context, found.live );
	return unreadable === null ? found : { ok: false, outcome: unreadable };
}
