/**
 * What an HTTP outcome means: Brightpearl's error code first, the status second (platform
 * reference, §4.2: a 500 may be the client's mistake, a 503 may be throttling or an outage).
 */
import {
	hold,
	retry,
	type Hold,
	type Retry,
	type RetryCause,
} from '../contracts/result.ts';
import type { HttpAnswer, HttpOutcome } from '../contracts/world.ts';
import { redact } from './redact.ts';

export interface Exchange {
	/** Method and path without query, for messages. */
	readonly endpoint: string;
	readonly write: boolean;
	readonly none: NoneOn404;
	readonly outcome: HttpOutcome;
	/** What must not be quoted. */
	readonly secrets: readonly string[];
	/** Where the connection keeps what was shown (`Credentials.field`). */
	readonly field?: string | undefined;
	/** For a `Retry-After` that is a date. */
	readonly now: number;
}

/**
 * What 404 CMNC-404 means on a read (platform reference, §5.4). `record`: none, unless its
 * text is that of an unknown address, as for a wrong account: stock must not read as absent
 * then. `any`: none whatever the text, where the text of "none" is not known. `never`: a
 * search is never 404 for emptiness.
 */
export type NoneOn404 = 'record' | 'any' | 'never';

export type JsonObject = Readonly< Record< string, unknown > >;

export type Verdict =
	| { readonly kind: 'answer'; readonly body: JsonObject }
	| { readonly kind: 'none' }
	/** 401: a fresh token may help, once. */
	| { readonly kind: 'unauthorized'; readonly failure: Hold }
	/** Nothing was executed. */
	| { readonly kind: 'throttled'; readonly failure: Retry }
	/** Nobody sensible answered. */
	| { readonly kind: 'outage'; readonly failure: Retry }
	/** Brightpearl is up and stumbled over this one request (CMNU-*). */
	| { readonly kind: 'stumbled'; readonly failure: Retry }
	| { readonly kind: 'refused'; readonly failure: Hold };

interface ApiError {
	readonly code: string;
	readonly message: string;
}

function parseObject( text: string ): JsonObject | null {
	try {
		const value: unknown = JSON.parse( text );
		return typeof value === 'object' &&
			value !== null &&
			! Array.isArray( value )
			? ( value as JsonObject )
			: null;
	} catch {
		return null;
	}
}

function errorsOf( body: JsonObject | null ): ApiError[] {
	const errors: unknown = body?.[ 'errors' ];
	if ( ! Array.isArray( errors ) ) {
		return [];
	}
	return errors.flatMap( ( error: unknown ) => {
		if ( typeof error !== 'object' || error === null ) {
			return [];
		}
		const { code, message } = error as Record< string, unknown >;
		return typeof code === 'string'
			? [ { code, message: typeof message === 'string' ? message : '' } ]
			: [];
	} );
}

