/**
 * Notes of goods that leave: from our warehouses, or straight from a supplier.
 */
import type { Result } from '../../contracts/result.ts';

export interface ShippedRow {
	readonly orderRowId: number;
	readonly productId: number;
	/** Summed over the locations and batches one row was taken from. */
	readonly quantity: string;
}

interface Note {
	readonly noteId: number;
	/** Null = a transfer between warehouses. */
	readonly orderId: number | null;
	readonly shipped: boolean;
	readonly shippedOn: string | null;
	/** The tracking number, several in one text; null = none was entered. */
	readonly tracking: string | null;
	readonly shippingMethodId: number | null;
	readonly rows: readonly ShippedRow[];
}

export interface GoodsOutNote extends Note {
	readonly warehouseId: number;
	readonly transfer: boolean;
	readonly printed: boolean;
	readonly picked: boolean;
	readonly packed: boolean;
	readonly boxes: number | null;
	readonly weight: string | null;
	readonly createdOn: string | null;
	/** For `If-Match` of an event. */
	readonly lastEventVersion: number | null;
}

export interface DropShipNote extends Note {
	readonly purchaseOrderId: number | null;
	readonly supplierId: number | null;
}

export interface ShippedNote {
	readonly noteId: number;
	readonly orderId: number;
	readonly shippedOn: string | null;
	readonly channelId: number | null;
}

/** PRI/UPR printed, PIC/UPI picked, PAC/UPA packed, SHW shipped; SHW makes the missing ones. */
export type GoodsOutEventCode =
	'PRI' | 'UPR' | 'PIC' | 'UPI' | 'PAC' | 'UPA' | 'SHW';

export interface GoodsOutApi {
	/** Any number, in sets of at most 500. Those of no order and those unknown are left out. */
	goodsOutNotes(
		by:
			| { readonly orderIds: readonly number[] }
			| { readonly noteIds: readonly number[] }
	): Promise< Result< readonly GoodsOutNote[] > >;
	dropShipNotes(
		by:
			| { readonly orderIds: readonly number[] }
			| { readonly noteIds: readonly number[] }
	): Promise< Result< readonly DropShipNote[] > >;
	/** What left since, of one channel or of all; transfers are left out. */
	shippedNotes( by: {
		readonly channelId?: number;
		readonly since: string;
	} ): Promise< Result< readonly ShippedNote[] > >;
	/** Notes' ids, one for each warehouse. It allocates the stock; that leaves with SHW. */
	createGoodsOutNotes(
		orderId: number,
		body: {
			readonly shippingMethodId?: number;
			readonly warehouses: readonly {
				readonly warehouseId: number;
				/** With offset. */
				readonly releaseDate: string;
				readonly products: readonly {
					readonly productId: number;
					readonly salesOrderRowId: number;
					readonly quantity: number;
				}[];
			}[];
		}
	): Promise< Result< readonly number[] > >;
	/** Refused once shipped: tracking comes before the event SHW (resources reference, §4.5). */
	updateGoodsOutNote(
		noteId: number,
		shipping: {
			/** ≤ 64 characters */
			readonly reference?: string;
			readonly shippingMethodId?: number;
			readonly boxes?: number;
			readonly weight?: string;
		}
	): Promise< Result< void > >;
	/** A second SHW (409) is no failure: it has shipped. */
	addGoodsOutEvent(
		noteId: number,
		event: {
			readonly code: GoodsOutEventCode;
			/** With offset. */
			readonly at: string;
			readonly ownerId: number;
			/** The note's `lastEventVersion`: refused where it has changed since. */
			readonly version?: number;
		}
	): Promise< Result< void > >;
	/** While it has not shipped; one that is gone already is no failure. */
	deleteGoodsOutNote(
		orderId: number,
		noteId: number
	): Promise< Result< void > >;
}
