/**
 * The border: JSON of WooCommerce's REST v3 (and of its webhooks, which carry the same).
 * Unknown fields are tolerated, wrong types refused with the field's name.
 */
import { z } from 'zod';
import { decimalSchema } from '../contracts/primitives.ts';

/** Text that plugins drop or null. */
export const text = z
	.string()
	.nullish()
	.transform( ( value ) => value ?? '' );
const id = z.int().positive();
/** 0 = none; a deleted product leaves 0, some plugins null. */
const reference = z
	.int()
	.min( 0 )
	.nullish()
	.transform( ( value ) => value ?? 0 );
/** WooCommerce's GMT times carry no zone: `2026-11-21T05:25:59`. */
export const gmt = z
	.string()
	.regex( /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/, 'is not a time' )
	.transform( ( value ) => new Date( `${ value }Z` ) )
	.refine( ( date ) => ! Number.isNaN( date.getTime() ), 'is not a time' )
	.transform( ( date ) => date.toISOString() );

const addressSchema = z.object( {
	first_name: text,
	last_name: text,
	company: text,
	address_1: text,
	address_2: text,
	city: text,
	state: text,
	postcode: text,
	country: text,
	email: text,
	phone: text,
} );

const metaSchema = z.object( {
	key: z.string().catch( '' ),
	value: z.unknown().optional(),
	display_key: z.unknown().optional(),
	display_value: z.unknown().optional(),
} );
/** An empty one is printed as nothing by some plugins. */
const metaList = z
	.array( metaSchema )
	.nullish()
	.transform( ( value ) => value ?? [] );

/** Rate ids of tax services are texts. */
const rateId = z.union( [ z.int(), z.string() ] ).transform( String );
const rowTaxes = z
	.array( z.object( { id: rateId } ) )
	.nullish()
	.transform( ( value ) => value ?? [] );

const lineSchema = z.object( {
	id,
	name: text,
	product_id: reference,
	variation_id: reference,
	sku: text,
	quantity: z.number(),
	tax_class: text,
	subtotal: decimalSchema,
	subtotal_tax: decimalSchema,
	total: decimalSchema,
	total_tax: decimalSchema,
	taxes: rowTaxes,
	meta_data: metaList,
} );

const chargeShape = {
	id,
	total: decimalSchema,
	total_tax: decimalSchema,
	tax_status: z
		.string()
		.nullish()
		.transform( ( value ) => value ?? 'taxable' ),
	taxes: rowTaxes,
};

const shippingLineSchema = z.object( {
	...chargeShape,
	method_title: text,
	method_id: text,
	instance_id: z
		.union( [ z.string(), z.int() ] )
		.nullish()
		.transform( ( value ) => String( value ?? '' ) ),
} );

const feeSchema = z.object( { ...chargeShape, name: text, tax_class: text } );

const taxLineSchema = z.object( {
	rate_id: rateId,
	label: text,
	compound: z
		.boolean()
		.nullish()
		.transform( ( value ) => value ?? false ),
	/** Null on orders of very old shops. */
	rate_percent: z.union( [ z.number(), decimalSchema ] ).nullish(),
} );

const couponSchema = z.object( {
	id,
	code: text,
	discount: decimalSchema,
	discount_tax: decimalSchema,
} );

const refundSchema = z.object( { id, reason: text, total: decimalSchema } );

export const orderSchema = z.object( {
	id,
	number: z.union( [ z.string(), z.int() ] ).transform( String ),
	status: z.string().min( 1 ),
	currency: z.string().min( 1 ),
	prices_include_tax: z.boolean(),
	date_created_gmt: gmt,
	date_modified_gmt: gmt.nullish(),
	date_paid_gmt: gmt.nullish(),
	date_completed_gmt: gmt.nullish(),
	total: decimalSchema,
	total_tax: decimalSchema,
	payment_method: text,
	payment_method_title: text,
	transaction_id: text,
	customer_note: text,
	created_via: text,
	customer_id: reference,
	billing: addressSchema,
	shipping: addressSchema,
	line_items: z.array( lineSchema ),
	tax_lines: z.array( taxLineSchema ),
	shipping_lines: z.array( shippingLineSchema ),
	fee_lines: z.array( feeSchema ),
	coupon_lines: z.array( couponSchema ),
	refunds: z.array( refundSchema ),
	meta_data: metaList,
} );
export type OrderJson = z.infer< typeof orderSchema >;

/** All that is asked for of an order: the visitor's address stays in the shop. */
export const ORDER_FIELDS = Object.keys( orderSchema.shape ).join( ',' );

/** A product or, through `/variations` or a search by SKU, a variation. */
export const itemSchema = z.object( {
	id,
	parent_id: reference,
	type: z.string().optional(),
	sku: text,
	manage_stock: z.union( [ z.boolean(), z.literal( 'parent' ) ] ),
	stock_quantity: z
		.number()
		.nullish()
		.transform( ( value ) => value ?? null ),
	backorders: z
		.string()
		.nullish()
		.transform( ( value ) => value ?? 'no' ),
	date_modified_gmt: gmt.nullish(),
} );
export type ItemJson = z.infer< typeof itemSchema >;
export const ITEM_FIELDS = Object.keys( itemSchema.shape ).join( ',' );

/** One entry of a batch's answer: the item as it is now, or why not. */
export const batchEntrySchema = z.object( {
	id: z.int().nullish(),
	manage_stock: z.union( [ z.boolean(), z.literal( 'parent' ) ] ).optional(),
	stock_quantity: z.number().nullish(),
	error: z
		.object( {
			code: z.union( [ z.string(), z.number() ] ).transform( String ),
			message: z.string().catch( '' ),
		} )
		.optional(),
} );
export type BatchEntry = z.infer< typeof batchEntrySchema >;

/** An empty batch answers `[]`. */
export const batchAnswerSchema = z.object( {
	update: z.array( z.unknown() ),
} );

/** What WordPress tells anybody at `/wp-json/`. */
export const indexSchema = z.object( {
	name: z.string().catch( '' ),
	home: z.string().optional(),
	namespaces: z.array( z.string() ),
	timezone_string: z.string().catch( '' ),
	gmt_offset: z.union( [ z.number(), z.string() ] ).optional(),
} );

export const systemStatusSchema = z.object( {
	environment: z
		.object( { version: z.string().nullish().catch( null ) } )
		.optional(),
	settings: z
		.object( {
			currency: z.string().nullish().catch( null ),
			number_of_decimals: z.number().nullish().catch( null ),
		} )
		.optional(),
} );

export const currencySchema = z.object( { code: z.string() } );

/** The fields a schema refused, in words: `line_items.0.total: expected string, …`. */
export function whyRefused( error: z.ZodError ): string {
	const shown = error.issues.slice( 0, 3 ).map( ( issue ) => {
		const path = issue.path.join( '.' );
		return path === '' ? issue.message : `${ path }: ${ issue.message }`;
	} );
	const more = error.issues.length - shown.length;
	return shown.join( '; ' ) + ( more > 0 ? ` (and ${ more } more)` : '' );
}
