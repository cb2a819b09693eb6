/**
 * Closing an order or credit (resources reference, §1.12): it is invoice pending at once, and has
 * its reference, its date and the invoiced status a while later.
 */
import { z } from 'zod';
import { isCancelled, PENDING, touchOrder, typeOf } from './account.ts';
import type { Account } from './account.ts';
import { idOf } from './call.ts';
import type { Call } from './call.ts';
import { INVENTED, problem } from './codes.ts';
import { instant, readFields } from './fields.ts';
import { refuse, silent } from './reply.ts';
import type { Reply } from './reply.ts';
import { noSuchSale, saleOf } from './find-order.ts';

const closeSchema = z.strictObject( { taxDate: instant.optional() } );

export const closeOrder =
	( type: 'SO' | 'SC' ) =>
	( call: Call ): Reply => {
		const { account, now } = call;
		const order = saleOf( account, idOf( call ), type );
		if ( ! order ) {
			return noSuchSale( type, call.params.id ?? '' );
		}
		const read = readFields(
			closeSchema,
			call.body,
			call.switches.unknownFields
		);
		if ( ! read.ok ) {
			return read.reply;
		}
		if ( ( order.invoice?.closedAt ?? null ) !== null ) {
			return refuse(
				400,
				problem( INVENTED.orderLocked, 'The order is invoiced already' )
			);
		}
		if ( isCancelled( account, order ) ) {
			return refuse(
				400,
				problem(
					INVENTED.orderLocked,
					'A cancelled order cannot be invoiced'
				)
			);
		}
		order.invoice = {
			reference: PENDING,
			// Asked again while pending: the first request counts on.
			requestedAt: order.invoice?.requestedAt ?? now,
			taxDate: read.value.taxDate ?? order.taxDate,
			closedAt: null,
		};
		touchOrder( account, order, now );
		return silent();
	};

/** Gives the invoices their references whose time has come. Called before every request is worked on. */
export function settleInvoices(
	account: Account,
	now: number,
	delay: number
): void {
	for ( const order of account.ordersByInvoice( PENDING ) ) {
		const { invoice } = order;
		if ( ! invoice || invoice.requestedAt + delay > now ) {
			continue;
		}
		const type = typeOf( order );
		order.invoice = {
			...invoice,
			reference: `${ type === 'SC' ? 'SC' : 'SI' }-${ account.counters.invoice++ }`,
			closedAt: invoice.requestedAt + delay,
		};
		// The configured status is one of sales orders; credits keep theirs.
		if ( type === 'SO' ) {
			order.statusId = account.profile.statuses.invoiced;
		}
		touchOrder(
			account,
			order,
			now,
			type === 'SO' ? 'order-status' : null
		);
	}
}
