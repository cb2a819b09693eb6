/**
 * What an order's plan is made from, and what it is.
 */
import type { Conflict } from '../../contracts/answers.ts';
import type { SalesOrderChange } from '../../contracts/brightpearl-bodies.ts';
import type {
	CachedProduct,
	OrderLink,
	Pushed,
} from '../../contracts/database.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';
import type { Settings } from '../../contracts/settings.ts';
import type {
	StoreNote,
	StoreOrder,
	StoreRefundDetail,
} from '../../contracts/store.ts';
import type { Address, PlannedContact } from './head/address.ts';
import type { FoundOrder } from './found.ts';
import type { Expected, Totals } from './totals.ts';

export type { Address, PlannedContact } from './head/address.ts';
export type { Expected, Totals } from './totals.ts';

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
	/** `orders.cancelledStatusId`, else the account's own; null = it has none. */
	readonly cancelledStatusId: number | null;
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
	/** The sales order as it is now; null = there is none yet. */
	readonly found: FoundOrder | null;
	/** All refunds of the order, in detail and in the shop's order; none where it lists none. */
	readonly refunds: readonly StoreRefundDetail[];
	/** The shop's notes of the order, where `orders.notes.order` wants any. */
	readonly notes: readonly StoreNote[];
	/** Ids of sales credits that are closed, of those that may have to be taken back. */
	readonly closedCredits: readonly number[];
	/** When it is looked at (ISO-8601 UTC): the date of what moves no date in the shop. */
	readonly now: string;
}

