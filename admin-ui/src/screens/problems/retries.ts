/**
 * What became of problems that were retried: solved ones are gone from the list, those that came
 * again say so by an event. Pure, so that every order of events can be tried.
 */
export interface Retries {
	/** Tried again, and nothing heard of yet. */
	readonly waiting: ReadonlySet< number >;
	readonly solved: number;
	readonly again: number;
}

export const NO_RETRIES: Retries = {
	waiting: new Set(),
	solved: 0,
	again: 0,
};

export function begun( retries: Retries, ids: readonly number[] ): Retries {
	const fresh = retries.waiting.size === 0 ? NO_RETRIES : retries;
	return { ...fresh, waiting: new Set( [ ...fresh.waiting, ...ids ] ) };
}

/** The list as it is now: what was waited for and is gone has been solved. */
export function listed(
	retries: Retries,
	ids: ReadonlySet< number >
): Retries {
	const waiting = new Set(
		[ ...retries.waiting ].filter( ( id ) => ids.has( id ) )
	);
	const solved = retries.waiting.size - waiting.size;
	return solved === 0
		? retries
		: { ...retries, waiting, solved: retries.solved + solved };
}

export function cameAgain( retries: Retries, id: number ): Retries {
	if ( ! retries.waiting.has( id ) ) {
		return retries;
	}
	const waiting = new Set( retries.waiting );
	waiting.delete( id );
	return { ...retries, waiting, again: retries.again + 1 };
}

export function totalOf( { waiting, solved, again }: Retries ): number {
	return waiting.size + solved + again;
}
