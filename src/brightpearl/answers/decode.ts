/**
 * From a request's outcome to typed values: unknown fields are tolerated, a wrong type is
 * refused with endpoint, field and Brightpearl's request id.
 */
import { z } from 'zod';
import { hold, ok, fail, retry, type Result } from '../../contracts/result.ts';
import { id } from './fields.ts';
import { answerRefused } from './refused-answers.ts';
import type { Ask, Call, Sent } from '../transport/call.ts';

/** The `response` of an answer in its expected form. */
export function decode< T >(
	schema: z.ZodType< T >,
	value: unknown,
	call: Call,
	ruid: string | null
): Result< T > {
	const parsed = schema.safeParse( value );
	if ( parsed.success ) {
		return ok( parsed.data );
	}
	const [ issue ] = parsed.error.issues;
	const path = [ 'response', ...( issue?.path ?? [] ) ];
	const field = path.join( '.' );
	answerRefused( ruid, withoutIds( path ) );
	return hold(
		{
			code: 'defect',
			message: `Brightpearl's answer to ${ call.method } ${ call.path } is not as expected: ${ field }: ${ issue?.message ?? 'unreadable' } (request id ${ ruid ?? 'unknown' }).`,
			cause: 'Brightpearl changed its answers, or something between changed this one.',
			fix: 'Retry; if it stays, report it with the request id.',
			field: null,
		},
		ruid
	);
}

/** As fields are counted: an element or an entry is like the others. */
function withoutIds( path: readonly PropertyKey[] ): string {
	return path
		.map( ( part ) => {
			if ( typeof part === 'number' ) {
				return '[]';
			}
			const name = String( part );
			return `.${ /^\d+$/.test( name ) ? '*' : name }`;
		} )
		.join( '' )
		.slice( 1 );
}

/** A read whose absence (404 where it means "none") is the given value. */
export async function read< T >(
	ask: Ask,
	call: Call,
	schema: z.ZodType< T >,
	none?: T
): Promise< Result< T > > {
	const sent = await ask(
		none === undefined ? call : { none: 'record', ...call }
	);
	if ( sent.kind === 'failed' ) {
		return fail( sent.failure );
	}
	if ( sent.kind === 'none' ) {
		return ok( none as T );
	}
	return decode( schema, sent.body[ 'response' ], call, sent.ruid );
}

const idAnswer = z.union( [
	id,
	z.tuple( [ id ] ).transform( ( [ one ] ) => one ),
] );

/**
 * The id a create answers (200 and a bare id, platform reference, §4.1); null when it was
 * accepted without naming one, as a duplicate may be: with `{}`, or as a conflict.
 */
export function acceptedId( sent: Sent ): Result< number | null > {
	if ( sent.kind === 'failed' ) {
		return sent.status === 409 ? ok( null ) : fail( sent.failure );
	}
	const value = sent.kind === 'answer' ? sent.body[ 'response' ] : null;
	const parsed = idAnswer.safeParse( value );
	return ok( parsed.success ? parsed.data : null );
}

/** The same where no duplicate is known there: without an id the outcome must be looked up. */
export function createdId( sent: Sent, call: Call ): Result< number > {
	if ( sent.kind === 'failed' ) {
		return fail( sent.failure );
	}
	const accepted = acceptedId( sent );
	if ( ! accepted.ok ) {
		return accepted;
	}
	return accepted.value !== null
		? ok( accepted.value )
		: retry(
				'brightpearl',
				'outage',
				`Brightpearl's answer to ${ call.method } ${ call.path } names no id.`,
				{ outcomeUnknown: true, ruid: sent.ruid }
			);
}
