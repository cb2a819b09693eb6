/**
 * An order as the two resources show it (resources reference, §1.3, §1.4).
 */
import { isCancelled } from './account.ts';
import type { Account } from './account.ts';
import { showAddress } from './addresses.ts';
import { fixed } from './decimal.ts';
import type { Order, OrderRow } from './model.ts';
import { taxCodeOf } from './order-rows.ts';
import { codesOf, paymentStatusOf, totalsOf } from './order-state.ts';
import { API_USER } from './profile.ts';

const DAY = 86_400_000;

const dueDate = ( account: Account, order: Order ): number =>
	order.taxDate +
	( account.tables.contacts.get( order.customerId )?.creditTermDays ?? 0 ) *
		DAY;

const showVariant = (
	account: Account,
	row: OrderRow
): Record< string, unknown > => {
	const options = account.tables.products.get( row.productId )?.options ?? [];
	return options.length === 0
		? {}
		: {
				productOptions: Object.fromEntries(
					options.map( ( { name, value } ) => [ name, value ] )
				),
			};
};

function showLegacyRow(
	account: Account,
	order: Order,
	row: OrderRow
): Record< string, unknown > {
	const code = taxCodeOf( account, row.taxCode );
	const amount = ( value: string ) => ( {
		currencyCode: order.currency,
		value,
	} );
	const price = account.tables.products.get( row.productId )?.price ?? '0';
	return {
		orderRowSequence: String( row.sequence ),
		productId: row.productId,
		productName: row.name,
		productSku: row.sku,
		quantity: { magnitude: row.quantity },
		itemCost: {
			currencyCode: account.profile.baseCurrency,
			value: fixed( 0, 4 ),
		},
		productPrice: amount( fixed( price, 4 ) ),
		discountPercentage: '0.00',
		rowValue: {
			taxRate: fixed( code?.rate ?? 0, 4 ),
			taxCode: row.taxCode,
			taxCalculator: 'brightpearl',
			rowNet: amount( row.net ),
			// Shown with two places whatever is stored (recorded).
			rowTax: amount( fixed( row.tax, 2 ) ),
			taxClassId: code?.id ?? 0,
		},
		nominalCode: row.nominalCode,
		composition: {
			bundleParent: row.bundleParent,
			bundleChild: row.bundleChild,
			parentOrderRowId: row.parentRowId,
		},
		...showVariant( account, row ),
		...( row.externalRef === null ? {} : { externalRef: row.externalRef } ),
		clonedFromId: 0,
	};
}

/** `GET /order-service/order`: rows in an object keyed by row id. */
export function showOrder(
	account: Account,
	order: Order
): Record< string, unknown > {
	const { format } = account.zone;
	const totals = totalsOf( order );
	const codes = codesOf( account, order );
	const status = account.profile.statuses.all.find(
		( entry ) => entry.id === order.statusId
	);
	return {
		id: order.id,
		parentOrderId: order.parentId,
		orderTypeCode: 'SO',
		reference: order.ref,
		...( order.externalRef === null
			? {}
			: { externalRef: order.externalRef } ),
		...( order.instanceId === null
			? {}
			: { installedIntegrationInstanceId: order.instanceId } ),
		version: order.version,
		state: { tax: 'READY' },
		orderStatus: {
			orderStatusId: order.statusId,
			name: status?.name ?? '',
		},
		tax: { errors: [] },
		orderPaymentStatus: paymentStatusOf( account, order ),
		stockStatusCode: codes.stock,
		allocationStatusCode: codes.allocation,
		shippingStatusCode: codes.shipping,
		placedOn: format( order.placedAt ),
		createdOn: format( order.createdAt ),
		...( order.updatedAt === null
			? {}
			: { updatedOn: format( order.updatedAt ) } ),
		createdById: API_USER,
		priceListId: order.priceListId,
		priceModeCode: order.priceMode,
		delivery: {
			...( order.deliveryAt === null
				? {}
				: { deliveryDate: format( order.deliveryAt ) } ),
			shippingMethodId: order.shippingMethodId,
		},
		invoices: [
			{
				invoiceReference: '',
				taxDate: format( order.taxDate ),
				dueDate: format( dueDate( account, order ) ),
			},
		],
		currency: {
			accountingCurrencyCode: account.profile.baseCurrency,
			orderCurrencyCode: order.currency,
			exchangeRate: order.exchangeRate,
			fixedExchangeRate: order.fixedExchangeRate,
		},
		totalValue: {
			net: totals.net,
			taxAmount: totals.tax,
			baseNet: totals.baseNet,
			baseTaxAmount: totals.baseTax,
			baseTotal: totals.baseTotal,
			total: totals.total,
		},
		assignment: {
			current: {
				staffOwnerContactId: order.staffOwnerId,
				projectId: order.projectId,
				channelId: order.channelId,
				leadSourceId: order.leadSourceId,
				teamId: order.teamId,
			},
		},
		parties: {
			customer: {
				contactId: order.customerId,
				...showAddress( order.customerAddress ),
			},
			delivery: showAddress( order.deliveryAddress ),
			billing: {
				contactId: order.billingContactId,
				...showAddress( order.billingAddress ),
			},
		},
		orderRows: Object.fromEntries(
			order.rows.map( ( row ) => [
				String( row.id ),
				showLegacyRow( account, order, row ),
			] )
		),
		warehouseId: order.warehouseId,
		acknowledged: 0,
		costPriceListId: 1,
		historicalOrder: false,
		orderWeighting: 100,
	};
}

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
		productPrice: fixed(
			account.tables.products.get( row.productId )?.price ?? 0,
			4
		),
		discountPercentage: '0.00',
		sequence: row.sequence,
		bundleChild: row.bundleChild,
		bundleParent: row.bundleParent,
		...( row.bundleChild ? { parentRowId: row.parentRowId } : {} ),
		taxClassId: taxCodeOf( account, row.taxCode )?.id ?? 0,
		taxCalculator: 'brightpearl',
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
	order: Order
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
		isCanceled: isCancelled( account, order ),
		invoice: {
			invoiceReference: '',
			taxDate: format( order.taxDate ),
			dueDate: format( dueDate( account, order ) ),
		},
		orderWeighting: 100,
		costPriceListId: 1,
		rows: order.rows.map( ( row ) => showSalesRow( account, row ) ),
	};
}
