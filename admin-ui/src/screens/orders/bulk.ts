/**
 * How far a deed done to many orders has got. Pure, so that every order of answers and events can
 * be tried.
 */
import type { OrderState } from '../../../../src/contracts/answers.ts';

export type Deed = 'push' | 'hold' | 'release' | 'ignore';

export interface BulkFault {
	readonly orderId: number;
	readonly message: string;
}

export interface Bulk {
	readonly deed: Deed;
	readonly orderIds: readonly number[];
	/** Not accepted yet. */
	readonly unsent: ReadonlySet< number >;
	/** Accepted, and being worked on. */
	readonly waiting: ReadonlySet< number >;
	/** Came to an end without a problem. */
	readonly done: number;
	/** Came to a problem, or waits for another try by itself. */
	readonly troubled: readonly number[];
	/** Nothing was begun for these. */
	readonly faults: readonly BulkFault[];
}

export function beginBulk( deed: Deed, orderIds: readonly number[] ): Bulk {
	return {
		deed,
		orderIds,
		unsent: new Set( orderIds ),
		waiting: new Set(),
		done: 0,
		troubled: [],
		faults: [],
	};
}

function without< T >( set: ReadonlySet< T >, value: T ): Set< T > {
	const next = new Set( set );
	next.delete( value );
	return next;
}

/** What the answer says of one order: its state, or why nothing was begun. */
export function accepted(
	bulk: Bulk,
	orderId: number,
	result: { readonly state: OrderState } | { readonly message: string }
): Bulk {
	if ( ! bulk.unsent.has( orderId ) ) {
		return bulk;
	}
	const next = { ...bulk, unsent: without( bulk.unsent, orderId ) };
	if ( 'message' in result ) {
		return {
			...next,
			faults: [ ...bulk.faults, { orderId, message: result.message } ],
		};
	}
	// A decision is done when it is recorded; what it sets going is another matter.
	return bulk.deed === 'push'
		? settled(
				{ ...next, waiting: new Set( [ ...bulk.waiting, orderId ] ) },
				orderId,
				result.state
			)
		: { ...next, done: bulk.done + 1 };
}

/** An order that is waited for is now in this state. */
export function settled(
	bulk: Bulk,
	orderId: number,
	state: OrderState
): Bulk {
	if (
		! bulk.waiting.has( orderId ) ||
		state === 'queued' ||
		state === 'working'
	) {
		return bulk;
	}
	const next = { ...bulk, waiting: without( bulk.waiting, orderId ) };
	return state === 'problem' || state === 'retrying'
		? { ...next, troubled: [ ...bulk.troubled, orderId ] }
		: { ...next, done: bulk.done + 1 };
}

/** The rest was not accepted and is not tried any more. */
export function stopped( bulk: Bulk, message: string ): Bulk {
	return {
		...bulk,
		unsent: new Set(),
		faults: [
			...bulk.faults,
			...[ ...bulk.unsent ].map( ( orderId ) => ( {
				orderId,
				message,
			} ) ),
		],
	};
}

export function isOver( { unsent, waiting }: Bulk ): boolean {
	return unsent.size === 0 && waiting.size === 0;
}

export function finishedOf( bulk: Bulk ): number {
	return bulk.done + bulk.troubled.length + bulk.faults.length;
}

/** Of all that was or will be sent. */
export function totalOf( bulk: Bulk ): number {
	return finishedOf( bulk ) + bulk.unsent.size + bulk.waiting.size;
}
