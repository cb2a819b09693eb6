/**
 * SKU aliases as a table: the shop's SKU, and the SKU that Brightpearl has for it. An alias is
 * Brightpearl's own SKU: a chain of aliases is not followed.
 */
import type { SkuAlias } from '../../contracts/database.ts';
import {
	inOneGo,
	plainCell,
	readingCsv,
	SLICE,
	writeCsv,
	type CsvFault,
} from '../csv.ts';

const COLUMNS = [ 'sku', 'alias' ] as const;
/** Longer than any SKU of either side; more is a slip of the table. */
const LONGEST = 255;
/** More than any shop has products; a table of more lines is another table. */
export const MOST_ALIASES = 200_000;

export type AliasesRead =
	| { readonly ok: true; readonly aliases: readonly SkuAlias[] }
	| { readonly ok: false; readonly faults: readonly CsvFault[] };

export function readAliases( csv: string ): AliasesRead {
	return inOneGo( readingAliases( csv ) );
}

/** All faults at once, each with its line; one fault and there are no aliases. Rests in between. */
export function* readingAliases( csv: string ): Generator< void, AliasesRead > {
	if ( hasMoreLines( csv, MOST_ALIASES + 1 ) ) {
		return { ok: false, faults: [ tooMany( MOST_ALIASES + 2 ) ] };
	}
	const { rows, faults } = yield* readingCsv( csv );
	const [ header, ...body ] = rows;
	if ( header === undefined ) {
		return {
			ok: false,
			faults: [
				...faults,
				{ line: 1, message: 'the columns sku and alias are missing' },
			],
		};
	}
	const names = header.cells.map( ( cell ) => cell.toLowerCase() );
	const wrong = COLUMNS.flatMap( ( name ) => {
		const times = names.filter( ( one ) => one === name ).length;
		return times === 1
			? []
			: [
					times === 0
						? `the column ${ name } is missing`
						: `the column ${ name } is there ${ times } times`,
				];
	} );
	if ( wrong.length > 0 ) {
		return {
			ok: false,
			faults: [
				...wrong.map( ( message ) => ( {
					line: header.line,
					message,
				} ) ),
				...faults,
			],
		};
	}
	const cell = ( cells: readonly string[], name: string ) =>
		plainCell( cells[ names.indexOf( name ) ] ?? '' ).trim();
	return yield* checked(
		body.map( ( { line, cells } ) => ( {
			line,
			sku: cell( cells, 'sku' ),
			alias: cell( cells, 'alias' ),
		} ) ),
		faults
	);
}

interface Given extends SkuAlias {
	/** Of a table; of a list its place. */
	readonly line: number;
}

/** Aliases that are given as a list, counted from 1; spaces around SKUs mean nothing. */
export function* checkingAliases(
	list: readonly SkuAlias[]
): Generator< void, AliasesRead > {
	return list.length > MOST_ALIASES
		? { ok: false, faults: [ tooMany( MOST_ALIASES + 1 ) ] }
		: yield* checked(
				list.map( ( { sku, alias }, index ) => ( {
					line: index + 1,
					sku: sku.trim(),
					alias: alias.trim(),
				} ) ),
				[]
			);
}

export function checkAliases( list: readonly SkuAlias[] ): AliasesRead {
	return inOneGo( checkingAliases( list ) );
}

const tooMany = ( line: number ): CsvFault => ( {
	line,
	message: `there are more than ${ MOST_ALIASES } aliases, which is the most that are taken`,
} );

function hasMoreLines( text: string, most: number ): boolean {
	// Line ends of a kind: \r\n and \n have the one, those of old the other.
	const end = text.includes( '\n' ) ? '\n' : '\r';
	let lines = 0;
	for ( let at = 0; at !== -1 && at < text.length; lines++ ) {
		const next = text.indexOf( end, at );
		at = next === -1 ? -1 : next + 1;
	}
	return lines > most;
}

/** One that is its own alias says nothing, and is left out. */
function* checked(
	given: readonly Given[],
	before: readonly CsvFault[]
): Generator< void, AliasesRead > {
	const faults: CsvFault[] = [];
	const found = new Map< string, Given >();
	for ( const [ at, one ] of given.entries() ) {
		if ( at % SLICE === SLICE - 1 ) {
			yield;
		}
		const { line, sku, alias } = one;
		const first = found.get( sku );
		const wrong = faultOf( one );
		if ( wrong !== null ) {
			faults.push( { line, message: wrong } );
		} else if ( first === undefined ) {
			found.set( sku, one );
		} else if ( first.alias !== alias ) {
			faults.push( {
				line,
				message: `"${ sku }" has another alias already, "${ first.alias }" in line ${ first.line }`,
			} );
		}
	}
	const all = [ ...faults, ...before ];
	return all.length > 0
		? { ok: false, faults: all }
		: {
				ok: true,
				aliases: [ ...found.values() ]
					.filter( ( { sku, alias } ) => sku !== alias )
					.map( ( { sku, alias } ) => ( { sku, alias } ) ),
			};
}

function faultOf( { sku, alias }: SkuAlias ): string | null {
	if ( sku === '' ) {
		return `the sku of the alias "${ alias }" is missing`;
	}
	if ( alias === '' ) {
		return `the alias of "${ sku }" is missing`;
	}
	for ( const text of [ sku, alias ] ) {
		if ( /\p{Cc}/u.test( text ) ) {
			return `${ JSON.stringify( text.slice( 0, LONGEST ) ) } has a line break or another control character in it`;
		}
		if ( text.length > LONGEST ) {
			return `"${ text.slice( 0, 40 ) }…" is longer than ${ LONGEST } characters`;
		}
	}
	return null;
}

export function writeAliases( aliases: readonly SkuAlias[] ): string {
	return writeCsv( [
		COLUMNS,
		...aliases.map( ( { sku, alias } ) => [ sku, alias ] ),
	] );
}
