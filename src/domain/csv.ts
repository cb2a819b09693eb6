/**
 * CSV as spreadsheets write and read it: RFC 4180, with a byte order mark, `;` or tab for the
 * comma, and any line end.
 */

export interface CsvRow {
	/** From 1: where the row begins in the file. */
	readonly line: number;
	/** Without the spaces around them. */
	readonly cells: readonly string[];
}

export interface CsvFault {
	readonly line: number;
	readonly message: string;
}

const DELIMITERS = [ ',', ';', '\t' ] as const;
const BOM = '\u{FEFF}';

export interface Csv {
	readonly rows: readonly CsvRow[];
	readonly faults: readonly CsvFault[];
}

/** So many rows are read in one go, in some milliseconds. */
export const SLICE = 2000;

/** What a generator that only rests in between comes to. */
export function inOneGo< T >( steps: Generator< void, T > ): T {
	for (;;) {
		const step = steps.next();
		if ( step.done === true ) {
			return step.value;
		}
	}
}

export function readCsv( text: string ): Csv {
	return inOneGo( readingCsv( text ) );
}

/**
 * Rows that hold anything; a quote that is never closed ends the reading. Rests after each slice,
 * so that who reads a long table can see to other things meanwhile.
 */
export function* readingCsv( text: string ): Generator< void, Csv > {
	const { body, delimiter, skipped } = prepared( text );
	const rows: CsvRow[] = [];
	const faults: CsvFault[] = [];
	let line = 1 + skipped;
	let at = 0;
	while ( at < body.length ) {
		const begins = line;
		const cells: string[] = [];
		let more = true;
		while ( more ) {
			const cell = readCell( body, at, delimiter );
			if ( cell === null ) {
				faults.push( {
					line,
					message: 'a quotation mark is never closed',
				} );
				return { rows, faults };
			}
			cells.push( cell.text.trim() );
			line += cell.lines;
			more = body[ cell.end ] === delimiter;
			at = cell.end + 1;
		}
		line += 1;
		if ( cells.some( ( cell ) => cell !== '' ) ) {
			rows.push( { line: begins, cells } );
		}
		if ( line % SLICE === 0 ) {
			yield;
		}
	}
	return { rows, faults };
}

/** The separator is the one that the first line has most of, unless Excel's `sep=` names it. */
function prepared( text: string ): {
	readonly body: string;
	readonly delimiter: string;
	readonly skipped: number;
} {
	const body = text.replace( BOM, '' ).replace( /\r\n?/g, '\n' );
	const named = /^sep=(.)\n/i.exec( body );
	if ( named?.[ 1 ] !== undefined ) {
		return {
			body: body.slice( named[ 0 ].length ),
			delimiter: named[ 1 ],
			skipped: 1,
		};
	}
	const first = /^\n*([^\n]*)/.exec( body )?.[ 1 ] ?? '';
	const count = ( sign: string ) => first.split( sign ).length;
	const [ delimiter ] = DELIMITERS.toSorted(
		( a, b ) => count( b ) - count( a )
	);
	return { body, delimiter: delimiter ?? ',', skipped: 0 };
}

/** One cell from `start` on; `end` is at the separator, the line end or the end of all. */
function readCell(
	body: string,
	start: number,
	delimiter: string
): { text: string; end: number; lines: number } | null {
	const isEnd = ( at: number ) =>
		at >= body.length || body[ at ] === delimiter || body[ at ] === '\n';
	let at = start;
	while ( body[ at ] === ' ' ) {
		at++;
	}
	let text = '';
	let lines = 0;
	if ( body[ at ] === '"' ) {
		at++;
		for (;;) {
			const close = body.indexOf( '"', at );
			if ( close === -1 ) {
				return null;
			}
			text += body.slice( at, close );
			at = close + 1;
			if ( body[ at ] !== '"' ) {
				break;
			}
			text += '"';
			at++;
		}
		lines = text.split( '\n' ).length - 1;
	}
	const rest = at;
	while ( ! isEnd( at ) ) {
		at++;
	}
	return { text: text + body.slice( rest, at ), end: at, lines };
}

/** What a spreadsheet would take for a formula (OWASP, "CSV Injection"). */
const FORMULA = /^'*[=+\-@\t\r]/;
const PROTECTED = /^'+[=+\-@\t\r]/;

/** Lines end as Excel's do. A cell that looks like a formula begins with an apostrophe. */
export function writeCsv( rows: readonly ( readonly string[] )[] ): string {
	return rows
		.map( ( cells ) => `${ cells.map( writeCell ).join( ',' ) }\r\n` )
		.join( '' );
}

function writeCell( text: string ): string {
	const safe = FORMULA.test( text ) ? `'${ text }` : text;
	return /[",;\t\r\n]|^\s|\s$/.test( safe )
		? `"${ safe.replaceAll( '"', '""' ) }"`
		: safe;
}

/** A cell as it was before `writeCsv` protected it. */
export function plainCell( cell: string ): string {
	return PROTECTED.test( cell ) ? cell.slice( 1 ) : cell;
}
