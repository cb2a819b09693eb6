/** Whether the requests of a minute are enough, for `connection check`. */
import type { BudgetView, Finding } from '../../contracts/answers.ts';
import { reserveWarning } from '../budget/reserve.ts';
import { finding } from './check-finding.ts';

export type SeenBudget = Pick< BudgetView, 'limit' | 'remaining' | 'resetsAt' >;

/** Below this share of the minute’s allowance others will be waited for. */
const LOW = 10;

export function budgetFindings(
	{ limit, remaining, resetsAt }: SeenBudget,
	reserve: number
): Finding[] {
	const warning = reserveWarning( reserve, limit );
	const isLow =
		limit !== null && remaining !== null && remaining * LOW < limit;
	return [
		...( warning === null
			? []
			: [
					finding(
						'warning',
						'reserve-high',
						warning.message,
						warning.fix
					),
				] ),
		...( isLow
			? [
					finding(
						'warning',
						'throttle-low',
						`${ remaining } of ${ limit } requests are left until ${ resetsAt ?? 'the minute ends' }.`,
						'Another app may share the allowance; leave it more with `budget.reserve`, or ask Brightpearl for a higher limit.'
					),
				]
			: [] ),
	];
}
