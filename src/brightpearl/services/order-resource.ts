/**
 * The `order` resource as it is recorded (resources reference, §1.4) and what we make of it.
 */
import { z } from 'zod';
import type { OrderAddress, OrderRow, SalesOrder } from '../api.ts';
import {
	count,
	decimal,
	flag,
	id,
	idOrNone,
	quantity,
	textOrNone,
	timeOrNone,
} from '../answers/fields.ts';

/** §1.11. A code we do not know reads as nothing allocated: the stock stays in flight. */
const ALLOCATION: Readonly< Record< string, SalesOrder[ 'allocation' ] > > = {
	ANR: 'not-needed',
	ANA: 'none',
	APA: 'part',
	AAA: 'all',
};
const SHIPPING: Readonly< Record< string, SalesOrder[ 'shipping' ] > > = {
	NST: 'not-needed',
	SNS: 'none',
	SPS: 'part',
	ASS: 'all',
};

const money = z.object( { value: decimal } );

const rowSchema = z.object( {
	orderRowSequence: count.optional(),
	/** 1000 for free text (§1.6). */
	productId: z.int().min( 0 ),
	productName: textOrNone,
	productSku: textOrNone,
	quantity: z.object( { magnitude: quantity } ),
	rowValue: z.object( {
		taxCode: textOrNone,
		taxCalculator: textOrNone,
		rowNet: money,
		rowTax: money,
	} ),
	nominalCode: textOrNone,
	externalRef: textOrNone,
	composition: z
		.object( {
			bundleParent: flag.optional(),
			bundleChild: flag.optional(),
			parentOrderRowId: z.int().min( 0 ).optional(),
		} )
		.optional(),
} );

const addressSchema = z
	.object( {
		addressFullName: textOrNone,
		companyName: textOrNone,
		addressLine1: textOrNone,
		addressLine2: textOrNone,
		addressLine3: textOrNone,
		addressLine4: textOrNone,
		postalCode: textOrNone,
		countryIsoCode: textOrNone,
		countryIsoCode3: textOrNone,
		telephone: textOrNone,
		email: textOrNone,
	} )
	.transform( ( address ): OrderAddress => ( {
		fullName: address.addressFullName,
		company: address.companyName,
		line1: address.addressLine1,
		line2: address.addressLine2,
		line3: address.addressLine3,
		line4: address.addressLine4,
		postalCode: address.postalCode,
		countryIso2: address.countryIsoCode,
		countryIso3: address.countryIsoCode3,
		telephone: address.telephone,
		email: address.email,
	} ) );

const party = z.object( { contactId: idOrNone } );

export const orderSchema = z.object( {
	id,
	parentOrderId: idOrNone,
	version: z.int().nullish(),
	state: z.object( { tax: textOrNone } ).nullish(),
	orderTypeCode: z.string(),
	reference: textOrNone,
	externalRef: textOrNone,
	orderStatus: z.object( { orderStatusId: idOrNone } ).optional(),
	orderPaymentStatus: textOrNone,
	allocationStatusCode: textOrNone,
	shippingStatusCode: textOrNone,
	placedOn: timeOrNone,
	createdOn: timeOrNone,
	updatedOn: timeOrNone,
	invoices: z
		.array(
			z.object( { invoiceReference: textOrNone, taxDate: timeOrNone } )
		)
		.nullish(),
	delivery: z
		.object( { deliveryDate: timeOrNone, shippingMethodId: idOrNone } )
		.nullish(),
	currency: z.object( {
		orderCurrencyCode: z.string(),
		exchangeRate: decimal.optional(),
	} ),
	totalValue: z.object( {
		net: decimal,
		taxAmount: decimal,
		total: decimal,
	} ),
	assignment: z
		.object( { current: z.object( { channelId: idOrNone } ).optional() } )
		.optional(),
	parties: z
		.object( {
			customer: party.and( addressSchema ).optional(),
			billing: party.and( addressSchema ).optional(),
			delivery: addressSchema.optional(),
		} )
		.optional(),
	warehouseId: idOrNone,
	orderRows: z.record( z.string().regex( /^\d+$/ ), rowSchema ).optional(),
} );
export type OrderResource = z.infer< typeof orderSchema >;

