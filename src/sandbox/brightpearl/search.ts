/**
 * One engine for every `*-search`, driven by a table of columns (platform reference, §5).
 */
import type { Account } from './account.ts';
import { route } from './call.ts';
import type { Call, Route } from './call.ts';
import { DOCUMENTED, INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { createTest } from './search-filters.ts';
import type { Cell, DataType } from './search-filters.ts';
import { bad, good, refuse } from './reply.ts';
import type { Checked, Reply } from './reply.ts';

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
	/** False = not indexed yet. */
	readonly visible?: ( row: T, call: Call ) => boolean;
}

const MAX_PAGE = 500;
const CONTROLS = [ 'columns', 'sort', 'pageSize', 'firstResult', 'countOnly' ];

interface Sorting< T > {
	readonly column: Column< T >;
	readonly descending: boolean;
}

interface Query< T > {
	readonly columns: readonly Column< T >[];
	readonly tests: readonly ( ( row: T ) => boolean )[];
	readonly sorting: readonly Sorting< T >[];
	readonly firstResult: number;
	readonly pageSize: number;
	readonly countOnly: boolean;
}

const describe = < T >( column: Column< T > ) => ( {
	name: column.name,
	sortable: column.sortable ?? true,
	filterable: column.filterable ?? true,
	reportDataType: column.type,
	referenceData: column.reference ? [ column.reference.name ] : [],
	isFreeTextSearchable: false,
	required: false,
} );

const describeSorting = < T >( { column, descending }: Sorting< T > ) => ( {
	filterable: describe( column ),
	direction: descending ? 'DESC' : 'ASC',
} );

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

function readQuery< T >(
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
		const column = filterables.find(
			( entry ) => entry.name === name && entry.filterable !== false
		);
		if ( ! column ) {
			if ( call.switches.unknownParameters === 'refuse' ) {
				problems.push(
					parameterProblem( `There is no filter ${ name }` )
				);
			}
			continue;
		}
		const test = createTest( column.type, value );
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

function candidates< T >( call: Call, search: Search< T > ): Iterable< T > {
	for ( const [ name, find ] of Object.entries( search.shortcuts ?? {} ) ) {
		const value = call.query.get( name );
		if ( value !== null ) {
			return find( call.account, value );
		}
	}
	return search.rows( call );
}

function compare( a: Cell, b: Cell ): number {
	if ( a === b ) {
		return 0;
	}
	if ( a === null || b === null ) {
		return a === null ? -1 : 1;
	}
	return a < b ? -1 : 1;
}

function sorted< T >(
	rows: T[],
	sorting: readonly Sorting< T >[],
	account: Account
): T[] {
	return rows.sort( ( a, b ) => {
		for ( const { column, descending } of sorting ) {
			const order = compare(
				column.value( a, account ),
				column.value( b, account )
			);
			if ( order !== 0 ) {
				return descending ? -order : order;
			}
		}
		return 0;
	} );
}

function references< T >(
	page: readonly T[],
	columns: readonly Column< T >[],
	account: Account
): Record< string, Record< string, unknown > > {
	const maps: Record< string, Record< string, unknown > > = {};
	for ( const { reference } of columns ) {
		if ( ! reference || page.length === 0 ) {
			continue;
		}
		const map = ( maps[ reference.name ] ??= {} );
		for ( const row of page ) {
			const entry = reference.entry( row, account );
			if ( entry ) {
				map[ entry[ 0 ] ] = entry[ 1 ];
			}
		}
	}
	return maps;
}

function runSearch< T >( call: Call, search: Search< T > ): Reply {
	const read = readQuery( call, search );
	if ( ! read.ok ) {
		return read.reply;
	}
	const query = read.value;
	const { account } = call;
	const found: T[] = [];
	for ( const row of candidates( call, search ) ) {
		if (
			query.tests.every( ( test ) => test( row ) ) &&
			( search.visible?.( row, call ) ?? true )
		) {
			found.push( row );
		}
	}
	const first = search.columns[ 0 ];
	const byDefault = first ? [ { column: first, descending: false } ] : [];
	if ( query.sorting.length > 0 ) {
		sorted( found, query.sorting, account );
	}
	const start = query.firstResult - 1;
	const page = query.countOnly
		? []
		: found.slice( start, start + query.pageSize );
	const sorting = query.sorting.length > 0 ? query.sorting : byDefault;
	return {
		status: 200,
		body: {
			response: {
				results: page.map( ( row ) =>
					query.columns.map( ( column ) =>
						writeCell(
							column,
							column.value( row, account ),
							account
						)
					)
				),
				metaData: {
					morePagesAvailable: start + page.length < found.length,
					resultsAvailable: found.length,
					resultsReturned: page.length,
					...( page.length > 0
						? {
								firstResult: query.firstResult,
								lastResult: start + page.length,
							}
						: {} ),
					columns: query.columns.map( describe ),
					sorting: sorting.map( describeSorting ),
				},
			},
			reference: references( page, query.columns, account ),
		},
	};
}

const writeCell = < T >(
	column: Column< T >,
	cell: Cell,
	account: Account
): Cell =>
	column.type === 'PERIOD' && typeof cell === 'number'
		? account.zone.format( cell )
		: cell;

/** The search itself, and its description without rows (the shape of the latter is a guess). */
export function searchRoutes< T >( search: Search< T > ): Route[] {
	const first = search.columns[ 0 ];
	return [
		route(
			'GET',
			search.path,
			'bulk-data-search',
			( call ) => runSearch( call, search ),
			null
		),
		route(
			'GET',
			`${ search.path }/meta-data`,
			'bulk-data-search',
			() => ( {
				status: 200,
				body: {
					response: {
						columns: search.columns.map( describe ),
						sorting: first
							? [
									describeSorting( {
										column: first,
										descending: false,
									} ),
								]
							: [],
					},
				},
			} )
		),
	];
}
