/**
 * Raising a problem and telling of it. Every task that meets a problem raises it anew (two
 * deliveries of one order are two tasks), and who watches is told once: when it is new, or says
 * something else than before.
 */
import type { Database } from '../contracts/database.ts';
import type { ProblemDraft } from '../contracts/problem.ts';
import type { Events } from './events.ts';

export async function raiseProblem(
	{
		database: { problems },
		events,
	}: {
		readonly database: Pick< Database, 'problems' >;
		readonly events: Pick< Events, 'emit' >;
	},
	connection: string,
	subject: string,
	draft: ProblemDraft
): Promise< void > {
	const standing = await problems.list( { connection, subject } );
	const problem = await problems.raise( connection, subject, draft );
	const known = standing.some(
		( one ) =>
			one.code === problem.code &&
			one.message === problem.message &&
			one.cause === problem.cause &&
			one.fix === problem.fix &&
			one.field === problem.field
	);
	if ( ! known ) {
		events.emit( { event: 'problem', connection, problem } );
	}
}
