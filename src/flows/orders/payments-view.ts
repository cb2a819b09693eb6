/**
 * Payments of a sales order, as they are kept in the ledger and shown.
 */
import type { Payment } from '../../brightpearl/api.ts';
import type { BrightpearlOrder } from '../../contracts/answers.ts';

export function paymentsView(
	payments: readonly Payment[]
): BrightpearlOrder[ 'payments' ] {
	return payments.map( ( payment ) => ( {
		paymentId: payment.paymentId,
		type: payment.type,
		amount: payment.amount,
		currency: payment.currency,
		methodCode: payment.methodCode,
		transactionRef: payment.transactionRef,
	} ) );
}
