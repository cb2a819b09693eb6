/**
 * What an HTTP outcome means: Brightpearl's error code first, the status second (platform
 * reference, §4.2: a 500 may be the client's mistake, a 503 may be throttling or an outage).
 */
import {
	retry,
	type Hold,
	type Retry,
	type RetryCause,
} from '../../contracts/result.ts';
import type { HttpOutcome } from '../../contracts/world.ts';
import { redact } from './redact.ts';
import { badCredentials, noRights, redirected, refusal } from './refusals.ts';
import {
	errorsOf,
	parseObject,
	retryAfter,
	ruidOf,
	saidOf,
	throttlePeriod,
	type ApiError,
	type JsonObject,
} from './reply-body.ts';

export { throttlePeriod, type JsonObject } from './reply-body.ts';

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
 * What 404 CMNC-404 means on a read, or on a delete of what may be gone already (platform
 * reference, §5.4). `record`: none, unless its text is that of an unknown address, as for a wrong
 * account: stock must not read as absent then. `any`: none whatever the text, where the text of
 * "none" is not known. `never`: a search is never 404 for emptiness.
 */
export type NoneOn404 = 'record' | 'any' | 'never';

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

const TOO_MANY = /too many requests/i;
/** `SSSX-NNN` with X = U: unexpected, in whichever service (platform reference, §4.3). */
const UNEXPECTED = /^[A-Z]{3}U-/;
/** The other kinds: the client's mistake (C) or a business rule (B). */
const CLIENT_MISTAKE = /^[A-Z]{3}[CB]-/;
/** Text of an unknown URI (§4.3), not of an unknown record. */
const NO_ADDRESS = /^Cannot find the resource/;
const GATEWAY = /^GWY/;

/**
 * Whether the errors are a refusal for good. One unexpected error among several is enough to
 * doubt it; a code of unknown make is judged by the status.
 */
function isPermanent( errors: readonly ApiError[], status: number ): boolean {
	const codes = errors.flatMap( ( { code } ) => code ?? [] );
	return (
		! codes.some( ( code ) => UNEXPECTED.test( code ) ) &&
		( codes.every( ( code ) => CLIENT_MISTAKE.test( code ) ) ||
			status < 500 )
	);
}

export function classify( exchange: Exchange ): Verdict {
	const { endpoint, outcome, write, secrets, now } = exchange;
	const ruid = outcome.ok ? ruidOf( outcome.answer, secrets ) : null;
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
	const said = redact( saidOf( body, errors ), secrets );

	if (
		status === 401 ||
		( code !== null && GATEWAY.test( code ) && ! UNEXPECTED.test( code ) )
	) {
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
	if ( errors.some( ( error ) => error.code !== null ) ) {
		return isPermanent( errors, status )
			? {
					kind: 'refused',
					failure: refusal( exchange, said, code, ruid ),
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
		// An empty list beside the answer refuses nothing.
		if (
			body !== null &&
			( ! ( 'errors' in body ) ||
				( 'response' in body && isEmpty( body[ 'errors' ] ) ) )
		) {
			return { kind: 'answer', body };
		}
		return status === 204 && answer.body === ''
			? { kind: 'answer', body: {} }
			: outage( 'cut its answer short or sent no JSON' );
	}
	if ( status >= 300 && status < 400 ) {
		return {
			kind: 'refused',
			failure: redirected( exchange, status, ruid ),
		};
	}
	// A JSON text without a code is the gateway's own word; HTML is somebody in between.
	if ( status >= 400 && status < 500 && status !== 408 && body !== null ) {
		return {
			kind: 'refused',
			failure: refusal( exchange, `${ status } ${ said }`, null, ruid ),
		};
	}
	return outage(
		`answered ${ status } without a reason of its own`,
		retryAfter( answer, now )
	);
}

function isEmpty( errors: unknown ): boolean {
	return Array.isArray( errors ) && errors.length === 0;
}
