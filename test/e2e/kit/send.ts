/** JSON over HTTP, with and without the shop's signature. */
import { createHmac, randomBytes } from 'node:crypto';

function json( text: string ): unknown {
	return text === '' ? null : JSON.parse( text );
}

const encode = ( text: string ): string =>
	encodeURIComponent( text ).replace(
		/[!'()*]/g,
		( c ) => `%${ c.charCodeAt( 0 ).toString( 16 ).toUpperCase() }`
	);

/** OAuth 1.0a in the header, on code of its own. */
export function signed(
	method: string,
	address: string,
	key: string,
	secret: string
): string {
	const url = new URL( address );
	const oauth: Record< string, string > = {
		oauth_consumer_key: key,
		oauth_nonce: randomBytes( 8 ).toString( 'hex' ),
		oauth_signature_method: 'HMAC-SHA256',
		oauth_timestamp: String( Math.floor( Date.now() / 1000 ) ),
	};
	const pairs = [ ...url.searchParams, ...Object.entries( oauth ) ]
		.map(
			( [ name, value ] ) => `${ encode( name ) }=${ encode( value ) }`
		)
		.sort();
	const base = [ method, url.origin + url.pathname, pairs.join( '&' ) ]
		.map( encode )
		.join( '&' );
	oauth[ 'oauth_signature' ] = createHmac( 'sha256', `${ secret }&` )
		.update( base )
		.digest( 'base64' );
	return `OAuth ${ Object.entries( oauth )
		.map( ( [ name, value ] ) => `${ name }="${ encode( value ) }"` )
		.join( ', ' ) }`;
}

export async function send< T >(
	method: string,
	url: string,
	body?: unknown,
	headers: Readonly< Record< string, string > > = {}
): Promise< T > {
	const answer = await fetch( url, {
		method,
		headers: { 'content-type': 'application/json', ...headers },
		...( body === undefined ? {} : { body: JSON.stringify( body ) } ),
	} );
	const text = await answer.text();
	if ( ! answer.ok ) {
		throw new Error(
			`${ method } ${ url } answered ${ answer.status }: ${ text.slice( 0, 500 ) }`
		);
	}
	return json( text ) as T;
}
