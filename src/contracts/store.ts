/**
 * The store port: what flows need of a shop system. WooCommerce implements it; Magento will.
 *
 * Amounts are decimal strings as the shop printed them; times are ISO-8601 UTC with `Z`.
 */
import type { Choices, Finding } from './answers.ts';
import type { Result } from './result.ts';

export interface StoreAddress {
	readonly firstName: string;
	readonly lastName: string;
	readonly company: string;
	readonly address1: string;
	readonly address2: string;
	readonly city: string;
	readonly state: string;
	readonly postcode: string;
	/** ISO-3166 alpha-2, or '' */
	readonly country: string;
	/** '' where the shop has none (shipping addresses carry no e-mail). */
	readonly email: string;
	readonly phone: string;
}

/** One tax rate that applies to a row; rate ids are never matched, shops re-create them. */
export interface StoreTaxRate {
	/** Percent, e.g. `20` or `8.375`. */
	readonly percent: string;
	readonly label: string;
	readonly compound: boolean;
}

export interface StoreLine {
	readonly id: number;
	readonly name: string;
	/** 0 = no product (deleted, or typed in by hand). */
	readonly productId: number;
	/** 0 = not a variation. */
	readonly variationId: number;
	readonly sku: string;
	readonly quantity: string;
	/** '' = standard */
	readonly taxClass: string;
	/** Before discounts, net and its tax, whole row. */
	readonly subtotal: string;
	readonly subtotalTax: string;
	/** After discounts, net and its tax, whole row. */
	readonly total: string;
	readonly totalTax: string;
	readonly rates: readonly StoreTaxRate[];
	/** What the shop itself took off its stock for this line (`_reduced_stock`); 0 = nothing. */
	readonly reducedStock: number;
	/** Visible line meta (personalisation), display form. */
	readonly meta: readonly { readonly key: string; readonly value: string }[];
}

export interface StoreCharge {
	readonly id: number;
	readonly name: string;
	readonly total: string;
	readonly totalTax: string;
	readonly taxClass: string;
	/** `taxable`, `shipping` or `none`. */
	readonly taxStatus: string;
	readonly rates: readonly StoreTaxRate[];
}

export interface StoreShippingLine extends StoreCharge {
	readonly methodId: string;
	readonly instanceId: string;
}

export interface StoreCoupon {
	readonly id: number;
	readonly code: string;
	readonly discount: string;
	readonly discountTax: string;
}

/** As the order lists it. */
export interface StoreRefund {
	readonly id: number;
	readonly reason: string;
	/** Negative. */
	readonly total: string;
}

/** One line of a refund; amounts are positive: what was given back. */
export interface StoreRefundLine {
	readonly kind: 'line' | 'ship' | 'fee';
	/** The order's line that it gives back (`_refunded_item_id`); null = not told. */
	readonly itemId: number | null;
	readonly name: string;
	/** 0 = value only. */
	readonly quantity: string;
	readonly total: string;
	readonly totalTax: string;
}

/**
 * A refund in full. Its lines may be empty (an amount typed in, or an order set to *refunded* by
 * hand) and need not add up to its amount: the shop accepts both.
 */
export interface StoreRefundDetail {
	readonly id: number;
	readonly reason: string;
	/** Positive. */
	readonly amount: string;
	readonly createdAt: string;
	readonly lines: readonly StoreRefundLine[];
}

export interface StoreNote {
	readonly id: number;
	readonly text: string;
	readonly addedAt: string;
	/** The customer was sent it. */
	readonly toCustomer: boolean;
}

/** A webhook as the shop keeps it. */
export interface StoreWebhook {
	readonly id: number;
	readonly name: string;
	/** `order.updated` */
	readonly topic: string;
	/** `disabled`: the shop gave up after failures in a row. */
	readonly status: 'active' | 'paused' | 'disabled';
	readonly deliveryUrl: string;
}

/** What tells one site from a copy of it, as far as the shop says it. */
export interface StoreIdentity {
	/** The site's own `home`, normalised as `store.url` is. */
	readonly home: string;
	/** WooCommerce's own id of the shop; null = not told. A copy has the same one. */
	readonly storeId: string | null;
}

export interface StoreOrder {
	readonly id: number;
	readonly number: string;
	readonly status: string;
	readonly currency: string;
	readonly pricesIncludeTax: boolean;
	readonly placedAt: string;
	readonly modifiedAt: string;
	/** Null while unpaid (cash on delivery: until completed). */
	readonly paidAt: string | null;
	readonly completedAt: string | null;
	readonly total: string;
	readonly totalTax: string;
	readonly paymentMethod: string;
	readonly paymentMethodTitle: string;
	readonly transactionId: string;
	readonly customerNote: string;
	readonly createdVia: string;
	readonly customerId: number;
	readonly billing: StoreAddress;
	readonly shipping: StoreAddress;
	readonly lines: readonly StoreLine[];
	readonly shippingLines: readonly StoreShippingLine[];
	readonly fees: readonly StoreCharge[];
	readonly coupons: readonly StoreCoupon[];
	readonly refunds: readonly StoreRefund[];
	/** Scalar order meta, hidden keys among them; of a key that is there twice the last. */
	readonly meta: Readonly< Record< string, string > >;
}

/**
 * A thing of the shop that keeps its own stock: a product, or a variation that manages its
 * stock itself. A variation that follows its parent has `managesStock: 'parent'`.
 */
