/**
 * The scalar types every border shares: durations, decimals, times.
 *
 * Money, quantities and rates are decimal strings everywhere outside `domain/`'s
 * arithmetic; times are ISO-8601 in UTC with `Z` (see the command line's contract, §1).
 */
import { z } from 'zod';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const DURATION = /^(\d+)(ms|s|m|h)$/;
const UNIT_MS: Record< string, number > = {
	ms: 1,
	s: SECOND,
	m: MINUTE,
	h: HOUR,
};

/**
 * Milliseconds of a duration such as `500ms`, `30s`, `10m` or `24h`; null when it is none.
 */
export function parseDuration( text: string ): number | null {
	const match = DURATION.exec( text.trim() );
	if ( ! match ) {
		return null;
	}
	return Number( match[ 1 ] ) * ( UNIT_MS[ match[ 2 ] ?? '' ] ?? 0 );
}

/** A duration kept as the text a person wrote, so that it reads back unchanged. */
export const durationSchema = z
	.string()
	.refine( ( text ) => parseDuration( text ) !== null, {
		message: 'is not a duration such as 30s, 10m or 24h',
	} );

/** A decimal string such as `-12.3400`. */
export const decimalSchema = z
	.string()
	.regex( /^-?\d+(\.\d+)?$/, 'is not a decimal number in quotes' );

/** An instant with an explicit offset; read as text and normalised to UTC with `Z`. */
export const instantSchema = z.iso
	.datetime( {
		offset: true,
		error: 'is not a time with an offset, such as 2026-11-21T09:00:00Z',
	} )
	.transform( ( text ) => new Date( text ).toISOString() );

/** ISO-8601 in UTC with `Z`, as every answer of ours carries it. */
export const utcSchema = z
	.string()
	.regex( /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ );

export const connectionNameSchema = z
	.string()
	.regex( /^[a-z0-9-]{1,40}$/, 'must be 1 to 40 of a-z, 0-9 and the hyphen' );
