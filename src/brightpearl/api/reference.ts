/**
 * Reference data a person chooses from, and the account's own configuration.
 */
import type { Result } from '../../contracts/result.ts';

/** `GET /integration-service/account-configuration`: every value a string there. */
export interface AccountConfiguration {
	readonly baseCurrency: string;
	/** IANA zone; answers carry its offset. */
	readonly timeZone: string;
	readonly taxScheme: string | null;
	readonly newSalesOrderStatusId: number | null;
	readonly cancelledOrderStatusId: number | null;
	readonly nominal: {
		readonly sales: string | null;
		readonly shipping: string | null;
		readonly discount: string | null;
		readonly rounding: string | null;
	};
}

export interface Channel {
	readonly id: number;
	readonly name: string;
	readonly defaultWarehouseId: number | null;
	/** The natural list of warehouses to count for a channel. */
	readonly warehouseIds: readonly number[];
}

export interface Warehouse {
	readonly id: number;
	readonly name: string;
}

export interface Named {
	readonly id: number;
	readonly name: string;
}

export interface CodeName {
	readonly code: string;
	readonly name: string;
}

export interface OrderStatus extends Named {
	/** Cannot be set any more. */
	readonly disabled: boolean;
}

export interface TaxCode {
	readonly id: number;
	readonly code: string;
	/** `0` where Brightpearl leaves the rate out. */
	readonly rate: string;
}

export interface Currency {
	readonly id: number;
	readonly code: string;
	/** The account's base currency. */
	readonly isBase: boolean;
	/** Units per base unit, as Brightpearl lists it now; null = not told. */
	readonly rate: string | null;
}

/** A rate as of a date; the initial one is of 1970 (platform reference, §7.5). */
export interface ExchangeRate {
	/** ISO code. */
	readonly currency: string;
	readonly activeFrom: string;
	/** Units per base unit. */
	readonly rate: string;
}

export interface AccountingPeriod {
	readonly id: number;
	readonly startsOn: string;
	readonly endsOn: string;
	/** Null = still open. */
	readonly closedOn: string | null;
}

/** Cached with expiry; `fresh` passes the cache by, and renews it. */
export interface ReferenceApi {
	configuration( fresh?: boolean ): Promise< Result< AccountConfiguration > >;
	channels( fresh?: boolean ): Promise< Result< readonly Channel[] > >;
	warehouses( fresh?: boolean ): Promise< Result< readonly Warehouse[] > >;
	taxCodes( fresh?: boolean ): Promise< Result< readonly TaxCode[] > >;
	/** The account's payment methods. A payment may name others: then no journal is made. */
	paymentMethods( fresh?: boolean ): Promise< Result< readonly CodeName[] > >;
	/** Those to sell by. */
	priceLists( fresh?: boolean ): Promise< Result< readonly Named[] > >;
	leadSources( fresh?: boolean ): Promise< Result< readonly Named[] > >;
	/** Of sales orders. */
	orderStatuses(
		fresh?: boolean
	): Promise< Result< readonly OrderStatus[] > >;
	nominalCodes( fresh?: boolean ): Promise< Result< readonly CodeName[] > >;
	shippingMethods( fresh?: boolean ): Promise< Result< readonly Named[] > >;
	/** ISO codes the account knows. */
	currencies( fresh?: boolean ): Promise< Result< readonly string[] > >;
	currencyDetails(
		fresh?: boolean
	): Promise< Result< readonly Currency[] > >;
	/** Of every currency but the base, the latest first. */
	exchangeRates(
		fresh?: boolean
	): Promise< Result< readonly ExchangeRate[] > >;
	/** What is dated in a closed one is refused. */
	accountingPeriods(
		fresh?: boolean
	): Promise< Result< readonly AccountingPeriod[] > >;
	/** Tags a contact may carry. */
	contactTags( fresh?: boolean ): Promise< Result< readonly Named[] > >;
}
