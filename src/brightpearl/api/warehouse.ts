/**
 * Stock and what is set aside for orders.
 */
import type { Result } from '../../contracts/result.ts';

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

export interface GoodsMovement {
	readonly movementId: number;
	readonly productId: number;
	readonly warehouseId: number | null;
	/** Signed. */
	readonly quantity: number;
	/** `GO` goods-out, `SC` correction, `IT` internal transfer; others are not listed anywhere. */
	readonly type: string | null;
	readonly orderId: number | null;
	readonly updatedOn: string | null;
}

export interface FulfilledRow {
	readonly quantity: string;
	readonly fulfilled: string;
	readonly shipped: string;
}

interface ReservedProduct {
	readonly productId: number;
	readonly salesOrderRowId: number;
	readonly quantity: number;
}

export interface WarehouseApi {
	reservation( orderId: number ): Promise< Result< Reservation | null > >;
	createReservation(
		orderId: number,
		warehouseId: number,
		products: readonly ReservedProduct[]
	): Promise< Result< void > >;
	/** The whole reservation as it is to be (resources reference, §4.4). */
	updateReservation(
		orderId: number,
		products: readonly ReservedProduct[]
	): Promise< Result< void > >;
	/** Of the whole order; none there is no failure. */
	deleteReservation( orderId: number ): Promise< Result< void > >;

	/** In id sets of ≤ 200; ids the answer leaves out are absent from the map. `askedAt` = when the first request was sent. */
	availability( productIds: readonly number[] ): Promise<
		Result< {
			readonly askedAt: string;
			readonly byProduct: ReadonlyMap< number, Availability >;
		} >
	>;
	/** Complete bundles per warehouse; one request for each bundle (resources reference, §4.1). */
	bundleAvailability(
		productId: number
	): Promise< Result< ReadonlyMap< number, number > > >;
	/** Movements made or changed since; whether reservations make any is not known (§4.9). */
	goodsMovements(
		since: string
	): AsyncIterable< Result< readonly GoodsMovement[] > >;
	/** Order row id → what of it was fulfilled and shipped. */
	fulfilmentStatus(
		orderId: number
	): Promise< Result< ReadonlyMap< number, FulfilledRow > > >;
	/** Where a correction of stock is to be booked (§4.2); null = it has none. */
	defaultLocation( warehouseId: number ): Promise< Result< number | null > >;
}
