/**
 * RecordRefund: the money of a refund, given back on its credit (resources reference, §1.12).
 */
import type { LinkCredit } from '../../../contracts/database.ts';
import { ok, type Result } from '../../../contracts/result.ts';
import { toRefundBody } from '../../../domain/orders/bodies.ts';
import type { PlannedRefund } from '../../../domain/orders/types.ts';
import {
	earlierTry,
	journalTarget,
	saveLink,
	type Applying,
} from '../applying.ts';
import { once } from '../once.ts';
import { findPayment } from './find-payment.ts';
import { notReadYet } from './read-order.ts';

export async function recordRefund(
	applying: Applying,
	refund: PlannedRefund
): Promise< Result< void > > {
	const { connected, salesOrder } = applying;
	const { brightpearl } = connected;
	const { transactionRef, refundId, amount } = refund;
	const salesCreditId = creditOf( applying, refundId )?.salesCreditId ?? null;
	if ( salesOrder === null || salesCreditId === null ) {
		return notReadYet();
	}
	const target = journalTarget( applying, 'RecordRefund', transactionRef );
	const keep = ( paymentId: number ) =>
		saveCredit( applying, refundId, {
			refund: { amount, paymentId, reversed: null },
		} );
	const made = await once( {
		target,
		ref: transactionRef,
		since: ( await earlierTry( target ) )?.at ?? null,
		looksFirst: true,
		look: () => findPayment( brightpearl, transactionRef, salesCreditId ),
		make: () =>
			brightpearl.createPayment(
				toRefundBody( refund, salesCreditId, salesOrder.exchangeRate )
			),
		called: ( id ) => `payment ${ id }`,
		record: keep,
		async adopt( id ) {
			await keep( id );
			return ok( undefined );
		},
	} );
	return made.ok ? ok( undefined ) : made;
}

export function creditOf(
	{ link }: Applying,
	refund: number
): LinkCredit | undefined {
	// An emptied one is of a time before the order came back.
	return link.credits.find(
		( { refundId, emptied } ) => refundId === refund && ! emptied
	);
}

export async function saveCredit(
	applying: Applying,
	refund: number,
	change: Partial< LinkCredit >
): Promise< void > {
	await saveLink( applying, {
		credits: applying.link.credits.map( ( credit ) =>
			credit.refundId === refund && ! credit.emptied
				? { ...credit, ...change }
				: credit
		),
	} );
}
