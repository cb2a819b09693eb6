/**
 * What an order's plan is made from, and what it is.
 */
import type { CachedProduct, OrderLink } from '../../contracts/database.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { StoreOrder } from '../../contracts/store.ts';

/** Facts of the Brightpearl account that planning needs; all read before planning. */
export interface AccountFacts {
	readonly baseCurrency: string;
	readonly timeZone: string;
	/** ISO codes the account knows. */
	readonly currencies: readonly string[];
	/** Tax codes the account knows. */
	readonly taxCodes: readonly string[];
	readonly nominal: {
		readonly sales: string | null;
		readonly shipping: string | null;
		readonly discount: string | null;
		readonly rounding: string | null;
	};
	readonly installationInstanceId: number | null;
}

export interface PlanInput {
	readonly order: StoreOrder;
	/** The same order at six decimals; null when it was not needed (see `needsExact`). */
	readonly exact: StoreOrder | null;
	readonly settings: Settings;
	/** `orders.refPrefix`, resolved. */
	readonly refPrefix: string;
	readonly account: AccountFacts;
	/** Brightpearl's products for every SKU of the order; absent = unknown there. */
	readonly products: ReadonlyMap< string, readonly CachedProduct[] >;
	/** What we recorded so far; null = never seen. */
	readonly link: OrderLink | null;
	/** Brightpearl's reservation already made for this order. */
	readonly allocationDone: boolean;
}

export interface PlannedRow {
	/** `line-12`, `ship-3`, `fee-4`, `coupon-5` or `rounding`. */
	readonly externalRef: string;
	/** Null = free text. */
	readonly productId: number | null;
	readonly name: string;
	readonly quantity: string;
	readonly taxCode: string;
	/** Whole row, at the currency's minor unit (two decimals at most). */
	readonly net: string;
	readonly tax: string;
	readonly nominalCode: string | null;
}

export interface Address {
	readonly fullName: string;
	readonly company: string;
	readonly line1: string;
	readonly line2: string;
	readonly city: string;
	readonly state: string;
	readonly postcode: string;
	/** ISO-3166 alpha-3, or '' */
	readonly country: string;
	readonly phone: string;
	readonly email: string;
}

export interface PlannedContact {
	readonly email: string;
	/** ≤ 32 characters each, neither empty. */
	readonly firstName: string;
	readonly lastName: string;
	readonly company: string;
	readonly phone: string;
	readonly address: Address;
}

export interface PlannedSalesOrder {
	readonly ref: string;
	readonly externalRef: string;
	readonly placedOn: string;
	/** Midnight of the day of placing in the account's zone, with its offset. */
	readonly taxDate: string;
	readonly statusId: number | null;
	readonly warehouseId: number | null;
	readonly channelId: number | null;
	readonly priceListId: number | null;
	readonly leadSourceId: number | null;
	readonly priceMode: 'INC' | 'EXC';
	readonly currency: string;
	readonly shippingMethodId: number | null;
	readonly billing: Address;
	readonly delivery: Address;
	readonly rows: readonly PlannedRow[];
	readonly installationInstanceId: number | null;
}

export interface PlannedPayment {
	readonly n: number;
	readonly transactionRef: string;
	readonly transactionCode: string;
	readonly methodCode: string;
	readonly amount: string;
	readonly currency: string;
	/** `date_paid_gmt` with offset. */
	readonly paidAt: string;
}

export type Step =
	| {
			readonly type: 'EnsureContact';
			readonly summary: string;
			readonly contact: PlannedContact;
	  }
	| {
			readonly type: 'CreateOrder';
			readonly summary: string;
			readonly salesOrder: PlannedSalesOrder;
	  }
	| {
			readonly type: 'RecordPayment';
			readonly summary: string;
			readonly payment: PlannedPayment;
	  }
	| { readonly type: 'Allocate'; readonly summary: string }
	| { readonly type: 'Verify'; readonly summary: string };

export interface Totals {
	readonly net: string;
	readonly tax: string;
	readonly total: string;
	/** The shop's total. */
	readonly store: string;
	/** Shop − planned; `0.00` or the plan would be held. */
	readonly difference: string;
}

export interface OrderPlan {
	readonly steps: readonly Step[];
	readonly contact: PlannedContact;
	readonly salesOrder: PlannedSalesOrder;
	readonly totals: Totals;
	/** The tax the shop shows; `totals.tax` differs only where no row values can reach it. */
	readonly storeTax: string;
	/** Of what the shop's order was made into, so that a later change is noticed. */
	readonly fingerprint: string;
}
