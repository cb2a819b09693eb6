/**
 * The outgoing HTTP client on undici: one request, one outcome. It never throws, follows no
 * redirect, retries nothing and says whether a request can have been executed.
 */
import { Agent, request } from 'undici';
import {
	ACCEPTED_ENCODING,
	Damaged,
	TooLarge,
	readText,
} from './answer-text.ts';
import type {
	Clock,
	HttpAnswer,
	HttpFetch,
	HttpOutcome,
	HttpRequest,
} from '../contracts/world.ts';

const MEGABYTE = 1024 * 1024;
const CONNECT_TIMEOUT = 10_000;

const TIMEOUTS = new Set( [
	'UND_ERR_CONNECT_TIMEOUT',
	'UND_ERR_HEADERS_TIMEOUT',
	'UND_ERR_BODY_TIMEOUT',
] );

export interface HttpFetchOptions {
	readonly clock: Clock;
	/** Largest answer body in bytes. */
	readonly maximalAnswer?: number;
	/** For connecting alone, in milliseconds. */
	readonly connectTimeout?: number;
}

/** Keeps connections alive between requests: `close` lets them go. */
export type ClosableHttpFetch = HttpFetch & { close(): Promise< void > };

export function createHttpFetch(
	options: HttpFetchOptions
): ClosableHttpFetch {
	const limit = options.maximalAnswer ?? 32 * MEGABYTE;
	const agent = new Agent( {
		connect: { timeout: options.connectTimeout ?? CONNECT_TIMEOUT },
	} );

	const fetch = async ( asked: HttpRequest ): Promise< HttpOutcome > => {
		if ( asked.signal?.aborted === true ) {
			return failure( 'aborted', false, 'The request was called off.' );
		}
		const abort = new AbortController();
		const finished = new AbortController();
		let calledOff = false;
		let timedOut = false;
		const callOff = (): void => {
			calledOff = true;
			abort.abort();
		};
		asked.signal?.addEventListener( 'abort', callOff, { once: true } );
		void options.clock.sleep( asked.timeout, finished.signal ).then( () => {
			if ( ! finished.signal.aborted ) {
				timedOut = true;
				abort.abort();
			}
		} );
		try {
			const response = await request( asked.url, {
				dispatcher: agent,
				method: asked.method,
				headers: {
					'accept-encoding': ACCEPTED_ENCODING,
					...asked.headers,
				},
				body: asked.body ?? null,
				headersTimeout: asked.timeout,
				bodyTimeout: asked.timeout,
				signal: abort.signal,
			} );
			const headers = flatten( response.headers );
			const body = await readText(
				response.body,
				headers[ 'content-encoding' ],
				limit
			);
			return {
				ok: true,
				answer: { status: response.statusCode, headers, body },
			};
		} catch ( error ) {
			if ( error instanceof TooLarge ) {
				return failure( 'too-large', true, error.message );
			}
			if ( error instanceof Damaged ) {
				return failure( 'network', true, error.message );
			}
			if ( timedOut ) {
				return failure( 'timeout', true, timeoutMessage( asked ) );
			}
			if ( calledOff ) {
				return failure(
					'aborted',
					true,
					'The request was called off.'
				);
			}
			return explain( error, asked );
		} finally {
			finished.abort();
			asked.signal?.removeEventListener( 'abort', callOff );
		}
	};
	return Object.assign( fetch, { close: () => agent.destroy() } );
}

function failure(
	reason: 'timeout' | 'network' | 'aborted' | 'too-large',
	sent: boolean,
	message: string
): HttpOutcome {
	return { ok: false, sent, reason, message };
}

function timeoutMessage( asked: HttpRequest ): string {
	return `No complete answer within ${ asked.timeout / 1000 } s.`;
}

/** What undici or the operating system reported, as an outcome without the query string. */
function explain( error: unknown, asked: HttpRequest ): HttpOutcome {
	const faults = faultsOf( error );
	const sent = faults.length === 0 || ! faults.every( isNeverSent );
	const host = hostOf( asked.url );
	if ( faults.some( ( { code } ) => TIMEOUTS.has( code ) ) ) {
		return failure(
			'timeout',
			sent,
			sent
				? timeoutMessage( asked )
				: `${ host } did not accept the connection in time.`
		);
	}
	return failure( 'network', sent, messageOf( faults[ 0 ], host ) );
}

interface Fault {
	readonly code: string;
	/** What the operating system was doing, where it was the operating system. */
	readonly syscall: string;
	readonly message: string;
}

/**
 * Looking the name up and connecting come before the first byte of a request. Everything else
 * counts as sent, for the peer may have executed what it received before the answer was lost.
 */
function isNeverSent( { code, syscall }: Fault ): boolean {
	return (
		syscall === 'connect' ||
		syscall === 'getaddrinfo' ||
		code === 'UND_ERR_CONNECT_TIMEOUT'
	);
}

function messageOf( fault: Fault | undefined, host: string ): string {
	const { code, message } = fault ?? { code: 'unknown', message: '' };
	switch ( code ) {
		case 'ECONNREFUSED':
			return `${ host } refused the connection.`;
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return `The name ${ host } was not found (${ code }).`;
		case 'ECONNRESET':
		case 'EPIPE':
		case 'UND_ERR_SOCKET':
		case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
		case 'HPE_INVALID_EOF_STATE':
			return `${ host } closed the connection before its answer was complete.`;
		default: {
			if (
				/^(ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(
					code
				)
			) {
				return `A secure connection to ${ host } could not be made (${ code }): does the address begin with https where it should, and is the certificate valid?`;
			}
			// A message may quote the address with its query, where keys can stand.
			const safe = /[?&=]/.test( message ) ? '' : message;
			return `Talking to ${ host } failed (${ code })${ safe === '' ? '.' : `: ${ safe }` }`;
		}
	}
}

/**
 * Connecting by several addresses fails with one error that holds the others. Read by shape:
 * `instanceof` knows only the errors of its own realm.
 */
function faultsOf( error: unknown ): readonly Fault[] {
	if ( typeof error !== 'object' || error === null ) {
		return [];
	}
	if (
		'errors' in error &&
		Array.isArray( error.errors ) &&
		error.errors.length > 0
	) {
		return error.errors.flatMap( faultsOf );
	}
	if ( 'code' in error && typeof error.code === 'string' ) {
		return [
			{
				code: error.code,
				syscall: 'syscall' in error ? String( error.syscall ) : '',
				message: 'message' in error ? String( error.message ) : '',
			},
		];
	}
	return 'cause' in error ? faultsOf( error.cause ) : [];
}

function hostOf( url: string ): string {
	return URL.canParse( url ) ? new URL( url ).host : 'The address';
}

function flatten(
	headers: Readonly< Record< string, string | string[] | undefined > >
): HttpAnswer[ 'headers' ] {
	const flat: Record< string, string > = {};
	for ( const [ name, value ] of Object.entries( headers ) ) {
		if ( value !== undefined ) {
			flat[ name.toLowerCase() ] = Array.isArray( value )
				? value.join( ', ' )
				: value;
		}
	}
	return flat;
}
