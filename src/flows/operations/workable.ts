/**
 * The connection for a command that will do work: nothing of it rests because its shop calls
 * itself another site. Asked before anything begins, so that nobody is told to wait for what only
 * a person can end.
 */
import type { ProblemDraft } from '../../contracts/problem.ts';
import type { Connected } from '../connected.ts';
import { UNWATCHED } from '../watch/index.ts';
import {
	errorOfProblem,
	exitOfProblem,
	type OperationContext,
} from './context.ts';
import { usableConnection } from './scope.ts';

export async function workableConnection(
	context: OperationContext,
	name: string | null
): ReturnType< typeof usableConnection > {
	const found = await usableConnection( context, name );
	if ( ! found.ok ) {
		return found;
	}
	const paused = await pausedBy( context, found.connected );
	return paused === null
		? found
		: { ok: false, outcome: pausedOutcome( paused ) };
}

/** Why nothing of the connection may be done; null = it may. */
export function pausedBy(
	{ watching = UNWATCHED }: OperationContext,
	connected: Connected
): Promise< ProblemDraft | null > {
	return watching.stops( connected );
}

export function pausedOutcome( paused: ProblemDraft ) {
	return {
		exit: exitOfProblem( paused.code ),
		body: { error: errorOfProblem( paused ) },
	};
}
