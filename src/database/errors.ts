/**
 * Why a database cannot be opened. These are thrown, and only by opening: nothing of the
 * program exists yet that could carry a value, and the person at the command line is the one
 * who must act.
 */

/** The key is not the one this database was made with. Nothing was changed. */
export class WrongKeyError extends Error {
	override readonly name = 'WrongKeyError';
	constructor() {
		super(
			'The key does not fit this database: it was made with another one.'
		);
	}
}

/** Written by a newer version of the program. Nothing was changed. */
export class NewerDatabaseError extends Error {
	override readonly name = 'NewerDatabaseError';
	readonly found: number;
	readonly known: number;
	constructor( found: number, known: number ) {
		super(
			`This database was written by a newer Pearlbridge (its schema is ${ found }, this version knows ${ known }). Install that version again.`
		);
		this.found = found;
		this.known = known;
	}
}

/** The file is not a database of ours. Nothing was changed. */
export class ForeignDatabaseError extends Error {
	override readonly name = 'ForeignDatabaseError';
	constructor( path: string, cause?: unknown ) {
		super( `${ path } is not a Pearlbridge database.`, { cause } );
	}
}
