/**
 * `order-search` and `sales-order-search` (resources reference, §1.10 and §9).
 */
import type { Account } from './account.ts';
import type { Call } from './call.ts';
import type { Order } from './model.ts';
import { codesOf, paymentStatusOf } from './order-state.ts';
import { API_USER } from './profile.ts';
import { searchRoutes } from './search.ts';
import type { Column } from './search.ts';

const SALES_ORDER = 1;

const STOCK_IDS = { SON: 1, SOP: 2, SOA: 3, NON: 13 } as const;
const STOCK_NAMES = {
	SON: 'Not fulfilled',
	SOP: 'Part fulfilled',
	SOA: 'All fulfilled',
	NON: 'Unset',
} as const;
const SHIPPING_IDS = { NST: 1, SNS: 2, SPS: 3, ASS: 4 } as const;
const SHIPPING_NAMES = {
	NST: 'No stock tracked products on order',
	SNS: 'Stock not shipped',
	SPS: 'Stock part shipped',
	ASS: 'All stock shipped',
} as const;
/** Only 5 is recorded. */
const PAYMENT_IDS = {
	UNPAID: 1,
	PARTIALLY_PAID: 2,
	PAID: 3,
	NOT_APPLICABLE: 5,
} as const;

const statusName = {
	name: 'orderStatusNames',
	entry: ( row: Order, account: Account ): [ string, unknown ] => [
		String( row.statusId ),
		account.profile.statuses.all.find( ( { id } ) => id === row.statusId )
			?.name ?? '',
	],
};

const orderColumns: readonly Column< Order >[] = [
	{ name: 'orderId', type: 'IDSET', value: ( row ) => row.id },
	{
		name: 'orderTypeId',
		type: 'IDSET',
		value: () => SALES_ORDER,
		reference: {
			name: 'orderTypeNames',
			entry: () => [ String( SALES_ORDER ), 'SALES_ORDER' ],
		},
	},
	{ name: 'contactId', type: 'INTEGER', value: ( row ) => row.customerId },
	{
		name: 'orderStatusId',
		type: 'INTEGER',
		value: ( row ) => row.statusId,
		reference: statusName,
	},
	{
		name: 'orderStockStatusId',
		type: 'INTEGER',
		value: ( row, account ) => STOCK_IDS[ codesOf( account, row ).stock ],
		reference: {
			name: 'orderStockStatusNames',
			entry: ( row, account ) => {
				const { stock } = codesOf( account, row );
				return [ String( STOCK_IDS[ stock ] ), STOCK_NAMES[ stock ] ];
			},
		},
	},
	{ name: 'createdOn', type: 'PERIOD', value: ( row ) => row.createdAt },
	{ name: 'createdById', type: 'INTEGER', value: () => API_USER },
	{ name: 'customerRef', type: 'STRING', value: ( row ) => row.ref },
	{
		name: 'orderPaymentStatusId',
		type: 'INTEGER',
		value: ( row, account ) =>
			PAYMENT_IDS[ paymentStatusOf( account, row ) ],
		reference: {
			name: 'orderPaymentStatusNames',
			entry: ( row, account ) => {
				const status = paymentStatusOf( account, row );
				return [ String( PAYMENT_IDS[ status ] ), status ];
			},
		},
	},
	// Null until the first change (recorded).
	{ name: 'updatedOn', type: 'PERIOD', value: ( row ) => row.updatedAt },
	{ name: 'parentOrderId', type: 'IDSET', value: ( row ) => row.parentId },
	{
		name: 'orderShippingStatusId',
		type: 'INTEGER',
		value: ( row, account ) =>
			SHIPPING_IDS[ codesOf( account, row ).shipping ],
		reference: {
			name: 'orderShippingStatusNames',
			entry: ( row, account ) => {
				const { shipping } = codesOf( account, row );
				return [
					String( SHIPPING_IDS[ shipping ] ),
					SHIPPING_NAMES[ shipping ],
				];
			},
		},
	},
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
	} ),
];
