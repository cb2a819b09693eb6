/**
 * Reading request bodies: zod schemas of the fields that recur, and one way to refuse.
 */
import { z } from 'zod';
import { DOCUMENTED, INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { Big, placesOf } from './decimal.ts';
import { bad, good, refuse } from './reply.ts';
import type { Checked } from './reply.ts';
import { parseTime } from './zone.ts';

const NUMBER = /^-?\d+(\.\d+)?$/;

/** Text is documented, numbers are accepted (resources reference, §1.2); kept as text. */
export const decimal = z
	.union( [ z.string(), z.number() ] )
	.transform( ( value ) =>
		typeof value === 'number' ? new Big( value ).toFixed() : value.trim()
	)
	.refine( ( text ) => NUMBER.test( text ), 'is not a decimal number' );

export const decimalUpTo = ( places: number ) =>
	decimal.refine(
		( text ) => ! NUMBER.test( text ) || placesOf( text ) <= places,
		`has more than ${ places } decimal places`
	);

/** The reservation page shows ids and quantities as texts (§9): both forms are read. */
export const wholeNumber = z
	.union( [ z.int(), z.string().regex( /^-?\d{1,15}$/ ) ] )
	.transform( Number );

export const id = z.int();

const time = ( naive: boolean ) =>
	z.string().transform( ( text, context ) => {
		const at = parseTime( text, naive );
		if ( at === null ) {
			context.addIssue( {
				code: 'custom',
				message: 'is not a date or a time with an offset',
			} );
			return z.NEVER;
		}
		return at;
	} );

/** With an offset, or a bare date = UTC midnight. */
export const instant = time( false );
/** Payment dates are documented without an offset too. */
export const looseInstant = time( true );

const pathOf = ( path: readonly PropertyKey[] ): string =>
	path
		.map( ( part ) =>
			typeof part === 'number' ? `[${ part }]` : `.${ String( part ) }`
		)
		.join( '' )
		.replace( /^\./, '' ) || 'body';

/** Takes the fields away that a schema does not know, in place. */
function strip( body: unknown, issues: readonly z.core.$ZodIssue[] ): void {
	for ( const issue of issues ) {
		if ( issue.code !== 'unrecognized_keys' ) {
			continue;
		}
		const holder = issue.path.reduce< unknown >(
			( value, part ) =>
				( value as Record< PropertyKey, unknown > )[ part ],
			body
		) as Record< string, unknown >;
		for ( const key of issue.keys ) {
			delete holder[ key ];
		}
	}
}

const problemOf = ( issue: z.core.$ZodIssue ): Problem =>
	issue.code === 'unrecognized_keys'
		? problem(
				INVENTED.unknownField,
				`${ pathOf( issue.path ) } has unknown fields: ${ issue.keys.join( ', ' ) }`
			)
		: problem(
				INVENTED.badField,
				`${ pathOf( issue.path ) }: ${ issue.message }`
			);

/** The body as the schema reads it, or 400 with one error for each fault. */
export function readFields< T >(
	schema: z.ZodType< T >,
	body: unknown,
	unknownFields: 'refuse' | 'ignore'
): Checked< T > {
	if ( body === undefined ) {
		return bad(
			refuse(
				400,
				problem(
					DOCUMENTED.notJson,
					'You must supply a JSON formatted body with your request'
				)
			)
		);
	}
	const first = schema.safeParse( body );
	if ( first.success ) {
		return good( first.data );
	}
	if ( unknownFields === 'ignore' ) {
		const copy: unknown = structuredClone( body );
		strip( copy, first.error.issues );
		const second = schema.safeParse( copy );
		return second.success
			? good( second.data )
			: bad( refuse( 400, ...second.error.issues.map( problemOf ) ) );
	}
	return bad( refuse( 400, ...first.error.issues.map( problemOf ) ) );
}
