import type { Problem } from '../../../../src/contracts/problem.ts';

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
