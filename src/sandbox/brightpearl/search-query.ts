/**
 * What a search is made of, and how its parameters are read (platform reference, §5.1).
 */
import type { Account } from './account.ts';
import type { Call } from './call.ts';
import { DOCUMENTED, INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { bad, good, refuse } from './reply.ts';
import type { Checked } from './reply.ts';
import { createTest } from './search-filters.ts';
import type { Cell, DataType } from './search-filters.ts';

export interface Column< T > {
	readonly name: string;
	readonly type: DataType;
	readonly value: ( row: T, account: Account ) => Cell;
	readonly sortable?: boolean;
	readonly filterable?: boolean;
	/** A map beside the answer: its name, and a row's entry in it. */
	readonly reference?: {
		readonly name: string;
		readonly entry: (
			row: T,
			account: Account
		) => readonly [ string, unknown ] | null;
	};
}

export interface Search< T > {
	/** `/order-service/order-search` */
	readonly path: string;
	readonly columns: readonly Column< T >[];
	/** Filters that are no columns. */
	readonly filters?: readonly Column< T >[];
	/** Every row, in the default order: ascending by the first column. */
	readonly rows: ( call: Call ) => Iterable< T >;
	/** Rows that can match a filter's exact value, to spare a walk through the whole table. */
	readonly shortcuts?: Readonly<
		Record< string, ( account: Account, value: string ) => readonly T[] >
	>;
	/**
	 * Equal stamps = equal rows: the pages of one search then cost one walk. Null or none = the rows
	 * may differ every time.
	 */
	readonly stamp?: ( call: Call ) => string | null;
	/** False = not indexed yet. */
	readonly visible?: ( row: T, call: Call ) => boolean;
}

const MAX_PAGE = 500;
const CONTROLS = [ 'columns', 'sort', 'pageSize', 'firstResult', 'countOnly' ];

export interface Sorting< T > {
	readonly column: Column< T >;
	readonly descending: boolean;
}

export interface Query< T > {
	readonly columns: readonly Column< T >[];
	readonly tests: readonly ( ( row: T ) => boolean )[];
	readonly sorting: readonly Sorting< T >[];
	readonly firstResult: number;
	readonly pageSize: number;
	readonly countOnly: boolean;
}

const parameterProblem = ( message: string ): Problem =>
	problem( INVENTED.searchParameter, message );

/** `a.ASC,b.DESC`; older documents write `a|DESC`. */
function readSorting< T >(
	text: string,
	columns: readonly Column< T >[],
	problems: Problem[]
): Sorting< T >[] {
	return text.split( ',' ).flatMap( ( part ) => {
		const match = /^(\w+)(?:[.|](ASC|DESC))?$/.exec( part );
		const column = columns.find( ( { name } ) => name === match?.[ 1 ] );
		if ( ! column || column.sortable === false ) {
			problems.push( parameterProblem( `Cannot sort by ${ part }` ) );
			return [];
		}
		return [ { column, descending: match?.[ 2 ] === 'DESC' } ];
	} );
}

function readCount(
	call: Call,
	name: string,
	fallback: number,
	problems: Problem[]
): number {
	const text = call.query.get( name );
	if ( text === null ) {
		return fallback;
	}
	if ( ! /^[1-9]\d{0,8}$/.test( text ) ) {
		problems.push( parameterProblem( `${ name } must be 1 or more` ) );
		return fallback;
	}
	return Number( text );
}

function readColumns< T >(
	call: Call,
	search: Search< T >,
	problems: Problem[]
): readonly Column< T >[] {
	const text = call.query.get( 'columns' );
	if ( text === null || text === '' ) {
		return search.columns;
	}
	return text.split( ',' ).flatMap( ( name ) => {
		const column = search.columns.find( ( entry ) => entry.name === name );
		if ( ! column ) {
			problems.push( parameterProblem( `There is no column ${ name }` ) );
		}
		return column ?? [];
	} );
}

export function readQuery< T >(
	call: Call,
	search: Search< T >
): Checked< Query< T > > {
	const problems: Problem[] = [];
	const tests: Query< T >[ 'tests' ][ number ][] = [];
	let unparsed = false;
	const filterables = [ ...search.columns, ...( search.filters ?? [] ) ];
	for ( const [ name, value ] of call.query ) {
		if ( CONTROLS.includes( name ) ) {
			continue;
		}
		const column = filterables.find( ( entry ) => entry.name === name );
		if ( column?.filterable === false ) {
			// Told apart from what is no column at all (platform reference, §5.1); the text is ours.
			unparsed = true;
			problems.push(
				problem(
					DOCUMENTED.filter,
					`The filter ${ name }=${ value } is not on a filterable column`
				)
			);
			continue;
		}
		if ( ! column ) {
			if ( call.switches.unknownParameters === 'refuse' ) {
				problems.push(
					parameterProblem( `There is no filter ${ name }` )
				);
			}
			continue;
		}
		const test = createTest( column.type, value, call.switches );
		if ( test ) {
			tests.push( ( row ) => test( column.value( row, call.account ) ) );
		} else {
			unparsed = true;
			problems.push(
				problem(
					DOCUMENTED.filter,
					`The filter ${ name }=${ value } cannot be parsed as: ${ column.type }`
				)
			);
		}
	}
	const columns = readColumns( call, search, problems );
	const sort = call.query.get( 'sort' );
	const sorting =
		sort === null ? [] : readSorting( sort, search.columns, problems );
	const firstResult = readCount( call, 'firstResult', 1, problems );
	const pageSize = readCount( call, 'pageSize', MAX_PAGE, problems );
	if ( pageSize > MAX_PAGE && call.switches.largePages === 'refuse' ) {
		problems.push(
			parameterProblem( `pageSize can be at most ${ MAX_PAGE }` )
		);
	}
	if ( problems.length > 0 ) {
		return bad(
			refuse( unparsed ? call.switches.filterStatus : 400, ...problems )
		);
	}
	return good( {
		columns,
		tests,
		sorting,
		firstResult,
		// What more than 500 does is not known: clamped, as most such servers do.
		pageSize: Math.min( pageSize, MAX_PAGE ),
		countOnly: call.query.get( 'countOnly' ) === 'true',
	} );
}
