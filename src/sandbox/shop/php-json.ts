/**
 * JSON as WordPress writes it: slashes and everything beyond ASCII escaped (recorded in
 * every answer's and delivery's bytes).
 */

const UNUSUAL = /[/\u007f-\uffff]/g;

export function phpJson( value: unknown ): string {
	return JSON.stringify( value ).replace( UNUSUAL, ( character ) =>
		character === '/'
			? '\\/'
			: character === '\u007f'
				? character
				: `\\u${ character
						.charCodeAt( 0 )
						.toString( 16 )
						.padStart( 4, '0' ) }`
	);
}
