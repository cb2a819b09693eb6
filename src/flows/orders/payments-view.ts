/**
 * Payments and credits of a sales order, as they are kept in the ledger and shown.
 */
import type { Payment, SalesOrder } from '../../brightpearl/api.ts';
import type { BrightpearlOrder } from '../../contracts/answers.ts';
import type { LinkCredit } from '../../contracts/database.ts';

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

/**
 * Those that Brightpearl shows, with its total.
 *
 * @param credits Of the link.
 * @param found   As Brightpearl has them.
 */
export function creditsView(
	credits: readonly LinkCredit[],
	found: readonly Pick< SalesOrder, 'id' | 'total' >[]
): BrightpearlOrder[ 'credits' ] {
	return credits.flatMap( ( { refundId, salesCreditId } ) => {
		const credit = found.find( ( { id } ) => id === salesCreditId );
		return credit === undefined
			? []
			: [ { salesCreditId: credit.id, refundId, total: credit.total } ];
	} );
}
