/**
 * Times on their way to Brightpearl: always with an explicit offset, because it reads a bare
 * date as UTC midnight and shows it in the account's zone (resources reference, §0.1).
 */
import { DAY, MINUTE } from '../contracts/primitives.ts';

/** An instant in UTC as `2026-03-02T09:14:05.000+00:00`. */
export function withOffset( instant: string ): string {
	return new Date( instant ).toISOString().replace( 'Z', '+00:00' );
}

/**
 * Midnight of the day that `instant` falls on in `timeZone`, with the offset in force at that
 * midnight: `2026-07-01T00:00:00.000+01:00`.
 */
export function midnightIn( timeZone: string, instant: string ): string {
	const day = localDay( timeZone, Date.parse( instant ) );
	return `${ day }T00:00:00.000${ offsetText( offsetAtMidnight( timeZone, day ) ) }`;
}

/** First moment of a day such as `2026-07-01` in a zone, and that of the day after; milliseconds. */
export function dayBounds(
	day: string,
	timeZone: string
): { readonly start: number; readonly end: number } {
	const utcMidnight = Date.parse( `${ day }T00:00:00Z` );
	const dayAfter = new Date( utcMidnight + DAY ).toISOString().slice( 0, 10 );
	return {
		start: utcMidnight - offsetAtMidnight( timeZone, day ),
		end: utcMidnight + DAY - offsetAtMidnight( timeZone, dayAfter ),
	};
}

/**
 * Where clocks skip midnight this gives the day's first moment; where midnight comes twice,
 * the first one.
 */
function offsetAtMidnight( timeZone: string, day: string ): number {
	const utcMidnight = Date.parse( `${ day }T00:00:00Z` );
	// A zone's offset changes at most once within the two days around midnight.
	const offsets = [ utcMidnight - DAY, utcMidnight + DAY ]
		.map( ( moment ) => offsetAt( timeZone, moment ) )
		.sort( ( a, b ) => b - a );
	return (
		offsets.find(
			( offset ) => localDay( timeZone, utcMidnight - offset ) === day
		) ?? 0
	);
}

/** The calendar day of an instant in a zone, `2026-07-01`. */
export function localDay( timeZone: string, at: number ): string {
	const { year, month, day } = partsOf( timeZone, at );
	return `${ year }-${ month }-${ day }`;
}

/** Milliseconds that the zone's wall clock is ahead of UTC at this instant. */
function offsetAt( timeZone: string, at: number ): number {
	const { year, month, day, hour, minute, second } = partsOf( timeZone, at );
	const wall = Date.parse(
		`${ year }-${ month }-${ day }T${ hour }:${ minute }:${ second }Z`
	);
	return wall - Math.floor( at / 1000 ) * 1000;
}

function partsOf( timeZone: string, at: number ): Record< string, string > {
	const parts = new Intl.DateTimeFormat( 'en-US', {
		timeZone,
		calendar: 'gregory',
		numberingSystem: 'latn',
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	} ).formatToParts( new Date( at ) );
	return Object.fromEntries(
		parts.map( ( { type, value } ) => [ type, value ] )
	);
}

function offsetText( offset: number ): string {
	const minutes = Math.round( Math.abs( offset ) / MINUTE );
	const two = ( value: number ): string => String( value ).padStart( 2, '0' );
	return `${ offset < 0 ? '-' : '+' }${ two( Math.floor( minutes / 60 ) ) }:${ two( minutes % 60 ) }`;
}
