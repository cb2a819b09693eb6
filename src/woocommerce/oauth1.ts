/**
 * OAuth 1.0a with HMAC-SHA256 and two legs, as WooCommerce checks it over plain http
 * ("WooCommerce, as measured": *who gets in*, *further traps*).
 *
 * It differs from RFC 5849 in two ways: parameters are sorted by name alone, and `status[]`
 * is signed as `status[0]`, `status[1]`, … in the order sent, as PHP has numbered them.
 */
import { createHmac } from 'node:crypto';

export type QueryPair = readonly [ name: string, value: string ];

export interface OAuthKey {
	readonly consumerKey: string;
	readonly consumerSecret: string;
}

export interface OAuthStamp {
	/** Seconds since the epoch; the shop allows 15 minutes either way. */
	readonly timestamp: number;
	/** Used once: the shop refuses a second use. */
	readonly nonce: string;
}

const ALGORITHM = 'HMAC-SHA256';

/** Percent-encoding that leaves only the unreserved characters of RFC 3986. */
export function encodeRfc3986( text: string ): string {
	return encodeURIComponent( text.toWellFormed() ).replace(
		/[!'()*]/g,
		( character ) =>
			`%${ character.charCodeAt( 0 ).toString( 16 ).toUpperCase() }`
	);
}

export function queryString( pairs: readonly QueryPair[] ): string {
	return pairs
		.map(
			( [ name, value ] ) =>
				`${ encodeRfc3986( name ) }=${ encodeRfc3986( value ) }`
		)
		.join( '&' );
}

/** What is signed: method, address without its query, sorted parameters. */
export function signatureBase(
	method: string,
	url: string,
	pairs: readonly QueryPair[]
): string {
	return [
		method.toUpperCase(),
		encodeRfc3986( url ),
		encodeRfc3986( queryString( sorted( pairs ) ) ),
	].join( '&' );
}

function sorted( pairs: readonly QueryPair[] ): QueryPair[] {
	const counters = new Map< string, number >();
	return pairs
		.map( ( [ name, value ] ) => {
			if ( ! name.endsWith( '[]' ) ) {
				return {
					name: encodeRfc3986( name ),
					pair: [ name, value ] as const,
				};
			}
			const base = name.slice( 0, -2 );
			const index = counters.get( base ) ?? 0;
			counters.set( base, index + 1 );
			return {
				name: encodeRfc3986( base ),
				pair: [ `${ base }[${ index }]`, value ] as const,
			};
		} )
		.sort( ( a, b ) =>
			a.name === b.name ? 0 : a.name < b.name ? -1 : 1
		)
		.map( ( { pair } ) => pair );
}

/**
 * The `oauth_*` parameters of one request, the signature last.
 *
 * @param url Address without query, built on the site's own `home`: the shop signs with that,
 *            whatever host the request came to.
 */
export function oauthParameters(
	key: OAuthKey,
	stamp: OAuthStamp,
	method: string,
	url: string,
	query: readonly QueryPair[]
): readonly QueryPair[] {
	const parameters: QueryPair[] = [
		[ 'oauth_consumer_key', key.consumerKey ],
		[ 'oauth_nonce', stamp.nonce ],
		[ 'oauth_signature_method', ALGORITHM ],
		[ 'oauth_timestamp', String( stamp.timestamp ) ],
	];
	const base = signatureBase( method, url, [ ...query, ...parameters ] );
	const signature = createHmac( 'sha256', `${ key.consumerSecret }&` )
		.update( base )
		.digest( 'base64' );
	return [ ...parameters, [ 'oauth_signature', signature ] ];
}

export function oauthHeader( parameters: readonly QueryPair[] ): string {
	const fields = parameters.map(
		( [ name, value ] ) =>
			`${ encodeRfc3986( name ) }="${ encodeRfc3986( value ) }"`
	);
	return `OAuth ${ fields.join( ', ' ) }`;
}
