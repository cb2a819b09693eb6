import type { Status } from '../../../../src/contracts/answers.ts';
import type { Problem } from '../../../../src/contracts/problem.ts';
import { MOST_PROBLEMS } from '../problems/most-problems.ts';

/** The side that calls itself another site; what comes from a foreign site is another matter. */
const OF_SHOP = 'store';

/** The question that only a person can answer, if it is open for this connection. */
export function siteProblem(
	problems: readonly Problem[],
	connection: string
): Problem | null {
	return (
		problems.find(
			( { code, subject, field } ) =>
				code === 'site-moved' &&
				field === OF_SHOP &&
				subject === `connection:${ connection }`
		) ?? null
	);
}

/**
 * Which problems are looked through for it; null = none, as all is well. Of a paused connection all
 * of them: the list begins with the oldest, and what pauses it may be the newest of thousands.
 */
export function siteQuestion(
	connection: string,
	health: Status[ 'connections' ][ number ][ 'health' ] | null
): { readonly connection: string; readonly limit: number | null } | null {
	switch ( health ) {
		case null:
		case 'ok':
			return null;
		case 'paused':
			return { connection, limit: null };
		default:
			return { connection, limit: MOST_PROBLEMS };
	}
}
