/**
 * Zod's issues in words for the person who wrote the file or typed the flag: each names the
 * path and what must stand there, never the value (it may be a secret).
 */
import type { z } from 'zod';
import type { ErrorBody } from './answers.ts';

type Details = NonNullable< ErrorBody[ 'details' ] >;

const WHAT: Record< string, string > = {
	string: 'text in quotes',
	number: 'a number',
	int: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
	object: 'an object',
	record: 'an object',
};

/**
 * Passed to `safeParse( value, { error: explainError } )`. A message a schema brings itself
 * goes first; undefined leaves zod's own words.
 */
export const explainError: z.core.$ZodErrorMap = ( issue ) => {
	switch ( issue.code ) {
		case 'invalid_type':
			return issue.input === undefined
				? 'is required'
				: `must be ${ WHAT[ issue.expected ] ?? issue.expected }`;
		case 'invalid_value':
			return issue.input === undefined
				? 'is required'
				: `must be ${
						issue.values.length > 1 ? 'one of ' : ''
					}${ issue.values.map( String ).join( ', ' ) }`;
		case 'invalid_union':
			return issue.input === undefined
				? 'is required'
				: unionMessage( issue );
		case 'too_small':
			return issue.origin === 'string'
				? 'must not be empty'
				: `must be ${
						issue.origin === 'array' ? 'a list of ' : ''
					}${ issue.inclusive === false ? 'more than' : 'at least' } ${
						issue.minimum
					}`;
		case 'too_big':
			return issue.origin === 'string'
				? `must have at most ${ issue.maximum } characters`
				: `must be at most ${ issue.maximum }`;
		default:
			return undefined;
	}
};

/** What each branch of a union would take, in one sentence. */
function unionMessage( issue: z.core.$ZodRawIssue ): string | undefined {
	const options: unknown = Reflect.get( issue, 'options' );
	if ( Array.isArray( options ) ) {
		return `must be one of ${ options.map( String ).join( ', ' ) }`;
	}
	const branches = Reflect.get( issue, 'errors' ) as
		readonly ( readonly z.core.$ZodIssue[] )[] | undefined;
	const wanted = ( branches ?? [] ).flatMap( ( [ first ] ) =>
		first === undefined
			? []
			: [
					first.path.length > 0
						? `an object with ${ dotted( first.path ) }`
						: first.message.replace( /^must be /, '' ),
				]
	);
	return wanted.length > 0
		? `must be ${ [ ...new Set( wanted ) ].join( ' or ' ) }`
		: undefined;
}

/** One entry for each fault; an unknown key is told by its own path. */
export function issueDetails(
	error: z.core.$ZodError,
	prefix: readonly PropertyKey[] = []
): Details {
	return error.issues.flatMap( ( issue ) => {
		const path = [ ...prefix, ...issue.path ];
		return issue.code === 'unrecognized_keys'
			? issue.keys.map( ( key ) => ( {
					path: dotted( [ ...path, key ] ),
					message: 'is not a known key',
				} ) )
			: [ { path: dotted( path ), message: issue.message } ];
	} );
}

function dotted( path: readonly PropertyKey[] ): string {
	return path.map( String ).join( '.' );
}
