/** A run's changes, filtered and paged in the browser: there may be thousands. */
import type { StockChange } from '../../../../src/contracts/answers.ts';
import { filterValue } from '../../router/view.ts';
import type { View } from '../../router/view.ts';

export const CHANGE_FIELDS = [ 'show' ] as const;

export const SHOWN = [ 'all', 'unwritten', 'zero' ] as const;
export type Shown = ( typeof SHOWN )[ number ];

export function shownOf( view: View ): Shown {
	const value = filterValue( view, 'show' );
	return SHOWN.find( ( one ) => one === value ) ?? 'all';
}

export interface ChangePage {
	readonly items: readonly StockChange[];
	readonly total: number;
	/** Where the next page begins, as the table's cursors have it. */
	readonly nextCursor: string | null;
}

export function changePage(
	changes: readonly StockChange[],
	view: View
): ChangePage {
	const wanted = view.search.trim().toLowerCase();
	const shown = shownOf( view );
	const found = changes.filter(
		( change ) =>
			( wanted === '' || change.sku.toLowerCase().includes( wanted ) ) &&
			( shown === 'all' ||
				( shown === 'unwritten'
					? ! change.written
					: change.to <= 0 && ( change.from ?? 1 ) > 0 ) )
	);
	const sorted = sortedBy( found, view.sort );
	const cursor = Number( view.cursor ?? '0' );
	const start = Number.isInteger( cursor ) && cursor > 0 ? cursor : 0;
	const end = start + view.perPage;
	return {
		items: sorted.slice( start, end ),
		total: sorted.length,
		nextCursor: end < sorted.length ? String( end ) : null,
	};
}

export function moveOf( { from, to }: StockChange ): number {
	return to - ( from ?? 0 );
}

function sortedBy(
	changes: readonly StockChange[],
	sort: View[ 'sort' ]
): readonly StockChange[] {
	if ( sort === null ) {
		return changes;
	}
	const sign = sort.direction === 'asc' ? 1 : -1;
	const by = Object.hasOwn( ORDERS, sort.field )
		? ORDERS[ sort.field ]
		: undefined;
	return by === undefined
		? changes
		: changes.toSorted( ( a, b ) => sign * by( a, b ) );
}

const ORDERS: Readonly<
	Record< string, ( a: StockChange, b: StockChange ) => number >
> = {
	sku: ( a, b ) => ( a.sku < b.sku ? -1 : a.sku > b.sku ? 1 : 0 ),
	to: ( a, b ) => a.to - b.to,
	move: ( a, b ) => moveOf( a ) - moveOf( b ),
	onHand: ( a, b ) => a.onHand - b.onHand,
	inFlight: ( a, b ) => a.inFlight - b.inFlight,
};
