/**
 * What an HTTP outcome of the shop means: an answer, a wait or a person. Pure; every recorded
 * answer of `errors/` has its line in the test.
 */
import type { ProblemDraft } from '../contracts/problem.ts';
import type { Failure, RetryCause } from '../contracts/result.ts';
import { hold, retry } from '../contracts/result.ts';
import type { HttpAnswer, HttpOutcome } from '../contracts/world.ts';
import { readBody } from './body.ts';
import type { Body } from './body.ts';
import * as problems from './problems.ts';
import { classifyRedirect } from './redirect.ts';
import {
	AUTHENTICATION_ERROR,
	errorOf,
	isUsedNonce,
	problemOf,
} from './refusal.ts';
import type { Asked } from './asked.ts';
import type { Said } from './refusal.ts';

const MINUTE = 60_000;
/** WordPress says 600 s while it swaps files for seconds: do not make orders wait that long. */
const LONGEST_OUTAGE_WAIT = MINUTE;
const LONGEST_THROTTLE_WAIT = 15 * MINUTE;

export type Reply =
	| {
			readonly ok: true;
			readonly status: number;
			readonly headers: HttpAnswer[ 'headers' ];
			readonly body: unknown;
			readonly noisy: boolean;
	  }
	| RefusedReply;

export interface RefusedReply {
	readonly ok: false;
	readonly failure: Failure;
	/** Null when no answer came. */
	readonly status: number | null;
	/** WordPress's error code, when it sent one. */
	readonly code: string | null;
}

export function classifyOutcome( asked: Asked, outcome: HttpOutcome ): Reply {
	if ( outcome.ok ) {
		return classifyAnswer( asked, outcome.answer );
	}
	if ( outcome.reason === 'too-large' && asked.method === 'GET' ) {
		return heldBack( null, null, problems.tooLarge( asked.what ) );
	}
	return waiting( asked, null, null, 'outage', outcome.message, {
		outcomeUnknown: outcome.sent,
	} );
}

export function classifyAnswer( asked: Asked, answer: HttpAnswer ): Reply {
	const { status } = answer;
	const body = readBody( answer.body );
	if ( status >= 200 && status < 300 ) {
		return body.kind === 'json'
			? {
					ok: true,
					status,
					headers: answer.headers,
					body: body.value,
					noisy: body.noisy,
				}
			: waiting( asked, status, null, 'outage', unfit( asked, body ) );
	}
	const said = errorOf( body );
	if ( status >= 300 && status < 400 ) {
		const problem = classifyRedirect( asked, answer.headers.location );
		return problem === null
			? waiting(
					asked,
					status,
					null,
					'outage',
					pageMessage( answer, body, said )
				)
			: heldBack( status, null, problem );
	}
	if ( status === 429 ) {
		return waiting(
			asked,
			status,
			said.code,
			'throttled',
			'The shop asks us to slow down (429).',
			{
				outcomeUnknown: false,
				after: retryAfter( answer, asked.now, LONGEST_THROTTLE_WAIT ),
			}
		);
	}
	if ( status >= 500 || status === 408 || status === 425 ) {
		return waiting(
			asked,
			status,
			said.code,
			'outage',
			pageMessage( answer, body, said ),
			{ after: retryAfter( answer, asked.now, LONGEST_OUTAGE_WAIT ) }
		);
	}
	if ( status === 401 && isUsedNonce( said ) ) {
		return waiting(
			asked,
			status,
			said.code,
			'outage',
			'The shop has seen this request before (a proxy repeated it).',
			{ outcomeUnknown: false }
		);
	}
	return heldBack(
		status,
		said.code,
		problemOf( asked, answer, body, said )
	);
}

/**
 * A 401 that says "you are nobody" rather than "this key is wrong": what a shop answers that
 * never saw the Authorization header (recorded `401-authorization-header-stripped`).
 */
export function looksStripped( reply: Reply ): boolean {
	return (
		! reply.ok &&
		reply.status === 401 &&
		reply.code !== null &&
		reply.code !== AUTHENTICATION_ERROR
	);
}

/** `Retry-After` in seconds or as a date. */
function retryAfter(
	answer: HttpAnswer,
	now: number,
	longest: number
): number | null {
	const text = answer.headers[ 'retry-after' ]?.trim() ?? '';
	const wait = /^\d+$/.test( text )
		? Number( text ) * 1000
		: Date.parse( text ) - now;
	return Number.isNaN( wait )
		? null
		: Math.min( Math.max( wait, 0 ), longest );
}

function unfit( asked: Asked, body: Body ): string {
	switch ( body.kind ) {
		case 'empty':
			return `The shop sent an empty answer to ${ asked.what }.`;
		case 'page':
			return `The shop sent a web page instead of data to ${ asked.what }${ body.title === null ? '' : ` ("${ body.title }")` }.`;
		default:
			return `The shop's answer to ${ asked.what } is cut off or damaged.`;
	}
}

function pageMessage( answer: HttpAnswer, body: Body, said: Said ): string {
	const title = body.kind === 'page' ? ( body.title ?? '' ) : '';
	const detail = said.message === '' ? title : said.message;
	const shown = detail === '' ? '' : `: ${ detail }`;
	return `The shop has an outage (${ answer.status })${ shown }`;
}

/** A write whose answer was lost or was an error page may have been executed all the same. */
function waiting(
	asked: Asked,
	status: number | null,
	code: string | null,
	cause: RetryCause,
	message: string,
	more: { outcomeUnknown?: boolean; after?: number | null } = {}
): RefusedReply {
	const outcomeUnknown =
		asked.method !== 'GET' && ( more.outcomeUnknown ?? true );
	const { failure } = retry( 'store', cause, message, {
		after: more.after ?? null,
		outcomeUnknown,
	} );
	return { ok: false, failure, status, code };
}

function heldBack(
	status: number | null,
	code: string | null,
	problem: ProblemDraft
): RefusedReply {
	return { ok: false, failure: hold( problem ).failure, status, code };
}
