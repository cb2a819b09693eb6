/**
 * What flows may ask of Brightpearl: one method per need, each returning a value for every
 * expected outcome. Shapes follow the reference's resource sections; money, quantities and
 * rates are decimal strings, times ISO-8601 UTC with `Z`.
 *
 * A `Hold` with code `refused-by-brightpearl` carries Brightpearl's own code in its message.
 * A `Retry` with `outcomeUnknown` means: the write may have been done, look before again.
 */
import type { BudgetView, Finding } from '../contracts/answers.ts';
import type { ContactsApi } from './api/contacts.ts';
import type { CopiesApi } from './api/copies.ts';
import type { CustomFieldsApi } from './api/custom-fields.ts';
import type { GoodsOutApi } from './api/goods-out.ts';
import type { Lane } from './api/lanes.ts';
import type {
	OrderEditsApi,
	OrderNotesApi,
	OrdersApi,
	SalesCreditsApi,
} from './api/orders.ts';
import type { PaymentsApi } from './api/payments.ts';
import type { ProductsApi } from './api/products.ts';
import type { ReferenceApi } from './api/reference.ts';
import type { WarehouseApi } from './api/warehouse.ts';
import type { WebhooksApi } from './api/webhooks.ts';

export type * from './api/contacts.ts';
export type * from './api/copies.ts';
export type * from './api/custom-fields.ts';
export type * from './api/goods-out.ts';
export { LANES, type Lane } from './api/lanes.ts';
export type * from './api/orders.ts';
export type * from './api/payments.ts';
export type * from './api/products.ts';
export type * from './api/reference.ts';
export type * from './api/warehouse.ts';
export type * from './api/webhooks.ts';
export type {
	AddressBody,
	ContactBody,
	OrderRowBody,
	PatchOperation,
	PaymentBody,
	PaymentType,
	PostalAddressBody,
	SalesCreditBody,
	SalesOrderBody,
	SalesOrderChange,
	SalesOrderRowBody,
} from '../contracts/brightpearl-bodies.ts';

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

/** All services together. */
export interface ServicesApi
	extends
		ContactsApi,
		CustomFieldsApi,
		GoodsOutApi,
		OrderEditsApi,
		OrderNotesApi,
		OrdersApi,
		PaymentsApi,
		ProductsApi,
		ReferenceApi,
		SalesCreditsApi,
		WarehouseApi,
		WebhooksApi {}

export interface Brightpearl extends ServicesApi, CopiesApi {
	readonly account: string;
	/** The same client whose requests wait in another lane. */
	inLane( lane: Lane ): Brightpearl;
	/**
	 * Works on one order. While many are worked on at a time, what one of them sends waits up to a
	 * second for what the others will, so that it leaves in one request.
	 */
	during< T >( work: () => Promise< T > ): Promise< T >;
	/** As this process saw it last. */
	budget(): BudgetView;
	/** With what other processes have counted since; asks the database, not Brightpearl. */
	freshBudget(): Promise< BudgetView >;
	/** Requests sent by this client object (and those made from it by `inLane`), for a run's report. */
	requests(): number;
	/** Given by hand, by the token or by the response header; null = no de-duplication there. */
	installationInstanceId(): number | null;
	/** Makes known what an earlier run learned, such as the instance id; asks nobody. */
	ready(): Promise< void >;
	/**
	 * Sends away, unsent and as busy, what waits here for company or comes later; for all lanes.
	 * What has left comes to its end.
	 */
	readonly close: () => void;

	/** Asks, writes nothing. */
	check(): Promise< BrightpearlCheck >;
}
