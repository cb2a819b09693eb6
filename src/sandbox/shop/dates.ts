/**
 * The site's own time: WooCommerce prints every time twice, local and GMT, both without a
 * zone, and reads a bare time as local (measured: platform notes "Lists" and "Further
 * traps").
 */

/** Milliseconds cut to the second, WooCommerce's resolution. */
export function wholeSecond( milliseconds: number ): number {
	return Math.floor( milliseconds / 1000 ) * 1000;
}

const formatters = new Map< string, Intl.DateTimeFormat >();

function formatterOf( timeZone: string ): Intl.DateTimeFormat {
	let formatter = formatters.get( timeZone );
	if ( ! formatter ) {
		formatter = new Intl.DateTimeFormat( 'en-GB', {
			timeZone,
			hourCycle: 'h23',
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
			second: '2-digit',
		} );
		formatters.set( timeZone, formatter );
	}
	return formatter;
}

/** Offsets change on quarter hours only, so one answer serves the whole quarter. */
const offsets = new Map< string, number >();
const QUARTER = 15 * 60 * 1000;

/** Milliseconds by which the zone is ahead of UTC at that instant. */
export function offsetAt( timeZone: string, utc: number ): number {
	if ( timeZone === 'UTC' ) {
		return 0;
	}
	const key = `${ timeZone } ${ Math.floor( utc / QUARTER ) }`;
	const known = offsets.get( key );
	if ( known !== undefined ) {
		return known;
	}
	const part: Record< string, number > = {};
	for ( const { type, value } of formatterOf( timeZone ).formatToParts(
		utc
	) ) {
		part[ type ] = Number( value );
	}
	const local = Date.UTC(
		part[ 'year' ] ?? 0,
		( part[ 'month' ] ?? 1 ) - 1,
		part[ 'day' ] ?? 1,
		part[ 'hour' ] ?? 0,
		part[ 'minute' ] ?? 0,
		part[ 'second' ] ?? 0
	);
	const offset = local - wholeSecond( utc );
	if ( offsets.size > 10_000 ) {
		offsets.clear();
	}
	offsets.set( key, offset );
	return offset;
}

/** `2026-11-21T05:25:59`, GMT. */
export function gmtText( utc: number ): string {
	return new Date( utc ).toISOString().slice( 0, 19 );
}

/** The same instant on the site's clock. */
export function localText( timeZone: string, utc: number ): string {
	return gmtText( utc + offsetAt( timeZone, utc ) );
}

/** What the site's clock shows, back to an instant. */
function localToUtc( timeZone: string, local: number ): number {
	const guess = local - offsetAt( timeZone, local );
	return local - offsetAt( timeZone, guess );
}

const DATE =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * The instant a date parameter means, or null when it is no date. A zone suffix counts; a
 * bare time is local, or GMT with `dates_are_gmt`. Both together are off by the site's
 * offset, as measured: the suffix is turned into local time and that is taken as GMT.
 */
export function parseDateParam(
	text: string,
	timeZone: string,
	datesAreGmt: boolean
): number | null {
	const match = DATE.exec( text.trim() );
	if ( ! match ) {
		return null;
	}
	const [ , day, time = '00:00:00', zone ] = match;
	const instant = Date.parse( `${ day }T${ time }${ zone ?? 'Z' }` );
	if ( Number.isNaN( instant ) ) {
		return null;
	}
	if ( zone === undefined ) {
		return datesAreGmt ? instant : localToUtc( timeZone, instant );
	}
	return datesAreGmt ? instant + offsetAt( timeZone, instant ) : instant;
}
