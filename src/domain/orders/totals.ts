/**
 * The sums of an order: as they are planned, and as the sales order is to show them.
 */

export interface Totals {
	readonly net: string;
	readonly tax: string;
	readonly total: string;
	/** The shop's total. */
	readonly store: string;
	/** Shop − planned; `0.00` or the plan would be held. */
	readonly difference: string;
}

/** What the sales order is to show when it is read back; null = nothing to hold it against. */
export interface Expected {
	readonly net: string;
	readonly tax: string;
	readonly total: string;
	/** Without bundle children. */
	readonly rows: number;
	/** Edits by staff in Brightpearl are in these figures: they may differ from the shop's. */
	readonly edited: boolean;
}
