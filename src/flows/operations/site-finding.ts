/** What `connection check` says of a shop that calls itself another site: all else may be well. */
import type { Finding } from '../../contracts/answers.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';

export function siteFinding( {
	cause,
	code,
	fix,
	message,
}: ProblemDraft ): Finding {
	return {
		side: 'store',
		code,
		level: 'error',
		message: cause === null ? message : `${ message } ${ cause }`,
		fix,
	};
}
