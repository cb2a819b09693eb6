/**
 * What the warehouse service keeps beside the stock itself: plain JSON, like `model.ts`.
 */

export interface ReservedRow {
	productId: number;
	quantity: number;
}

/** One reservation note for each sales order, in one warehouse. */
export interface Reservation {
	/** The order's id. */
	id: number;
	warehouseId: number;
	rows: Record< string, ReservedRow >;
	createdAt: number;
}

export interface NoteEvent {
	at: number;
	ownerId: number;
	code: string;
}

export interface GoodsOutNote {
	id: number;
	/** 0 = a transfer, which is of no order. */
	orderId: number;
	/** Of a transfer only. */
	targetWarehouseId?: number;
	warehouseId: number;
	rows: Record< string, ReservedRow >;
	priority: boolean;
	shippingMethodId: number;
	/** The tracking number. */
	reference: string;
	boxes: number | null;
	weight: string | null;
	labelUri: string | null;
	releaseAt: number | null;
	createdAt: number;
	/** 1 for the order's first note. */
	sequence: number;
	events: NoteEvent[];
}

export interface StockCorrection {
	id: number;
	warehouseId: number;
	orderId: number | null;
	productId: number;
	quantity: number;
	reason: string;
	/** Of one piece, in base currency. */
	cost?: string;
	createdAt: number;
}

/** One line of what went in or out (resources reference, §4.8). */
export interface GoodsMovement {
	id: number;
	type: MovementType;
	productId: number;
	warehouseId: number;
	/** Signed: out of the warehouse is negative. */
	quantity: number;
	/** Goods note or correction it belongs to; null = none. */
	noteId: number | null;
	orderId: number | null;
	orderRowId: number | null;
	/** Of the whole line, in base currency. */
	value: string;
	/** False = the goods are still in the building. */
	cleared: boolean;
	updatedAt: number;
}

/**
 * `GO` goods-out and `SC` stock correction are seen in clients; the code of goods that came in
 * and of a reservation (if it makes movements at all) are not known: these two are ours.
 */
export type MovementType = 'GO' | 'SC' | 'GI' | 'RE';

export interface DropShipRow {
	productId: number;
	purchaseOrderRowId: number;
	quantity: number;
	currency: string;
	value: string;
}

/** What a supplier sends to the customer directly: no stock of ours moves (§4.6). */
export interface DropShipNote {
	id: number;
	orderId: number;
	purchaseOrderId: number;
	supplierId: number;
	/** By sales order row. */
	rows: Record< string, DropShipRow >;
	reference: string;
	shippingMethodId: number;
	createdAt: number;
	events: NoteEvent[];
}

/** A batch of one product that came in: bought, or sent back with a sales credit. */
export interface GoodsInBatch {
	id: number;
	/** The purchase order or sales credit; 0 = neither. */
	orderId: number;
	productId: number;
	warehouseId: number;
	quantity: number;
	price: string;
	createdAt: number;
}
