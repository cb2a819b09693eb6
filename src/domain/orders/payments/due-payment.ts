/**
 * The payment that Brightpearl is still to be told of.
 */
import type { ProblemDraft } from '../../../contracts/problem.ts';
import { decimal, rowDecimals } from '../../money.ts';
import { paymentUnmapped } from '../../problems.ts';
import { currentPayment, methodCodeOf, planPayment } from './payment.ts';
import { singleLine } from '../text.ts';
import type { PlanInput, PlannedPayment } from '../types.ts';

export interface DuePayment {
	/** Null = there is none, or it cannot be told. */
	readonly payment: PlannedPayment | null;
	/** What the order's payment method is mapped to, whether anything is due or not. */
	readonly methodCode: string | null;
	readonly problems: readonly ProblemDraft[];
}

export function duePayment( {
	order,
	settings,
	link,
	refPrefix,
}: PlanInput ): DuePayment {
	const methodCode = methodCodeOf(
		order.paymentMethod,
		settings.orders.payments
	);
	const payment = currentPayment( order, link );
	if ( payment === null || payment.paymentId !== null ) {
		return { payment: null, methodCode, problems: [] };
	}
	if ( methodCode === null ) {
		return {
			payment: null,
			methodCode,
			problems: [
				paymentUnmapped(
					order.paymentMethod,
					singleLine( order.paymentMethodTitle )
				),
			],
		};
	}
	const decimals = rowDecimals( order.currency, decimal( order.total ) );
	return {
		payment: planPayment( order, payment, methodCode, refPrefix, decimals ),
		methodCode,
		problems: [],
	};
}
