import type { Order } from '../../../../src/contracts/answers.ts';
import type { Problem } from '../../../../src/contracts/problem.ts';

/**
 * What stops one order, the worst first: that may be its connection's problem, with its own still
 * behind it. The order is what counts: a list that was read earlier may hold what is solved by now.
 */
export function problemsOf(
	{ orderId, problem }: Pick< Order, 'orderId' | 'problem' >,
	listed: readonly Problem[]
): readonly Problem[] {
	return problem === null
		? []
		: [
				problem,
				...listed.filter(
					( { connection, id, subject } ) =>
						connection === problem.connection &&
						subject === `order:${ orderId }` &&
						id !== problem.id
				),
			];
}
