/**
 * What came back from Brightpearl's consent page, however it was brought.
 */

/**
 * Brightpearl's tokens are base64: where a `+` of a code came unencoded it was read as a space.
 * What else stands in the address is nobody's business; repeated parameters stay repeated, and
 * are refused.
 */
export function wantedOf( returned: URLSearchParams ): URLSearchParams {
	const wanted = new URLSearchParams();
	for ( const name of [ 'code', 'state', 'error', 'error_description' ] ) {
		for ( const value of returned.getAll( name ) ) {
			wanted.append(
				name,
				name === 'code' ? value.trim().replaceAll( ' ', '+' ) : value
			);
		}
	}
	return wanted;
}

/** The query of an address, or a code alone. */
export function returnedOf( text: string ): URLSearchParams {
	const given = text.trim();
	const query = given.slice( given.indexOf( '?' ) + 1 ).split( '#', 1 )[ 0 ];
	return /(^|&)(code|error|state)=/.test( query ?? '' )
		? new URLSearchParams( query )
		: new URLSearchParams( { code: given } );
}
