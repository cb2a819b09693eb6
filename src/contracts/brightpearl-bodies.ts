/**
 * The bodies we send to Brightpearl: made by `domain/` from a plan, sent by `brightpearl/`.
 *
 * Money, quantities and rates are decimal strings; times carry an explicit offset.
 */

export interface AddressBody {
	readonly addressFullName?: string;
	readonly companyName?: string;
	readonly addressLine1?: string;
	readonly addressLine2?: string;
	readonly addressLine3?: string;
	readonly addressLine4?: string;
	readonly postalCode?: string;
	/** ISO-3 (the postal address resource refuses ISO-2). */
	readonly countryIsoCode?: string;
	readonly telephone?: string;
	readonly email?: string;
}

export type PostalAddressBody = Omit<
	AddressBody,
	'addressFullName' | 'companyName' | 'telephone' | 'email'
>;

export interface ContactBody {
	/** ≤ 32 characters each, both required. */
	readonly firstName: string;
	readonly lastName: string;
	readonly companyName?: string;
	readonly email: string;
	readonly phone?: string;
	readonly addressId: number;
}

export interface SalesOrderRowBody {
	readonly productId?: number;
	readonly name?: string;
	readonly quantity: string;
	readonly taxCode: string;
	/** Row totals, not unit values. */
	readonly net: string;
	readonly tax: string;
	readonly nominalCode?: string;
	readonly externalRef: string;
	readonly sequence: number;
}

/** `POST /order-service/sales-order` (resources reference, §1.2). */
export interface SalesOrderBody {
	readonly customer: {
		readonly id: number | null;
		readonly address: AddressBody;
	};
	readonly billing: {
		readonly contactId: number | null;
		readonly address: AddressBody;
	};
	readonly ref: string;
	readonly externalRef: string;
	readonly installedIntegrationInstanceId?: number;
	readonly placedOn: string;
	readonly taxDate: string;
	readonly statusId?: number;
	readonly warehouseId?: number;
	readonly channelId?: number;
	readonly leadSourceId?: number;
	readonly priceListId?: number;
	readonly priceModeCode: 'INC' | 'EXC';
	readonly currency: {
		readonly code: string;
		readonly fixedExchangeRate?: boolean;
		/** Units per base unit. */
		readonly exchangeRate?: string;
	};
	readonly delivery: {
		readonly address: AddressBody;
		readonly shippingMethodId?: number;
	};
	readonly rows: readonly SalesOrderRowBody[];
}

/**
 * `POST /order-service/sales-credit` (resources reference, §1.12): the fields of a sales order,
 * with positive values for what is given back.
 */
export interface SalesCreditBody extends SalesOrderBody {
	/** The sales order it corrects. */
	readonly parentId?: number;
}

/**
 * What of a sales order is to be different: written by the replacing `PUT` (resources reference,
 * §1.3), with everything that is not named sent back as it was read.
 */
export interface SalesOrderChange {
	readonly ref?: string;
	/** Of the customer and of billing alike. */
	readonly billingAddress?: AddressBody;
	readonly deliveryAddress?: AddressBody;
	readonly shippingMethodId?: number;
	readonly rows?: {
		readonly change: readonly ( {
			readonly rowId: number;
		} & Partial<
			Pick<
				SalesOrderRowBody,
				| 'productId'
				| 'name'
				| 'quantity'
				| 'taxCode'
				| 'net'
				| 'tax'
				| 'nominalCode'
			>
		> )[];
		readonly add: readonly SalesOrderRowBody[];
		readonly remove: readonly number[];
	};
}

/** `POST /order-service/order/{id}/row` (resources reference, §1.6). */
export type OrderRowBody = Pick<
	SalesOrderRowBody,
	| 'productId'
	| 'name'
	| 'quantity'
	| 'taxCode'
	| 'net'
	| 'tax'
	| 'nominalCode'
>;

/** RFC 6902, as far as Brightpearl's `PATCH` goes (platform reference, §4.1). */
export interface PatchOperation {
	readonly op: 'add' | 'replace' | 'remove' | 'test';
	readonly path: string;
	/** None for `remove`. */
	readonly value?: unknown;
}

export type PaymentType = 'RECEIPT' | 'PAYMENT' | 'AUTH' | 'CAPTURE' | 'VOID';

/** `POST /accounting-service/customer-payment` (platform reference, §7.1). */
export interface PaymentBody {
	readonly transactionRef: string;
	/** Links CAPTURE and VOID to their AUTH. */
	readonly transactionCode?: string;
	readonly paymentMethodCode: string;
	/** RECEIPT: money in; PAYMENT: money out, against a sales credit. */
	readonly paymentType: PaymentType;
	readonly orderId: number;
	readonly currencyIsoCode: string;
	readonly exchangeRate?: string;
	/** Of RECEIPT, PAYMENT and CAPTURE; `0` for the others. */
	readonly amountPaid: string;
	/** Of AUTH and VOID; ignored otherwise. */
	readonly amountAuthorized?: string;
	/** Required for AUTH, ignored otherwise. */
	readonly authorizationExpiry?: string;
	readonly paymentDate: string;
	readonly journalRef?: string;
}
