/**
 * `order-search` and `sales-order-search` (resources reference, §1.10 and §9).
 */
import { statusesOf, typeOf } from './account.ts';
import type { Account } from './account.ts';
import type { Call } from './call.ts';
import type { Order } from './model.ts';
import { codesOf, paymentStatusOf } from './order-state.ts';
import {
	ORDER_TYPES,
	PAYMENT_STATUSES,
	SHIPPING_STATUSES,
	STOCK_STATUSES,
} from './order-types.ts';
import { API_USER } from './profile.ts';
import { searchRoutes } from './search.ts';
import type { Column } from './search.ts';

interface Coded {
	readonly id: number;
	readonly code: string;
	readonly name?: string;
}

/** A column of ids with the map of their names beside the answer. */
function codedColumn(
	name: string,
	reference: string,
	list: readonly Coded[],
	codeOf: ( row: Order, account: Account ) => string,
	type: Column< Order >[ 'type' ] = 'INTEGER'
): Column< Order > {
	const byCode = new Map( list.map( ( entry ) => [ entry.code, entry ] ) );
	const find = ( row: Order, account: Account ): Coded | undefined =>
		byCode.get( codeOf( row, account ) );
	return {
		name,
		type,
		value: ( row, account ) => find( row, account )?.id ?? null,
		reference: {
			name: reference,
			entry: ( row, account ) => {
				const found = find( row, account );
				return found
					? [ String( found.id ), found.name ?? found.code ]
					: null;
			},
		},
	};
}

const statusName = {
	name: 'orderStatusNames',
	entry: ( row: Order, account: Account ): [ string, unknown ] => [
		String( row.statusId ),
		statusesOf( account ).find( ( { id } ) => id === row.statusId )?.name ??
			'',
	],
};

const orderColumns: readonly Column< Order >[] = [
	{ name: 'orderId', type: 'IDSET', value: ( row ) => row.id },
	codedColumn(
		'orderTypeId',
		'orderTypeNames',
		ORDER_TYPES,
		( row ) => typeOf( row ),
		'IDSET'
	),
	{ name: 'contactId', type: 'INTEGER', value: ( row ) => row.customerId },
	{
		name: 'orderStatusId',
		type: 'INTEGER',
		value: ( row ) => row.statusId,
		reference: statusName,
	},
	codedColumn(
		'orderStockStatusId',
		'orderStockStatusNames',
		STOCK_STATUSES,
		( row, account ) => codesOf( account, row ).stock
	),
	{ name: 'createdOn', type: 'PERIOD', value: ( row ) => row.createdAt },
	{ name: 'createdById', type: 'INTEGER', value: () => API_USER },
	{ name: 'customerRef', type: 'STRING', value: ( row ) => row.ref },
	codedColumn(
		'orderPaymentStatusId',
		'orderPaymentStatusNames',
		PAYMENT_STATUSES,
		( row, account ) => paymentStatusOf( account, row )
	),
	// Null until the first change (recorded).
	{ name: 'updatedOn', type: 'PERIOD', value: ( row ) => row.updatedAt },
	{ name: 'parentOrderId', type: 'IDSET', value: ( row ) => row.parentId },
	codedColumn(
		'orderShippingStatusId',
		'orderShippingStatusNames',
		SHIPPING_STATUSES,
		( row, account ) => codesOf( account, row ).shipping
	),
	{ name: 'externalRef', type: 'STRING', value: ( row ) => row.externalRef },
	{
		name: 'installedIntegrationInstanceId',
		type: 'INTEGER',
		value: ( row ) => row.instanceId,
	},
	{ name: 'warehouseId', type: 'IDSET', value: ( row ) => row.warehouseId },
	{
		name: 'staffOwnerContactId',
		type: 'INTEGER',
		value: ( row ) => row.staffOwnerId,
	},
	{ name: 'taxDate', type: 'PERIOD', value: ( row ) => row.taxDate },
	// The channel, under its old name.
	{ name: 'departmentId', type: 'INTEGER', value: ( row ) => row.channelId },
	{ name: 'deliveryDate', type: 'PERIOD', value: ( row ) => row.deliveryAt },
];

