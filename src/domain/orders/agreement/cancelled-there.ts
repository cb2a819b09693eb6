/**
 * A sales order that Brightpearl shows cancelled, whoever did it: what the link keeps of that.
 */
import type { LinkChange, OrderLink } from '../../../contracts/database.ts';
import { decimal, sum, ZERO } from '../../money.ts';
import type { FoundOrder } from '../found.ts';
import { receiptsOf } from '../payments/payment.ts';
import { verifyStep } from '../steps.ts';
import type { OrderPlan, Step } from '../types.ts';

/**
 * Of an order that is called off in the shop: where Brightpearl shows it cancelled too, that is
 * agreed, and it may be brought back as if we had cancelled it.
 */
export function agreedOff(
	planned: readonly Step[],
	link: Pick< OrderLink, 'cancelled' | 'payments' >,
	found: FoundOrder
): Pick< OrderPlan, 'steps' | 'cancelled' > {
	if ( ! found.cancelled ) {
		const isCancelled = planned.some(
			( { type } ) => type === 'CancelOrder'
		);
		return { steps: planned, cancelled: isCancelled ? 'agreed' : null };
	}
	return {
		// Read back once: what became of its money is not ours to know.
		steps:
			planned.length === 0 &&
			( ! link.cancelled || receiptsOf( link ).length > 0 )
				? [ verifyStep( `sales order ${ found.id }` ) ]
				: planned,
		cancelled: 'agreed',
	};
}

/**
 * Cancelling lets go of all stock. It is done of an order with no money on it (resources reference,
 * §1.8): whoever did it took the receipts back, unless Brightpearl still shows more received than
 * given back.
 *
 * @param link As it is once the order was read back.
 */
export function cancelledChange(
	{ cancelled }: Pick< OrderPlan, 'cancelled' >,
	link: Pick< OrderLink, 'brightpearl' | 'cancelled' | 'payments' >
): LinkChange {
	if ( cancelled === null || link.brightpearl?.cancelled !== true ) {
		return {};
	}
	const { payments: shown } = link.brightpearl;
	const ids = new Set( shown.map( ( { paymentId } ) => paymentId ) );
	const stands = moneyIn( shown ).gt( 0 );
	return {
		...( cancelled === 'agreed' ? { cancelled: true } : {} ),
		reserved: {},
		payments: link.payments.map( ( payment ) =>
			payment.paymentId === null ||
			payment.reversed !== null ||
			( stands && ids.has( payment.paymentId ) )
				? payment
				: { ...payment, reversed: { paymentId: null } }
		),
	};
}

/** Received less given back; what is only authorised is neither. */
export function moneyIn(
	payments: readonly { readonly type: string; readonly amount: string }[]
) {
	return sum(
		payments.map( ( { type, amount } ) =>
			type === 'RECEIPT' || type === 'CAPTURE'
				? decimal( amount )
				: type === 'PAYMENT'
					? ZERO.minus( amount )
					: ZERO
		)
	);
}
