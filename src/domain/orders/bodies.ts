/**
 * Plans as Brightpearl's bodies (resources reference, §1.2 and §2.1; platform reference,
 * §7.1). What is null or empty in a plan is left out, so that Brightpearl's default holds.
 */
import type {
	AddressBody,
	ContactBody,
	PaymentBody,
	PostalAddressBody,
	SalesOrderBody,
	SalesOrderRowBody,
} from '../../contracts/brightpearl-bodies.ts';
import type {
	Address,
	PlannedContact,
	PlannedPayment,
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
		...given( 'statusId', order.statusId ),
		...given( 'warehouseId', order.warehouseId ),
		...given( 'channelId', order.channelId ),
		...given( 'leadSourceId', order.leadSourceId ),
		...given( 'priceListId', order.priceListId ),
		priceModeCode: order.priceMode,
		currency: { code: order.currency },
		delivery: {
			address: toAddressBody( order.delivery ),
			...given( 'shippingMethodId', order.shippingMethodId ),
		},
		rows: order.rows.map( toRowBody ),
	};
}

function toRowBody( row: PlannedRow, index: number ): SalesOrderRowBody {
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
	return {
		transactionRef: payment.transactionRef,
		...given( 'transactionCode', payment.transactionCode ),
		paymentMethodCode: payment.methodCode,
		paymentType: 'RECEIPT',
		orderId: salesOrderId,
		currencyIsoCode: payment.currency,
		...given( 'exchangeRate', exchangeRate ),
		amountPaid: payment.amount,
		paymentDate: payment.paidAt,
		journalRef: payment.transactionRef,
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

function toAddressBody( address: Address ): AddressBody {
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
