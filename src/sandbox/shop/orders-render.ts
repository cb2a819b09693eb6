/**
 * An order as REST v3 shows it: every key, in the recorded order.
 */
import { ZERO, shown, stored, sum } from './decimal.ts';
import { symbolOf } from './currencies.ts';
import { gmtText, localText } from './dates.ts';
import type {
	FeeLine,
	ItemTax,
	LineItem,
	Meta,
	Note,
	Order,
	Refund,
	ShippingLine,
	TaxLine,
} from './model.ts';
import { links } from './rest.ts';
import type { Shop } from './shop.ts';
import { productOf } from './stock.ts';

function times(
	shop: Shop,
	name: string,
	at: number | null
): [ string, string | null ] {
	return [
		name,
		at === null ? null : localText( shop.settings.timeZone, at ),
	];
}

/** `wp_kses_post`: what is neither an entity nor a tag is escaped (recorded: `024`). */
function displayValue( value: unknown ): unknown {
	return typeof value === 'string'
		? value
				.replace( /&(?!(?:[a-z]+\d*|#\d+|#x[\da-f]+);)/gi, '&amp;' )
				.replace( /<(?![a-z/!])/gi, '&lt;' )
		: value;
}

/** The key a customer reads: `size` of a variation's attribute shows as `Size`. */
function displayMeta( meta: Meta, isAttribute: boolean ): unknown {
	const label =
		isAttribute && ! meta.key.startsWith( '_' )
			? meta.key.charAt( 0 ).toUpperCase() + meta.key.slice( 1 )
			: meta.key;
	return {
		id: meta.id,
		key: meta.key,
		value: meta.value,
		display_key: label,
		display_value: displayValue( meta.value ),
	};
}

function renderTaxes( taxes: readonly ItemTax[], decimals: number ): unknown {
	return taxes.map( ( tax ) => ( {
		id: tax.id,
		total: shown( tax.total, decimals ),
		subtotal: shown( tax.subtotal, decimals ),
	} ) );
}

function renderLine( shop: Shop, line: LineItem, decimals: number ): unknown {
	const product = productOf( shop, line );
	const parent = product?.parent
		? shop.catalog.get( product.parent )
		: undefined;
	return {
		id: line.id,
		name: line.name,
		product_id: line.product_id,
		variation_id: line.variation_id,
		quantity: line.quantity,
		tax_class: line.tax_class,
		subtotal: shown( line.subtotal, decimals ),
		subtotal_tax: shown( line.subtotal_tax, decimals ),
		total: shown( line.total, decimals ),
		total_tax: shown( line.total_tax, decimals ),
		taxes: renderTaxes( line.taxes, decimals ),
		meta_data: line.meta_data.map( ( meta ) =>
			displayMeta( meta, line.variation_id !== 0 )
		),
		sku: product ? product.sku || ( parent?.sku ?? '' ) : line.sku,
		global_unique_id: product
			? product.global_unique_id
			: line.global_unique_id,
		// PHP's float division, unrounded: nobody may compute with it (recorded).
		price: line.quantity === 0 ? 0 : Number( line.total ) / line.quantity,
		image: { id: line.image_id, src: '' },
		parent_name: line.parent_name,
	};
}

function renderShipping( line: ShippingLine, decimals: number ): unknown {
	return {
		id: line.id,
		method_title: line.method_title,
		method_id: line.method_id,
		instance_id: line.instance_id,
		total: shown( line.total, decimals ),
		total_tax: shown( line.total_tax, decimals ),
		taxes: renderTaxes( line.taxes, decimals ),
		tax_status: line.tax_status,
		meta_data: line.meta_data.map( ( meta ) => displayMeta( meta, false ) ),
	};
}

function renderFee( line: FeeLine, decimals: number ): unknown {
	return {
		id: line.id,
		name: line.name,
		tax_class: line.tax_class,
		tax_status: line.tax_status,
		amount: line.amount,
		total: shown( line.total, decimals ),
		total_tax: shown( line.total_tax, decimals ),
		taxes: renderTaxes( line.taxes, decimals ),
		meta_data: line.meta_data.map( ( meta ) => displayMeta( meta, false ) ),
	};
}

function renderTaxLine( line: TaxLine, decimals: number ): unknown {
	return {
		...line,
		tax_total: shown( line.tax_total, decimals ),
		shipping_tax_total: shown( line.shipping_tax_total, decimals ),
	};
}

/** Negative tax of a refund: its lines', nothing when only an amount was given. */
export function refundTax( refund: Refund ): string {
	return stored(
		sum( [
			ZERO,
			...refund.line_items.map( ( line ) => line.total_tax ),
			...refund.shipping_lines.map( ( line ) => line.total_tax ),
			...refund.fee_lines.map( ( line ) => line.total_tax ),
		] )
	);
}

/** `dp` of the request, else the recorded order's own, else the shop's as it is now. */
export function decimalsOf(
	shop: Shop,
	order: Order,
	dp: string | undefined
): number {
	return dp !== undefined && /^\d+$/.test( dp )
		? Math.min( Number( dp ), 20 )
		: ( order.decimals ?? shop.settings.decimals );
}

export function renderOrder(
	shop: Shop,
	order: Order,
	dp?: string
): Record< string, unknown > {
	const decimals = decimalsOf( shop, order, dp );
	const money = ( text: string ): string => shown( text, decimals );
	const unpaid = [ 'pending', 'failed', 'checkout-draft' ];
	return {
		id: order.id,
		parent_id: order.parent_id,
		status: order.status,
		currency: order.currency,
		version: order.version,
		prices_include_tax: order.prices_include_tax,
		...Object.fromEntries( [
			times( shop, 'date_created', order.created ),
			times( shop, 'date_modified', order.modified ),
		] ),
		discount_total: money( order.discount_total ),
		discount_tax: money( order.discount_tax ),
		shipping_total: money( order.shipping_total ),
		shipping_tax: money( order.shipping_tax ),
		cart_tax: money( order.cart_tax ),
		total: money( order.total ),
		total_tax: money( order.total_tax ),
		customer_id: order.customer_id,
		order_key: order.order_key,
		billing: order.billing,
		shipping: order.shipping,
		payment_method: order.payment_method,
		payment_method_title: order.payment_method_title,
		transaction_id: order.transaction_id,
		customer_ip_address: order.customer_ip_address,
		customer_user_agent: order.customer_user_agent,
		created_via: order.created_via,
		customer_note: order.customer_note,
		...Object.fromEntries( [
			times( shop, 'date_completed', order.completed ),
			times( shop, 'date_paid', order.paid ),
		] ),
		cart_hash: order.cart_hash,
		number: String( order.id ),
		meta_data: order.meta_data,
		line_items: order.line_items.map( ( line ) =>
			renderLine( shop, line, decimals )
		),
		tax_lines: order.tax_lines.map( ( line ) =>
			renderTaxLine( line, decimals )
		),
		shipping_lines: order.shipping_lines.map( ( line ) =>
			renderShipping( line, decimals )
		),
		fee_lines: order.fee_lines.map( ( line ) =>
			renderFee( line, decimals )
		),
		coupon_lines: order.coupon_lines.map( ( line ) => ( {
			...line,
			meta_data: line.meta_data.map( ( meta ) =>
				displayMeta( meta, false )
			),
		} ) ),
		refunds: order.refunds.map( ( refund ) => ( {
			id: refund.id,
			reason: refund.reason,
			total: money(
				stored( sum( [ refund.amount || '0' ] ).times( -1 ) )
			),
			total_tax: money( refundTax( refund ) ),
		} ) ),
		payment_url: `${ shop.home }/checkout/order-pay/${ order.id }/?pay_for_order=true&key=${ order.order_key }`,
		is_editable: [ 'pending', 'on-hold', 'auto-draft' ].includes(
			order.status
		),
		needs_payment:
			unpaid.includes( order.status ) && Number( order.total ) > 0,
		needs_processing: order.line_items.length > 0,
		date_created_gmt: gmtText( order.created ),
		date_modified_gmt: gmtText( order.modified ),
		date_completed_gmt:
			order.completed === null ? null : gmtText( order.completed ),
		date_paid_gmt: order.paid === null ? null : gmtText( order.paid ),
		currency_symbol: symbolOf( order.currency ),
		_links: {
			...links( shop.home, `orders/${ order.id }` ),
			...( order.customer_id === 0
				? {}
				: {
						customer: [
							{
								href: `${ shop.home }/wp-json/wc/v3/customers/${ order.customer_id }`,
							},
						],
					} ),
			email_templates: [
				{
					embeddable: true,
					href: `${ shop.home }/wp-json/wc/v3/orders/${ order.id }/actions/email_templates`,
				},
			],
		},
	};
}

function upLinks( shop: Shop, order: Order, path: string ): unknown {
	return {
		...links( shop.home, `orders/${ order.id }/${ path }`, [
			'GET',
			'DELETE',
		] ),
		up: [ { href: `${ shop.home }/wp-json/wc/v3/orders/${ order.id }` } ],
	};
}

export function renderRefund(
	shop: Shop,
	order: Order,
	refund: Refund,
	dp?: string
): unknown {
	const decimals = decimalsOf( shop, order, dp );
	return {
		id: refund.id,
		date_created: localText( shop.settings.timeZone, refund.created ),
		date_created_gmt: gmtText( refund.created ),
		amount: shown( refund.amount, decimals ),
		reason: refund.reason,
		refunded_by: refund.refunded_by,
		refunded_payment: refund.refunded_payment,
		meta_data: refund.meta_data,
		line_items: refund.line_items.map( ( line ) =>
			renderLine( shop, line, decimals )
		),
		shipping_lines: refund.shipping_lines.map( ( line ) =>
			renderShipping( line, decimals )
		),
		tax_lines: refund.tax_lines.map( ( line ) =>
			renderTaxLine( line, decimals )
		),
		fee_lines: refund.fee_lines.map( ( line ) =>
			renderFee( line, decimals )
		),
		_links: upLinks( shop, order, `refunds/${ refund.id }` ),
	};
}

export function renderNote( shop: Shop, order: Order, note: Note ): unknown {
	return {
		id: note.id,
		author: note.author,
		date_created: localText( shop.settings.timeZone, note.created ),
		date_created_gmt: gmtText( note.created ),
		note: note.note,
		customer_note: note.customer_note,
		_links: upLinks( shop, order, `notes/${ note.id }` ),
	};
}