/** Milliseconds of `Retry-After` (seconds or a date); null when absent or unreadable. */
function retryAfter( answer: HttpAnswer, now: number ): number | null {
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

const TOO_MANY = /too many requests/i;
/** `SSSX-NNN` with X = U: unexpected, in whichever service (platform reference, §4.3). */
const UNEXPECTED = /^[A-Z]{3}U-/;
/** The other kinds: the client's mistake (C) or a business rule (B). */
const CLIENT_MISTAKE = /^[A-Z]{3}[CB]-/;
/** Text of an unknown URI (§4.3), not of an unknown record. */
const NO_ADDRESS = /^Cannot find the resource/;
const GATEWAY = /^GWY/;

export function classify( exchange: Exchange ): Verdict {
	const { endpoint, outcome, write, secrets, now } = exchange;
	const ruid = outcome.ok
		? ( outcome.answer.headers[ 'ruid' ] ?? null )
		: null;
	const again = (
		cause: RetryCause,
		message: string,
		after: number | null,
		outcomeUnknown: boolean
	): Retry =>
		retry( 'brightpearl', cause, message, { after, outcomeUnknown, ruid } )
			.failure;
	const outage = ( what: string, after: number | null = null ): Verdict => ( {
		kind: 'outage',
		failure: again(
			'outage',
			`Brightpearl ${ what } (${ endpoint }).`,
			after,
			write
		),
	} );

	if ( ! outcome.ok ) {
		return {
			kind: 'outage',
			failure: again(
				'outage',
				`Brightpearl could not be reached (${ endpoint }): ${ redact( outcome.message, secrets ) }`,
				null,
				write && outcome.sent
			),
		};
	}

	const { answer } = outcome;
	const { status } = answer;
	const body = parseObject( answer.body );
	const errors = errorsOf( body );
	const code = errors[ 0 ]?.code ?? null;
	const said = redact(
		errors.length > 0
			? errors
					.map( ( error ) => `${ error.code } ${ error.message }` )
					.join( '; ' )
			: String( body?.[ 'response' ] ?? '' ),
		secrets
	);

	if ( status === 401 || ( code !== null && GATEWAY.test( code ) ) ) {
		return {
			kind: 'unauthorized',
			failure: badCredentials( exchange, ruid ),
		};
	}
	if (
		status === 429 ||
		( status === 503 && TOO_MANY.test( answer.body ) )
	) {
		return {
			kind: 'throttled',
			failure: again(
				'throttled',
				'Brightpearl allows no more requests in this minute.',
				retryAfter( answer, now ) ?? throttlePeriod( answer ),
				false
			),
		};
	}
	if ( code === 'CMNC-404' && ! write ) {
		const noAddress = NO_ADDRESS.test( errors[ 0 ]?.message ?? '' );
		if (
			exchange.none === 'any' ||
			( exchange.none === 'record' && ! noAddress )
		) {
			return { kind: 'none' };
		}
	}
	if ( status === 403 && body !== null ) {
		return { kind: 'refused', failure: noRights( exchange, said, ruid ) };
	}
	if ( code !== null ) {
		const permanent =
			CLIENT_MISTAKE.test( code ) ||
			( ! UNEXPECTED.test( code ) && status < 500 );
		return permanent
			? {
					kind: 'refused',
					failure: refusal( endpoint, said, code, ruid ),
				}
			: {
					kind: 'stumbled',
					failure: again(
						'outage',
						`Brightpearl failed at ${ endpoint }: ${ said }`,
						retryAfter( answer, now ),
						write
					),
				};
	}
	if ( status >= 200 && status < 300 ) {
		if ( body !== null && ! ( 'errors' in body ) ) {
			return { kind: 'answer', body };
		}
		return status === 204 && answer.body === ''
			? { kind: 'answer', body: {} }
			: outage( 'cut its answer short or sent no JSON' );
	}
	if ( status >= 300 && status < 400 ) {
		return {
			kind: 'refused',
			failure: hold(
				{
					code: 'refused-by-brightpearl',
					message: `Brightpearl answered ${ endpoint } with a redirect (${ status }), which is never followed.`,
					cause: 'The API domain is not that of this account.',
					fix: 'Check `brightpearl.apiDomain`, then run `connection check`.',
					field: 'brightpearl.apiDomain',
				},
				ruid
			).failure,
		};
	}
	// A JSON text without a code is the gateway's own word; HTML is somebody in between.
	if ( status < 500 && status !== 408 && body !== null ) {
		return {
			kind: 'refused',
			failure: refusal( endpoint, `${ status } ${ said }`, null, ruid ),
		};
	}
	return outage(
		`answered ${ status } without a reason of its own`,
		retryAfter( answer, now )
	);
}

function badCredentials( { field }: Exchange, ruid: string | null ): Hold {
	return hold(
		{
			code: 'credentials-brightpearl',
			message: 'Brightpearl does not accept the token.',
			cause: 'It is mistyped, was revoked, has run out, or belongs to another account or app.',
			fix: 'Check `brightpearl.account` and `brightpearl.auth`, and enter a new token for the connection (with OAuth: a new refresh token). Then run `connection check`.',
			field: field ?? 'brightpearl.auth',
		},
		ruid
	).failure;
}

function noRights( shown: Exchange, said: string, ruid: string | null ): Hold {
	return hold(
		{
			code: 'credentials-brightpearl',
			message: `Brightpearl refuses the right to ${ shown.endpoint }${ said && `: ${ said }` }`,
			cause: 'The app or the staff member may not use this part of Brightpearl.',
			fix: 'Give the app access in Brightpearl (App Store, then your app), then run `connection check`.',
			field: shown.field ?? 'brightpearl.auth',
		},
		ruid
	).failure;
}

function refusal(
	endpoint: string,
	said: string,
	code: string | null,
	ruid: string | null
): Hold {
	const lost = code === 'CMNC-404';
	return hold(
		{
			code: 'refused-by-brightpearl',
			message: `Brightpearl refused ${ endpoint }: ${ said }`,
			cause: lost
				? 'Brightpearl has no such record, or no such account on this API domain.'
				: null,
			fix: lost
				? 'Check `brightpearl.account` and `brightpearl.apiDomain`, and that the record was not deleted in Brightpearl.'
				: 'Change the setting or record that Brightpearl names, then retry.',
			field: null,
		},
		ruid
	).failure;
}
