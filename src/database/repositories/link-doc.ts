/**
 * An order link as a row: what lists filter by in columns, the rest as one document. Nothing
 * is kept twice but times: beside the text as it was written stands the number that is
 * sorted and counted by.
 */
import { z } from 'zod';
import {
	brightpearlOrderSchema,
	orderStateSchema,
	proofSchema,
	stepSummarySchema,
} from '../../contracts/answers.ts';
import type { OrderLink } from '../../contracts/database.ts';
import { flag, type Tables } from '../tables.ts';

type Row = Tables[ 'order_links' ];
type Doc = Omit<
	OrderLink,
	| 'connection'
	| 'orderId'
	| 'number'
	| 'state'
	| 'storeStatus'
	| 'gone'
	| 'salesOrderId'
	| 'pushedAt'
	| 'updatedAt'
>;

const docSchema: z.ZodType< Doc > = z.object( {
	placedAt: z.string().nullable(),
	modifiedAt: z.string().nullable(),
	currency: z.string().nullable(),
	total: z.string().nullable(),
	decision: z.enum( [ 'held', 'ignored' ] ).nullable(),
	forced: z.boolean(),
	lines: z.array(
		z.object( {
			lineId: z.int(),
			productId: z.int(),
			variationId: z.int(),
			sku: z.string(),
			reduced: z.number(),
		} )
	),
	refunds: z.array( z.int() ),
	payments: z.array(
		z.object( {
			n: z.int(),
			amount: z.string(),
			paidAt: z.string(),
			paymentId: z.int().nullable(),
		} )
	),
	contactId: z.int().nullable(),
	allocation: z
		.object( {
			state: z.enum( [ 'all', 'part', 'none', 'not-needed' ] ),
			byLine: z.record( z.string(), z.number() ),
			shipped: z.boolean(),
			confirmedAt: z.string(),
		} )
		.nullable(),
	pending: z.array( stepSummarySchema ),
	brightpearl: brightpearlOrderSchema.nullable(),
	proof: proofSchema.nullable(),
	fingerprint: z.string().nullable(),
} );
const goneSchema = z.enum( [ 'trashed', 'deleted' ] ).nullable();

/** Sorts after every known time when newest come first. */
export const NOT_PLACED = -1;

export function emptyLink(
	connection: string,
	orderId: number,
	updatedAt: string
): OrderLink {
	return {
		connection,
		orderId,
		number: null,
		state: 'queued',
		storeStatus: null,
		placedAt: null,
		modifiedAt: null,
		currency: null,
		total: null,
		salesOrderId: null,
		decision: null,
		forced: false,
		gone: null,
		lines: [],
		refunds: [],
		payments: [],
		contactId: null,
		allocation: null,
		pending: [],
		brightpearl: null,
		proof: null,
		fingerprint: null,
		pushedAt: null,
		updatedAt,
	};
}

export function toRow( link: OrderLink ): Row {
	const {
		connection,
		orderId,
		number,
		state,
		storeStatus,
		gone,
		salesOrderId,
		pushedAt,
		updatedAt,
		...doc
	} = link;
	return {
		connection,
		order_id: orderId,
		number,
		state,
		store_status: storeStatus,
		placed_at:
			link.placedAt === null ? NOT_PLACED : Date.parse( link.placedAt ),
		gone,
		has_stock: flag( link.lines.some( ( line ) => line.reduced > 0 ) ),
		shipped: flag( link.allocation?.shipped ?? false ),
		sales_order_id: salesOrderId,
		pushed_at: pushedAt,
		pushed_time: pushedAt === null ? null : Date.parse( pushedAt ),
		updated_at: updatedAt,
		doc: JSON.stringify( doc satisfies Doc ),
	};
}

export function toLink( row: Row ): OrderLink {
	return {
		...docSchema.parse( JSON.parse( row.doc ) ),
		connection: row.connection,
		orderId: row.order_id,
		number: row.number,
		state: orderStateSchema.parse( row.state ),
		storeStatus: row.store_status,
		gone: goneSchema.parse( row.gone ),
		salesOrderId: row.sales_order_id,
		pushedAt: row.pushed_at,
		updatedAt: row.updated_at,
	};
}
