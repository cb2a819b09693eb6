/**
 * Brightpearl's PERIOD filters: `from/to`, `from/`, `/to` (platform reference, §5.3).
 *
 * Always explicit UTC with milliseconds: a time without an offset is read differently by each
 * resource (§1.7), and `Z` needs no URL encoding where `+00:00` does. Whether the bounds are
 * inclusive is not known, so a sweep never relies on either: it overlaps and re-reads.
 */

/** Milliseconds since the epoch, or ISO-8601 with an offset. */
export type Instant = number | string;

export type Period =
	| {
			readonly from: Instant;
			readonly to?: Instant | null;
			/** Milliseconds the beginning is moved back: what was committed late is seen again (0). */
			readonly overlap?: number;
	  }
	| { readonly from?: null; readonly to: Instant; readonly overlap?: never };

/** Brightpearl reads four digits of a year; beyond them is a slip, and means "ever". */
const FIRST = Date.UTC( 1970, 0, 1 );
const LAST = Date.UTC( 9999, 11, 31, 23, 59, 59, 999 );

/** Without one it would be read as this machine's local time. */
const HAS_OFFSET = /T.*(?:Z|[+-]\d\d:?\d\d)$/;

function timeOf( instant: Instant ): number {
	const time =
		typeof instant === 'number'
			? instant
			: HAS_OFFSET.test( instant )
				? Date.parse( instant )
				: NaN;
	if ( Number.isNaN( time ) ) {
		throw new RangeError( `"${ instant }" is no time` );
	}
	return Math.min( Math.max( Math.trunc( time ), FIRST ), LAST );
}

const utc = ( time: number ) => new Date( time ).toISOString();

/**
 * The filter's value. An end that lies before the beginning (a clock that was set back, a cursor
 * from another machine) takes the beginning along: an inverted interval would silently find
 * nothing.
 */
export function formatPeriod( period: Period ): string {
	if ( period.from === undefined || period.from === null ) {
		return `/${ utc( timeOf( period.to ) ) }`;
	}
	const from = timeOf( period.from );
	const overlap = Math.max( 0, period.overlap ?? 0 );
	if ( period.to === undefined || period.to === null ) {
		return `${ utc( timeOf( from - overlap ) ) }/`;
	}
	const to = timeOf( period.to );
	return `${ utc( timeOf( Math.min( from, to ) - overlap ) ) }/${ utc( to ) }`;
}
