import type { Problem } from '../../../src/contracts/problem.ts';

export function aProblem( more: Partial< Problem > = {} ): Problem {
	return {
		id: 1,
		connection: 'demo',
		code: 'payment-unmapped',
		subject: 'order:4336',
		message: 'The payment method “klarna” has no counterpart.',
		cause: 'It is new in the shop.',
		fix: 'Choose a Brightpearl payment method for it.',
		field: 'orders.payments',
		since: '2026-11-21T12:00:00Z',
		retryable: true,
		...more,
	};
}
