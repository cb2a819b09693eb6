import type { SalesOrder } from '../../../src/brightpearl/api.ts';

/** What a sales order tells besides, and most tests do not ask. */
export const UNTOLD = {
	version: null,
	createdOn: null,
	updatedOn: null,
	taxDate: null,
	invoiceReference: null,
	invoiced: false,
	shippingMethodId: null,
	deliveryDate: null,
	addresses: { customer: null, billing: null, delivery: null },
} as const satisfies Partial< SalesOrder >;
