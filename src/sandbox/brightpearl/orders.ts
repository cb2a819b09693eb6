/**
 * The order resources: `sales-order` and `order` share one id space (resources reference, §1.1).
 */
import { idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { notFound } from './codes.ts';
import { existing } from './existing.ts';
import { createSalesOrder } from './order-create.ts';
import { patchOrder } from './order-patch.ts';
import { showOrder, showSalesOrder } from './order-view.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';

/** Nothing found is 200 `[]` here, unlike everywhere else (platform reference, §5.4). */
function readOrders( call: Call ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	return answer(
		( ids.value ?? [] )
			.flatMap( ( id ) => call.account.tables.orders.get( id ) ?? [] )
			.map( ( order ) => showOrder( call.account, order ) )
	);
}

/** Some of the ids found: 207 (documented for credits); none: 404, the general rule. */
function readSalesOrders( call: Call ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const wanted = ids.value ?? [];
	const found = wanted.flatMap(
		( id ) => call.account.tables.orders.get( id ) ?? []
	);
	if ( found.length === 0 ) {
		return refuse( 404, notFound( 'No Sales Order Found' ) );
	}
	return answer(
		found.map( ( order ) => showSalesOrder( call.account, order ) ),
		found.length < wanted.length ? call.switches.partialStatus : 200
	);
}

const orderIds = ( call: Call ): number[] => call.account.tables.orders.ids();

export const orderRoutes: readonly Route[] = [
	route(
		'POST',
		'/order-service/sales-order',
		'post-sales-order',
		createSalesOrder
	),
	route(
		'GET',
		'/order-service/sales-order/{ids}',
		'get-sales-order',
		readSalesOrders
	),
	route(
		'OPTIONS',
		'/order-service/sales-order/{ids?}',
		'options-sales-order',
		( call ) => existing( call, '/sales-order', orderIds( call ) )
	),
	route( 'GET', '/order-service/order/{ids}', 'get-order', readOrders ),
	route( 'PATCH', '/order-service/order/{id}', 'patch-order', patchOrder ),
	route(
		'OPTIONS',
		'/order-service/order/{ids?}',
		'options-order',
		( call ) => existing( call, '/order', orderIds( call ) )
	),
];
