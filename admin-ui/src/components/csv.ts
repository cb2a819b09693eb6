/** Comma-separated values for spreadsheets (RFC 4180), with a mark that tells them it is UTF-8. */
const MARK = '\uFEFF';
/** What a spreadsheet would read as a formula, and run. */
const FORMULA = /^[=+\-@\t\r]/;

export type Cell = string | number | null;

function quoted( text: string ): string {
	return /[",\r\n]/.test( text )
		? `"${ text.replaceAll( '"', '""' ) }"`
		: text;
}

/** For people: a text that begins like a formula gets an apostrophe before it. */
export function csvFor( rows: readonly ( readonly Cell[] )[] ): string {
	return document( rows, ( cell ) =>
		typeof cell === 'string' && FORMULA.test( cell ) ? `'${ cell }` : cell
	);
}

/** For reading it in again: every character as it is. */
export function exactCsv( rows: readonly ( readonly Cell[] )[] ): string {
	return document( rows, ( cell ) => cell );
}

function document(
	rows: readonly ( readonly Cell[] )[],
	safe: ( cell: Cell ) => Cell
): string {
	return rows
		.map( ( row ) =>
			row
				.map( ( cell ) => quoted( String( safe( cell ) ?? '' ) ) )
				.join( ',' )
		)
		.map( ( line ) => `${ line }\r\n` )
		.join( '' );
}

export function withMark( csv: string ): string {
	return MARK + csv;
}
