/**
 * Text from a shop, made fit for Brightpearl's single-line fields.
 */

/** What WordPress and WooCommerce write: of their own texts too. */
const NAMED: Readonly< Record< string, string > > = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: '\u00a0',
	times: '×',
	rarr: '→',
	ndash: '–',
	mdash: '—',
	hellip: '…',
	lsquo: '‘',
	rsquo: '’',
	ldquo: '“',
	rdquo: '”',
	pound: '£',
	euro: '€',
	yen: '¥',
	cent: '¢',
};
/** `&amp;amp;`: an ampersand that was encoded again each time it was saved. */
const AGAIN = /&(?:amp;){2,}/g;
const ENTITY = /&(?:([a-z]{2,6})|#(\d{1,7})|#[xX]([\da-fA-F]{1,6}));/g;

/**
 * Undoes the encoding of the block checkout (woocommerce reference, *Money in orders*): once,
 * so that text a person typed as `&amp;lt;` does not become a bracket; only an ampersand that
 * was encoded several times is one again. What is only half an entity stays as it is.
 */
export function decodeEntities( text: string ): string {
	return text
		.replace( AGAIN, '&amp;' )
		.replace(
			ENTITY,
			( whole, name?: string, digits?: string, hex?: string ) => {
				if ( name !== undefined ) {
					return Object.hasOwn( NAMED, name )
						? ( NAMED[ name ] ?? whole )
						: whole;
				}
				const point =
					digits !== undefined
						? Number.parseInt( digits, 10 )
						: Number.parseInt( hex ?? '', 16 );
				const isCharacter =
					point >= 0x20 &&
					point <= 0x10ffff &&
					! ( point >= 0xd800 && point <= 0xdfff );
				return isCharacter ? String.fromCodePoint( point ) : whole;
			}
		);
}

/**
 * Several lines of decoded text without markup, at most `limit` long: no other control characters,
 * no blanks at the ends of lines, one empty line at most between two.
 */
export function textBlock( text: string, limit: number ): string {
	const lines = decodeEntities(
		text
			.replace( /<br\s*\/?>|<\/(?:p|div|li)>/gi, '\n' )
			.replace( /<\/?[a-z][^<>]*>/gi, '' )
	)
		.toWellFormed()
		.replace( /\r\n?|[\p{Zl}\p{Zp}]/gu, '\n' )
		.split( '\n' )
		.map( ( line ) => line.replace( /[\p{Cc}\p{Zs}]+/gu, ' ' ).trim() );
	const whole = lines
		.join( '\n' )
		.replace( /\n{3,}/g, '\n\n' )
		.trim();
	return whole.length <= limit
		? whole
		: `${ cutAtWord( whole, limit - 1 ) }…`;
}

/** One line of decoded text: no control characters, no line breaks, no doubled spaces. */
export function singleLine( text: string ): string {
	return decodeEntities( text )
		.toWellFormed()
		.replace( /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ' )
		.trim();
}

/**
 * At most `limit` UTF-16 units (however Brightpearl counts, it is not more), never half a
 * character.
 */
export function cut( text: string, limit: number ): string {
	if ( text.length <= limit ) {
		return text;
	}
	let kept = '';
	for ( const character of text ) {
		if ( kept.length + character.length > limit ) {
			break;
		}
		kept += character;
	}
	return kept.trimEnd();
}

/** Shortened where words end, if that keeps at least half; see `cut`. */
export function cutAtWord( text: string, limit: number ): string {
	if ( text.length <= limit ) {
		return text;
	}
	const kept = cut( text, limit );
	if ( text.charAt( kept.length ) === ' ' ) {
		return kept;
	}
	const space = kept.lastIndexOf( ' ' );
	return space >= limit / 2 ? kept.slice( 0, space ) : kept;
}

/** Markup out, its text kept; `<3` is no markup. */
export function withoutTags( text: string ): string {
	return text.replace( /<\/?[a-z][^<>]*>/gi, ' ' );
}

/** `a, b and c` */
export function listed( items: readonly string[] ): string {
	return items.length < 2
		? items.join( '' )
		: `${ items.slice( 0, -1 ).join( ', ' ) } and ${ items.at( -1 ) }`;
}
