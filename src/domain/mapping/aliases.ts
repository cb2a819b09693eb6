/**
 * SKU aliases as a table: the shop's SKU, and the SKU that Brightpearl has for it. An alias is
 * Brightpearl's own SKU: a chain of aliases is not followed.
 */
import type { SkuAlias } from '../../contracts/database.ts';
import { plainCell, readCsv, writeCsv, type CsvFault } from '../csv.ts';

const COLUMNS = [ 'sku', 'alias' ] as const;
/** Longer than any SKU of either side; more is a slip of the table. */
const LONGEST = 255;

export type AliasesRead =
	| { readonly ok: true; readonly aliases: readonly SkuAlias[] }
	| { readonly ok: false; readonly faults: readonly CsvFault[] };

/** All faults at once, each with its line; one fault and there are no aliases. */
export function readAliases( csv: string ): AliasesRead {
	const { rows, faults } = readCsv( csv );
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
	return checked(
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
export function checkAliases( list: readonly SkuAlias[] ): AliasesRead {
	return checked(
		list.map( ( { sku, alias }, index ) => ( {
			line: index + 1,
			sku: sku.trim(),
			alias: alias.trim(),
		} ) ),
		[]
	);
}

/** One that is its own alias says nothing, and is left out. */
function checked(
	given: readonly Given[],
	before: readonly CsvFault[]
): AliasesRead {
	const faults: CsvFault[] = [];
	const found = new Map< string, Given >();
	for ( const one of given ) {
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
