/**
 * An account's reference data: what a person sets up in Brightpearl before any order.
 */
export interface TaxCode {
	readonly id: number;
	readonly code: string;
	readonly description: string;
	/** Percent at 4 places; null = zero-rated (the field is absent on the wire). */
	readonly rate: string | null;
}

export interface Currency {
	readonly id: number;
	readonly title: string;
	readonly code: string;
	readonly symbol: string;
	/** Units per base unit, 6 places. */
	readonly rate: string;
}

export interface Named {
	readonly id: number;
	readonly name: string;
}

export interface OrderStatus extends Named {
	readonly type: 'SO' | 'SC' | 'PO' | 'PC';
	readonly color: string;
	/** A hidden status cannot be set. */
	readonly disabled: boolean;
	readonly state: string;
}

export interface Channel extends Named {
	/** Null = a minimal channel: only id, name, type and brand. */
	readonly defaultWarehouseId: number | null;
	readonly warehouseIds: readonly number[];
	readonly priceListId: number | null;
}

export interface PriceList extends Named {
	readonly code: string;
	readonly currencyId: number;
	readonly type: 'BUY' | 'SELL';
	readonly gross: boolean;
}

export interface Method extends Named {
	readonly code: string;
}

export interface Nominal {
	readonly id: number;
	readonly code: string;
	readonly name: string;
	readonly bank: boolean;
}

export interface Profile {
	readonly code: string;
	readonly timeZone: string;
	readonly baseCurrency: string;
	readonly taxScheme: 'VAT' | 'SALES TAX';
	readonly instanceId: number;
	readonly integrationId: number;
	/** Different in each account, so that a mix-up of accounts shows. */
	readonly firstIds: {
		readonly product: number;
		readonly contact: number;
		readonly address: number;
		readonly order: number;
		readonly row: number;
		readonly payment: number;
		readonly note: number;
	};
	readonly statuses: {
		readonly fresh: number;
		readonly invoiced: number;
		readonly cancelled: number;
		readonly all: readonly OrderStatus[];
	};
	readonly taxCodes: readonly TaxCode[];
	/** Tax code of a product by the shop's tax class. */
	readonly productTax: Readonly< Record< string, string > >;
	readonly currencies: readonly Currency[];
	readonly warehouses: readonly Named[];
	readonly channels: readonly Channel[];
	readonly priceLists: readonly PriceList[];
	readonly shippingMethods: readonly Method[];
	readonly paymentMethods: readonly Method[];
	readonly leadSources: readonly Named[];
	readonly nominals: readonly Nominal[];
	readonly nominal: {
		readonly sales: string;
		readonly shipping: string;
		readonly discount: string;
		readonly rounding: string;
	};
}

export const MISC_PRODUCT = 1000;
export const MISC_PRODUCT_TAXED = 1001;
/** Who made what comes through the API. */
export const API_USER = 203;
export const DEFAULT_WAREHOUSE = 2;
export const SECOND_WAREHOUSE = 3;
