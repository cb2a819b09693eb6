/**
 * Times as Brightpearl reads and writes them (platform reference, §1.7).
 *
 * Inside the sandbox a time is milliseconds since the epoch. Answers carry the account
 * zone's offset with milliseconds; a bare date is midnight UTC, not midnight in the account.
 */
const QUARTER_HOUR = 15 * 60_000;
const DAY = 86_400_000;

export interface Zone {
	readonly name: string;
	/** `2026-04-17T10:00:00.000-06:00` */
	readonly format: ( at: number ) => string;
}

const two = ( value: number ): string => String( value ).padStart( 2, '0' );

export function createZone( name: string ): Zone {
	const formatter = new Intl.DateTimeFormat( 'en-US', {
		timeZone: name,
		timeZoneName: 'longOffset',
	} );
	// No zone changes its offset inside a quarter of an hour of UTC.
	const offsets = new Map< number, number >();

	const offsetAt = ( at: number ): number => {
		const slot = Math.floor( at / QUARTER_HOUR );
		const known = offsets.get( slot );
		if ( known !== undefined ) {
			return known;
		}
		const text =
			formatter
				.formatToParts( at )
				.find( ( part ) => part.type === 'timeZoneName' )?.value ?? '';
		const match = /([+-])(\d\d):(\d\d)/.exec( text );
		const minutes = match
			? ( Number( match[ 2 ] ) * 60 + Number( match[ 3 ] ) ) *
				( match[ 1 ] === '-' ? -1 : 1 )
			: 0;
		if ( offsets.size > 20_000 ) {
			offsets.clear();
		}
		offsets.set( slot, minutes );
		return minutes;
	};

	return {
		name,
		format: ( at ) => {
			const offset = offsetAt( at );
			const local = new Date( at + offset * 60_000 ).toISOString();
			const size = Math.abs( offset );
			return (
				local.slice( 0, -1 ) +
				( offset < 0 ? '-' : '+' ) +
				`${ two( Math.floor( size / 60 ) ) }:${ two( size % 60 ) }`
			);
		},
	};
}

const TIME =
	/^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:[.](\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Milliseconds of a date or time; null when it is none. A time without an offset is read as
 * UTC where `naive` allows it (documented for payment dates) and refused elsewhere.
 */
export function parseTime( text: string, naive = false ): number | null {
	const match = TIME.exec( text );
	if ( ! match ) {
		return null;
	}
	const part = ( index: number ): number => Number( match[ index ] ?? 0 );
	const hasTime = match[ 4 ] !== undefined;
	const offset = match[ 8 ];
	if ( hasTime && offset === undefined && ! naive ) {
		return null;
	}
	const midnight = Date.UTC( part( 1 ), part( 2 ) - 1, part( 3 ) );
	const rolledOver =
		new Date( midnight ).toISOString().slice( 0, 10 ) !==
		text.slice( 0, 10 );
	if ( rolledOver || part( 4 ) > 23 || part( 5 ) > 59 || part( 6 ) > 59 ) {
		return null;
	}
	const millis = Number(
		( match[ 7 ] ?? '' ).padEnd( 3, '0' ).slice( 0, 3 )
	);
	return (
		midnight +
		( ( part( 4 ) * 60 + part( 5 ) ) * 60 + part( 6 ) ) * 1000 +
		millis -
		offsetMs( offset )
	);
}

function offsetMs( offset: string | undefined ): number {
	if ( offset === undefined || offset === 'Z' ) {
		return 0;
	}
	const digits = offset.replace( ':', '' );
	const size =
		( Number( digits.slice( 1, 3 ) ) * 60 + Number( digits.slice( 3 ) ) ) *
		60_000;
	return digits.startsWith( '-' ) ? -size : size;
}

/** Midnight UTC of the day: the recorded default tax date. */
export const utcMidnight = ( at: number ): number => at - ( at % DAY );
