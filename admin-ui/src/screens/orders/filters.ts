/** What the list of orders asks for, as it stands in the address. */
import { orderStateSchema } from '../../../../src/contracts/answers.ts';
import type { OrderState } from '../../../../src/contracts/answers.ts';
import { PROBLEM_CODES } from '../../../../src/contracts/problem.ts';
import type { ProblemCode } from '../../../../src/contracts/problem.ts';
import { filterValue, withFilter, withSearch } from '../../router/view.ts';
import type { View } from '../../router/view.ts';
import type { Input } from '../../api/answer.ts';

/** `since` and `until` are days, both inclusive, as the person's calendar has them. */
export const FILTER_FIELDS = [
	'state',
	'problem',
	'customer',
	'since',
	'until',
] as const;
export type FilterField = ( typeof FILTER_FIELDS )[ number ];

/** The sizes of a page one can choose. */
export const PAGE_SIZES = [ 25, 50, 100 ] as const;

/** As long as the operation takes it. */
export const LONGEST_SEARCH = 60;
const SHORTEST_CUSTOMER = 3;
export const LONGEST_CUSTOMER = 254;

/** The problems one order can have: others are of a connection, or of a SKU. */
export const ORDER_PROBLEMS = [
	'sku-unknown',
	'sku-duplicate',
	'payment-unmapped',
	'tax-unmapped',
	'status-unmapped',
	'currency-unknown',
	'currency-precision',
	'total-mismatch',
	'contact-incomplete',
	'staff-contact',
	'reference-taken',
	'changed-on-both-sides',
	'order-changed',
	'order-gone',
	'cancelled-paid',
	'cancelled-shipped',
	'cancelled-in-brightpearl',
	'refund-deleted',
	'write-back-refused',
	'refused-by-brightpearl',
	'refused-by-store',
	'defect',
] as const satisfies readonly ProblemCode[];

export function stateOf( view: View ): OrderState | null {
	const read = orderStateSchema.safeParse( filterValue( view, 'state' ) );
	return read.success ? read.data : null;
}

export function problemOf( view: View ): ProblemCode | null {
	const value = filterValue( view, 'problem' );
	return PROBLEM_CODES.find( ( code ) => code === value ) ?? null;
}

/** Null until enough of it is typed to ask for. */
export function customerOf( view: View ): string | null {
	const text = ( filterValue( view, 'customer' ) ?? '' )
		.trim()
		.slice( 0, LONGEST_CUSTOMER );
	return text.length < SHORTEST_CUSTOMER ? null : text;
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
		customer: customerOf( view ),
		problem: problemOf( view ),
		limit: view.perPage,
		cursor: view.cursor,
	} satisfies Input< 'ordersList' >;
}

/** One thing that narrows the list. */
export interface Narrowing {
	readonly field: FilterField | 'search';
	readonly value: string;
}

export function narrowings( view: View ): readonly Narrowing[] {
	const search = view.search.trim();
	const values: readonly [ Narrowing[ 'field' ], string | null ][] = [
		[ 'search', search === '' ? null : search ],
		[ 'state', stateOf( view ) ],
		[ 'problem', problemOf( view ) ],
		[ 'customer', customerOf( view ) ],
		[ 'since', dayOf( view, 'since' ) ],
		[ 'until', dayOf( view, 'until' ) ],
	];
	return values.flatMap( ( [ field, value ] ) =>
		value === null ? [] : [ { field, value } ]
	);
}

export function without( view: View, field: Narrowing[ 'field' ] ): View {
	return field === 'search'
		? withSearch( view, '' )
		: withFilter( view, field, null );
}

/** Something narrows the list, so that none found does not mean there are none. */
export function isNarrowed( view: View ): boolean {
	return narrowings( view ).length > 0;
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
	return JSON.stringify( narrowings( view ) );
}
