/** Refunds, and what an order shows of them. */
import { gmtText, localText } from './dates.ts';
import { ZERO, shown, stored, sum } from './decimal.ts';
import {
	decimalsOf,
	renderFee,
	renderLine,
	renderShipping,
	renderTaxLine,
} from './items-render.ts';
import type { Order, Refund } from './model.ts';
import { links } from './rest.ts';
import type { Shop } from './shop.ts';

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
		_links: {
			...links(
				shop.home,
				`orders/${ order.id }/refunds/${ refund.id }`,
				[ 'GET', 'DELETE' ]
			),
			up: [
				{ href: `${ shop.home }/wp-json/wc/v3/orders/${ order.id }` },
			],
		},
	};
}