export interface StoreItem {
	readonly productId: number;
	readonly variationId: number | null;
	readonly sku: string;
	readonly managesStock: boolean | 'parent';
	/** Null when the shop keeps none. */
	readonly quantity: number | null;
	readonly backorders: boolean;
	readonly modifiedAt: string | null;
}

export interface StockWrite {
	readonly productId: number;
	readonly variationId: number | null;
	readonly sku: string;
	readonly quantity: number;
	/**
	 * What the shop showed when it was read just before its orders were. Where the store can, the
	 * difference is then written as one atomic step, and a sale meanwhile is not undone.
	 */
	readonly seen?: number;
}

export type StockWriteOutcome =
	| {
			readonly write: StockWrite;
			readonly ok: true;
			readonly quantity: number | null;
	  }
	| {
			readonly write: StockWrite;
			readonly ok: false;
			readonly code: string;
			readonly message: string;
	  };

export interface StoreSite {
	readonly name: string | null;
	readonly version: string | null;
	readonly timeZone: string | null;
	readonly currency: string | null;
}

type StoreLists = NonNullable< Choices[ 'store' ] >;
/** What the settings can be chosen from. */
export type StoreChoices = {
	readonly [ L in keyof StoreLists ]: Readonly< StoreLists[ L ] >;
} & {
	/** Lists that are empty because the shop did not give them, and why. */
	readonly unread: readonly string[];
};

export interface OrderPage {
	readonly orders: readonly StoreOrder[];
	/** Orders the shop's answer held that could not be read: their ids, with why. */
	readonly unreadable: readonly {
		readonly id: number | null;
		readonly why: string;
	}[];
	readonly more: boolean;
}

/** What a paging call asks for: pages of ≤ 100, by modified ascending then id. */
export interface OrderQuery {
	/** Strictly later than (one-second resolution), ISO-8601 UTC. */
	readonly modifiedAfter?: string;
	readonly placedAfter?: string;
	readonly placedBefore?: string;
	/** `any` leaves out trash and checkout drafts. */
	readonly status?: string;
	readonly include?: readonly number[];
	readonly orderBy?: 'modified' | 'date' | 'id';
	readonly page: number;
}

export interface Store {
	/** A retry or hold when the shop does not answer; null value = the shop has no such order. */
	order( id: number ): Promise< Result< StoreOrder | null > >;
	/** The same with amounts at six decimals (needed where tax is rounded at the subtotal). */
	orderExact( id: number ): Promise< Result< StoreOrder | null > >;
	orders( query: OrderQuery ): Promise< Result< OrderPage > >;
	/** Of one order, oldest first; an order the shop does not have has none. */
	refunds(
		orderId: number
	): Promise< Result< readonly StoreRefundDetail[] > >;
	/** Of one order, oldest first; those the shop's system wrote among them. */
	orderNotes( orderId: number ): Promise< Result< readonly StoreNote[] > >;
	/**
	 * Keys that begin with `_pearlbridge_`; null takes one away. Through the plugin where it is
	 * paired, else by REST. Null value = the shop has no such order.
	 */
	writeOrderMeta(
		orderId: number,
		meta: Readonly< Record< string, string | null > >
	): Promise< Result< true | null > >;
	/** Nobody is sent it. */
	addPrivateNote(
		orderId: number,
		text: string
	): Promise< Result< true | null > >;
	/**
	 * A status write makes the shop send its customer mails, unless `quiet`, which only the plugin
	 * can do: without it (or one too old) a quiet write is a hold and nothing is written.
	 */
	writeOrderStatus(
		orderId: number,
		status: string,
		options: { readonly quiet: boolean }
	): Promise< Result< true | null > >;
	webhooks(): Promise< Result< readonly StoreWebhook[] > >;
	createWebhook( webhook: {
		readonly name: string;
		readonly topic: string;
		readonly deliveryUrl: string;
		readonly secret: string;
	} ): Promise< Result< StoreWebhook > >;
	/** `active` also after the shop disabled it; its count of failures stays (one more disables it again). */
	updateWebhook(
		id: number,
		change: {
			readonly status?: 'active' | 'paused';
			readonly deliveryUrl?: string;
			readonly secret?: string;
		}
	): Promise< Result< StoreWebhook | null > >;
	deleteWebhook( id: number ): Promise< Result< void > >;
	identity(): Promise< Result< StoreIdentity > >;
	/** All products and variations that carry a SKU or manage stock, page by page. */
	items(): AsyncIterable< Result< readonly StoreItem[] > >;
	/** Items with exactly these SKUs (case-insensitive in WooCommerce). */
	itemsBySku(
		skus: readonly string[]
	): Promise< Result< readonly StoreItem[] > >;
	/** Quantities, in batches of at most 100, one outcome for each write. */
	writeStock(
		writes: readonly StockWrite[]
	): Promise< Result< readonly StockWriteOutcome[] > >;
	/** Asks the shop anew each time; some ten requests. */
	choices(): Promise< Result< StoreChoices > >;
	/** True where `seen` is made use of: only then it is worth being read. */
	readonly writesInSteps?: () => Promise< boolean >;
	/** Asks the shop, writes nothing. */
	check(): Promise< {
		readonly site: StoreSite;
		readonly findings: readonly Finding[];
	} >;
	/** Requests sent since the client was made, for a run's report. */
	readonly requests: () => number;
}
