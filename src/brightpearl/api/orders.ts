/**
 * Sales orders, and what may be changed on an order of any kind.
 */
import type {
	OrderRowBody,
	PatchOperation,
	SalesCreditBody,
	SalesOrderBody,
	SalesOrderChange,
} from '../../contracts/brightpearl-bodies.ts';
import type { Result } from '../../contracts/result.ts';

export interface OrderHit {
	readonly salesOrderId: number;
	readonly customerRef: string | null;
	readonly externalRef: string | null;
	readonly createdOn: string | null;
}

export interface OrderRow {
	readonly id: number;
	readonly productId: number;
	readonly sku: string | null;
	readonly name: string | null;
	readonly quantity: string;
	readonly net: string;
	readonly tax: string;
	readonly taxCode: string | null;
	readonly nominalCode: string | null;
	/** `brightpearl` recomputes the tax of an edited row by itself; null = not told. */
	readonly taxCalculator: string | null;
	readonly externalRef: string | null;
	readonly bundleParent: boolean;
	readonly bundleChild: boolean;
	/** 0 = none */
	readonly parentRowId: number;
}

/** As an order tells it: the country in both forms (resources reference, §1.4). */
export interface OrderAddress {
	readonly fullName: string | null;
	readonly company: string | null;
	readonly line1: string | null;
	readonly line2: string | null;
	readonly line3: string | null;
	readonly line4: string | null;
	readonly postalCode: string | null;
	readonly countryIso2: string | null;
	readonly countryIso3: string | null;
	readonly telephone: string | null;
	readonly email: string | null;
}

export interface SalesOrder {
	readonly id: number;
	readonly externalRef: string | null;
	readonly reference: string | null;
	/** Of a credit: the sales order it corrects. */
	readonly parentOrderId: number | null;
	readonly statusId: number | null;
	readonly contactId: number | null;
	readonly placedOn: string | null;
	/** Rises with every change; null = not told. */
	readonly version: number | null;
	readonly createdOn: string | null;
	/** Null until the first change. */
	readonly updatedOn: string | null;
	readonly taxDate: string | null;
	/** `SI-1001`; null until it was closed. */
	readonly invoiceReference: string | null;
	readonly invoiced: boolean;
	readonly currency: string;
	/** Order currency units per base unit. */
	readonly exchangeRate: string;
	readonly total: string;
	readonly net: string;
	readonly tax: string;
	readonly warehouseId: number | null;
	readonly channelId: number | null;
	readonly shippingMethodId: number | null;
	readonly deliveryDate: string | null;
	readonly allocation: 'all' | 'part' | 'none' | 'not-needed';
	readonly shipping: 'none' | 'part' | 'all' | 'not-needed';
	readonly paymentStatus: string | null;
	readonly cancelled: boolean;
	readonly addresses: {
		readonly customer: OrderAddress | null;
		readonly billing: OrderAddress | null;
		readonly delivery: OrderAddress | null;
	};
	readonly rows: readonly OrderRow[];
}

/** A sales order that was made or changed in a window of time. */
export interface ChangedOrder extends OrderHit {
	readonly statusId: number | null;
	/** Null until the first change. */
	readonly updatedOn: string | null;
}

