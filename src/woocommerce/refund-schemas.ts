/**
 * The border: refunds and notes of an order ("WooCommerce, as measured": *Money in orders*;
 * recorded in `orders/*.refunds.json` and `*.notes.json`).
 */
import { z } from 'zod';
import { decimalSchema } from '../contracts/primitives.ts';
import { gmt, text } from './schemas.ts';

const id = z.int().positive();
/** Recorded: a refund that was made without an amount shows `""`. */
const amountSchema = z
	.union( [ z.literal( '' ), decimalSchema ] )
	.transform( ( value ) => ( value === '' ? '0.00' : value ) );

const refundedItem = z
	.array(
		z.object( {
			key: z.string().catch( '' ),
			value: z.unknown().optional(),
		} )
	)
	.nullish()
	.transform( ( entries ) => {
		const entry = ( entries ?? [] ).find(
			( { key } ) => key === '_refunded_item_id'
		);
		// PHP keeps it as text; a plugin's may be a number.
		const item = Number( entry?.value ?? 0 );
		return Number.isSafeInteger( item ) && item > 0 ? item : null;
	} );

const chargeShape = {
	total: decimalSchema,
	total_tax: decimalSchema,
	meta_data: refundedItem,
};

/** Shops that leave out a list they have nothing in. */
const listOf = < T extends z.ZodType >( entry: T ) =>
	z
		.array( entry )
		.nullish()
		.transform( ( entries ) => entries ?? [] );

export const refundDetailSchema = z.object( {
	id,
	date_created_gmt: gmt,
	amount: amountSchema,
	reason: text,
	line_items: z.array(
		z.object( { ...chargeShape, name: text, quantity: z.number() } )
	),
	shipping_lines: listOf(
		z.object( { ...chargeShape, method_title: text } )
	),
	fee_lines: listOf( z.object( { ...chargeShape, name: text } ) ),
} );
export type RefundDetailJson = z.infer< typeof refundDetailSchema >;

/** Who refunded stays in the shop. */
export const REFUND_FIELDS = Object.keys( refundDetailSchema.shape ).join(
	','
);

export const noteSchema = z.object( {
	id,
	date_created_gmt: gmt,
	note: text,
	customer_note: z
		.boolean()
		.nullish()
		.transform( ( value ) => value ?? false ),
} );

/** Who wrote it stays in the shop. */
export const NOTE_FIELDS = Object.keys( noteSchema.shape ).join( ',' );
