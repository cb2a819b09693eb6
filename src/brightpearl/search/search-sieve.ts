/**
 * Which rows of a search's answer are wanted: those that really equal what was asked for, each
 * once (platform reference, §5.2 and §5.3).
 */

/** One row, cells by column name. */
export type Cells = Readonly< Record< string, unknown > >;

export interface Sieving {
	/**
	 * Cells that must equal the text asked for: a SEARCH_STRING column matches what merely
	 * contains it (§5.3), and that STRING columns match exactly is inferred. Checked before the
	 * rows are read, so that a stranger's odd row harms nobody.
	 */
	readonly equals?: {
		readonly column: string;
		readonly text: string;
		/** Letter case and space around it do not count, as in e-mails. */
		readonly fold?: boolean;
	};
	/**
	 * The column that tells rows apart. Paging is by offset without a snapshot, so a row may move
	 * to the next page and come twice: the second is left out.
	 */
	readonly key?: string;
}

/**
 * E-mail equality: searches match substrings (resources reference, §2.3), so what comes back
 * is checked again.
 */
export function sameEmail( one: string | null, other: string ): boolean {
	return one?.trim().toLowerCase() === other.trim().toLowerCase();
}

/** The rows of a page that are wanted and were not on one before. */
export function createSieve( { equals, key }: Sieving ) {
	const seen = new Set< unknown >();
	const equal = ( cells: Cells ) => {
		if ( equals === undefined ) {
			return true;
		}
		const cell = cells[ equals.column ];
		const text =
			cell === undefined || cell === null ? null : String( cell );
		return equals.fold === true
			? sameEmail( text, equals.text )
			: text === equals.text;
	};
	return ( rows: readonly Cells[] ) => {
		const fresh = rows.filter( ( cells ) => {
			const name = key === undefined ? undefined : cells[ key ];
			// A row without its key cannot be told apart; whether it may lack it is its schema's to say.
			if ( name === undefined || name === null ) {
				return true;
			}
			return ! seen.has( name ) && seen.add( name ) !== undefined;
		} );
		return {
			rows: fresh.filter( equal ),
			/** A full page of nothing new is the page before once more. */
			stands: rows.length > 0 && fresh.length === 0,
		};
	};
}
