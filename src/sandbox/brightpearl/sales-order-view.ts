/**
 * A sales order or sales credit as `sales-order` and `sales-credit` show it (resources
 * reference, §1.3).
 */
import { isCancelled } from './account.ts';
import type { Account } from './account.ts';
import { showAddress } from './addresses.ts';
import type { Order, OrderRow } from './model.ts';
import { taxCodeOf } from './order-rows.ts';
import { codesOf, paymentStatusOf, totalsOf } from './order-state.ts';
import { priceOf, showInvoice } from './order-view.ts';
import { API_USER } from './profile.ts';
import type { Switches } from './switches.ts';

function showSalesRow(
	account: Account,
	row: OrderRow
): Record< string, unknown > {
	return {
		id: row.id,
		productId: row.productId,
		name: row.name,
		sku: row.sku,
		quantity: row.quantity,
		taxCode: row.taxCode,
		tax: row.tax,
		net: row.net,
		nominalCode: row.nominalCode,
		...( row.externalRef === null ? {} : { externalRef: row.externalRef } ),
		productPrice: priceOf( account, row ),
		discountPercentage: row.discount ?? '0.00',
		sequence: row.sequence,
		bundleChild: row.bundleChild,
		bundleParent: row.bundleParent,
		...( row.bundleChild ? { parentRowId: row.parentRowId } : {} ),
		taxClassId: taxCodeOf( account, row.taxCode )?.id ?? 0,
		taxCalculator: row.taxCalculator ?? 'brightpearl',
		...( row.clonedFromId === undefined
			? {}
			: { clonedFromId: row.clonedFromId } ),
	};
}

/** Set ids only: what is unset is left out (platform reference, §1.8). */
const setIds = ( ids: Record< string, number > ): Record< string, number > =>
	Object.fromEntries(
		Object.entries( ids ).filter( ( [ , value ] ) => value !== 0 )
	);

/** `GET /order-service/sales-order`: the POST fields and what is read-only. */
export function showSalesOrder(
	account: Account,
	order: Order,
	{ cancelledStatus }: Pick< Switches, 'cancelledStatus' >
): Record< string, unknown > {
	const { format } = account.zone;
	const totals = totalsOf( order );
	const codes = codesOf( account, order );
	return {
		id: order.id,
		customer: {
			id: order.customerId,
			address: showAddress( order.customerAddress ),
		},
		customerId: order.customerId,
		billing: {
			contactId: order.billingContactId,
			address: showAddress( order.billingAddress ),
		},
		ref: order.ref,
		placedOn: format( order.placedAt ),
		taxDate: format( order.taxDate ),
		createdOn: format( order.createdAt ),
		...( order.updatedAt === null
			? {}
			: { updatedOn: format( order.updatedAt ) } ),
		createdBy: API_USER,
		version: order.version,
		statusId: order.statusId,
		warehouseId: order.warehouseId,
		priceListId: order.priceListId,
		...setIds( {
			parentId: order.parentId,
			channelId: order.channelId,
			staffOwnerId: order.staffOwnerId,
			projectId: order.projectId,
			teamId: order.teamId,
			leadSourceId: order.leadSourceId,
		} ),
		...( order.externalRef === null
			? {}
			: { externalRef: order.externalRef } ),
		...( order.instanceId === null
			? {}
			: { installedIntegrationInstanceId: order.instanceId } ),
		priceModeCode: order.priceMode,
		currency: {
			code: order.currency,
			fixedExchangeRate: order.fixedExchangeRate,
			exchangeRate: order.exchangeRate,
		},
		delivery: {
			...( order.deliveryAt === null
				? {}
				: { date: format( order.deliveryAt ) } ),
			address: showAddress( order.deliveryAddress ),
			shippingMethodId: order.shippingMethodId,
		},
		total: {
			net: totals.net,
			tax: totals.tax,
			gross: totals.total,
			baseNet: totals.baseNet,
			baseTax: totals.baseTax,
			baseGross: totals.baseTotal,
		},
		orderPaymentStatus: paymentStatusOf( account, order ),
		allocationStatusCode: codes.allocation,
		shippingStatusCode: codes.shipping,
		stockStatusCode: codes.stock,
		isCanceled:
			cancelledStatus === 'none' ? null : isCancelled( account, order ),
		invoice: showInvoice( account, order ),
		orderWeighting: 100,
		costPriceListId: 1,
		rows: order.rows.map( ( row ) => showSalesRow( account, row ) ),
	};
}
