/** Everything that is wrong with one order: it may wait for more than one thing. */
import type { Order } from '../../../../src/contracts/answers.ts';
import type { Problem } from '../../../../src/contracts/problem.ts';
import { useOperation } from '../../api/client.tsx';
import { MOST_PROBLEMS } from '../problems/most-problems.ts';
import { concernsProblems } from '../problems/use-problems.ts';
import { ProblemCard } from './problem-card.tsx';
import { problemsOf } from './problems-of.ts';

export function OrderProblems( {
	connection,
	order,
	onRetried,
}: {
	readonly connection: string;
	readonly order: Order;
	readonly onRetried: () => void;
} ) {
	const { data } = useOperation(
		'problemsList',
		order.problem === null ? null : { connection, limit: MOST_PROBLEMS },
		{ refreshOn: concernsProblems, keep: false }
	);
	return problemsOf( order, data?.items ?? [] ).map( ( problem: Problem ) => (
		<ProblemCard
			key={ problem.id }
			problem={ problem }
			choice={ order.conflicts.length > 0 }
			onRetried={ onRetried }
		/>
	) );
}
