/**
 * A semantic table over a list that pages by cursor. Its state is a DataViews `view` (see
 * `router/view.ts`), so that DataViews can take its place when that fits a script budget.
 */
import { __, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import type { View } from '../router/view.ts';
import { Pagination } from './pagination.tsx';
import type { PageWords } from './pagination.tsx';
import { SelectAll, SelectRow } from './selection.tsx';

export interface Column< T > {
	readonly id: string;
	readonly label: string;
	readonly render: ( item: T ) => ReactNode;
	/** The column that names the row. Exactly one; render the row's `Link` in it. */
	readonly primary?: boolean;
	readonly align?: 'start' | 'end';
	/** Any CSS length; widths that are given keep columns from jumping. */
	readonly width?: string;
	readonly sortable?: boolean;
	/** The label is for screen readers only. */
	readonly hideLabel?: boolean;
}

export interface Selection {
	readonly selected: ReadonlySet< string >;
	readonly onChange: ( selected: ReadonlySet< string > ) => void;
}

export interface DataTableProps< T > {
	/** What the table holds; read to who does not see it. */
	readonly caption: string;
	readonly columns: readonly Column< T >[];
	/** Null = not known yet. */
	readonly items: readonly T[] | null;
	readonly itemKey: ( item: T ) => string;
	/** What a row is called in "Select …". */
	readonly itemName?: ( item: T ) => string;
	/** Stands in the table's place when there are no items. */
	readonly empty: ReactNode;
	/** The items answer an earlier question: they are shown fainter. */
	readonly stale?: boolean;
	readonly view?: View;
	readonly onView?: ( view: View ) => void;
	/** Of all pages; null or absent = not told. */
	readonly total?: number | null;
	readonly nextCursor?: string | null;
	readonly selection?: Selection;
	/** Class names for a row, such as one that has just come. */
	readonly rowClass?: ( item: T ) => string;
	/** Sizes of a page to choose from. */
	readonly pageSizes?: readonly number[];
	/** What the two ways through the pages are called ("Newer", "Older"). */
	readonly pageWords?: PageWords;
	/** Rows of the skeleton (8). */
	readonly expected?: number;
}

export function DataTable< T >( props: DataTableProps< T > ) {
	const { items, columns, caption, empty, view, onView, selection } = props;
	if ( items !== null && items.length === 0 && ( view?.page ?? 1 ) === 1 ) {
		return <>{ empty }</>;
	}
	const width = columns.length + ( selection === undefined ? 0 : 1 );
	return (
		<div
			className={ `pb-table-box${ props.stale === true ? ' is-stale' : '' }` }
			aria-busy={ items === null || props.stale === true }
		>
			<table className="pb-table" role="table">
				<caption className="pb-hidden">{ caption }</caption>
				<thead role="rowgroup">
					<tr role="row">
						{ selection !== undefined && (
							<th role="columnheader" className="pb-table__check">
								<SelectAll
									keys={ ( items ?? [] ).map(
										props.itemKey
									) }
									selection={ selection }
								/>
							</th>
						) }
						{ columns.map( ( column ) => (
							<HeaderCell
								key={ column.id }
								column={ column }
								view={ view }
								onView={ onView }
							/>
						) ) }
					</tr>
				</thead>
				<tbody role="rowgroup">
					{ items === null ? (
						<SkeletonRows
							rows={ props.expected ?? 8 }
							width={ width }
						/>
					) : (
						items.map( ( item ) => (
							<Row
								key={ props.itemKey( item ) }
								item={ item }
								{ ...props }
							/>
						) )
					) }
				</tbody>
			</table>
			{ view !== undefined && onView !== undefined && (
				<Pagination
					view={ view }
					onView={ onView }
					shown={ items?.length ?? 0 }
					total={ props.total ?? null }
					nextCursor={ props.nextCursor ?? null }
					sizes={ props.pageSizes }
					words={ props.pageWords }
				/>
			) }
		</div>
	);
}

function HeaderCell< T >( {
	column,
	view,
	onView,
}: {
	readonly column: Column< T >;
	readonly view: View | undefined;
	readonly onView: ( ( view: View ) => void ) | undefined;
} ) {
	const sorted = view?.sort?.field === column.id ? view.sort.direction : null;
	const label = (
		<span className={ column.hideLabel === true ? 'pb-hidden' : undefined }>
			{ column.label }
		</span>
	);
	return (
		<th
			role="columnheader"
			scope="col"
			className={ column.align === 'end' ? 'is-end' : undefined }
			{ ...( column.width === undefined
				? {}
				: { style: { inlineSize: column.width } } ) }
			{ ...( sorted === null
				? {}
				: {
						'aria-sort':
							sorted === 'asc' ? 'ascending' : 'descending',
					} ) }
		>
			{ column.sortable === true &&
			view !== undefined &&
			onView !== undefined ? (
				<button
					type="button"
					className="pb-table__sort"
					onClick={ () =>
						onView( {
							...view,
							page: 1,
							cursor: null,
							sort: {
								field: column.id,
								direction: sorted === 'desc' ? 'asc' : 'desc',
							},
						} )
					}
				>
					{ label }
					<span aria-hidden="true">
						{ sorted === null ? '↕' : sorted === 'asc' ? '↑' : '↓' }
					</span>
				</button>
			) : (
				label
			) }
		</th>
	);
}

function Row< T >( {
	item,
	columns,
	itemKey,
	itemName = itemKey,
	selection,
	rowClass,
}: DataTableProps< T > & { readonly item: T } ) {
	const key = itemKey( item );
	return (
		<tr role="row" className={ rowClass?.( item ) }>
			{ selection !== undefined && (
				<td role="cell" className="pb-table__check">
					<SelectRow
						itemKey={ key }
						label={ sprintf(
							/* translators: %s: what the row shows, such as an order number */
							__( 'Select %s', 'pearlbridge' ),
							itemName( item )
						) }
						selection={ selection }
					/>
				</td>
			) }
			{ columns.map( ( column ) => {
				const className = [
					column.primary === true ? 'is-primary' : '',
					column.align === 'end' ? 'is-end' : '',
				]
					.filter( ( name ) => name !== '' )
					.join( ' ' );
				return column.primary === true ? (
					<th
						key={ column.id }
						role="rowheader"
						scope="row"
						className={ className }
					>
						{ column.render( item ) }
					</th>
				) : (
					<td
						key={ column.id }
						role="cell"
						className={ className }
						data-label={
							column.hideLabel === true ? '' : column.label
						}
					>
						{ column.render( item ) }
					</td>
				);
			} ) }
		</tr>
	);
}

function SkeletonRows( {
	rows,
	width,
}: {
	readonly rows: number;
	readonly width: number;
} ) {
	return Array.from( { length: rows }, ( _, row ) => (
		<tr key={ row } role="row" aria-hidden="true">
			{ Array.from( { length: width }, ( __unused, cell ) => (
				<td key={ cell } role="cell">
					<span className="pb-skeleton__line" />
				</td>
			) ) }
		</tr>
	) );
}
