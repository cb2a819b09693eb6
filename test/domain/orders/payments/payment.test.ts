import { expect, test } from '@jest/globals';
import { currentPayment } from '../../../../src/domain/orders/payments/payment.ts';

const PAID_AT = '2026-07-01T10:00:00Z';
const REVERSED = {
	n: 1,
	amount: '37.69',
	// As it is kept once it was recorded.
	paidAt: '2026-07-01T10:00:00.000+00:00',
	paymentId: 7,
	reversed: { paymentId: 8 },
};
const order = { paidAt: PAID_AT, total: '61.66', status: 'processing' };

test( 'what was taken back and counts again is of the amount that was paid, whatever the total is by now', () => {
	expect( currentPayment( order, { payments: [ REVERSED ] } ) ).toMatchObject(
		{ n: 2, amount: '37.69' }
	);
	expect(
		currentPayment(
			{ ...order, total: '0.00' },
			{ payments: [ REVERSED ] }
		)
	).toMatchObject( { n: 2, amount: '37.69' } );
} );

test( 'paid anew it is of the total', () => {
	expect(
		currentPayment(
			{ ...order, paidAt: '2026-07-02T10:00:00Z' },
			{ payments: [ REVERSED ] }
		)
	).toMatchObject( { n: 2, amount: '61.66' } );
	expect( currentPayment( order, null ) ).toMatchObject( {
		n: 1,
		amount: '61.66',
	} );
} );