const orderFilters: readonly Column< Order >[] = [
	{ name: 'placedOn', type: 'PERIOD', value: ( row ) => row.placedAt },
	{
		name: 'shippingMethodId',
		type: 'INTEGER',
		value: ( row ) => row.shippingMethodId,
	},
	{ name: 'projectId', type: 'INTEGER', value: ( row ) => row.projectId },
	{
		name: 'leadSourceId',
		type: 'INTEGER',
		value: ( row ) => row.leadSourceId,
	},
	{ name: 'isClone', type: 'BOOLEAN', value: () => false },
];

/** The same row under the newer resource's names; both read one column's value. */
const column = (
	name: string,
	from: string,
	type?: Column< Order >[ 'type' ]
): Column< Order > => {
	const source = orderColumns.find( ( entry ) => entry.name === from );
	return {
		name,
		type: type ?? source?.type ?? 'STRING',
		value: source?.value ?? ( () => null ),
	};
};

const salesOrderColumns: readonly Column< Order >[] = [
	column( 'salesOrderId', 'orderId' ),
	column( 'customerId', 'contactId' ),
	{ ...column( 'orderStatusId', 'orderStatusId' ), reference: statusName },
	{
		name: 'orderStockStatus',
		type: 'STRING',
		value: ( row, account ) => codesOf( account, row ).stock,
	},
	column( 'createdOn', 'createdOn' ),
	column( 'createdById', 'createdById' ),
	column( 'customerRef', 'customerRef' ),
	{
		name: 'orderPaymentStatus',
		type: 'STRING',
		value: ( row, account ) => paymentStatusOf( account, row ),
	},
	column( 'updatedOn', 'updatedOn' ),
	{
		name: 'orderShippingStatus',
		type: 'STRING',
		value: ( row, account ) => codesOf( account, row ).shipping,
	},
	column( 'externalRef', 'externalRef' ),
	column(
		'installedIntegrationInstanceId',
		'installedIntegrationInstanceId'
	),
	column( 'warehouseId', 'warehouseId' ),
	column( 'staffOwnerId', 'staffOwnerContactId' ),
	column( 'taxDate', 'taxDate' ),
	column( 'channelId', 'departmentId' ),
	column( 'deliveryDate', 'deliveryDate' ),
];

const salesOrderFilters: readonly Column< Order >[] = [
	{
		name: 'productIds',
		type: 'IDSET',
		value: ( row ) => row.rows.map( ( { productId } ) => productId ),
	},
	{ name: 'isHistoricalOrder', type: 'BOOLEAN', value: () => false },
	column( 'customerRefs', 'customerRef', 'STRING_SET' ),
];

const shared = {
	rows: ( call: Call ) => call.account.tables.orders.values(),
	/** The search index lags behind the orders themselves. */
	visible: ( row: Order, call: Call ): boolean =>
		row.createdAt + call.switches.indexLagMs <= call.now,
	shortcuts: {
		externalRef: ( account: Account, value: string ) =>
			account.ordersByExternalRef( value ),
		customerRef: ( account: Account, value: string ) =>
			account.ordersByRef( value ),
	},
};

export const orderSearchRoutes = [
	...searchRoutes< Order >( {
		path: '/order-service/order-search',
		columns: orderColumns,
		filters: orderFilters,
		...shared,
	} ),
	...searchRoutes< Order >( {
		path: '/order-service/sales-order-search',
		columns: salesOrderColumns,
		filters: salesOrderFilters,
		...shared,
		// Credits and purchases are found through order-search only.
		visible: ( row, call ) =>
			typeOf( row ) === 'SO' && shared.visible( row, call ),
	} ),
];
