/**
 * Sales orders: made through the atomic `sales-order`, found through `order-search`, read
 * through `order`, whose shapes are recorded (resources reference, §1).
 */
import type { Result } from '../../contracts/result.ts';
import type { OrdersApi, SalesOrderBody } from '../api.ts';
import type { Ask } from '../transport/call.ts';
import { acceptedId } from '../answers/decode.ts';
import { existingIds } from '../search/existing-ids.ts';
import type { Link } from './link.ts';
import { amendSalesOrder } from './order-amend.ts';
import { changedSalesOrders, findSalesOrders } from './order-find.ts';
import { readOrders } from './order-read.ts';
import { write } from './writes.ts';

async function createSalesOrder(
	ask: Ask,
	body: SalesOrderBody
): Promise< Result< number | null > > {
	return acceptedId(
		await ask( {
			method: 'POST',
			path: '/order-service/sales-order',
			body,
		} )
	);
}

/** `POST …/close`, with an empty object where no tax date is given (§1.12). */
export function closeOrder(
	ask: Ask,
	kind: 'sales-order' | 'sales-credit',
	orderId: number,
	taxDate: string | undefined
): Promise< Result< void > > {
	return write( ask, {
		method: 'POST',
		path: `/order-service/${ kind }/${ orderId }/close`,
		body: taxDate === undefined ? {} : { taxDate },
	} );
}

export function createOrdersApi( link: Link ): OrdersApi {
	const { ask } = link;
	return {
		findSalesOrders: ( by ) => findSalesOrders( ask, by ),
		createSalesOrder: ( body ) => createSalesOrder( ask, body ),
		salesOrders: ( ids ) => readOrders( link, 'SO', ids ),
		changedSalesOrders: ( since ) => changedSalesOrders( ask, since ),
		existingOrders: ( ids ) =>
			existingIds( link, '/order-service/order', ids ),
		amendSalesOrder: ( orderId, version, change ) =>
			amendSalesOrder( ask, orderId, version, change ),
		closeSalesOrder: ( orderId, taxDate ) =>
			closeOrder( ask, 'sales-order', orderId, taxDate ),
	};
}
