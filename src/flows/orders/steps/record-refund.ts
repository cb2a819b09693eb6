/**
 * RecordRefund: the money of a refund, given back on its credit (resources reference, §1.12).
 */
import type { LinkCredit } from '../../../contracts/database.ts';
import { ok, type Result } from '../../../contracts/result.ts';
import { toRefundBody } from '../../../domain/orders/bodies.ts';
import { money, MOST_DECIMALS } from '../../../domain/money.ts';
import { tooLittleLeft } from '../../../domain/money-problems.ts';
import { isOpenCredit } from '../../../domain/orders/credits/money-back.ts';
import { receiptsOf } from '../../../domain/orders/payments/payment.ts';
import type { PlannedRefund } from '../../../domain/orders/types.ts';
import {
	earlierTry,
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
import { named } from './refusal.ts';
import { standingMoney } from './standing-money.ts';

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
	const since = ( await earlierTry( target ) )?.at ?? null;
	const look = () =>
		findPayment( brightpearl, transactionRef, salesCreditId );
	const before = await lookFor( connected, applying.lease, since, look );
	if ( ! before.ok ) {
		return before;
	}
	if ( before.value === null ) {
		const left = await leftToGiveBack(
			applying,
			refund,
			salesOrder.id,
			salesCreditId,
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

/**
 * Whether that much still stands on the order and its credits. Where nothing does, somebody gave it
 * back before, and that is kept; where less does, a person is told, and nothing is booked.
 */
async function leftToGiveBack(
	applying: Applying,
	{ refundId, transactionRef, amount, currency }: PlannedRefund,
	salesOrderId: number,
	salesCreditId: number,
	target: JournalTarget
): Promise< Result< boolean > > {
	const { link } = applying;
	const standing = await standingMoney(
		applying,
		[
			salesOrderId,
			// Of one that a person has settled the money was made up for elsewhere.
			...link.credits
				.filter( ( { settled } ) => ! settled )
				.flatMap( ( { salesCreditId } ) => salesCreditId ?? [] ),
		],
		[
			...receiptsOf( link ).map( ( { paymentId } ) => paymentId ),
			...link.credits.flatMap(
				( credit ) => credit.refund?.reversed?.paymentId ?? []
			),
		]
	);
	if ( ! standing.ok ) {
		return standing;
	}
	const { net } = standing.value;
	if ( net.gte( amount ) ) {
		return ok( true );
	}
	if ( net.gt( 0 ) ) {
		applying.told.push(
			tooLittleLeft( named( link ), salesCreditId, {
				left: money( net, MOST_DECIMALS ),
				amount,
				currency,
			} )
		);
		return ok( false );
	}
	await saveCredit( applying, refundId, {
		refund: { amount, paymentId: null, reversed: { paymentId: null } },
	} );
	await note(
		target,
		'found',
		transactionRef,
		'Nothing that was received is left in Brightpearl: somebody gave it back already.'
	);
	return ok( false );
}

export function creditOf(
	{ link }: Applying,
	refund: number
): LinkCredit | undefined {
	// One that has ended is of a time before the order came back.
	return link.credits.find(
		( credit ) => credit.refundId === refund && isOpenCredit( credit )
	);
}

export async function saveCredit(
	applying: Applying,
	refund: number,
	change: Partial< LinkCredit >
): Promise< void > {
	await saveLink( applying, {
		credits: applying.link.credits.map( ( credit ) =>
			credit.refundId === refund && isOpenCredit( credit )
				? { ...credit, ...change }
				: credit
		),
	} );
}
