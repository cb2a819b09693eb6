/**
 * Expected failure is a value, and retryability is its type.
 *
 * `Retry` waits and tries again by itself. `Hold` needs a person and carries the problem
 * that tells them. Anything thrown is a defect of ours.
 */
import type { ProblemDraft } from './problem.ts';

/** Why a try failed in a way that time heals. */
export type RetryCause =
	| 'throttled' /** too many requests: nothing was executed */
	| 'outage' /** the peer is down or answered nonsense */
	| 'busy' /** somebody else holds the lock */
	| 'lost-lease'; /** another process took the task over */

export interface Retry {
	readonly kind: 'retry';
	readonly cause: RetryCause;
	/** Which side failed, for messages and exit codes. */
	readonly side: 'store' | 'brightpearl' | 'service';
	readonly message: string;
	/** Earliest next try, milliseconds from now; null = the caller's backoff decides. */
	readonly after: number | null;
	/** True when a write may have been executed: look before trying again. */
	readonly outcomeUnknown: boolean;
	/** Brightpearl's request id, for their support. */
	readonly ruid: string | null;
}

export interface Hold {
	readonly kind: 'hold';
	readonly problem: ProblemDraft;
	readonly ruid: string | null;
}

export type Failure = Retry | Hold;

export type Result< T > =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly failure: Failure };

export function ok< T >( value: T ): { ok: true; value: T } {
	return { ok: true, value };
}

export function fail( failure: Failure ): { ok: false; failure: Failure } {
	return { ok: false, failure };
}

export function retry(
	side: Retry[ 'side' ],
	cause: RetryCause,
	message: string,
	more: Partial< Pick< Retry, 'after' | 'outcomeUnknown' | 'ruid' > > = {}
): { ok: false; failure: Retry } {
	return {
		ok: false,
		failure: {
			kind: 'retry',
			side,
			cause,
			message,
			after: more.after ?? null,
			outcomeUnknown: more.outcomeUnknown ?? false,
			ruid: more.ruid ?? null,
		},
	};
}

export function hold(
	problem: ProblemDraft,
	ruid: string | null = null
): { ok: false; failure: Hold } {
	return { ok: false, failure: { kind: 'hold', problem, ruid } };
}
