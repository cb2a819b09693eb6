/**
 * New orders of a list: on the first page they show up by themselves; further back they are
 * counted, because a page that moved under the reader would be worse than one that is behind.
 */
import type { OrderSummary } from '../../../../src/contracts/answers.ts';

export interface Seen {
	/** Which list: see `listKey`. */
	readonly key: string;
	/** How many there were when the first page was last looked at, or when one came here. */
	readonly total: number;
	/** The first page's orders; null away from it. */
	readonly ids: ReadonlySet< number > | null;
	/** Of the first page's orders, those that came while one looked. */
	readonly fresh: ReadonlySet< number >;
	/** Came since, and are to be found on the first page. */
	readonly waiting: number;
}

export interface Looked {
	readonly key: string;
	readonly page: number;
	readonly total: number;
	readonly items: readonly Pick< OrderSummary, 'orderId' >[];
}

const NONE: ReadonlySet< number > = new Set();

export function looked( before: Seen | null, now: Looked ): Seen {
	const same = before?.key === now.key ? before : null;
	if ( now.page > 1 ) {
		const total = same?.total ?? now.total;
		return {
			key: now.key,
			total,
			ids: null,
			fresh: NONE,
			waiting: Math.max( 0, now.total - total ),
		};
	}
	const ids = new Set( now.items.map( ( { orderId } ) => orderId ) );
	const known = same?.ids ?? null;
	// What slides in at the bottom, because another left the list, is not new.
	const firstKnown = now.items.findIndex(
		( { orderId } ) => known?.has( orderId ) ?? true
	);
	const came = now.items
		.slice( 0, Math.max( 0, firstKnown ) )
		.map( ( { orderId } ) => orderId );
	return {
		key: now.key,
		total: now.total,
		ids,
		fresh:
			known === null
				? NONE
				: new Set( [
						...came,
						...[ ...( same?.fresh ?? [] ) ].filter( ( id ) =>
							ids.has( id )
						),
					] ),
		waiting: 0,
	};
}
