/**
 * Several writes in one request (platform reference, §1.6): what is sent, how the answer is
 * judged as a whole, and what it says of each message.
 */
import { z } from 'zod';
import { retry } from '../../contracts/result.ts';
import type { Call } from '../transport/call.ts';
import {
	classify,
	type Exchange,
	type Verdict,
} from '../transport/classify.ts';
import { redact } from '../transport/redact.ts';
import { refusal } from '../transport/refusals.ts';
import {
	errorsOf,
	isObject,
	parseObject,
	ruidOf,
	saidOf,
	type JsonObject,
} from '../transport/reply-body.ts';

export const MULTI_MESSAGE = '/multi-message';
export const MOST_MESSAGES = 10;

export type ProcessingMode = 'SEQUENTIAL' | 'PARALLEL';

const labelOf = ( at: number ): string => `m${ at + 1 }`;

/** Writes whose body is an object, or that have none, without query and headers of their own. */
export function isBatchable( call: Call ): boolean {
	return (
		[ 'POST', 'PUT', 'DELETE' ].includes( call.method ) &&
		call.batch !== false &&
		call.headers === undefined &&
		call.query === undefined &&
		( call.body === undefined || isObject( call.body ) )
	);
}

export function batchCall(
	calls: readonly Call[],
	processingMode: ProcessingMode
): Call {
	return {
		method: 'POST',
		path: MULTI_MESSAGE,
		body: {
			processingMode,
			// One that fails is no reason to leave the others undone.
			onFail: 'CONTINUE',
			messages: calls.map( ( call, at ) => ( {
				label: labelOf( at ),
				uri: call.path,
				httpMethod: call.method,
				body: call.body ?? {},
			} ) ),
		},
	};
}

/** `200` also as `"200"`; what it says of the others must not be lost to one that is unreadable. */
const processedSchema = z.object( {
	label: z.string(),
	statusCode: z
		.union( [ z.int(), z.string().regex( /^\d{3}$/ ) ] )
		.transform( Number ),
	body: z.unknown(),
} );

const answerSchema = z
	.object( {
		processedMessages: z.array( z.unknown() ).nullish(),
		unprocessedMessages: z.array( z.unknown() ).nullish(),
	} )
	.refine(
		( { processedMessages, unprocessedMessages } ) =>
			Array.isArray( processedMessages ) ||
			Array.isArray( unprocessedMessages )
	);

function messagesOf( body: JsonObject | null ) {
	const parsed = answerSchema.safeParse( body?.[ 'response' ] );
	return parsed.success ? parsed.data : null;
}

/**
 * One status for all messages where they share it, else 207: so an answer is told by its body.
 * Everything else is nobody's answer to a batch, and only a refusal with a status that the work
 * on messages cannot bring about proves that none was executed.
 */
export function judgeBatch( exchange: Exchange ): Verdict {
	const { endpoint, outcome, secrets } = exchange;
	const body = outcome.ok ? parseObject( outcome.answer.body ) : null;
	// First: one status may be shared, but not what it means for each of them.
	if ( body !== null && messagesOf( body ) !== null ) {
		return { kind: 'answer', body };
	}
	const verdict = classify( exchange );
	if (
		! outcome.ok ||
		body === null ||
		verdict.kind === 'unauthorized' ||
		verdict.kind === 'throttled'
	) {
		return verdict;
	}
	const { status } = outcome.answer;
	const errors = errorsOf( body );
	const said = redact( saidOf( body, errors ), secrets );
	const ruid = ruidOf( outcome.answer, secrets );
	if ( status === 501 && verdict.kind === 'outage' ) {
		return {
			kind: 'refused',
			failure: refusal( exchange, `${ status } ${ said }`, null, ruid ),
		};
	}
	if (
		verdict.kind === 'answer' ||
		( verdict.kind === 'refused' &&
			( status < 300 || ( status >= 500 && status !== 501 ) ) )
	) {
		return {
			kind: 'stumbled',
			failure: retry(
				'brightpearl',
				'outage',
				`Brightpearl answered ${ endpoint } with ${ status } and nothing about its messages${ said && `: ${ said }` }`,
				{ outcomeUnknown: true, ruid }
			).failure,
		};
	}
	return verdict;
}

export type Message =
	| {
			readonly kind: 'processed';
			readonly status: number;
			readonly body: string;
	  }
	/** Certainly not executed. */
	| { readonly kind: 'unprocessed' }
	/** Told nothing of, or twice. */
	| { readonly kind: 'untold' };

/** `body.content` is a JSON text; where a success has none, it is `{}` as of a PUT of its own. */
function contentOf( body: unknown, status: number ): string {
	const content = isObject( body ) ? ( body[ 'content' ] ?? null ) : body;
	if ( typeof content === 'string' && content.trim() !== '' ) {
		return content;
	}
	if ( isObject( content ) ) {
		return JSON.stringify( content );
	}
	return status >= 200 && status < 300 ? '{}' : '';
}

/** What the answer says of each of `count` messages, in the order they were sent. */
export function readMessages( body: JsonObject, count: number ): Message[] {
	const { processedMessages, unprocessedMessages } = messagesOf( body ) ?? {};
	const told = ( processedMessages ?? [] ).flatMap( ( one ) => {
		const parsed = processedSchema.safeParse( one );
		return parsed.success ? [ parsed.data ] : [];
	} );
	const left = new Set(
		( unprocessedMessages ?? [] ).map( ( one ) =>
			isObject( one ) ? one[ 'label' ] : one
		)
	);
	return Array.from( { length: count }, ( _none, at ): Message => {
		const label = labelOf( at );
		const mine = told.filter( ( one ) => one.label === label );
		const [ one ] = mine;
		if ( one && mine.length === 1 && ! left.has( label ) ) {
			const { statusCode: status } = one;
			return {
				kind: 'processed',
				status,
				body: contentOf( one.body, status ),
			};
		}
		return { kind: ! one && left.has( label ) ? 'unprocessed' : 'untold' };
	} );
}
