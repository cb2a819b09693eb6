/**
 * What operations are handed, and the few things they all do: say what is wrong, wait, tell.
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
import type { ConnectionsRegistry } from '../connections.ts';
import type { Events } from '../events.ts';
import type { Intake } from '../intake.ts';
import type { Watching } from '../watch/index.ts';

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
	readonly events: Events;
	readonly world: World;
	readonly readSecret: SecretReader;
	readonly intake: Intake;
	/** Whether anything of a connection may be done; absent = always. */
	readonly watching?: Pick< Watching, 'stops' >;
	readonly service: () => ServiceFacts;
	readonly whileWorking: WhileWorking;
	/** After a connection or its settings changed. */
	readonly changed: () => Promise< void >;
}

/** For the record, where a call does not say who asks. */
export function askerOf( { by }: OperationCall ): string {
	return by ?? 'command line';
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

export function invalidCursor() {
	return failure(
		2,
		'invalid-cursor',
		'The cursor is not one that a list has given.',
		'Begin without --cursor, or give the nextCursor of the page before.',
		[ { path: 'cursor', message: 'is unknown' } ]
	);
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
