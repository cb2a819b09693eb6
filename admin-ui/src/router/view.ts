/**
 * What a table shows, in the shape of a DataViews `view`, so that the table can be swapped for
 * DataViews one day. Lives in the address: filters are links, and "back" undoes them.
 */
import type { RouteQuery, Target } from './route.ts';

export interface ViewFilter {
	readonly field: string;
	readonly operator: 'is';
	readonly value: string;
}

export interface View {
	readonly type: 'table';
	readonly search: string;
	readonly filters: readonly ViewFilter[];
	readonly sort: {
		readonly field: string;
		readonly direction: 'asc' | 'desc';
	} | null;
	/** From 1; the lists page by cursor, so a page is reached only from its neighbour. */
	readonly page: number;
	/** Of the page; null = the first. */
	readonly cursor: string | null;
	readonly perPage: number;
}

export const DEFAULT_VIEW: View = {
	type: 'table',
	search: '',
	filters: [],
	sort: null,
	page: 1,
	cursor: null,
	perPage: 25,
};

/** `fields` names the filters this table knows; everything else in the address is not ours. */
export function viewFromQuery(
	query: RouteQuery,
	fields: readonly string[],
	defaults: View = DEFAULT_VIEW
): View {
	const page = Number( query[ 'page' ] ?? '1' );
	const cursor = query[ 'cursor' ] ?? null;
	const perPage = Number( query[ 'perPage' ] ?? defaults.perPage );
	const [ field, direction ] = ( query[ 'sort' ] ?? '' ).split( ':' );
	return {
		type: 'table',
		search: query[ 'search' ] ?? '',
		filters: fields.flatMap( ( name ) => {
			const value = query[ name ];
			return value === undefined || value === ''
				? []
				: [ { field: name, operator: 'is' as const, value } ];
		} ),
		sort:
			field === undefined || field === ''
				? defaults.sort
				: { field, direction: direction === 'asc' ? 'asc' : 'desc' },
		page:
			cursor !== null && Number.isInteger( page ) && page > 1 ? page : 1,
		cursor: Number.isInteger( page ) && page > 1 ? cursor : null,
		perPage:
			Number.isInteger( perPage ) && perPage > 0 && perPage <= 100
				? perPage
				: defaults.perPage,
	};
}

export function queryFromView(
	view: View,
	defaults: View = DEFAULT_VIEW
): NonNullable< Target[ 'query' ] > {
	const { sort } = view;
	return {
		search: view.search,
		...Object.fromEntries(
			view.filters.map( ( { field, value } ) => [ field, value ] )
		),
		sort:
			sort === null ||
			( sort.field === defaults.sort?.field &&
				sort.direction === defaults.sort.direction )
				? null
				: `${ sort.field }:${ sort.direction }`,
		page: view.page === 1 ? null : view.page,
		cursor: view.page === 1 ? null : view.cursor,
		perPage: view.perPage === defaults.perPage ? null : view.perPage,
	};
}

export function filterValue( view: View, field: string ): string | null {
	return (
		view.filters.find( ( filter ) => filter.field === field )?.value ?? null
	);
}

/** Any change of what is asked for begins at the first page again. */
export function withFilter(
	view: View,
	field: string,
	value: string | null
): View {
	const others = view.filters.filter( ( filter ) => filter.field !== field );
	return firstPage( {
		...view,
		filters:
			value === null || value === ''
				? others
				: [ ...others, { field, operator: 'is', value } ],
	} );
}

export function withSearch( view: View, search: string ): View {
	return firstPage( { ...view, search } );
}

export function firstPage( view: View ): View {
	return { ...view, page: 1, cursor: null };
}
