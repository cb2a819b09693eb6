/**
 * What flows may ask of Brightpearl: one method per need, each returning a value for every
 * expected outcome. Shapes follow the reference's resource sections; money, quantities and
 * rates are decimal strings, times ISO-8601 UTC with `Z`.
 *
 * A `Hold` with code `refused-by-brightpearl` carries Brightpearl's own code in its message.
 * A `Retry` with `outcomeUnknown` means: the write may have been done, look before again.
 */
import type { BudgetView, Finding } from '../contracts/answers.ts';
import type {
	ContactBody,
	PaymentBody,
	PostalAddressBody,
	SalesOrderBody,
} from '../contracts/brightpearl-bodies.ts';
import type { CachedProduct } from '../contracts/database.ts';
import type { Result } from '../contracts/result.ts';

export type {
	AddressBody,
	ContactBody,
	PaymentBody,
	PostalAddressBody,
	SalesOrderBody,
	SalesOrderRowBody,
} from '../contracts/brightpearl-bodies.ts';

/** Budget lanes, most urgent first. */
export const LANES = [
	'person',
	'order',
	'shipment',
	'stock',
	'backfill',
] as const;
export type Lane = ( typeof LANES )[ number ];

/** `GET /integration-service/account-configuration`: every value a string there. */
export interface AccountConfiguration {
	readonly baseCurrency: string;
	/** IANA zone; answers carry its offset. */
	readonly timeZone: string;
	readonly taxScheme: string | null;
	readonly newSalesOrderStatusId: number | null;
	readonly cancelledOrderStatusId: number | null;
	readonly nominal: {
		readonly sales: string | null;
		readonly shipping: string | null;
		readonly discount: string | null;
		readonly rounding: string | null;
	};
}

export interface Channel {
	readonly id: number;
	readonly name: string;
	readonly defaultWarehouseId: number | null;
	/** The natural list of warehouses to count for a channel. */
	readonly warehouseIds: readonly number[];
}

export interface Warehouse {
	readonly id: number;
	readonly name: string;
}

export interface Named {
	readonly id: number;
	readonly name: string;
}

export interface CodeName {
	readonly code: string;
	readonly name: string;
}

export interface OrderStatus extends Named {
	/** Cannot be set any more. */
	readonly disabled: boolean;
}

export interface TaxCode {
	readonly id: number;
	readonly code: string;
	/** `0` where Brightpearl leaves the rate out. */
	readonly rate: string;
}

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
	readonly externalRef: string | null;
	readonly bundleParent: boolean;
	readonly bundleChild: boolean;
	/** 0 = none */
	readonly parentRowId: number;
}

export interface SalesOrder {
	readonly id: number;
	readonly externalRef: string | null;
	readonly reference: string | null;
	readonly statusId: number | null;
	readonly contactId: number | null;
	readonly placedOn: string | null;
	readonly currency: string;
	/** Order currency units per base unit. */
	readonly exchangeRate: string;
	readonly total: string;
	readonly net: string;
	readonly tax: string;
	readonly warehouseId: number | null;
	readonly channelId: number | null;
	readonly allocation: 'all' | 'part' | 'none' | 'not-needed';
	readonly shipping: 'none' | 'part' | 'all' | 'not-needed';
	readonly paymentStatus: string | null;
	readonly cancelled: boolean;
	readonly rows: readonly OrderRow[];
}

export interface Payment {
	readonly paymentId: number;
	readonly transactionRef: string | null;
	readonly methodCode: string;
	/** RECEIPT, PAYMENT, AUTH, CAPTURE or VOID. */
	readonly type: string;
	readonly orderId: number;
	readonly currency: string;
	readonly amount: string;
}

export interface Reservation {
	readonly warehouseId: number;
	/** Row id → what is reserved. */
	readonly rows: Readonly<
		Record< string, { productId: number; quantity: number } >
	>;
}

export interface WarehouseStock {
	readonly inStock: number;
	/** `inStock` − `allocated`: what can be sold. */
	readonly onHand: number;
	readonly allocated: number;
}

