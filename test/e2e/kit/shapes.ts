/** What the sandboxes show, as far as the scenarios look at it. */
export interface SandboxAccount {
	readonly account: string;
	readonly apiDomain: string;
	readonly oauthUrl: string;
	readonly installationInstanceId: number;
	readonly privateApp: {
		readonly appRef: string;
		readonly accountToken: string;
		readonly staffToken: string;
	};
	readonly oauth: {
		readonly clientId: string;
		readonly clientSecret: string;
		readonly devRef: string;
		readonly refreshToken: string;
	};
}

/** A sales order as the sandbox describes it (`/_sandbox/state`). */
export interface SoldOrder {
	readonly id: number;
	/** A credit's value is given back. */
	readonly type: 'SO' | 'SC';
	readonly ref: string;
	readonly externalRef: string | null;
	readonly installedIntegrationInstanceId: number | null;
	readonly placedOn: string;
	readonly taxDate: string;
	readonly statusId: number;
	readonly cancelled: boolean;
	readonly channelId: number;
	readonly warehouseId: number;
	readonly shippingMethodId: number;
	readonly customerId: number;
	readonly email: string | null;
	readonly billingAddress: Readonly< Record< string, string | null > >;
	readonly deliveryAddress: Readonly< Record< string, string | null > >;
	readonly currency: string;
	readonly net: string;
	readonly tax: string;
	readonly total: string;
	readonly paymentStatus: string;
	readonly allocation: 'ANR' | 'ANA' | 'APA' | 'AAA';
	readonly rows: readonly {
		readonly id: number;
		readonly productId: number;
		readonly sku: string;
		readonly name: string;
		readonly quantity: string;
		readonly net: string;
		readonly tax: string;
		readonly taxCode: string;
		readonly nominalCode: string;
		readonly externalRef: string | null;
	}[];
	readonly payments: readonly {
		readonly id: number;
		readonly transactionRef: string | null;
		readonly transactionCode: string | null;
		readonly methodCode: string;
		readonly type: string;
		readonly currency: string;
		readonly paid: string;
		readonly paidAt: string;
	}[];
	readonly reservation: {
		readonly warehouseId: number;
		readonly rows: Readonly<
			Record< string, { productId: number; quantity: number } >
		>;
	} | null;
}

export interface AccountState {
	readonly orders: readonly SoldOrder[];
	readonly contacts: readonly {
		readonly id: number;
		readonly firstName: string;
		readonly lastName: string;
		readonly email: string | null;
		readonly addressIds: Readonly< Record< string, number > >;
	}[];
	readonly addresses: number;
	readonly payments: number;
}

export interface LoggedRequest {
	readonly n: number;
	readonly method: string;
	readonly path: string;
	readonly status: number;
	readonly fault: string | null;
}

type Line = {
	readonly id: number;
	readonly name: string;
	readonly sku: string | null;
	readonly quantity: number;
	readonly total: string;
	readonly total_tax: string;
};

/** The parts of WooCommerce's order that the scenarios hold against Brightpearl's. */
export interface WooOrder {
	readonly id: number;
	readonly number: string;
	readonly status: string;
	readonly currency: string;
	readonly date_created_gmt: string;
	readonly date_paid_gmt: string | null;
	readonly total: string;
	readonly total_tax: string;
	readonly transaction_id: string;
	readonly payment_method: string;
	readonly billing: Readonly< Record< string, string > >;
	readonly shipping: Readonly< Record< string, string > >;
	readonly line_items: readonly Line[];
	readonly shipping_lines: readonly {
		id: number;
		total: string;
		total_tax: string;
	}[];
	readonly fee_lines: readonly {
		id: number;
		total: string;
		total_tax: string;
	}[];
	readonly refunds: readonly { id: number }[];
}

export interface Sold {
	readonly orders: readonly {
		readonly id: number;
		readonly status: string;
		readonly total: string;
	}[];
	readonly refused: readonly { readonly code: string }[];
}
