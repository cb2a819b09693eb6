/**
 * The same click is done once: a request that comes again with the same key, because its answer
 * was lost or a button was pressed twice, is answered with what came of the first.
 *
 * In memory only. After a restart the same key does run again; what a console commands is
 * converging work or guarded by a revision, so that is no worse than a second click.
 */
import { MINUTE } from '../contracts/primitives.ts';
import type { Clock } from '../contracts/world.ts';

const DEFAULT_TTL = 10 * MINUTE;
/** Answers remembered; beyond it the oldest that are done are forgotten first. */
const DEFAULT_LIMIT = 500;

export interface Once {
	/**
	 * @param scope Who asks for what; keys of different scopes have nothing to do with each other.
	 * @param key   Null = every time anew.
	 */
	run< T >(
		scope: string,
		key: string | null,
		work: () => Promise< T >
	): Promise< T >;
}

interface Entry {
	readonly answer: Promise< unknown >;
	/** Milliseconds since the epoch; null while the work is under way. */
	doneAt: number | null;
}

export function createOnce( {
	clock,
	ttl = DEFAULT_TTL,
	limit = DEFAULT_LIMIT,
}: {
	readonly clock: Clock;
	readonly ttl?: number;
	readonly limit?: number;
} ): Once {
	/** Oldest first. */
	const entries = new Map< string, Entry >();

	/** What is under way is never forgotten: it would be done twice. */
	function prune(): void {
		const now = clock.now();
		for ( const [ id, { doneAt } ] of entries ) {
			if (
				doneAt !== null &&
				( now - doneAt > ttl || entries.size > limit )
			) {
				entries.delete( id );
			}
		}
	}

	return {
		run< T >(
			scope: string,
			key: string | null,
			work: () => Promise< T >
		): Promise< T > {
			if ( key === null ) {
				return work();
			}
			prune();
			const id = JSON.stringify( [ scope, key ] );
			const before = entries.get( id );
			if ( before !== undefined ) {
				// Kept under the scope, and a scope always does the same kind of work.
				return before.answer as Promise< T >;
			}
			const answer = work();
			const entry: Entry = { answer, doneAt: null };
			entries.set( id, entry );
			answer.then(
				() => {
					entry.doneAt = clock.now();
				},
				// A defect is no answer worth keeping: the next click may try again.
				() => entries.delete( id )
			);
			return answer;
		},
	};
}
