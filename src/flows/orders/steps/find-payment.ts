/**
 * A payment by its reference alone, on the order it must be on.
 */
import type { Brightpearl } from '../../../brightpearl/api.ts';
import { hold, ok, type Result } from '../../../contracts/result.ts';

/** Its id; null = there is none. */
export async function findPayment(
	brightpearl: Brightpearl,
	transactionRef: string,
	orderId: number
): Promise< Result< number | null > > {
	const hits = await brightpearl.payments( { transactionRef } );
	if ( ! hits.ok ) {
		return hits;
	}
	const foreign = hits.value.find( ( hit ) => hit.orderId !== orderId );
	if ( foreign ) {
		return hold( {
			code: 'reference-taken',
			message: `The payment reference ${ transactionRef } is already used for sales order ${ foreign.orderId } in Brightpearl.`,
			cause: 'Two shops share one reference prefix, or the payment was entered on another order.',
			fix: 'Delete or correct that payment in Brightpearl, then retry.',
			field: 'orders.refPrefix',
		} );
	}
	return ok( hits.value[ 0 ]?.paymentId ?? null );
}
