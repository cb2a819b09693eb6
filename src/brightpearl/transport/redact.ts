/**
 * Brightpearl's 401 echoes the token it was sent (platform reference, §2.3), so no text of an
 * answer goes into a message or a log without this.
 */
const LONGEST_QUOTE = 300;

/** One or two characters would blank half of every message and protect nothing. */
const SHORTEST_SECRET = 3;

const GSON: readonly ( readonly [ string, string ] )[] = [
	[ '=', '\\u003d' ],
	[ '&', '\\u0026' ],
	[ '<', '\\u003c' ],
	[ '>', '\\u003e' ],
	[ "'", '\\u0027' ],
];

/** The forms a secret may come back in: as it is, of a URL, of a JSON text in a JSON text. */
function formsOf( secret: string ): readonly string[] {
	const escaped = GSON.reduce(
		( text, [ plain, gson ] ) => text.replaceAll( plain, gson ),
		secret
	);
	let encoded = secret;
	try {
		encoded = encodeURIComponent( secret );
	} catch {
		// Half a surrogate pair has no URL form.
	}
	return [ ...new Set( [ secret, encoded, escaped ] ) ];
}

export function redact( text: string, secrets: readonly string[] ): string {
	// The longest first: a secret that begins with another must not leave its end behind.
	const forms = secrets
		.filter( ( secret ) => secret.length >= SHORTEST_SECRET )
		.flatMap( formsOf )
		.sort( ( a, b ) => b.length - a.length );
	// White space first, here and in the secrets, so that no line break keeps them apart.
	let clean = text.replace( /\s+/g, ' ' ).trim();
	for ( const form of forms ) {
		clean = clean.replaceAll( form.replace( /\s+/g, ' ' ), '[redacted]' );
	}
	return clean.length > LONGEST_QUOTE
		? `${ clean.slice( 0, LONGEST_QUOTE ) }…`
		: clean;
}