/** What is known of an order that the shop has no longer. */
export interface GoneInput {
	readonly link: OrderLink;
	readonly found: FoundOrder;
	readonly settings: Settings;
	readonly account: AccountFacts;
	readonly refPrefix: string;
	readonly how: 'trashed' | 'deleted';
	/** Ids of sales credits that are closed, of those that may have to be taken back. */
	readonly closedCredits: readonly number[];
	/** When it was noticed (ISO-8601 UTC): the date of what is taken back. */
	readonly now: string;
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
	/** Units per base unit, from the shop; null = Brightpearl's own rate. */
	readonly exchangeRate: string | null;
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

/** Money that was recorded and is taken back: of a payment, or of a refund. */
export interface PlannedReversal {
	/** `…-p1-x` or `…-r42-x` */
	readonly transactionRef: string;
	/** Brightpearl's payment that it takes back. */
	readonly paymentId: number;
	/** Its order, or the refund's credit. */
	readonly orderId: number;
	/** `delete`: the payment itself goes (`orders.reversal`). */
	readonly how: 'payment' | 'delete';
	/** PAYMENT takes back a receipt, RECEIPT a refund. */
	readonly type: 'PAYMENT' | 'RECEIPT';
	readonly methodCode: string;
	readonly amount: string;
	readonly currency: string;
	readonly at: string;
}

export interface PlannedCredit {
	readonly refundId: number;
	/** `P-{order}-r{refund}`; `…-2` where the first was emptied and the order came back. */
	readonly externalRef: string;
	readonly ref: string;
	readonly placedOn: string;
	/** Midnight of that day in the account's zone. */
	readonly taxDate: string;
	readonly warehouseId: number | null;
	readonly channelId: number | null;
	readonly priceListId: number | null;
	readonly leadSourceId: number | null;
	readonly priceMode: 'INC' | 'EXC';
	readonly currency: string;
	readonly billing: Address;
	readonly delivery: Address;
	/** Positive: value given back. `line-12`, `ship-3`, `fee-4`, `refund`. */
	readonly rows: readonly PlannedRow[];
	readonly total: string;
	readonly installationInstanceId: number | null;
}

/** The money of a refund, given back on its credit. */
export interface PlannedRefund {
	readonly refundId: number;
	/** The credit's external reference. */
	readonly transactionRef: string;
	readonly transactionCode: string;
	readonly methodCode: string;
	readonly amount: string;
	readonly currency: string;
	readonly paidAt: string;
}

export interface PlannedNote {
	/** `customer:{digest}` or `note-{id}`: noted once. */
	readonly key: string;
	readonly text: string;
}

/**
 * One idempotent thing to do. Each is found again by its reference, is journaled under its type,
 * and says itself in one sentence.
 */
export type Step = { readonly summary: string } & (
	| {
			readonly type: 'EnsureContact';
			readonly contact: PlannedContact;
			readonly contacts: Settings[ 'orders' ][ 'contacts' ];
			readonly staffContacts: Settings[ 'orders' ][ 'staffContacts' ];
	  }
	| { readonly type: 'CreateOrder'; readonly salesOrder: PlannedSalesOrder }
	| {
			readonly type: 'AmendOrder';
			/** Of the reading that the change was made from. */
			readonly version: number | null;
			readonly change: SalesOrderChange;
			/** What is agreed on once it is done. */
			readonly pushed: Pushed;
	  }
	| { readonly type: 'RecordPayment'; readonly payment: PlannedPayment }
	| {
			readonly type: 'ReversePayment';
			/** Of the payment in the link. */
			readonly n: number;
			readonly reversal: PlannedReversal;
	  }
	| {
			readonly type: 'Allocate';
			/**
			 * Row reference → what is to be allocated, as far as there is stock; less than is now lets
			 * go of the rest, nothing at all of everything.
			 */
			readonly wanted: Readonly< Record< string, number > >;
	  }
	| { readonly type: 'CreateCredit'; readonly credit: PlannedCredit }
	| { readonly type: 'RecordRefund'; readonly refund: PlannedRefund }
	| {
			readonly type: 'ReverseRefund';
			readonly refundId: number;
			readonly reversal: PlannedReversal;
	  }
	| {
			/** The refund is gone: its credit keeps its number and loses its rows. */
			readonly type: 'EmptyCredit';
			readonly refundId: number;
			readonly salesCreditId: number;
	  }
	| { readonly type: 'AddNote'; readonly note: PlannedNote }
	| {
			readonly type: 'SetCustomFields';
			/** Code → text; '' takes it away. */
			readonly fields: Readonly< Record< string, string > >;
	  }
	| {
			readonly type: 'SetStatus';
			readonly statusId: number;
			/** Of the shop, that asked for it. */
			readonly storeStatus: string;
			/** Out of Brightpearl's cancelled status. */
			readonly revives: boolean;
	  }
	| { readonly type: 'CancelOrder'; readonly statusId: number }
	/** Makes the invoice. */
	| { readonly type: 'CloseOrder' }
	| { readonly type: 'Verify' }
);

export interface OrderPlan {
	readonly steps: readonly Step[];
	/** Null where the sales order is there, or is not to be. */
	readonly salesOrder: PlannedSalesOrder | null;
	/** How many rows the shop's order has, as they are planned; 0 of one that is gone. */
	readonly rows: number;
	/** Null of an order that is called off or gone: nothing of it is planned. */
	readonly totals: Totals | null;
	readonly expected: Expected | null;
	/**
	 * Row reference → pieces that are to leave the building, where refunds or a call-off left fewer
	 * than the order has; null = nothing was taken off it.
	 */
	readonly toSend: Readonly< Record< string, number > > | null;
	/** The common ground as it is once every step is done; null = as it was. */
	readonly pushed: Pushed | null;
	/**
	 * Brightpearl shows it cancelled once the steps are done: both sides have called it off, or
	 * somebody did there alone; null = it stands.
	 */
	readonly cancelled: 'agreed' | 'theirs' | null;
	/** Closed credits that a person's word settles, by their ids in Brightpearl. */
	readonly settledCredits: readonly number[];
	readonly conflicts: readonly Conflict[];
	/** Rows that staff changed in Brightpearl alone: they stay, and the difference is told. */
	readonly edits: readonly Conflict[];
	/** What a person is told when the steps are done: the order then waits for them. */
	readonly told: readonly ProblemDraft[];
	/** Of the shop's order as it was planned from: the same mark = nothing to do. */
	readonly fingerprint: string;
}
