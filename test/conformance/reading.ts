/**
 * What cases read of an answer.
 */
import assert from 'node:assert/strict';
import type { ApiReply } from './case.ts';

/** JSON as a case reads it: any path may be followed. */
export type Json = {
	readonly [ key: string ]: Json | undefined;
} & { readonly [ index: number ]: Json | undefined } & Iterable< Json > & {
		readonly length: number;
	};

/** The body; fails unless the status is the one that is expected. */
export function bodyOf( reply: ApiReply, status = 200 ): Json {
	assert.equal( reply.status, status, reply.text.slice( 0, 600 ) );
	assert( reply.json !== null, `no JSON: ${ reply.text.slice( 0, 200 ) }` );
	return reply.json as Json;
}

/** What stands below `response` of a success. */
export function responseOf( reply: ApiReply ): Json {
	const { response } = bodyOf( reply );
	assert( response !== undefined, 'there is no response' );
	return response;
}

/** Code and message of the first error. */
export function errorOf( reply: ApiReply ): {
	readonly code: unknown;
	readonly message: unknown;
} {
	const { errors } = ( reply.json ?? {} ) as Json;
	assert(
		Array.isArray( errors ),
		`no errors: ${ reply.text.slice( 0, 600 ) }`
	);
	const [ first ] = errors as { code: unknown; message: unknown }[];
	assert( first, 'the list of errors is empty' );
	return first;
}

export const headerNumber = ( reply: ApiReply, name: string ): number => {
	const value = reply.headers[ name ];
	assert( value !== undefined, `there is no header ${ name }` );
	return Number( value );
};

export const metaOf = ( reply: ApiReply ): Json => {
	const { metaData } = responseOf( reply );
	assert( metaData !== undefined, 'there is no metaData' );
	return metaData;
};

export const rowsOf = ( reply: ApiReply ): readonly ( readonly unknown[] )[] =>
	responseOf( reply ).results as unknown as unknown[][];

/** A time as it is answered: with milliseconds and the account's offset. */
export const ACCOUNT_TIME =
	/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/;
