/**
 * The shop's side of OAuth 1.0a, written after WooCommerce's own way of checking and without
 * any code of the client: PHP's reading of query and header, then the signature.
 */
import { createHmac } from 'node:crypto';

type Value = string | string[];

/** PHP's `$_GET`: `name[]` collects, of other repeated names the last wins. */
function phpQuery( query: string ): Map< string, Value > {
	const values = new Map< string, Value >();
	for ( const part of query.split( '&' ).filter( ( each ) => each !== '' ) ) {
		const at = part.indexOf( '=' );
		const name = urldecode( at < 0 ? part : part.slice( 0, at ) );
		const value = at < 0 ? '' : urldecode( part.slice( at + 1 ) );
		if ( name.endsWith( '[]' ) ) {
			const list = values.get( name.slice( 0, -2 ) );
			values.set( name.slice( 0, -2 ), [
				...( Array.isArray( list ) ? list : [] ),
				value,
			] );
		} else {
			values.set( name, value );
		}
	}
	return values;
}

function urldecode( text: string ): string {
	return decodeURIComponent( text.replaceAll( '+', ' ' ) );
}

function rawurlencode( text: string ): string {
	return [ ...Buffer.from( text, 'utf8' ) ]
		.map( ( byte ) =>
			/[A-Za-z0-9\-._~]/.test( String.fromCharCode( byte ) )
				? String.fromCharCode( byte )
				: `%${ byte.toString( 16 ).toUpperCase().padStart( 2, '0' ) }`
		)
		.join( '' );
}

export interface Checked {
	readonly given: string;
	readonly expected: string;
	readonly parameters: ReadonlyMap< string, Value >;
}

/** @param home Scheme, host, port and path of the site, without trailing slash. */
export function shopSignature(
	method: string,
	requestUri: string,
	authorization: string | undefined,
	home: string,
	secret: string
): Checked {
	const [ path = '', query = '' ] = requestUri.split( '?' );
	const parameters = phpQuery( query );
	if ( authorization?.startsWith( 'OAuth ' ) === true ) {
		for ( const [ , name, quoted, bare ] of authorization.matchAll(
			/(oauth_[a-z_-]*)=(?:"([^"]*)"|([^,]*))/g
		) ) {
			parameters.set( name ?? '', urldecode( quoted ?? bare ?? '' ) );
		}
	}
	const given = String( parameters.get( 'oauth_signature' ) ?? '' );
	parameters.delete( 'oauth_signature' );
	const joined = [ ...parameters ]
		.sort( ( [ a ], [ b ] ) => ( a < b ? -1 : 1 ) )
		.flatMap( ( [ name, value ] ) =>
			Array.isArray( value )
				? value.map(
						( each, index ) =>
							`${ rawurlencode( name ) }%5B${ index }%5D=${ rawurlencode( each ) }`
					)
				: [ `${ rawurlencode( name ) }=${ rawurlencode( value ) }` ]
		)
		.map( rawurlencode )
		.join( '%26' );
	const relative = path.slice(
		new URL( home ).pathname.replace( /\/$/, '' ).length
	);
	const base = `${ method }&${ rawurlencode( home + relative ) }&${ joined }`;
	return {
		given,
		expected: createHmac( 'sha256', `${ secret }&` )
			.update( base )
			.digest( 'base64' ),
		parameters,
	};
}
