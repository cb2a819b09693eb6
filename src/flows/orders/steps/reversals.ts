/**
 * ReversePayment and ReverseRefund: money that was recorded is taken back, by a payment the other
 * way or by deleting what was recorded (`orders.reversal`).
 *
 * A payment that somebody deleted in Brightpearl meanwhile is taken back already: another one
 * against it would make money out of nothing.
 */
import { ok, type Result } from '../../../contracts/result.ts';
import { toReversalBody } from '../../../domain/orders/bodies.ts';
import type { PlannedReversal, Step } from '../../../domain/orders/types.ts';
import {
	earlierTry,
	journaled,
	journalTarget,
	lookFor,
	note,
	saveLink,
	type Applying,
	type JournalTarget,
} from '../applying.ts';
import { once } from '../once.ts';
import { findPayment } from './find-payment.ts';
import { notReadYet } from './read-order.ts';
import { creditOf, saveCredit } from './record-refund.ts';

/** Keeps that it was taken back: by this payment, or (null) because it is gone. */
type Keep = ( paymentId: number | null ) => Promise< void >;

export function reversePayment(
	applying: Applying,
	{ n, reversal }: Extract< Step, { type: 'ReversePayment' } >
): Promise< Result< void > > {
	return takeBack( applying, reversal, 'ReversePayment', ( paymentId ) =>
		saveLink( applying, {
			payments: applying.link.payments.map( ( payment ) =>
				payment.n === n
					? { ...payment, reversed: { paymentId } }
					: payment
			),
		} )
	);
}

export function reverseRefund(
	applying: Applying,
	{ refundId, reversal }: Extract< Step, { type: 'ReverseRefund' } >
): Promise< Result< void > > {
	return takeBack(
		applying,
		reversal,
		'ReverseRefund',
		async ( paymentId ) => {
			const refund = creditOf( applying, refundId )?.refund;
			if ( refund ) {
				await saveCredit( applying, refundId, {
					refund: { ...refund, reversed: { paymentId } },
				} );
			}
		}
	);
}

const RECORDED_BY = {
	ReversePayment: 'RecordPayment',
	ReverseRefund: 'RecordRefund',
} as const;

async function takeBack(
	applying: Applying,
	reversal: PlannedReversal,
	step: keyof typeof RECORDED_BY,
	keep: Keep
): Promise< Result< void > > {
	const { transactionRef, paymentId } = reversal;
	const target = journalTarget( applying, step, transactionRef );
	if ( reversal.how === 'delete' ) {
		const deleted = await journaled(
			target,
			transactionRef,
			() => applying.connected.brightpearl.deletePayment( paymentId ),
			() => `payment ${ paymentId } deleted`,
			() => keep( null )
		);
		return deleted;
	}
	return reverseByPayment( applying, reversal, step, keep, target );
}

async function reverseByPayment(
	applying: Applying,
	reversal: PlannedReversal,
	step: keyof typeof RECORDED_BY,
	keep: Keep,
	target: JournalTarget
): Promise< Result< void > > {
	const { connected, lease, salesOrder } = applying;
	const { brightpearl } = connected;
	const { transactionRef, orderId } = reversal;
	if ( salesOrder === null ) {
		return notReadYet();
	}
	const since = ( await earlierTry( target ) )?.at ?? null;
	const look = () => findPayment( brightpearl, transactionRef, orderId );
	const before = await lookFor( connected, lease, since, look );
	if ( ! before.ok ) {
		return before;
	}
	if ( before.value === null ) {
		const stands = await isThere( applying, reversal, RECORDED_BY[ step ] );
		if ( ! stands.ok ) {
			return stands;
		}
		if ( ! stands.value ) {
			await keep( null );
			await note(
				target,
				'found',
				transactionRef,
				`Payment ${ reversal.paymentId } is gone from Brightpearl already.`
			);
			return ok( undefined );
		}
	}
	const made = await once( {
		target,
		ref: transactionRef,
		since: null,
		looksFirst: before.value !== null,
		look: ( when ) =>
			when === 'before' ? Promise.resolve( before ) : look(),
		make: () =>
			brightpearl.createPayment(
				toReversalBody( reversal, salesOrder.exchangeRate )
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

/** Whether what is to be taken back is there; the search may not know yet what we just recorded. */
async function isThere(
	applying: Applying,
	{ orderId, paymentId }: PlannedReversal,
	recordedBy: 'RecordPayment' | 'RecordRefund'
): Promise< Result< boolean > > {
	const { connected, lease } = applying;
	const { connection, subject } = journalTarget( applying, recordedBy );
	const recorded = await connected.database.journal.lastTry(
		connection,
		subject,
		recordedBy
	);
	const found = await lookFor(
		connected,
		lease,
		recorded?.at ?? null,
		async (): Promise< Result< true | null > > => {
			const payments = await connected.brightpearl.payments( {
				orderIds: [ orderId ],
			} );
			return payments.ok
				? ok(
						payments.value.some(
							( payment ) => payment.paymentId === paymentId
						) || null
					)
				: payments;
		}
	);
	return found.ok ? ok( found.value === true ) : found;
}
