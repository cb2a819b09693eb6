/**
 * Text from a shop, made fit for Brightpearl's single-line fields.
 */

const NAMED: Readonly< Record< string, string > > = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
};
const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#[xX]([\da-fA-F]{1,6}));/g;

/**
 * Undoes the encoding of the block checkout (woocommerce reference, *Money in orders*): once,
 * so that text a person typed as `&amp;lt;` does not become a bracket. What is only half an
 * entity stays as it is.
 */
export function decodeEntities( text: string ): string {
	return text.replace(
		ENTITY,
		( whole, name?: string, digits?: string, hex?: string ) => {
			if ( name !== undefined ) {
				return NAMED[ name ] ?? whole;
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
