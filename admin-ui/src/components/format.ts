/** Numbers, money and times as the person's language writes them. Pure: the time comes in. */
import { _n, __, sprintf } from '@wordpress/i18n';
import {
	DAY,
	HOUR,
	MINUTE,
	SECOND,
} from '../../../src/contracts/primitives.ts';

/** As the page says it; undefined = the browser's. */
export function locale(): string | undefined {
	const lang =
		typeof document === 'undefined' ? '' : document.documentElement.lang;
	try {
		const said = Intl.getCanonicalLocales(
			lang.replaceAll( '_', '-' )
		)[ 0 ];
		// A page that only says "en" leaves the region to the person.
		return (
			navigator.languages.find( ( one ) =>
				one.startsWith( `${ said }-` )
			) ?? said
		);
	} catch {
		return undefined;
	}
}

/** Decimal strings go to `Intl` as text: no digit is lost on the way. */
export function formatMoney( amount: string, currency: string | null ): string {
	const exact = amount as Intl.StringNumericLiteral;
	if ( currency === null ) {
		return formatDecimal( amount );
	}
	try {
		return new Intl.NumberFormat( locale(), {
			style: 'currency',
			currency,
		} ).format( exact );
	} catch {
		// A currency that is none, as a shop plugin may make one up.
		return `${ formatDecimal( amount ) } ${ currency }`;
	}
}

export function formatDecimal( amount: string ): string {
	return new Intl.NumberFormat( locale(), {
		maximumFractionDigits: 20,
	} ).format( amount as Intl.StringNumericLiteral );
}

export function formatNumber( value: number ): string {
	return new Intl.NumberFormat( locale() ).format( value );
}

export function formatDateTime( at: string | number ): string {
	return new Intl.DateTimeFormat( locale(), {
		dateStyle: 'medium',
		timeStyle: 'medium',
	} ).format( new Date( at ) );
}

/** A day without a time or a zone, such as 2026-11-21. */
export function formatDay( day: string ): string {
	const at = new Date( `${ day }T00:00:00Z` );
	return Number.isNaN( at.getTime() )
		? day
		: new Intl.DateTimeFormat( locale(), {
				dateStyle: 'medium',
				timeZone: 'UTC',
			} ).format( at );
}

const STEPS: readonly [ Intl.RelativeTimeFormatUnit, number, number ][] = [
	[ 'second', SECOND, MINUTE ],
	[ 'minute', MINUTE, HOUR ],
	[ 'hour', HOUR, DAY ],
	[ 'day', DAY, 30 * DAY ],
	[ 'month', 30 * DAY, 365 * DAY ],
	[ 'year', 365 * DAY, Infinity ],
];

/** `3 minutes ago`, `in 2 days`; what is nearer than some seconds is `just now`. */
export function formatRelative( at: string, now: number ): string {
	const distance = Date.parse( at ) - now;
	const size = Math.abs( distance );
	if ( size < 5 * SECOND ) {
		return __( 'just now', 'pearlbridge' );
	}
	const [ unit, length ] =
		STEPS.find( ( [ , , below ] ) => size < below ) ?? STEPS[ 5 ]!;
	return new Intl.RelativeTimeFormat( locale(), {
		numeric: 'always',
	} ).format( Math.trunc( distance / length ), unit );
}

/** How long something took, from seconds, in its two largest useful units. */
export function formatSeconds( seconds: number ): string {
	if ( seconds < 10 ) {
		return sprintf(
			/* translators: %s: seconds, such as 1.4 */
			__( '%s s', 'pearlbridge' ),
			new Intl.NumberFormat( locale(), {
				maximumFractionDigits: 1,
			} ).format( seconds )
		);
	}
	if ( seconds < 120 ) {
		return sprintf(
			/* translators: %s: seconds */
			__( '%s s', 'pearlbridge' ),
			formatNumber( Math.round( seconds ) )
		);
	}
	const minutes = Math.round( seconds / 60 );
	if ( minutes < 120 ) {
		/* translators: %s: number of minutes */
		return sprintf(
			__( '%s min', 'pearlbridge' ),
			formatNumber( minutes )
		);
	}
	const hours = Math.round( minutes / 60 );
	return sprintf(
		/* translators: %s: number of hours */
		_n( '%s hour', '%s hours', hours, 'pearlbridge' ),
		formatNumber( hours )
	);
}
