/**
 * Plans as Brightpearl's bodies (resources reference, §1.2, §1.12 and §2.1; platform reference,
 * §7.1). What is null or empty in a plan is left out, so that Brightpearl's default holds.
 */
import type {
	AddressBody,
	ContactBody,
	PaymentBody,
	PostalAddressBody,
	SalesCreditBody,
	SalesOrderBody,
	SalesOrderRowBody,
} from '../../contracts/brightpearl-bodies.ts';
import type {
	Address,
	PlannedContact,
	PlannedCredit,
	PlannedPayment,
	PlannedRefund,
	PlannedReversal,
	PlannedRow,
	PlannedSalesOrder,
} from './types.ts';

/** @param order     What was planned.
 * @param contactId Null in a dry run, when the contact is still to be made.
 */
export function toSalesOrderBody(
	order: PlannedSalesOrder,
	contactId: number | null
): SalesOrderBody {
	return {
		...toHead( order, contactId ),
		...given( 'statusId', order.statusId ),
		currency: toCurrency( order.currency, order.exchangeRate ),
		delivery: {
			address: toAddressBody( order.delivery ),
			...given( 'shippingMethodId', order.shippingMethodId ),
		},
		rows: order.rows.map( toRowBody ),
	};
}

/** @param credit               What was planned.
 * @param sales                  Of the sales order that it corrects.
 * @param sales.contactId        Its contact.
 * @param sales.parentId         The sales order itself.
 * @param sales.exchangeRate     As read back, so that what is given back is worth what was taken.
 */
export function toCreditBody(
	credit: PlannedCredit,
	sales: {
		readonly contactId: number;
		readonly parentId: number;
		readonly exchangeRate: string | null;
	}
): SalesCreditBody {
	return {
		...toHead( credit, sales.contactId ),
		parentId: sales.parentId,
		currency: toCurrency( credit.currency, sales.exchangeRate ),
		delivery: { address: toAddressBody( credit.delivery ) },
		rows: credit.rows.map( toRowBody ),
	};
}

/** What a sales order and a credit have in common. */
function toHead(
	order: Omit< PlannedCredit, 'refundId' | 'rows' | 'total' | 'delivery' >,
	contactId: number | null
): Omit< SalesOrderBody, 'currency' | 'delivery' | 'rows' > {
	const billing = toAddressBody( order.billing );
	return {
		customer: { id: contactId, address: billing },
		billing: { contactId, address: billing },
		ref: order.ref,
		externalRef: order.externalRef,
		...given(
			'installedIntegrationInstanceId',
			order.installationInstanceId
		),
		placedOn: order.placedOn,
		taxDate: order.taxDate,
		...given( 'warehouseId', order.warehouseId ),
		...given( 'channelId', order.channelId ),
		...given( 'leadSourceId', order.leadSourceId ),
		...given( 'priceListId', order.priceListId ),
		priceModeCode: order.priceMode,
	};
}

/** A rate that is given is fixed: Brightpearl's own of a later day must not replace it. */
function toCurrency(
	code: string,
	exchangeRate: string | null
): SalesOrderBody[ 'currency' ] {
	return exchangeRate === null
		? { code }
		: { code, fixedExchangeRate: true, exchangeRate };
}

export function toRowBody( row: PlannedRow, index: number ): SalesOrderRowBody {
	return {
		...given( 'productId', row.productId ),
		name: row.name,
		quantity: row.quantity,
		taxCode: row.taxCode,
		net: row.net,
		tax: row.tax,
		...given( 'nominalCode', row.nominalCode ),
		externalRef: row.externalRef,
		sequence: index + 1,
	};
}

/** @param payment      What was planned.
 * @param salesOrderId The order it is for.
 * @param exchangeRate The order's own, as read back; null = Brightpearl's rate of the day.
 */
export function toPaymentBody(
	payment: PlannedPayment,
	salesOrderId: number,
	exchangeRate: string | null
): PaymentBody {
	return toMoney( payment, {
		paymentType: 'RECEIPT',
		orderId: salesOrderId,
		transactionCode: payment.transactionCode,
		at: payment.paidAt,
		exchangeRate,
	} );
}

/** @param refund       What was planned.
 * @param creditId     The credit that it is given back on.
 * @param exchangeRate That of the order, as read back.
 */
export function toRefundBody(
	refund: PlannedRefund,
	creditId: number,
	exchangeRate: string | null
): PaymentBody {
	return toMoney( refund, {
		paymentType: 'PAYMENT',
		orderId: creditId,
		transactionCode: refund.transactionCode,
		at: refund.paidAt,
		exchangeRate,
	} );
}

/** @param reversal     What was planned.
 * @param exchangeRate That of the order, as read back.
 */
export function toReversalBody(
	reversal: PlannedReversal,
	exchangeRate: string | null
): PaymentBody {
	return toMoney( reversal, {
		paymentType: reversal.type,
		orderId: reversal.orderId,
		transactionCode: '',
		at: reversal.at,
		exchangeRate,
	} );
}

function toMoney(
	money: Pick<
		PlannedPayment,
		'transactionRef' | 'methodCode' | 'currency' | 'amount'
	>,
	more: {
		readonly paymentType: PaymentBody[ 'paymentType' ];
		readonly orderId: number;
		readonly transactionCode: string;
		readonly at: string;
		readonly exchangeRate: string | null;
	}
): PaymentBody {
	return {
		transactionRef: money.transactionRef,
		...given( 'transactionCode', more.transactionCode ),
		paymentMethodCode: money.methodCode,
		paymentType: more.paymentType,
		orderId: more.orderId,
		currencyIsoCode: money.currency,
		...given( 'exchangeRate', more.exchangeRate ),
		amountPaid: money.amount,
		paymentDate: more.at,
		journalRef: money.transactionRef,
	};
}

/** @param contact   What was planned.
 * @param addressId The postal address that was made for it.
 */
export function toContactBody(
	contact: PlannedContact,
	addressId: number
): ContactBody {
	return {
		firstName: contact.firstName,
		lastName: contact.lastName,
		...given( 'companyName', contact.company ),
		email: contact.email,
		...given( 'phone', contact.phone ),
		addressId,
	};
}

export function toPostalAddressBody( address: Address ): PostalAddressBody {
	return {
		...given( 'addressLine1', address.line1 ),
		...given( 'addressLine2', address.line2 ),
		...given( 'addressLine3', address.city ),
		...given( 'addressLine4', address.state ),
		...given( 'postalCode', address.postcode ),
		...given( 'countryIsoCode', address.country ),
	};
}

export function toAddressBody( address: Address ): AddressBody {
	return {
		...given( 'addressFullName', address.fullName ),
		...given( 'companyName', address.company ),
		...toPostalAddressBody( address ),
		...given( 'telephone', address.phone ),
		...given( 'email', address.email ),
	};
}

/** The property, unless there is nothing to say; 0 is a value ("none"). */
function given< K extends string, V extends string | number >(
	key: K,
	value: V | null
): Partial< Record< K, V > > {
	return value === null || value === ''
		? {}
		: ( { [ key ]: value } as Record< K, V > );
}
