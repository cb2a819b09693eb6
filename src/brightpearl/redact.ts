/**
 * Brightpearl's 401 echoes the token it was sent (platform reference, §2.3), so no text of an
 * answer goes into a message or a log without this.
 */
const LONGEST_QUOTE = 300;

export function redact( text: string, secrets: readonly string[] ): string {
	let clean = text;
	for ( const secret of secrets ) {
		// One or two characters would blank half of every message and protect nothing.
		if ( secret.length > 2 ) {
			clean = clean.replaceAll( secret, '[redacted]' );
			clean = clean.replaceAll(
				encodeURIComponent( secret ),
				'[redacted]'
			);
		}
	}
	const line = clean.replace( /\s+/g, ' ' ).trim();
	return line.length > LONGEST_QUOTE
		? `${ line.slice( 0, LONGEST_QUOTE ) }…`
		: line;
}
