/**
 * Text for people out of what WordPress prints: tags off, entities read, one line.
 * For messages and site names only, never for data that goes to Brightpearl.
 */
const NAMED: Readonly< Record< string, string > > = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	rsaquo: '›',
	lsaquo: '‹',
	ndash: '–',
	mdash: '—',
	hellip: '…',
};
const LONGEST = 300;
const HIGHEST_CODE_POINT = 0x10ffff;

export function plainText( html: string ): string {
	const text = html
		.slice( 0, LONGEST * 10 )
		.replace( /<[^>]*>/g, ' ' )
		.replace( /&(#x?[0-9a-f]+|[a-z]+);/gi, decode )
		.replace( /\s+/g, ' ' )
		.trim();
	return text.length > LONGEST ? `${ text.slice( 0, LONGEST - 1 ) }…` : text;
}

function decode( whole: string, name: string ): string {
	if ( ! name.startsWith( '#' ) ) {
		return NAMED[ name.toLowerCase() ] ?? whole;
	}
	const hex = /^#x/i.test( name );
	const code = parseInt( name.slice( hex ? 2 : 1 ), hex ? 16 : 10 );
	return code > 0 && code <= HIGHEST_CODE_POINT
		? String.fromCodePoint( code )
		: whole;
}
