/** `/orders/{id}/refunds`. */
import { ORDER_BY, checkList, pageOf, sortDated } from './lists.ts';
import { renderRefund } from './refunds-render.ts';
import { createRefund, deleteRefund, refundOfUnknownOrder } from './refunds.ts';
import type { Reply, RestRequest } from './rest.ts';
import { restError } from './rest.ts';
import { MAKE, READ, REMOVE } from './router.ts';
import type { Route } from './router.ts';
import type { Shop } from './shop.ts';

export function refundRoutes( shop: Shop ): Route[] {
	const unknown = (): Reply =>
		restError(
			404,
			'woocommerce_rest_shop_order_refund_invalid_id',
			'Invalid ID.'
		);
	const one = ( request: RestRequest, isDelete: boolean ): Reply => {
		const order = shop.orders.get( request.path[ 'id' ] ?? 0 );
		const refund = order?.refunds.find(
			( { id } ) => id === request.path[ 'sub' ]
		);
		if ( ! order || ! refund ) {
			return unknown();
		}
		const body = renderRefund( shop, order, refund, request.query[ 'dp' ] );
		if ( isDelete ) {
			deleteRefund( shop, order, refund );
		}
		return { status: 200, body };
	};
	return [
		{
			methods: READ,
			path: '/orders/:id/refunds',
			right: 'list',
			check: ( request ) => checkList( shop, request, ORDER_BY ),
			handle: ( request ) => {
				const order = shop.orders.get( request.path[ 'id' ] ?? 0 );
				// Measured: refunds of an unknown order are an empty list.
				const found = order
					? order.refunds.map( ( refund ) => ( {
							...refund,
							modified: refund.created,
						} ) )
					: [];
				return pageOf(
					shop,
					request,
					sortDated( found, request.query ),
					( refund ) =>
						order &&
						renderRefund(
							shop,
							order,
							refund,
							request.query[ 'dp' ]
						)
				);
			},
		},
		{
			methods: MAKE,
			path: '/orders/:id/refunds',
			right: 'create',
			handle: ( request ) => {
				const order = shop.orders.get( request.path[ 'id' ] ?? 0 );
				if ( ! order ) {
					return refundOfUnknownOrder();
				}
				const made = createRefund( shop, order, request.body );
				return made.ok
					? {
							status: 201,
							body: renderRefund( shop, order, made.value ),
						}
					: made.error;
			},
		},
		{
			methods: READ,
			path: '/orders/:id/refunds/:sub',
			right: 'view',
			handle: ( request ) => one( request, false ),
		},
		{
			methods: REMOVE,
			path: '/orders/:id/refunds/:sub',
			right: 'delete',
			handle: ( request ) => one( request, true ),
		},
	];
}
