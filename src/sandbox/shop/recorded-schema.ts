/** What a recorded order holds; the parts that follow from others are left out. */
import { z } from 'zod';

const amount = z.string();
const meta = z.array(
	z.object( { id: z.int(), key: z.string(), value: z.unknown() } )
);
const taxes = z.array(
	z.object( { id: z.int(), total: amount, subtotal: amount } )
);
const line = z.object( {
	id: z.int(),
	name: z.string(),
	product_id: z.int(),
	variation_id: z.int(),
	quantity: z.number(),
	tax_class: z.string(),
	subtotal: amount,
	subtotal_tax: amount,
	total: amount,
	total_tax: amount,
	taxes,
	meta_data: meta,
	sku: z.string().nullable(),
	global_unique_id: z.string().nullable(),
	price: z.number(),
	image: z.object( { id: z.union( [ z.number(), z.literal( '' ) ] ) } ),
	parent_name: z.string().nullable(),
} );
/** A line as it was recorded. */
export type RecordedLine = z.infer< typeof line >;
const shippingLine = z.object( {
	id: z.int(),
	method_title: z.string(),
	method_id: z.string(),
	instance_id: z.string(),
	total: amount,
	total_tax: amount,
	taxes,
	tax_status: z.string(),
	meta_data: meta,
} );
const feeLine = z.object( {
	id: z.int(),
	name: z.string(),
	tax_class: z.string(),
	tax_status: z.string(),
	amount,
	total: amount,
	total_tax: amount,
	taxes,
	meta_data: meta,
} );
const taxLine = z.object( {
	id: z.int(),
	rate_code: z.string(),
	rate_id: z.int(),
	label: z.string(),
	compound: z.boolean(),
	tax_total: amount,
	shipping_tax_total: amount,
	rate_percent: z.number(),
	meta_data: meta,
} );
const address = {
	first_name: z.string(),
	last_name: z.string(),
	company: z.string(),
	address_1: z.string(),
	address_2: z.string(),
	city: z.string(),
	state: z.string(),
	postcode: z.string(),
	country: z.string(),
};
const items = {
	line_items: z.array( line ),
	shipping_lines: z.array( shippingLine ),
	fee_lines: z.array( feeLine ),
	tax_lines: z.array( taxLine ),
	meta_data: meta,
};
const time = z.string().regex( /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/ );

export const orderSchema = z.object( {
	...items,
	id: z.int(),
	parent_id: z.int(),
	status: z.string(),
	currency: z.string(),
	version: z.string(),
	prices_include_tax: z.boolean(),
	discount_total: amount,
	discount_tax: amount,
	shipping_total: amount,
	shipping_tax: amount,
	cart_tax: amount,
	total: amount,
	total_tax: amount,
	customer_id: z.int(),
	order_key: z.string(),
	billing: z.object( { ...address, email: z.string(), phone: z.string() } ),
	shipping: z.object( { ...address, phone: z.string() } ),
	payment_method: z.string(),
	payment_method_title: z.string(),
	transaction_id: z.string(),
	customer_ip_address: z.string(),
	customer_user_agent: z.string(),
	created_via: z.string(),
	customer_note: z.string(),
	cart_hash: z.string(),
	coupon_lines: z.array(
		z.object( {
			id: z.int(),
			code: z.string(),
			discount: amount,
			discount_tax: amount,
			meta_data: meta,
			discount_type: z.string(),
			nominal_amount: z.number(),
			free_shipping: z.boolean(),
		} )
	),
	refunds: z.array(
		z.object( {
			id: z.int(),
			reason: z.string(),
			total: amount,
			total_tax: amount,
		} )
	),
	date_created_gmt: time,
	date_modified_gmt: time,
	date_completed_gmt: time.nullable(),
	date_paid_gmt: time.nullable(),
} );

export const refundSchema = z.object( {
	...items,
	id: z.int(),
	date_created_gmt: time,
	amount,
	reason: z.string(),
	refunded_by: z.int(),
	refunded_payment: z.boolean(),
} );

export const noteSchema = z.object( {
	id: z.int(),
	author: z.string(),
	date_created_gmt: time,
	note: z.string(),
	customer_note: z.boolean(),
} );
