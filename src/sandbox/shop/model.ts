/**
 * What the sandbox's shop holds. Items of an order keep the names of the REST answer, so
 * that showing one is formatting and nothing else; amounts are decimal strings with at most
 * six decimals, as WooCommerce stores them, and times are milliseconds at whole seconds.
 */

export interface Meta {
	id: number;
	key: string;
	value: unknown;
}

export interface ItemTax {
	id: number;
	total: string;
	/** '' on shipping and fee lines. */
	subtotal: string;
}

export interface LineItem {
	id: number;
	name: string;
	product_id: number;
	variation_id: number;
	quantity: number;
	tax_class: string;
	subtotal: string;
	subtotal_tax: string;
	total: string;
	total_tax: string;
	taxes: ItemTax[];
	meta_data: Meta[];
	/** As known when the line was made; a product that still exists is asked instead. */
	sku: string | null;
	global_unique_id: string | null;
	image_id: number | '';
	parent_name: string | null;
}

export interface ShippingLine {
	id: number;
	method_title: string;
	method_id: string;
	instance_id: string;
	total: string;
	total_tax: string;
	taxes: ItemTax[];
	tax_status: string;
	meta_data: Meta[];
}

export interface FeeLine {
	id: number;
	name: string;
	tax_class: string;
	tax_status: string;
	amount: string;
	total: string;
	total_tax: string;
	taxes: ItemTax[];
	meta_data: Meta[];
}

export interface CouponLine {
	id: number;
	code: string;
	/** Plain decimals always, also with `dp=6`. */
	discount: string;
	discount_tax: string;
	meta_data: Meta[];
	discount_type: string;
	nominal_amount: number;
	free_shipping: boolean;
}

export interface TaxLine {
	id: number;
	rate_code: string;
	rate_id: number;
	label: string;
	compound: boolean;
	tax_total: string;
	shipping_tax_total: string;
	rate_percent: number;
	meta_data: Meta[];
}

export interface Address {
	first_name: string;
	last_name: string;
	company: string;
	address_1: string;
	address_2: string;
	city: string;
	state: string;
	postcode: string;
	country: string;
	phone: string;
}

export interface BillingAddress extends Address {
	email: string;
}

export interface Refund {
	id: number;
	created: number;
	/** '' when none was given. */
	amount: string;
	reason: string;
	refunded_by: number;
	refunded_payment: boolean;
	meta_data: Meta[];
	line_items: LineItem[];
	shipping_lines: ShippingLine[];
	tax_lines: TaxLine[];
	fee_lines: FeeLine[];
}

export interface Note {
	id: number;
	author: string;
	created: number;
	note: string;
	customer_note: boolean;
}

export interface Order {
	id: number;
	status: string;
	currency: string;
	version: string;
	prices_include_tax: boolean;
	created: number;
	modified: number;
	completed: number | null;
	paid: number | null;
	discount_total: string;
	discount_tax: string;
	shipping_total: string;
	shipping_tax: string;
	cart_tax: string;
	total: string;
	total_tax: string;
	customer_id: number;
	order_key: string;
	billing: BillingAddress;
	shipping: Address;
	payment_method: string;
	payment_method_title: string;
	transaction_id: string;
	customer_ip_address: string;
	customer_user_agent: string;
	created_via: string;
	customer_note: string;
	cart_hash: string;
	parent_id: number;
	meta_data: Meta[];
	line_items: LineItem[];
	tax_lines: TaxLine[];
	shipping_lines: ShippingLine[];
	fee_lines: FeeLine[];
	coupon_lines: CouponLine[];
	refunds: Refund[];
	notes: Note[];
	/** The order's own flag, beside the lines' `_reduced_stock`. */
	stock_reduced: boolean;
	/** A checkout that waits for its card holds its pieces until then, unseen by REST. */
	held_until: number | null;
	/** Decimals shown when not the shop's (recorded orders of other currencies). */
	decimals: number | null;
}

export interface Product {
	id: number;
	parent: number;
	type: 'simple' | 'variable' | 'variation';
	name: string;
	/** '' = none; a variation without one shows its parent's. */
	sku: string;
	price: string;
	tax_status: string;
	tax_class: string;
	virtual: boolean;
	/** Its own; a variation without may follow its parent. */
	manage_stock: boolean;
	stock_quantity: number | null;
	stock_status: string;
	backorders: string;
	status: string;
	/** Status before the trash. */
	trashed_from: string | null;
	global_unique_id: string;
	attributes: unknown[];
	created: number;
	modified: number;
	total_sales: number;
}

export interface Webhook {
	id: number;
	name: string;
	status: 'active' | 'paused' | 'disabled';
	topic: string;
	delivery_url: string;
	secret: string;
	created: number;
	modified: number;
	/** Failures in a row; the seventh disables, and the count then stays at six. */
	failures: number;
	/** The ping was not answered with exactly 200 yet: another follows every delivery. */
	pending_ping: boolean;
}

export interface TaxRate {
	id: number;
	country: string;
	state: string;
	/** Percent with four decimals, as the taxes route shows it. */
	rate: string;
	name: string;
	priority: number;
	compound: boolean;
	shipping: boolean;
	/** '' = standard. */
	class: string;
}

export interface ShopSettings {
	name: string;
	currency: string;
	decimals: number;
	baseCountry: string;
	/** IANA zone of the site. */
	timeZone: string;
	pricesIncludeTax: boolean;
	roundAtSubtotal: boolean;
	/** Webhook deliveries at all (the shop's queue runner switched off). */
	webhooks: boolean;
	/** Milliseconds from a change to its delivery, before `speed`. */
	webhookDelay: number;
	/** What the site calls itself after a move or as a copy; null = its own address. */
	saysHome: string | null;
	/** WooCommerce's id of the shop; null = after the seed. */
	storeId: string | null;
}

export type ShopEvent =
	| {
			kind: 'order';
			orderId: number;
			status: string;
			total: string;
			currency: string;
			lines: number;
			name: string;
	  }
	| {
			kind: 'stock';
			productId: number;
			sku: string;
			from: number | null;
			to: number | null;
			cause: 'order' | 'rest' | 'hand';
	  }
	| {
			kind: 'delivery';
			webhookId: number;
			topic: string;
			resourceId: number;
			/** Null = nobody answered. */
			status: number | null;
			ok: boolean;
	  }
	| { kind: 'webhook-disabled'; webhookId: number; topic: string };
