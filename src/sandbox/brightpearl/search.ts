/**
 * One engine for every `*-search`, driven by a table of columns (platform reference, §5).
 */
import type { Account } from './account.ts';
import { route } from './call.ts';
import type { Call, Route } from './call.ts';
import type { Reply } from './reply.ts';
import type { Cell } from './search-filters.ts';
import { readQuery } from './search-query.ts';
import type { Column, Query, Search, Sorting } from './search-query.ts';

export type { Column } from './search-query.ts';

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

/** The last walk of each search: what comes next is mostly its next page. */
const walks = new WeakMap<
	Account,
	WeakMap< object, { key: string; found: unknown[] } >
>();

const PAGING = [ 'firstResult', 'pageSize', 'columns', 'countOnly' ];

/** Null = may not be kept. */
function walkKey< T >( call: Call, search: Search< T > ): string | null {
	const stamp = search.stamp?.( call ) ?? null;
	return stamp === null
		? null
		: JSON.stringify( [
				stamp,
				...[ ...call.query ].filter(
					( [ name ] ) => ! PAGING.includes( name )
				),
			] );
}

/** Every row that passes, sorted. */
function walk< T >(
	call: Call,
	search: Search< T >,
	query: Query< T >
): readonly T[] {
	const key = walkKey( call, search );
	const kept = walks.get( call.account ) ?? new WeakMap();
	const before = kept.get( search );
	if ( key !== null && before?.key === key ) {
		return before.found as T[];
	}
	const found: T[] = [];
	for ( const row of candidates( call, search ) ) {
		if (
			query.tests.every( ( test ) => test( row ) ) &&
			( search.visible?.( row, call ) ?? true )
		) {
			found.push( row );
		}
	}
	if ( query.sorting.length > 0 ) {
		sorted( found, query.sorting, call.account );
	}
	if ( key !== null ) {
		walks.set( call.account, kept.set( search, { key, found } ) );
	}
	return found;
}

function runSearch< T >( call: Call, search: Search< T > ): Reply {
	const read = readQuery( call, search );
	if ( ! read.ok ) {
		return read.reply;
	}
	const query = read.value;
	const { account } = call;
	const found = walk( call, search, query );
	const first = search.columns[ 0 ];
	const byDefault = first ? [ { column: first, descending: false } ] : [];
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
