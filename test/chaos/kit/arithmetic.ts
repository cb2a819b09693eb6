/**
 * What an order must come to by the shop's own figures alone, without a line of the code that is
 * tested.
 */
import type { OrderLink } from '../../../src/contracts/database.ts';
import { decimal, money, sum } from '../../../src/domain/money.ts';
import type { ShopOrder } from './world.ts';

const NOTHING = { sales: '0.00', receipts: '0.00' };
/** Statuses that bring a new order to Brightpearl, as the settings say. */
const PUSHED = [ 'processing', 'completed', 'on-hold' ];

/** The shop says that all of it was given back, and lists less. */
export function isTorn( order: ShopOrder | null | undefined ): boolean {
	return (
		order?.status === 'refunded' &&
		decimal( order.total ).gt( 0 ) &&
		refundsOf( order ).lt( order.total )
	);
}

/**
 * An order that stands was sold for its total less its refunds, and what was paid of it came in
 * less what went back, never more than had come in. What was called off, or has nothing left, is
 * nothing.
 *
 * @param link Tells what was paid, which the shop does not once the order was edited.
 */
export function byArithmetic(
	order: ShopOrder | null,
	{ payments, salesOrderId }: OrderLink
): { readonly sales: string; readonly receipts: string } {
	if ( order === null ) {
		return NOTHING;
	}
	const refunds = refundsOf( order );
	const isGivenBack =
		refunds.gt( 0 ) && refunds.gte( order.total ) && salesOrderId !== null;
	if ( ! PUSHED.includes( order.status ) && ! isGivenBack ) {
		// Pushed before it went back to pending, it stays what it was.
		if ( order.status !== 'pending' || salesOrderId === null ) {
			return NOTHING;
		}
	}
	const last = payments.at( -1 );
	const paid = decimal(
		last === undefined || last.reversed !== null ? '0' : last.amount
	);
	const back = refunds.lt( paid ) ? refunds : paid;
	return {
		sales: money( decimal( order.total ).minus( refunds ), 2 ),
		receipts: money( paid.minus( back ), 2 ),
	};
}

function refundsOf( { refunds }: ShopOrder ) {
	return sum( refunds.map( ( { total } ) => decimal( total ).abs() ) );
}
