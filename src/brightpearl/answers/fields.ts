/**
 * Scalars as Brightpearl's answers carry them, normalised to ours: decimals as strings, times
 * in UTC with `Z`, unset foreign keys as null.
 *
 * The references are unsure where numbers are strings and strings numbers (resources
 * reference, §0.1), so both are read; anything else is refused, with the field's name.
 */
import { Big } from 'big.js';
import { z } from 'zod';

const DECIMAL = /^-?\d+(\.\d+)?$/;
const DIGITS = /^\d+$/;

/** A decimal as it was printed, so that `9.0909` and `0.91` keep their scale; null when it is none. */
function decimalText( value: string | number ): string | null {
	const text = String( value ).trim();
	if ( DECIMAL.test( text ) ) {
		return text;
	}
	try {
		// Exponents (`1E-7`) and `.5`; Big refuses everything that is no number.
		return text === '' ? null : new Big( text ).toFixed();
	} catch {
		return null;
	}
}

/** Money or a rate. */
export const decimal = z
	.union( [ z.string(), z.number() ] )
	.transform( ( value, context ) => {
		const text = decimalText( value );
		if ( text === null ) {
			context.addIssue( { code: 'custom', message: 'is not a decimal' } );
			return z.NEVER;
		}
		return text;
	} );

/** A quantity without trailing zeros: `2.0000` is `2`. */
export const quantity = decimal.transform( ( text ) =>
	new Big( text ).toFixed()
);

/** A whole number, also as `"12"` or `12.0000`. */
export const count = decimal.transform( ( text, context ) => {
	const value = new Big( text );
	const whole = value.toNumber();
	if ( ! Number.isSafeInteger( whole ) || ! value.eq( whole ) ) {
		context.addIssue( {
			code: 'custom',
			message: 'is not a whole number',
		} );
		return z.NEVER;
	}
	return whole;
} );

/** An id: a positive integer, also as a string of digits. */
export const id = z
	.union( [ z.int().positive(), z.string().regex( DIGITS ) ] )
	.transform( Number )
	.pipe( z.int().positive() );

/** A foreign key; `0`, null, `""` and absence all mean "none" (resources reference, §0.1). */
export const idOrNone = z
	.union( [ z.int().min( 0 ), z.string().regex( /^\d*$/ ), z.null() ] )
	.optional()
	.transform( ( value ) => Number( value ?? 0 ) || null );

/** Text; null, absence and `""` mean "none". */
export const textOrNone = z
	.union( [ z.string(), z.number().transform( String ), z.null() ] )
	.optional()
	.transform( ( value ) =>
		value === undefined || value === null || value === '' ? null : value
	);

export const flag = z
	.union( [ z.boolean(), z.enum( [ 'true', 'false', '0', '1' ] ), z.int() ] )
	.transform(
		( value ) =>
			value === true || value === 'true' || value === '1' || value === 1
	);

/**
 * Any ISO-8601 time in UTC with `Z`; null when it is none. Answers carry the account's
 * offset; a bare date is UTC midnight, and one old form has a colon before the milliseconds
 * (platform reference, §1.7).
 */
export function utcOf( text: string ): string | null {
	const match =
		/^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d))?(?:[.:](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?)?$/.exec(
			text.trim()
		);
	if ( ! match ) {
		return null;
	}
	const [ , day, minutes = '00:00', seconds = '00', fraction, zone ] = match;
	const millis = ( fraction ?? '' ).padEnd( 3, '0' ).slice( 0, 3 );
	const offset =
		zone === undefined || zone === 'Z'
			? 'Z'
			: `${ zone.slice( 0, 3 ) }:${ zone.slice( -2 ) }`;
	const time = new Date(
		`${ day }T${ minutes }:${ seconds }.${ millis }${ offset }`
	);
	return Number.isNaN( time.getTime() ) ? null : time.toISOString();
}

export const timeOrNone = textOrNone.transform( ( text, context ) => {
	if ( text === null ) {
		return null;
	}
	const utc = utcOf( text );
	if ( utc === null ) {
		context.addIssue( { code: 'custom', message: 'is not a time' } );
		return z.NEVER;
	}
	return utc;
} );

/** A map keyed by ids; one without entries may be printed as an empty list. */
export const emptyIsNone = < T extends z.ZodType< object > >( map: T ) =>
	z.preprocess(
		( value ) =>
			Array.isArray( value ) && value.length === 0 ? {} : value,
		map
	);
