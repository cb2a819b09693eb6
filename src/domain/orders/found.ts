/**
 * A sales order (or credit) as Brightpearl shows it, as far as planning looks at it. The client's
 * own reading has this shape.
 */

/** Resources reference, §1.4: lines 1 to 4 are street, suburb, city, state. */
export interface FoundAddress {
	readonly fullName: string | null;
	readonly company: string | null;
	readonly line1: string | null;
	readonly line2: string | null;
	readonly line3: string | null;
	readonly line4: string | null;
	readonly postalCode: string | null;
	readonly countryIso3: string | null;
	readonly telephone: string | null;
	readonly email: string | null;
}

export interface FoundRow {
	readonly id: number;
	readonly productId: number;
	readonly name: string | null;
	readonly quantity: string;
	readonly net: string;
	readonly tax: string;
	readonly taxCode: string | null;
	readonly nominalCode: string | null;
	/** Null = not ours: staff added it. */
	readonly externalRef: string | null;
	readonly bundleParent: boolean;
	readonly bundleChild: boolean;
}

export interface FoundOrder {
	readonly id: number;
	readonly version: number | null;
	readonly statusId: number | null;
	readonly reference: string | null;
	readonly warehouseId: number | null;
	readonly shippingMethodId: number | null;
	readonly exchangeRate: string;
	readonly total: string;
	readonly net: string;
	readonly tax: string;
	readonly allocation: 'all' | 'part' | 'none' | 'not-needed';
	readonly shipping: 'none' | 'part' | 'all' | 'not-needed';
	readonly cancelled: boolean;
	readonly invoiced: boolean;
	readonly addresses: {
		readonly customer: FoundAddress | null;
		readonly billing: FoundAddress | null;
		readonly delivery: FoundAddress | null;
	};
	readonly rows: readonly FoundRow[];
	/** Pieces of it are on goods-out notes; absent = not asked (only of orders to be cancelled). */
	readonly onNotes?: boolean;
}
