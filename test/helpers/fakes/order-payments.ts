/**
 * The customer payments of the Brightpearl in memory.
 */
import type { Brightpearl } from '../../../src/brightpearl/api.ts';
import type { Clock } from '../../../src/contracts/world.ts';
import type { FakeOrderBrightpearl } from './order-brightpearl.ts';
import type { Answer } from './order-parts.ts';

export function paymentsOf(
	fakeOf: () => FakeOrderBrightpearl,
	answer: Answer,
	clock: Clock
): Pick< Brightpearl, 'createPayment' | 'deletePayment' | 'payments' > {
	let paymentsMade = 0;
	return {
		payments: ( by ) =>
			answer( 'payments', () =>
				fakeOf().payments.filter( ( payment ) =>
					'transactionRef' in by
						? payment.transactionRef === by.transactionRef &&
							fakeOf().isFound( payment )
						: by.orderIds.includes( payment.orderId )
				)
			),
		deletePayment: ( paymentId ) =>
			answer( 'deletePayment', () => {
				const at = fakeOf().payments.findIndex(
					( payment ) => payment.paymentId === paymentId
				);
				if ( at >= 0 ) {
					fakeOf().payments.splice( at, 1 );
				}
			} ),
		createPayment: ( body ) =>
			answer( 'createPayment', () => {
				const paymentId = 700 + paymentsMade++;
				fakeOf().payments.push( {
					paymentId,
					transactionRef: body.transactionRef,
					methodCode: body.paymentMethodCode,
					type: body.paymentType,
					orderId: body.orderId,
					currency: body.currencyIsoCode,
					amount: body.amountPaid,
					at: clock.now(),
				} );
				return paymentId;
			} ),
	};
}
