/**
 * The same click is done once: a request that comes again with the same key, because its answer
 * was lost or a button was pressed twice, is answered with what came of the first. Something else
 * under the same key is no such click, and is not done: its asker would be told of the first.
 *
 * In memory only. After a restart the same key does run again; what a console commands is
 * converging work or guarded by a revision, so that is no worse than a second click.
 */
import { createHash } from 'node:crypto';
import { MINUTE } from '../contracts/primitives.ts';
import type { Clock } from '../contracts/world.ts';

const DEFAULT_TTL = 10 * MINUTE;
/** Answers remembered; beyond it the oldest that are done are forgotten first. */
const DEFAULT_LIMIT = 500;

export interface Click {
	/** Who asks; keys of different scopes have nothing to do with each other. */
	readonly scope: string;
	/** Null = every time anew. */
	readonly key: string | null;
	/** What is asked for. */
	readonly asked: string;
}

export interface Once {
	/** Null = the key was used for something else. */
	run< T >( click: Click, work: () => Promise< T > ): Promise< T > | null;
}

interface Entry {
	/** SHA-256 of what was asked for, which may hold secrets. */
	readonly asked: string;
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
			{ scope, key, asked }: Click,
			work: () => Promise< T >
		): Promise< T > | null {
			if ( key === null ) {
				return work();
			}
			prune();
			const id = JSON.stringify( [ scope, key ] );
			const digest = createHash( 'sha256' )
				.update( asked )
				.digest( 'hex' );
			const before = entries.get( id );
			if ( before !== undefined ) {
				return before.asked === digest
					? // The same was asked for, so it is the same kind of work.
						( before.answer as Promise< T > )
					: null;
			}
			const answer = work();
			const entry: Entry = { asked: digest, answer, doneAt: null };
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
