/**
 * The `order` resource as it is recorded (resources reference, §1.4) and what we make of it.
 */
import { z } from 'zod';
import type { OrderRow, SalesOrder } from './api.ts';
import {
	count,
	decimal,
	flag,
	id,
	idOrNone,
	quantity,
	textOrNone,
	timeOrNone,
} from './fields.ts';

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
		rowNet: money,
		rowTax: money,
	} ),
	externalRef: textOrNone,
	composition: z
		.object( {
			bundleParent: flag.optional(),
			bundleChild: flag.optional(),
			parentOrderRowId: z.int().min( 0 ).optional(),
		} )
		.optional(),
} );

export const orderSchema = z.object( {
	id,
	orderTypeCode: z.string(),
	reference: textOrNone,
	externalRef: textOrNone,
	orderStatus: z.object( { orderStatusId: idOrNone } ).optional(),
	orderPaymentStatus: textOrNone,
	allocationStatusCode: textOrNone,
	shippingStatusCode: textOrNone,
	placedOn: timeOrNone,
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
			customer: z.object( { contactId: idOrNone } ).optional(),
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
			externalRef: row.externalRef ?? refs.get( row.id ) ?? null,
			bundleParent: row.composition?.bundleParent ?? false,
			bundleChild: row.composition?.bundleChild ?? false,
			parentRowId: row.composition?.parentOrderRowId ?? 0,
		} ) );
}

export function toSalesOrder(
	order: OrderResource,
	cancelledStatusId: number | null,
	refs: RowRefs
): SalesOrder {
	const statusId = order.orderStatus?.orderStatusId ?? null;
	return {
		id: order.id,
		externalRef: order.externalRef,
		reference: order.reference,
		statusId,
		contactId: order.parties?.customer?.contactId ?? null,
		placedOn: order.placedOn,
		currency: order.currency.orderCurrencyCode,
		exchangeRate: order.currency.exchangeRate ?? '1',
		total: order.totalValue.total,
		net: order.totalValue.net,
		tax: order.totalValue.taxAmount,
		warehouseId: order.warehouseId,
		channelId: order.assignment?.current?.channelId ?? null,
		allocation: ALLOCATION[ order.allocationStatusCode ?? '' ] ?? 'none',
		shipping: SHIPPING[ order.shippingStatusCode ?? '' ] ?? 'none',
		paymentStatus: order.orderPaymentStatus,
		cancelled: cancelledStatusId !== null && statusId === cancelledStatusId,
		rows: rowsOf( order, refs ),
	};
}

/** Rows as `sales-order` tells them (§1.3): only there is their external reference documented. */
export const salesOrderRefsSchema = z.array(
	z.object( {
		rows: z.array( z.object( { id, externalRef: textOrNone } ) ).nullish(),
	} )
);