/** Absent warehouse = the product is not there. */
export interface Availability {
	readonly warehouses: ReadonlyMap< number, WarehouseStock >;
}

export interface BrightpearlCheck {
	readonly findings: readonly Finding[];
	readonly instanceName: string | null;
	readonly baseCurrency: string | null;
	readonly timeZone: string | null;
	readonly taxScheme: string | null;
	readonly channels: readonly {
		readonly id: number;
		readonly name: string;
	}[];
	readonly requestsRemaining: number | null;
}

export interface Brightpearl {
	readonly account: string;
	/** The same client whose requests wait in another lane. */
	inLane( lane: Lane ): Brightpearl;
	budget(): BudgetView;
	/** Requests sent by this client object (and those made from it by `inLane`), for a run's report. */
	requests(): number;
	/** Given by hand, by the token or by the response header; null = no de-duplication there. */
	installationInstanceId(): number | null;
	/** Makes known what an earlier run learned, such as the instance id; asks nobody. */
	ready(): Promise< void >;

	// Reference data, cached with expiry; `fresh` passes the cache by, and renews it.
	configuration(): Promise< Result< AccountConfiguration > >;
	channels( fresh?: boolean ): Promise< Result< readonly Channel[] > >;
	warehouses( fresh?: boolean ): Promise< Result< readonly Warehouse[] > >;
	taxCodes( fresh?: boolean ): Promise< Result< readonly TaxCode[] > >;
	/** The account's payment methods. A payment may name others: then no journal is made. */
	paymentMethods( fresh?: boolean ): Promise< Result< readonly CodeName[] > >;
	/** Those to sell by. */
	priceLists( fresh?: boolean ): Promise< Result< readonly Named[] > >;
	leadSources( fresh?: boolean ): Promise< Result< readonly Named[] > >;
	/** Of sales orders. */
	orderStatuses(
		fresh?: boolean
	): Promise< Result< readonly OrderStatus[] > >;
	nominalCodes( fresh?: boolean ): Promise< Result< readonly CodeName[] > >;
	shippingMethods( fresh?: boolean ): Promise< Result< readonly Named[] > >;
	/** ISO codes the account knows. */
	currencies(): Promise< Result< readonly string[] > >;

	/** Contacts whose *primary* e-mail equals this one, case-insensitively; lowest id first. */
	contactsByEmail( email: string ): Promise< Result< readonly number[] > >;
	createPostalAddress( body: PostalAddressBody ): Promise< Result< number > >;
	createContact( body: ContactBody ): Promise< Result< number > >;

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

	payments(
		by:
			| { readonly transactionRef: string }
			| { readonly orderIds: readonly number[] }
	): Promise< Result< readonly Payment[] > >;
	/** Null = accepted without an id. */
	createPayment( body: PaymentBody ): Promise< Result< number | null > >;

	reservation( orderId: number ): Promise< Result< Reservation | null > >;
	createReservation(
		orderId: number,
		warehouseId: number,
		products: readonly {
			readonly productId: number;
			readonly salesOrderRowId: number;
			readonly quantity: number;
		}[]
	): Promise< Result< void > >;

	/** The whole catalogue by `product-search`, a page of 500 at a time. */
	productPages(): AsyncIterable< Result< readonly CachedProduct[] > >;
	/** Exact SKU, asked live. */
	productsBySku( sku: string ): Promise< Result< readonly CachedProduct[] > >;
	productsById(
		ids: readonly number[]
	): Promise< Result< readonly CachedProduct[] > >;
	/** In id sets of ≤ 200; ids the answer leaves out are absent from the map. `askedAt` = when the first request was sent. */
	availability( productIds: readonly number[] ): Promise<
		Result< {
			readonly askedAt: string;
			readonly byProduct: ReadonlyMap< number, Availability >;
		} >
	>;

	/** Asks, writes nothing. */
	check(): Promise< BrightpearlCheck >;
}
