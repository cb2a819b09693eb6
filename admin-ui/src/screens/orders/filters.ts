/** What the list of orders asks for, as it stands in the address. */
import { orderStateSchema } from '../../../../src/contracts/answers.ts';
import type { OrderState } from '../../../../src/contracts/answers.ts';
import { filterValue } from '../../router/view.ts';
import type { View } from '../../router/view.ts';
import type { Input } from '../../api/answer.ts';

/** `since` and `until` are days, both inclusive, as the person's calendar has them. */
export const FILTER_FIELDS = [ 'state', 'since', 'until' ] as const;

/** The sizes of a page one can choose. */
export const PAGE_SIZES = [ 25, 50, 100 ] as const;

/** As long as the operation takes it. */
export const LONGEST_SEARCH = 60;

export function stateOf( view: View ): OrderState | null {
	const read = orderStateSchema.safeParse( filterValue( view, 'state' ) );
	return read.success ? read.data : null;
}

/** Null where the address names no day. */
export function dayOf( view: View, field: 'since' | 'until' ): string | null {
	const text = filterValue( view, field );
	return text !== null && startOfDay( text ) !== null ? text : null;
}

/**
 * When a day begins where the person is, or so many days later; null when there is no such day.
 * By the calendar, because a day may have 23 or 25 hours.
 */
function startOfDay( day: string, later = 0 ): Date | null {
	const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec( day );
	if ( parts === null ) {
		return null;
	}
	const [ year, month, date ] = parts.slice( 1 ).map( Number ) as [
		number,
		number,
		number,
	];
	const start = new Date( year, month - 1, date );
	return start.getMonth() === month - 1 && start.getDate() === date
		? new Date( year, month - 1, date + later )
		: null;
}

export function listInput( connection: string, view: View ) {
	const search = view.search.trim().slice( 0, LONGEST_SEARCH );
	const until = dayOf( view, 'until' );
	const since = dayOf( view, 'since' );
	return {
		connection,
		state: stateOf( view ),
		since:
			since === null
				? null
				: ( startOfDay( since )?.toISOString() ?? null ),
		until:
			until === null
				? null
				: ( startOfDay( until, 1 )?.toISOString() ?? null ),
		search: search === '' ? null : search,
		limit: view.perPage,
		cursor: view.cursor,
	} satisfies Input< 'ordersList' >;
}

/** Something narrows the list, so that none found does not mean there are none. */
export function isNarrowed( view: View ): boolean {
	return (
		stateOf( view ) !== null ||
		dayOf( view, 'since' ) !== null ||
		dayOf( view, 'until' ) !== null ||
		view.search.trim() !== ''
	);
}

export function withoutFilters( view: View ): View {
	return { ...view, search: '', filters: [], page: 1, cursor: null };
}

/** The first day after the last one: nothing can be found. */
export function isBackwards( view: View ): boolean {
	const [ since, until ] = [ dayOf( view, 'since' ), dayOf( view, 'until' ) ];
	return since !== null && until !== null && since > until;
}

/** What is asked for but for the place in it: another one is another list. */
export function listKey( view: View ): string {
	return JSON.stringify( [
		stateOf( view ),
		dayOf( view, 'since' ),
		dayOf( view, 'until' ),
		view.search.trim(),
	] );
}