export interface OrdersApi {
	/** By reference, equality re-checked; any order type but sales is left out. */
	findSalesOrders(
		by: { readonly externalRef: string } | { readonly customerRef: string }
	): Promise< Result< readonly OrderHit[] > >;
	/** Null = accepted, but the answer names no id (a duplicate may answer `{}`): look it up. */
	createSalesOrder(
		body: SalesOrderBody
	): Promise< Result< number | null > >;
	/** Any number of ids; packed ascending in sets of at most 200. Missing ones are left out. */
	salesOrders(
		ids: readonly number[]
	): Promise< Result< readonly SalesOrder[] > >;
	/**
	 * Sales orders made or changed since, oldest id first, each once: by `updatedOn`, and by
	 * `createdOn` because `updatedOn` is null until the first change (resources reference, §1.10).
	 */
	changedSalesOrders(
		since: string
	): AsyncIterable< Result< readonly ChangedOrder[] > >;
	/** Which of these orders, of any type, exist (`OPTIONS`, platform reference, §1.4). */
	existingOrders(
		ids: readonly number[]
	): Promise< Result< readonly number[] > >;
	/**
	 * Replaces the order with itself as it is now but for this change, in one request: all of it or
	 * nothing. A bundle's parts follow its own row.
	 *
	 * @param version Of the reading the change was made from; where the order is another one by now
	 *                nothing is written, and the answer is a retry that is due at once.
	 */
	amendSalesOrder(
		orderId: number,
		version: number | null,
		change: SalesOrderChange
	): Promise< Result< void > >;
	/**
	 * Makes the invoice; Brightpearl does it after it has answered, and refuses an order that is
	 * invoiced (resources reference, §1.12). Without a tax date: the order's own.
	 */
	closeSalesOrder(
		orderId: number,
		taxDate?: string
	): Promise< Result< void > >;
}

/** Of sales orders and sales credits alike (resources reference, §1.6 to §1.8). */
export interface OrderEditsApi {
	/**
	 * Adds a note too; without one Brightpearl writes its own. Cancelling needs: no goods-out
	 * notes, not invoiced, payments that sum to 0; all reservations go with it.
	 */
	setOrderStatus(
		orderId: number,
		statusId: number,
		note?: { readonly text: string; readonly isPublic?: boolean }
	): Promise< Result< void > >;
	/**
	 * `/reference`, `/warehouseId`, `/delivery/shippingMethodId`, `/delivery/deliveryDate`,
	 * `/parties/{customer|billing}/contactId` only. Null = done, and it is no sales order or credit.
	 */
	patchOrder(
		orderId: number,
		operations: readonly PatchOperation[]
	): Promise< Result< SalesOrder | null > >;
	/**
	 * `/quantity/magnitude`, `/rowValue/rowNet/value`, `/rowValue/rowTax/value`, `/nominalCode`,
	 * `/rowValue/taxCalculator`, `/orderRowSequence`. A net edit recomputes the tax unless the
	 * calculator is `manual`. Refused once invoiced.
	 */
	patchOrderRow(
		orderId: number,
		rowId: number,
		operations: readonly PatchOperation[]
	): Promise< Result< void > >;
	/** The new row's id; of a bundle, its parent row's. Nothing de-duplicates it. */
	addOrderRow(
		orderId: number,
		row: OrderRowBody
	): Promise< Result< number > >;
	/** One that is gone already is no failure. */
	deleteOrderRow( orderId: number, rowId: number ): Promise< Result< void > >;
}

export interface OrderNote {
	readonly noteId: number;
	readonly orderId: number;
	readonly text: string;
	readonly isPublic: boolean;
	readonly addedOn: string | null;
}

export interface OrderNotesApi {
	/** Nothing de-duplicates it: look before adding one again. */
	addOrderNote(
		orderId: number,
		note: { readonly text: string; readonly isPublic?: boolean }
	): Promise< Result< number > >;
	/** Oldest note first. */
	orderNotes(
		by:
			| { readonly orderIds: readonly number[] }
			| { readonly since: string }
	): Promise< Result< readonly OrderNote[] > >;
}

export interface SalesCreditsApi {
	/** Null as with sales orders. Value given back is positive. */
	createSalesCredit(
		body: SalesCreditBody
	): Promise< Result< number | null > >;
	/** In the form of sales orders; ids of other orders and missing ones are left out. */
	salesCredits(
		ids: readonly number[]
	): Promise< Result< readonly SalesOrder[] > >;
	findSalesCredits(
		by: { readonly externalRef: string } | { readonly parentId: number }
	): Promise<
		Result<
			readonly {
				readonly salesCreditId: number;
				readonly parentId: number | null;
				readonly externalRef: string | null;
				readonly customerRef: string | null;
				readonly createdOn: string | null;
			}[]
		>
	>;
	closeSalesCredit(
		creditId: number,
		taxDate?: string
	): Promise< Result< void > >;
}
