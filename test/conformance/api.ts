/**
 * The `Api` of a case over HTTP, against any base URL.
 */
import type { Api, ApiCall, ApiReply } from './case.ts';
import { PREFERRED } from './credentials.ts';
import type { Credentials, Kind } from './credentials.ts';
import type { Pace } from './pace.ts';

/** Thrown by `Api.skip`: the case could not be tried, which is no failure. */
export class Skipped extends Error {}

export interface Target {
	/** Without a slash at its end. */
	readonly baseUrl: string;
	readonly account: string;
	readonly credentials: Credentials;
	/** It is the sandbox, with its control API. */
	readonly sandbox: boolean;
}

export interface ApiOptions {
	readonly target: Target;
	/** Null = as fast as it goes, for cases about the throttle itself. */
	readonly pace: Pace | null;
	/** Used where a call names no other. */
	readonly kind: Kind | null;
	readonly fetch: typeof fetch;
}

const LONGEST_ANSWER_MS = 60_000;

/** Where the first id of each kind is found. */
const SEARCHES = {
	order: [
		'/order-service/order-search',
		{ columns: 'orderId', orderTypeId: '1' },
	],
	contact: [ '/contact-service/contact-search', { columns: 'contactId' } ],
	product: [
		'/product-service/product-search',
		{ columns: 'productId', stockTracked: 'true' },
	],
	'goods-out-note': [
		'/warehouse-service/goods-note/goods-out-search',
		{ columns: 'goodsOutNoteId' },
	],
	payment: [
		'/accounting-service/customer-payment-search',
		{ columns: 'paymentId' },
	],
} as const;

/** Spaces as `%20` and `+` as `%2B`: how a `+` is read there is not known. */
function withQuery( path: string, query: ApiCall[ 'query' ] ): string {
	const parts = Object.entries( query ?? {} ).map(
		( [ name, value ] ) =>
			`${ encodeURIComponent( name ) }=${ encodeURIComponent( value ) }`
	);
	const joint = path.includes( '?' ) ? '&' : '?';
	return parts.length === 0
		? path
		: `${ path }${ joint }${ parts.join( '&' ) }`;
}

/** Undefined is no body at all; a text is sent as it is. */
function bodyText( body: unknown ): string | undefined {
	return body === undefined || typeof body === 'string'
		? body
		: JSON.stringify( body );
}

function parse( text: string ): unknown {
	try {
		return JSON.parse( text );
	} catch {
		return null;
	}
}

export function createHttpApi( options: ApiOptions ): Api {
	const { target, pace } = options;

	const send = async (
		method: string,
		url: string,
		headers: Readonly< Record< string, string > >,
		body: string | undefined
	): Promise< ApiReply > => {
		await pace?.before();
		const response = await options.fetch( `${ target.baseUrl }${ url }`, {
			method,
			headers,
			redirect: 'manual',
			signal: AbortSignal.timeout( LONGEST_ANSWER_MS ),
			...( body === undefined ? {} : { body } ),
		} );
		const text = await response.text();
		const got = Object.fromEntries( response.headers );
		pace?.after( got );
		return {
			status: response.status,
			headers: got,
			json: parse( text ),
			text,
		};
	};

	const skip = ( why: string ): never => {
		throw new Skipped( why );
	};

	const identity = (
		as: ApiCall[ 'as' ]
	): Readonly< Record< string, string > > => {
		if ( as === 'none' ) {
			return {};
		}
		const kind = as ?? options.kind;
		return (
			( kind === null ? undefined : target.credentials[ kind ] ) ??
			skip( `there are no ${ kind ?? '' } credentials` )
		);
	};

	const call = async (
		method: string,
		path: string,
		body: unknown,
		{ query, headers, as }: ApiCall = {}
	): Promise< ApiReply > => {
		const text = bodyText( body );
		return send(
			method,
			withQuery( `/public-api/${ target.account }${ path }`, query ),
			{
				accept: 'application/json',
				...( text === undefined
					? {}
					: { 'content-type': 'application/json' } ),
				...identity( as ),
				...headers,
			},
			text
		);
	};

	const api: Api = {
		account: target.account,
		get: ( path, more ) => call( 'GET', path, more?.body, more ),
		post: ( path, body, more ) => call( 'POST', path, body, more ),
		put: ( path, body, more ) => call( 'PUT', path, body, more ),
		patch: ( path, body, more ) => call( 'PATCH', path, body, more ),
		delete: ( path, more ) => call( 'DELETE', path, more?.body, more ),
		options: ( path, more ) => call( 'OPTIONS', path, more?.body, more ),
		raw: ( method, url, init ) =>
			send( method, url, init?.headers ?? {}, init?.body ),
		existing: async ( kind ) => {
			const [ path, query ] = SEARCHES[ kind ];
			const { json } = await api.get( path, {
				query: { ...query, pageSize: '1' },
			} );
			const first = (
				json as { response?: { results?: unknown[][] } } | null
			 )?.response?.results?.[ 0 ]?.[ 0 ];
			return typeof first === 'number'
				? first
				: skip( `the account has no ${ kind }` );
		},
		sandbox: async ( method, path, body ) => {
			if ( ! target.sandbox ) {
				return skip( 'it is not the sandbox' );
			}
			const full = path.startsWith( '/_sandbox/' )
				? path
				: `/_sandbox${ path.startsWith( '/' ) ? '' : '/' }${ path }`;
			const reply = await send(
				method,
				full,
				{ 'content-type': 'application/json' },
				method === 'GET' ? undefined : ( bodyText( body ) ?? '{}' )
			);
			if ( reply.status !== 200 ) {
				throw new Error(
					`${ method } ${ full } answered ${ reply.status }: ${ reply.text }`
				);
			}
			return reply.json;
		},
		skip,
	};
	return api;
}

/** The credentials a run begins with; null = none were given. */
export const preferredKind = ( credentials: Credentials ): Kind | null =>
	PREFERRED.find( ( kind ) => credentials[ kind ] !== undefined ) ?? null;
