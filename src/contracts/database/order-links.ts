/**
 * Order links: our record of what each order of the shop has in Brightpearl.
 */
import type {
	BrightpearlOrder,
	Conflict,
	OrderState,
	Proof,
	StepSummary,
} from '../answers.ts';

/** What we hold of one line for stock: who took what off the shop's stock. */
export interface LinkLine {
	readonly lineId: number;
	readonly productId: number;
	readonly variationId: number;
	readonly sku: string;
	/** `_reduced_stock` */
	readonly reduced: number;
}

export interface LinkPayment {
	/** From 1; part of the transaction reference. */
	readonly n: number;
	/** The order's total when it was first seen paid. */
	readonly amount: string;
	readonly paidAt: string;
	/** Brightpearl's payment id once recorded. */
	readonly paymentId: number | null;
	/** Taken back: by this payment the other way, or (null) by deleting it. Null = it stands. */
	readonly reversed: { readonly paymentId: number | null } | null;
}

/** What became of one refund of the shop. */
export interface LinkCredit {
	readonly refundId: number;
	readonly salesCreditId: number | null;
	/** Gross, as planned. */
	readonly total: string;
	/** The money given back; null = none was to be (the order was never paid). */
	readonly refund: {
		readonly amount: string;
		readonly paymentId: number | null;
		readonly reversed: { readonly paymentId: number | null } | null;
	} | null;
	/** The refund is gone from the shop, and the credit has no rows any more. */
	readonly emptied: boolean;
	/**
	 * It is closed, so that it cannot be taken back, and a person has said that it was made up for in
	 * Brightpearl: it counts no longer.
	 */
	readonly settled: boolean;
}

/** A row of the sales order as it was last agreed on. */
export interface PushedRow {
	/** `line-12` */
	readonly ref: string;
	/** Digest of what the shop said of it: the same mark = not edited in the shop since. */
	readonly mark: string;
	readonly productId: number | null;
	readonly name: string;
	readonly quantity: string;
	readonly taxCode: string;
	readonly net: string;
	readonly tax: string;
	readonly nominalCode: string | null;
	/** As Brightpearl showed it then; null = not read back yet. */
	readonly found: {
		readonly rowId: number;
		readonly productId: number;
		readonly quantity: string;
		readonly net: string;
		readonly tax: string;
		readonly taxCode: string | null;
	} | null;
}

/**
 * What Brightpearl was last given of an order and how it showed it then: the common ground of the
 * three-way comparison. Of addresses only digests are kept.
 */
export interface Pushed {
	/** The shop's status that Brightpearl's was last brought to, and Brightpearl's then. */
	readonly storeStatus: string;
	readonly statusId: number | null;
	readonly rows: readonly PushedRow[];
	readonly parts: Readonly<
		Record<
			'reference' | 'billing' | 'delivery' | 'shippingMethod',
			{
				/** Digest of what the shop said. */
				readonly mark: string;
				/** Digest of how Brightpearl showed it; null = not read back yet. */
				readonly found: string | null;
			}
		>
	>;
}

/** What the shop was told of the order. */
export interface WrittenBack {
	readonly salesOrderId: number | null;
	readonly statusId: number | null;
	/** The shop status that was written, so that it is not taken for the shop's own word. */
	readonly status: string | null;
	readonly noted: boolean;
}

/**
 * What is allocated in Brightpearl, and since when we know. A quantity is out of flight only
 * from `confirmedAt` on.
 */
export interface LinkAllocation {
	readonly state: 'all' | 'part' | 'none' | 'not-needed';
	/** Shop line id → allocated quantity, where `part`. */
	readonly byLine: Readonly< Record< string, number > >;
	/** All stock of the order has left the building. */
	readonly shipped: boolean;
	readonly confirmedAt: string;
}

/** Our record that ties a store order to what exists in Brightpearl. */
export interface OrderLink {
	readonly connection: string;
	readonly orderId: number;
	readonly number: string | null;
	readonly state: OrderState;
	readonly storeStatus: string | null;
	readonly placedAt: string | null;
	/** The shop's own `modifiedAt` of what we last read. */
	readonly modifiedAt: string | null;
	readonly currency: string | null;
	readonly total: string | null;
	readonly salesOrderId: number | null;
	/** Set by a person; the order's state is `held` or `ignored` while it stands. */
	readonly decision: 'held' | 'ignored' | null;
	/** A person pushed it: it counts whatever its date. */
	readonly forced: boolean;
	/** The store has it no longer, or in the trash. */
	readonly gone: 'trashed' | 'deleted' | null;
	readonly lines: readonly LinkLine[];
	/** Ids of the refunds last seen. */
	readonly refunds: readonly number[];
	readonly payments: readonly LinkPayment[];
	readonly credits: readonly LinkCredit[];
	readonly contactId: number | null;
	/** Digest of the e-mail (`emailKey`), so that a customer's orders are found. */
	readonly customerKey: string | null;
	readonly allocation: LinkAllocation | null;
	/** Row reference → what was last asked to be allocated; null = nothing was yet. */
	readonly reserved: Readonly< Record< string, number > > | null;
	readonly pushed: Pushed | null;
	/** Called off on both sides, whoever cancelled it in Brightpearl: it may be brought back. */
	readonly cancelled: boolean;
	/** Notes that are in Brightpearl: `customer:{digest}`, `note-{id}`. */
	readonly notes: readonly string[];
	/** Custom field code → the value last set. */
	readonly fields: Readonly< Record< string, string > >;
	readonly writtenBack: WrittenBack | null;
	/** What both sides changed and nobody has settled. */
	readonly conflicts: readonly Conflict[];
	/** The difference by staff's own edits that a person has accepted (see `differenceOf`). */
	readonly accepted: string | null;
	/** A person's word on them: whose value is to hold. Used up by the next plan. */
	readonly resolve: 'store' | 'brightpearl' | null;
	/** What the last plan still wants done. */
	readonly pending: readonly StepSummary[];
	readonly brightpearl: BrightpearlOrder | null;
	readonly proof: Proof | null;
	/** Mark of the shop's order as it was when everything of it was in Brightpearl last. */
	readonly fingerprint: string | null;
	readonly pushedAt: string | null;
	readonly updatedAt: string;
}

export type LinkChange = Partial<
	Omit< OrderLink, 'connection' | 'orderId' | 'updatedAt' >
>;
