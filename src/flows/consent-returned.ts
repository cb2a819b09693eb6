/**
 * What came back from Brightpearl's consent page, however it was brought.
 */
import type { Failure } from '../contracts/result.ts';

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

/** Problems of what was brought, not of the app or the connection. */
const OF_THE_CODE: readonly ( string | null )[] = [
	'brightpearl.auth',
	'brightpearl.auth.refreshToken',
];

/**
 * What a person is told whose paste held no good code: the right one may be in the browser still.
 * Null = another paste changes nothing; Brightpearl's own refusal is the last word.
 */
export function openAgain(
	failure: Failure,
	parameters: URLSearchParams
): Failure | null {
	return failure.kind === 'hold' &&
		failure.problem.code === 'credentials-brightpearl' &&
		OF_THE_CODE.includes( failure.problem.field ) &&
		! parameters.has( 'error' )
		? {
				...failure,
				problem: {
					...failure.problem,
					fix: `This consent is still open: paste the whole address the browser ended on. If it holds no good code any more, begin again. ${ failure.problem.fix ?? '' }`.trimEnd(),
				},
			}
		: null;
}
