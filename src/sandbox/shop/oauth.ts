/**
 * Who gets in over plain http: OAuth 1.0a, HMAC-SHA256 or -SHA1, in the header or the query;
 * Basic and plain query keys are ignored, not called wrong (platform notes, "REST v3").
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../contracts/world.ts';
import { MINUTE } from '../../contracts/primitives.ts';
import type { Outcome } from './rest.ts';
import { bad, good } from './rest.ts';

export interface ApiKey {
	readonly consumerKey: string;
	readonly consumerSecret: string;
	readonly canWrite: boolean;
}

const WINDOW = 15 * MINUTE;

const REQUIRED = [
	'oauth_consumer_key',
	'oauth_timestamp',
	'oauth_nonce',
	'oauth_signature',
	'oauth_signature_method',
];

const refuse = (
	message: string
): { ok: false; error: ReturnType< typeof bad >[ 'error' ] } =>
	bad( 401, 'woocommerce_rest_authentication_error', message );

/** RFC 3986: `encodeURIComponent` leaves five characters too many. */
function encode( text: string ): string {
	return encodeURIComponent( text ).replace(
		/[!'()*]/g,
		( character ) =>
			`%${ character.charCodeAt( 0 ).toString( 16 ).toUpperCase() }`
	);
}

/** PHP's reading of a query: the last of a repeated name wins, `a[]` becomes `a[0]`, `a[1]`. */
export function phpQuery( rawQuery: string ): Record< string, string > {
	const result: Record< string, string > = {};
	const counts = new Map< string, number >();
	for ( const [ name, value ] of new URLSearchParams( rawQuery ) ) {
		if ( name.endsWith( '[]' ) ) {
			const base = name.slice( 0, -2 );
			const index = counts.get( base ) ?? 0;
			counts.set( base, index + 1 );
			result[ `${ base }[${ index }]` ] = value;
		} else {
			result[ name ] = value;
		}
	}
	return result;
}

function fromHeader( header: string ): Record< string, string > | null {
	if ( ! /^oauth\s/i.test( header ) ) {
		return null;
	}
	const params: Record< string, string > = {};
	for ( const [ , name, value ] of header.matchAll(
		/(oauth_[a-z_]+)="([^"]*)"/g
	) ) {
		try {
			params[ name ?? '' ] = decodeURIComponent( value ?? '' );
		} catch {
			params[ name ?? '' ] = value ?? '';
		}
	}
	return params;
}

export function baseString(
	method: string,
	url: string,
	params: Readonly< Record< string, string > >
): string {
	const pairs = Object.entries( params )
		.map(
			( [ name, value ] ) => [ encode( name ), encode( value ) ] as const
		)
		.sort( ( [ a ], [ b ] ) => ( a < b ? -1 : 1 ) )
		.map( ( [ name, value ] ) => `${ name }=${ value }` );
	return [
		method.toUpperCase(),
		encode( url ),
		encode( pairs.join( '&' ) ),
	].join( '&' );
}

function isSame( given: string, made: string ): boolean {
	const left = Buffer.from( given );
	const right = Buffer.from( made );
	return left.length === right.length && timingSafeEqual( left, right );
}

export interface Credentials {
	readonly method: string;
	/** Of the site's home, whatever host the client called. */
	readonly url: string;
	readonly rawQuery: string;
	readonly authorization: string;
}

/** Null = nobody: no OAuth parameters at all. */
export type Authenticate = ( request: Credentials ) => Outcome< ApiKey | null >;

export function createAuthenticate(
	keys: readonly ApiKey[],
	clock: Clock
): Authenticate {
	/** Nonces seen, with their timestamps; older ones cannot pass the window anyway. */
	const nonces = new Map< string, number >();
	const forget = ( now: number ): void => {
		for ( const [ nonce, at ] of nonces ) {
			if ( at < now - WINDOW ) {
				nonces.delete( nonce );
			}
		}
	};
	let used = 0;
	return ( { method, url, rawQuery, authorization } ) => {
		const query = phpQuery( rawQuery );
		const header = fromHeader( authorization );
		const given = header ?? query;
		if ( ! REQUIRED.some( ( name ) => ( given[ name ] ?? '' ) !== '' ) ) {
			return good( null );
		}
		const missing = REQUIRED.filter( ( name ) => ! given[ name ] );
		if ( missing.length > 0 ) {
			return bad(
				401,
				'woocommerce_rest_authentication_missing_parameter',
				`Missing OAuth parameter${ missing.length > 1 ? 's' : '' } ${ missing.join( ', ' ) }`
			);
		}
		const key = keys.find(
			( { consumerKey } ) => consumerKey === given[ 'oauth_consumer_key' ]
		);
		if ( ! key ) {
			return refuse( 'Consumer key is invalid.' );
		}
		const algorithm = {
			'HMAC-SHA256': 'sha256',
			'HMAC-SHA1': 'sha1',
		}[ given[ 'oauth_signature_method' ] ?? '' ];
		if ( ! algorithm ) {
			return refuse( 'Invalid signature - signature method is invalid.' );
		}
		const params: Record< string, string > = { ...query, ...header };
		delete params[ 'oauth_signature' ];
		const signature = createHmac( algorithm, `${ key.consumerSecret }&` )
			.update( baseString( method, url, params ) )
			.digest( 'base64' );
		if ( ! isSame( given[ 'oauth_signature' ] ?? '', signature ) ) {
			return refuse(
				'Invalid signature - provided signature does not match.'
			);
		}
		const at = Number( given[ 'oauth_timestamp' ] ) * 1000;
		const now = clock.now();
		if ( ! ( Math.abs( now - at ) <= WINDOW ) ) {
			return refuse( 'Invalid timestamp.' );
		}
		const nonce = `${ key.consumerKey } ${ given[ 'oauth_nonce' ] ?? '' }`;
		if ( nonces.has( nonce ) ) {
			return refuse( 'Invalid nonce - nonce has already been used.' );
		}
		nonces.set( nonce, at );
		used += 1;
		if ( used % 1000 === 0 ) {
			forget( now );
		}
		if ( ! key.canWrite && ! [ 'GET', 'HEAD' ].includes( method ) ) {
			return refuse(
				'The API key provided does not have write permissions.'
			);
		}
		return good( key );
	};
}
