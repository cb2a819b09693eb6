/**
 * What is read from an answer before anybody judges it: its JSON, its errors, and the headers
 * that tell its id and how long to wait.
 */
import type { HttpAnswer } from '../../contracts/world.ts';

export type JsonObject = Readonly< Record< string, unknown > >;

/** One entry of `{"errors":[…]}` (platform reference, §4.1); null = it names no code. */
export interface ApiError {
	readonly code: string | null;
	readonly message: string;
}

export function isObject( value: unknown ): value is JsonObject {
	return (
		typeof value === 'object' && value !== null && ! Array.isArray( value )
	);
}

/** Gson escapes (`\u003d`, §1.8) are plain JSON and end here. */
export function parseObject( text: string ): JsonObject | null {
	try {
		const value: unknown = JSON.parse( text );
		return isObject( value ) ? value : null;
	} catch {
		return null;
	}
}

export function errorsOf( body: JsonObject | null ): ApiError[] {
	const errors: unknown = body?.[ 'errors' ];
	if ( ! Array.isArray( errors ) ) {
		return [];
	}
	return errors.filter( isObject ).map( ( { code, message } ) => ( {
		code: typeof code === 'string' && code !== '' ? code : null,
		message: typeof message === 'string' ? message : '',
	} ) );
}

/** `ORDC-005 You have not …; ORDC-006 …`, or the gateway's one sentence (§4.1). */
export function saidOf(
	body: JsonObject | null,
	errors: readonly ApiError[]
): string {
	if ( errors.length > 0 ) {
		return errors
			.map( ( { code, message } ) =>
				[ code, message ].filter( Boolean ).join( ' ' )
			)
			.filter( ( text ) => text !== '' )
			.join( '; ' );
	}
	const text = body?.[ 'response' ];
	// Anything but a text is a record, and no reason.
	return typeof text === 'string' ? text : '';
}

/** Milliseconds of `Retry-After` (seconds or a date); null when absent or unreadable. */
export function retryAfter( answer: HttpAnswer, now: number ): number | null {
	const value = answer.headers[ 'retry-after' ]?.trim();
	if ( ! value ) {
		return null;
	}
	if ( /^\d{1,6}$/.test( value ) ) {
		return Number( value ) * 1000;
	}
	const at = Date.parse( value );
	return Number.isNaN( at ) ? null : Math.max( 0, at - now );
}

/** Milliseconds to the next throttle period; null when the header is absent. */
export function throttlePeriod( answer: HttpAnswer ): number | null {
	const value = answer.headers[ 'brightpearl-next-throttle-period' ];
	return value !== undefined && /^\d{1,9}$/.test( value.trim() )
		? Number( value )
		: null;
}

/** Brightpearl's id of the request (a UUID); anything that cannot be one is not repeated. */
export function ruidOf(
	answer: HttpAnswer,
	secrets: readonly string[] = []
): string | null {
	const value = answer.headers[ 'ruid' ]?.trim() ?? '';
	return /^[A-Za-z0-9-]{1,64}$/.test( value ) &&
		! secrets.some(
			( secret ) => secret !== '' && value.includes( secret )
		)
		? value
		: null;
}
