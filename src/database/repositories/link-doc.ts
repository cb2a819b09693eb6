/**
 * An order link as a row: what lists filter by in columns, the rest as one document. Nothing
 * is kept twice but times: beside the text as it was written stands the number that is
 * sorted and counted by.
 */
import { z } from 'zod';
import {
	brightpearlOrderSchema,
	conflictSchema,
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
	| 'customerKey'
	| 'pushedAt'
	| 'updatedAt'
>;

const reversedSchema = z.object( { paymentId: z.int().nullable() } ).nullable();

const partSchema = z.object( {
	mark: z.string(),
	found: z.string().nullable(),
} );
const pushedSchema = z.object( {
	storeStatus: z.string(),
	statusId: z.int().nullable(),
	rows: z.array(
		z.object( {
			ref: z.string(),
			mark: z.string(),
			productId: z.int().nullable(),
			name: z.string(),
			quantity: z.string(),
			taxCode: z.string(),
			net: z.string(),
			tax: z.string(),
			nominalCode: z.string().nullable(),
			found: z
				.object( {
					rowId: z.int(),
					productId: z.int(),
					quantity: z.string(),
					net: z.string(),
					tax: z.string(),
					taxCode: z.string().nullable(),
				} )
				.nullable(),
		} )
	),
	parts: z.object( {
		reference: partSchema,
		billing: partSchema,
		delivery: partSchema,
		shippingMethod: partSchema,
	} ),
} );

/** What an earlier version did not keep has its default. */
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
			reversed: reversedSchema.default( null ),
		} )
	),
	credits: z
		.array(
			z.object( {
				refundId: z.int(),
				salesCreditId: z.int().nullable(),
				total: z.string(),
				refund: z
					.object( {
						amount: z.string(),
						paymentId: z.int().nullable(),
						reversed: reversedSchema,
					} )
					.nullable(),
				emptied: z.boolean(),
				settled: z.boolean().default( false ),
			} )
		)
		.default( [] ),
	contactId: z.int().nullable(),
	allocation: z
		.object( {
			state: z.enum( [ 'all', 'part', 'none', 'not-needed' ] ),
			byLine: z.record( z.string(), z.number() ),
			shipped: z.boolean(),
			confirmedAt: z.string(),
		} )
		.nullable(),
	reserved: z.record( z.string(), z.number() ).nullable().default( null ),
	pushed: pushedSchema.nullable().default( null ),
	cancelled: z.boolean().default( false ),
	notes: z.array( z.string() ).default( [] ),
	fields: z.record( z.string(), z.string() ).default( {} ),
	writtenBack: z
		.object( {
			salesOrderId: z.int().nullable(),
			statusId: z.int().nullable(),
			status: z.string().nullable(),
			noted: z.boolean(),
		} )
		.nullable()
		.default( null ),
	conflicts: z.array( conflictSchema ).default( [] ),
	accepted: z.string().nullable().default( null ),
	resolve: z.enum( [ 'store', 'brightpearl' ] ).nullable().default( null ),
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
		credits: [],
		contactId: null,
		customerKey: null,
		allocation: null,
		reserved: null,
		pushed: null,
		cancelled: false,
		notes: [],
		fields: {},
		writtenBack: null,
		conflicts: [],
		accepted: null,
		resolve: null,
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
		customerKey,
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
		customer_key: customerKey,
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
		customerKey: row.customer_key,
		pushedAt: row.pushed_at,
		updatedAt: row.updated_at,
	};
}
