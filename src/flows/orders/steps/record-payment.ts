/**
 * RecordPayment: the money, once. Looked for by `transactionRef` alone, because the method in
 * Brightpearl's own uniqueness key comes from a mapping that people change.
 */
import { ok, type Result } from '../../../contracts/result.ts';
import { toPaymentBody } from '../../../domain/orders/bodies.ts';
import type { PlannedPayment } from '../../../domain/orders/types.ts';
import {
	earlierTry,
	journalTarget,
	saveLink,
	type Applying,
} from '../applying.ts';
import { once } from '../once.ts';
import { findPayment } from './find-payment.ts';
import { notReadYet } from './read-order.ts';

export async function recordPayment(
	applying: Applying,
	payment: PlannedPayment
): Promise< Result< void > > {
	const { connected, salesOrder } = applying;
	const { brightpearl } = connected;
	if ( salesOrder === null ) {
		return notReadYet();
	}
	const { transactionRef } = payment;
	const target = journalTarget( applying, 'RecordPayment', transactionRef );
	const since = ( await earlierTry( target ) )?.at ?? null;
	const made = await once( {
		target,
		ref: transactionRef,
		since,
		looksFirst: since !== null || ! applying.createdNow,
		look: () => findPayment( brightpearl, transactionRef, salesOrder.id ),
		make: () =>
			brightpearl.createPayment(
				toPaymentBody( payment, salesOrder.id, salesOrder.exchangeRate )
			),
		called: ( id ) => `payment ${ id }`,
		async record( id ) {
			applying.paid.push( viewOf( payment, id ) );
			await record( applying, payment, id );
		},
		async adopt( id ) {
			await record( applying, payment, id );
			return ok( undefined );
		},
	} );
	return made.ok ? ok( undefined ) : made;
}

function viewOf(
	payment: PlannedPayment,
	paymentId: number
): Applying[ 'paid' ][ number ] {
	const { amount, currency, methodCode, transactionRef } = payment;
	return {
		paymentId,
		type: 'RECEIPT',
		amount,
		currency,
		methodCode,
		transactionRef,
	};
}

async function record(
	applying: Applying,
	payment: PlannedPayment,
	paymentId: number
): Promise< void > {
	const others = applying.link.payments.filter(
		( { n } ) => n !== payment.n
	);
	await saveLink( applying, {
		payments: [
			...others,
			{
				n: payment.n,
				amount: payment.amount,
				paidAt: payment.paidAt,
				paymentId,
				reversed: null,
			},
		].sort( ( a, b ) => a.n - b.n ),
	} );
}
