/**
 * `sales-order` and `sales-credit`: the atomic resources (resources reference, §1.1–§1.3, §1.12).
 * Their ids come from one space with all other orders, but each shows its own kind only.
 */
import { typeOf } from './account.ts';
import type { Account } from './account.ts';
import { idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { notFound } from './codes.ts';
import { existing } from './existing.ts';
import type { Order } from './model.ts';
import { closeOrder } from './order-close.ts';
import { createSale } from './order-create.ts';
import { replaceSalesOrder } from './order-replace.ts';
import { replaceRows } from './order-row-replace.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { saleOf } from './find-order.ts';
import { showSalesOrder } from './sales-order-view.ts';

/** Ids are mandatory. Only some of them found: 207, documented for credits; none: 404, the general rule. */
const readSales =
	( type: 'SO' | 'SC', what: string ) =>
	( call: Call ): Reply => {
		const ids = idsOf( call );
		if ( ! ids.ok ) {
			return ids.reply;
		}
		const wanted = ids.value ?? [];
		const found = wanted.flatMap(
			( id ) => saleOf( call.account, id, type ) ?? []
		);
		if ( found.length === 0 ) {
			return refuse( 404, notFound( `No ${ what } Found` ) );
		}
		const partial = type === 'SC' ? 207 : call.switches.partialStatus;
		return answer(
			found.map( ( order ) =>
				showSalesOrder( call.account, order, call.switches )
			),
			found.length < wanted.length ? partial : 200
		);
	};

const isSale = ( order: Order ): boolean => typeOf( order ) === 'SO';

/** Ascending. */
const salesOrderIds = ( { tables }: Account ): number[] =>
	tables.orders.ids().filter( ( id ) => {
		const order = tables.orders.get( id );
		return order !== undefined && isSale( order );
	} );

export const salesOrderRoutes: readonly Route[] = [
	route(
		'POST',
		'/order-service/sales-order',
		'post-sales-order',
		createSale( 'SO' )
	),
	route(
		'GET',
		'/order-service/sales-order/{ids}',
		'get-sales-order',
		readSales( 'SO', 'Sales Order' )
	),
	route(
		'PUT',
		'/order-service/sales-order/{id}',
		'put-sales-order',
		replaceSalesOrder
	),
	route(
		'OPTIONS',
		'/order-service/sales-order/{ids?}',
		'options-sales-order',
		( call ) =>
			existing( call, '/sales-order', salesOrderIds( call.account ) )
	),
	route(
		'PUT',
		'/order-service/sales-order/{id}/row/{ids}',
		'put-sales-order-row',
		replaceRows
	),
	route(
		'POST',
		'/order-service/sales-order/{id}/close',
		'post-sales-order-close',
		closeOrder( 'SO' )
	),
	route(
		'POST',
		'/order-service/sales-credit',
		'post-sales-credit',
		createSale( 'SC' )
	),
	route(
		'GET',
		'/order-service/sales-credit/{ids}',
		'get-sales-credit',
		readSales( 'SC', 'Sales Credit' )
	),
	route(
		'POST',
		'/order-service/sales-credit/{id}/close',
		'post-sales-credit-close',
		closeOrder( 'SC' )
	),
];
