/**
 * The shop's rows at the values they settle on, and what speaks against writing them.
 */
import type { PushedRow } from '../../../contracts/database.ts';
import type { ProblemDraft } from '../../../contracts/problem.ts';
import {
	decimal,
	decimalsNeeded,
	money,
	MOST_DECIMALS,
	rowDecimals,
} from '../../money.ts';
import { totalMismatch } from '../../problems.ts';
import { discountsOf, isWithin, settleAmounts } from './amounts.ts';
import { planRows, type Rows } from './rows.ts';
import type { PlanInput } from '../types.ts';

/** @param agreed Rows that keep what they are; only their values are settled anew. */
export function settledRows(
	input: PlanInput,
	agreed: ReadonlyMap< string, PushedRow >
): Rows {
	const { order, settings } = input;
	const total = decimal( order.total );
	const decimals = rowDecimals( order.currency, total );
	const settled = settleAmounts(
		order,
		input.exact,
		discountsOf(
			order,
			input.link?.pushed?.rows ?? null,
			settings.orders.discounts
		),
		decimals
	);
	const { rows, problems } = planRows( input, settled, decimals, agreed );
	return {
		rows,
		problems: [ ...mismatch(), ...problems ],
	};

	function mismatch(): readonly ProblemDraft[] {
		const { roundingLimit, totalMismatch: policy } = settings.orders;
		return policy === 'row' ||
			decimalsNeeded( total ) > MOST_DECIMALS ||
			isWithin( settled.unexplained, roundingLimit, decimals )
			? []
			: [
					totalMismatch(
						order,
						money( total.minus( settled.unexplained ), decimals ),
						roundingLimit
					),
				];
	}
}
