/**
 * Text for people: aligned, calm, without colours.
 */

export type Cell = string | number | boolean | null;

function cell( value: Cell ): string {
	if ( value === null ) {
		return '–';
	}
	return typeof value === 'boolean'
		? value
			? 'yes'
			: 'no'
		: String( value );
}

/** Columns as wide as their widest cell; `empty` when there are no rows. */
export function table(
	heads: readonly string[],
	rows: readonly ( readonly Cell[] )[],
	empty: string
): string {
	if ( rows.length === 0 ) {
		return empty;
	}
	const lines = [ heads, ...rows.map( ( row ) => row.map( cell ) ) ];
	const widths = heads.map( ( _, column ) =>
		Math.max( ...lines.map( ( line ) => width( line[ column ] ?? '' ) ) )
	);
	return lines
		.map( ( line ) =>
			line
				.map( ( text, column ) =>
					text.padEnd(
						( widths[ column ] ?? 0 ) + text.length - width( text )
					)
				)
				.join( '  ' )
				.trimEnd()
		)
		.join( '\n' );
}

/** `label  value`, one a line; null values are left out. */
export function fields(
	pairs: readonly ( readonly [ string, Cell ] )[]
): string {
	const shown = pairs.filter( ( [ , value ] ) => value !== null );
	const widest = Math.max( 0, ...shown.map( ( [ label ] ) => label.length ) );
	return shown
		.map(
			( [ label, value ] ) =>
				`${ label.padEnd( widest ) }  ${ cell( value ) }`
		)
		.join( '\n' );
}

/** Paragraphs with an empty line between; empty ones are left out. */
export function sections( ...parts: readonly ( string | null )[] ): string {
	return parts
		.filter( ( part ) => part !== null && part !== '' )
		.join( '\n\n' );
}

export function indent( text: string ): string {
	return text.replace( /^(?=.)/gm, '  ' );
}

/** `1 order`, `3 orders`. */
export function count( n: number, one: string, many = `${ one }s` ): string {
	return `${ n } ${ n === 1 ? one : many }`;
}

/** Characters as a terminal counts them. */
function width( text: string ): number {
	return [ ...text ].length;
}
