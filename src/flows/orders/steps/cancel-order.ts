/**
 * CancelOrder: the account's cancelled status, which takes every reservation with it. Brightpearl
 * refuses it of an order with goods-out notes, an invoice or money on it (resources reference,
 * §1.8); what the order shows then says what a person is told.
 */
import { ok, type Result } from '../../../contracts/result.ts';
import type { SalesOrder } from '../../../brightpearl/api.ts';
import { decimal } from '../../../domain/money.ts';
import {
	earlierTry,
	journaled,
	journalTarget,
	note,
	saveLink,
	type Applying,
} from '../applying.ts';
import { notReadYet } from './read-order.ts';
import { isRefused, named, refusalAs } from './refusal.ts';

export async function cancelOrder(
	applying: Applying,
	statusId: number
): Promise< Result< void > > {
	const { connected, link, salesOrder } = applying;
	if ( salesOrder === null ) {
		return notReadYet();
	}
	const target = journalTarget( applying, 'CancelOrder' );
	const ref = `status ${ statusId }`;
	if ( salesOrder.cancelled || salesOrder.statusId === statusId ) {
		// Without an earlier try of ours it was somebody else, and what they cancelled stays so.
		if ( ( await earlierTry( target ) ) !== null ) {
			await saveLink( applying, { cancelled: true } );
		}
		await note( target, 'found', ref, null );
		return ok( undefined );
	}
	const cancelled = await journaled(
		target,
		ref,
		async () => {
			// Before the call: lost between the two, it would look as if somebody else had cancelled.
			await saveLink( applying, { cancelled: true } );
			return connected.brightpearl.setOrderStatus(
				salesOrder.id,
				statusId
			);
		},
		() => null
	);
	applying.salesOrder = null;
	if ( cancelled.ok || ! isRefused( cancelled.failure ) ) {
		return cancelled;
	}
	await saveLink( applying, { cancelled: false } );
	const paid = await isPaid( applying, salesOrder );
	if ( ! paid.ok ) {
		return paid;
	}
	return refusalAs(
		cancelled.failure,
		paid.value
			? {
					code: 'cancelled-paid',
					what: `${ named( link ) } was called off in the shop, and Brightpearl does not cancel it while money is on it:`,
					cause: 'A payment stands that this service did not make or could not take back.',
					fix: 'Take the payment back in Brightpearl and cancel the sales order, or refund the order in the shop.',
				}
			: {
					code: 'cancelled-shipped',
					what: `${ named( link ) } was called off in the shop, and Brightpearl does not cancel it:`,
					cause: 'Goods-out notes were made for it, it was shipped, or it was invoiced.',
					fix: 'Stop the shipment in Brightpearl and cancel the sales order, or refund the order in the shop once the goods are back.',
				}
	);
}

async function isPaid(
	{ connected }: Applying,
	{ id, invoiced, shipping }: SalesOrder
): Promise< Result< boolean > > {
	if ( invoiced || shipping === 'part' || shipping === 'all' ) {
		return ok( false );
	}
	const payments = await connected.brightpearl.payments( {
		orderIds: [ id ],
	} );
	if ( ! payments.ok ) {
		return payments;
	}
	const net = payments.value.reduce(
		( sum, { type, amount } ) =>
			type === 'PAYMENT'
				? sum.minus( amount )
				: type === 'RECEIPT' || type === 'CAPTURE'
					? sum.plus( amount )
					: sum,
		decimal( '0' )
	);
	return ok( ! net.eq( 0 ) );
}
