/**
 * An order as REST v3 shows it: every key, in the recorded order.
 */
import { symbolOf } from './currencies.ts';
import { gmtText, localText } from './dates.ts';
import { shown, stored, sum } from './decimal.ts';
import {
	decimalsOf,
	displayMeta,
	renderFee,
	renderLine,
	renderShipping,
	renderTaxLine,
} from './items-render.ts';
import type { Order } from './model.ts';
import { refundTax } from './refunds-render.ts';
import type { Reply } from './rest.ts';
import { links, restError } from './rest.ts';
import type { Shop } from './shop.ts';

/** As a webhook shows an order that is gone, too. */
export function unknownOrder( status: number ): Reply {
	return restError(
		status,
		'woocommerce_rest_shop_order_invalid_id',
		'Invalid ID.'
	);
}

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
