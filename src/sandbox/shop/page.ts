/** A look inside, for people: products, the last orders, webhooks, the last requests. */
import { shown } from './decimal.ts';
import { escapeHtml } from '../http-kit.ts';
import type { RequestLog } from './request-log.ts';
import type { Shop } from './shop.ts';
import { gmtText } from './dates.ts';
import { stockKeeper } from './stock.ts';

const SHOWN = 100;

function table(
	heads: readonly string[],
	rows: readonly ( readonly ( string | number )[] )[]
): string {
	const cells = (
		tag: string,
		row: readonly ( string | number )[]
	): string =>
		row
			.map(
				( cell ) =>
					`<${ tag }>${ escapeHtml( String( cell ) ) }</${ tag }>`
			)
			.join( '' );
	return rows.length === 0
		? '<p>None yet.</p>'
		: `<table><thead><tr>${ cells( 'th', heads ) }</tr></thead><tbody>${ rows
				.map( ( row ) => `<tr>${ cells( 'td', row ) }</tr>` )
				.join( '\n' ) }</tbody></table>`;
}

export function renderPage( shop: Shop, log: RequestLog ): string {
	const orders = [ ...shop.orders.values() ].slice( -30 ).reverse();
	const products = [ ...shop.catalog.all() ]
		.filter( ( { type } ) => type !== 'variable' )
		.slice( 0, SHOWN );
	const name = escapeHtml( shop.settings.name );
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${ name } – shop sandbox</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem; color: #1e1e1e; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #ddd; overflow-wrap: break-word; hyphens: manual; }
</style>
</head>
<body>
<h1>${ name }</h1>
<p>A sandbox that stands in for a WooCommerce shop. ${ shop.orders.size } orders, ${ shop.catalog.size } products.</p>
<h2>Last orders</h2>
${ table(
	[ 'Order', 'Placed (UTC)', 'Status', 'Customer', 'Lines', 'Total' ],
	orders.map( ( order ) => [
		order.id,
		gmtText( order.created ).replace( 'T', ' ' ),
		order.status,
		`${ order.billing.first_name } ${ order.billing.last_name }`,
		order.line_items.length,
		`${ shown( order.total, shop.settings.decimals ) } ${ order.currency }`,
	] )
) }
<h2>Products</h2>
${ table(
	[ 'SKU', 'Name', 'Price', 'Stock' ],
	products.map( ( product ) => [
		product.sku,
		product.name,
		product.price,
		stockKeeper( shop, product )?.stock_quantity ?? product.stock_status,
	] )
) }
${ shop.catalog.size > SHOWN ? `<p>The first ${ SHOWN }.</p>` : '' }
<h2>Webhooks</h2>
${ table(
	[ 'Id', 'Topic', 'Status', 'Failures in a row', 'Goes to' ],
	[ ...shop.webhooks.values() ].map( ( webhook ) => [
		webhook.id,
		webhook.topic,
		webhook.status,
		webhook.failures,
		webhook.delivery_url,
	] )
) }
<h2>Last requests</h2>
${ table(
	[ 'At', 'Method', 'Path', 'Status' ],
	log
		.list( log.total - 30 )
		.reverse()
		.map( ( entry ) => [
			entry.at,
			entry.method,
			entry.path,
			entry.status,
		] )
) }
</body>
</html>
`;
}
