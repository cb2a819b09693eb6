/**
 * ReversePayment and ReverseRefund: money that was recorded is taken back, by a payment the other
 * way or by deleting what was recorded (`orders.reversal`).
 *
 * What somebody deleted or gave back in Brightpearl meanwhile is taken back already: another payment
 * against it would make money out of nothing.
 */
import { hold, ok, type Result } from '../../../contracts/result.ts';
import { partOfReceipt, partOfRefund } from '../../../domain/money-problems.ts';
import { money, MOST_DECIMALS, ZERO } from '../../../domain/money.ts';
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
import { named } from './refusal.ts';
import { standingMoney } from './standing-money.ts';

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

type ReversalStep = 'ReversePayment' | 'ReverseRefund';

async function takeBack(
	applying: Applying,
	reversal: PlannedReversal,
	step: ReversalStep,
	keep: Keep
): Promise< Result< void > > {
	const { transactionRef, paymentId } = reversal;
	const target = journalTarget( applying, step, transactionRef );
	if ( reversal.how === 'payment' ) {
		return reverseByPayment( applying, reversal, step, keep, target );
	}
	const left = await leftToTakeBack( applying, reversal, step, keep, target );
	if ( ! left.ok || ! left.value ) {
		return left.ok ? ok( undefined ) : left;
	}
	return journaled(
		target,
		transactionRef,
		() => applying.connected.brightpearl.deletePayment( paymentId ),
		() => `payment ${ paymentId } deleted`,
		() => keep( null )
	);
}

async function reverseByPayment(
	applying: Applying,
	reversal: PlannedReversal,
	step: ReversalStep,
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
		const left = await leftToTakeBack(
			applying,
			reversal,
			step,
			keep,
			target
		);
		if ( ! left.ok || ! left.value ) {
			return left.ok ? ok( undefined ) : left;
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

/**
 * Whether there is all of it to be taken back; where nothing is, that is kept. What was given back
 * in part is for a person: how much of it was meant for this nobody knows.
 */
async function leftToTakeBack(
	applying: Applying,
	reversal: PlannedReversal,
	step: ReversalStep,
	keep: Keep,
	target: JournalTarget
): Promise< Result< boolean > > {
	const { orderId, paymentId, amount, transactionRef } = reversal;
	const standing = await standingMoney(
		applying,
		[ orderId ],
		[ paymentId ]
	);
	if ( ! standing.ok ) {
		return standing;
	}
	const { payments, net } = standing.value;
	const left = step === 'ReversePayment' ? net : ZERO.minus( net );
	const isThere = payments.some( ( one ) => one.paymentId === paymentId );
	if ( ! isThere || left.lte( 0 ) ) {
		await keep( null );
		await note(
			target,
			'found',
			transactionRef,
			isThere
				? `Somebody took payment ${ paymentId } back in Brightpearl already.`
				: `Payment ${ paymentId } is gone from Brightpearl already.`
		);
		return ok( false );
	}
	if ( left.gte( amount ) ) {
		return ok( true );
	}
	const order = named( applying.link );
	const amounts = {
		left: money( left, MOST_DECIMALS ),
		amount,
		currency: reversal.currency,
	};
	return hold(
		step === 'ReversePayment'
			? partOfReceipt( order, amounts )
			: partOfRefund( order, orderId, amounts )
	);
}
