/**
 * An order as `order-service/order` shows it (resources reference, §1.4).
 */
import { statusesOf, typeOf } from './account.ts';
import type { Account } from './account.ts';
import { showAddress } from './addresses.ts';
import { fixed } from './decimal.ts';
import type { Order, OrderRow } from './model.ts';
import { taxCodeOf } from './order-rows.ts';
import { codesOf, paymentStatusOf, totalsOf } from './order-state.ts';
import { isPurchase } from './order-types.ts';
import { API_USER } from './profile.ts';

const DAY = 86_400_000;

const dueDate = ( account: Account, order: Order ): number =>
	order.taxDate +
	( account.tables.contacts.get( order.customerId )?.creditTermDays ?? 0 ) *
		DAY;

/** Empty until closed; `pending` until accounting has given a reference (§1.12). */
export const showInvoice = ( account: Account, order: Order ) => ( {
	invoiceReference: order.invoice?.reference ?? '',
	taxDate: account.zone.format( order.invoice?.taxDate ?? order.taxDate ),
	dueDate: account.zone.format( dueDate( account, order ) ),
} );

/** Of one piece: the row's own, or the product's. */
export const priceOf = ( account: Account, row: OrderRow ): string =>
	fixed(
		row.price ?? account.tables.products.get( row.productId )?.price ?? 0,
		4
	);

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
		productPrice: amount( priceOf( account, row ) ),
		discountPercentage: row.discount ?? '0.00',
		rowValue: {
			taxRate: fixed( code?.rate ?? 0, 4 ),
			taxCode: row.taxCode,
			taxCalculator: row.taxCalculator ?? 'brightpearl',
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
		clonedFromId: row.clonedFromId ?? 0,
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
	const type = typeOf( order );
	const closedAt = order.invoice?.closedAt ?? null;
	const status = statusesOf( account ).find(
		( entry ) => entry.id === order.statusId
	);
	return {
		id: order.id,
		parentOrderId: order.parentId,
		orderTypeCode: type,
		reference: order.ref,
		...( order.externalRef === null
			? {}
			: { externalRef: order.externalRef } ),
		...( order.instanceId === null
			? {}
			: { installedIntegrationInstanceId: order.instanceId } ),
		version: order.version,
		state: { tax: closedAt === null ? 'READY' : 'INVOICED' },
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
		...( closedAt === null
			? {}
			: {
					closedOn: format( closedAt ),
					originalInvoiceDate: format(
						order.invoice?.taxDate ?? closedAt
					),
				} ),
		invoices: [ showInvoice( account, order ) ],
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
			[ isPurchase( type ) ? 'supplier' : 'customer' ]: {
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
		...( type === 'PO' ? { isDropship: false } : {} ),
		acknowledged: 0,
		costPriceListId: 1,
		historicalOrder: false,
		orderWeighting: 100,
	};
}
