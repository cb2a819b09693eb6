/**
 * Sales credits: what a refund of goods or value is in Brightpearl (resources reference, §1.12).
 * The money itself is a customer payment of type PAYMENT against the credit.
 */
import type { SalesCreditsApi } from '../api.ts';
import { acceptedId } from '../answers/decode.ts';
import type { Link } from './link.ts';
import { findSalesCredits } from './order-find.ts';
import { readOrders } from './order-read.ts';
import { closeOrder } from './orders.ts';

export function createSalesCreditsApi( link: Link ): SalesCreditsApi {
	const { ask } = link;
	return {
		createSalesCredit: async ( body ) =>
			acceptedId(
				await ask( {
					method: 'POST',
					path: '/order-service/sales-credit',
					body,
				} )
			),
		salesCredits: ( ids ) => readOrders( link, 'SC', ids ),
		findSalesCredits: ( by ) => findSalesCredits( ask, by ),
		closeSalesCredit: ( creditId, taxDate ) =>
			closeOrder( ask, 'sales-credit', creditId, taxDate ),
	};
}