/** Row id → our reference, where another resource told it. */
export type RowRefs = ReadonlyMap< number, string >;

function rowsOf( order: OrderResource, refs: RowRefs ): OrderRow[] {
	return Object.entries( order.orderRows ?? {} )
		.map( ( [ key, row ] ) => ( { ...row, id: Number( key ) } ) )
		.sort(
			( a, b ) =>
				( a.orderRowSequence ?? 0 ) - ( b.orderRowSequence ?? 0 ) ||
				a.id - b.id
		)
		.map( ( row ): OrderRow => ( {
			id: row.id,
			productId: row.productId,
			sku: row.productSku,
			name: row.productName,
			quantity: row.quantity.magnitude,
			net: row.rowValue.rowNet.value,
			tax: row.rowValue.rowTax.value,
			taxCode: row.rowValue.taxCode,
			nominalCode: row.nominalCode,
			taxCalculator: row.rowValue.taxCalculator,
			externalRef: row.externalRef ?? refs.get( row.id ) ?? null,
			bundleParent: row.composition?.bundleParent ?? false,
			bundleChild: row.composition?.bundleChild ?? false,
			parentRowId: row.composition?.parentOrderRowId ?? 0,
		} ) );
}

/** The party's other fields stay behind; one that tells nothing has no address. */
function addressOf( found: OrderAddress | undefined ): OrderAddress | null {
	if ( found === undefined ) {
		return null;
	}
	const address: OrderAddress = {
		fullName: found.fullName,
		company: found.company,
		line1: found.line1,
		line2: found.line2,
		line3: found.line3,
		line4: found.line4,
		postalCode: found.postalCode,
		countryIso2: found.countryIso2,
		countryIso3: found.countryIso3,
		telephone: found.telephone,
		email: found.email,
	};
	return Object.values( address ).some( ( line ) => line !== null )
		? address
		: null;
}

/** While the invoice is being made its number is this word (§1.12). */
const PENDING = 'pending';

export function toSalesOrder(
	order: OrderResource,
	cancelledStatusId: number | null,
	refs: RowRefs
): SalesOrder {
	const statusId = order.orderStatus?.orderStatusId ?? null;
	const invoice = order.invoices?.[ 0 ];
	const { customer, billing, delivery } = order.parties ?? {};
	return {
		id: order.id,
		externalRef: order.externalRef,
		reference: order.reference,
		parentOrderId: order.parentOrderId,
		statusId,
		contactId: customer?.contactId ?? null,
		placedOn: order.placedOn,
		version: order.version ?? null,
		createdOn: order.createdOn,
		updatedOn: order.updatedOn,
		taxDate: invoice?.taxDate ?? null,
		invoiceReference:
			invoice === undefined || invoice.invoiceReference === PENDING
				? null
				: invoice.invoiceReference,
		invoiced: order.state?.tax === 'INVOICED',
		currency: order.currency.orderCurrencyCode,
		exchangeRate: order.currency.exchangeRate ?? '1',
		total: order.totalValue.total,
		net: order.totalValue.net,
		tax: order.totalValue.taxAmount,
		warehouseId: order.warehouseId,
		channelId: order.assignment?.current?.channelId ?? null,
		shippingMethodId: order.delivery?.shippingMethodId ?? null,
		deliveryDate: order.delivery?.deliveryDate ?? null,
		allocation: ALLOCATION[ order.allocationStatusCode ?? '' ] ?? 'none',
		shipping: SHIPPING[ order.shippingStatusCode ?? '' ] ?? 'none',
		paymentStatus: order.orderPaymentStatus,
		cancelled: cancelledStatusId !== null && statusId === cancelledStatusId,
		addresses: {
			customer: addressOf( customer ),
			billing: addressOf( billing ),
			delivery: addressOf( delivery ),
		},
		rows: rowsOf( order, refs ),
	};
}

/** Rows as `sales-order` tells them (§1.3): only there is their external reference documented. */
export const rowRefsSchema = z.object( {
	rows: z.array( z.object( { id, externalRef: textOrNone } ) ).nullish(),
} );
