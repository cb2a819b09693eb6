/**
 * The page at the sandbox's root: look inside. Plain HTML, every text escaped, no script.
 */
import { escapeHtml } from '../http-kit.ts';
import { isCancelled } from './account.ts';
import type { Account } from './account.ts';
import { describeStock } from './describe.ts';
import { codesOf, paymentStatusOf, totalsOf } from './order-state.ts';
import type { Sandbox, Tenant } from './sandbox.ts';

const SHOWN_ORDERS = 50;
const SHOWN_REQUESTS = 40;

/** A piece of markup, as opposed to text that must be escaped. */
interface Markup {
	readonly html: string;
}
type Content = string | number | Markup;

const write = ( content: Content ): string =>
	typeof content === 'object'
		? content.html
		: escapeHtml( String( content ) );

function table(
	heads: readonly string[],
	rows: readonly ( readonly Content[] )[]
): string {
	if ( rows.length === 0 ) {
		return '<p>Nothing yet.</p>';
	}
	const head = heads.map(
		( text ) => `<th scope="col">${ escapeHtml( text ) }</th>`
	);
	const body = rows.map(
		( row ) =>
			`<tr>${ row.map( ( cell ) => `<td>${ write( cell ) }</td>` ).join( '' ) }</tr>`
	);
	return `<div class="scroll"><table><thead><tr>${ head.join( '' ) }</tr></thead><tbody>${ body.join( '\n' ) }</tbody></table></div>`;
}

function ordersOf( account: Account ): string {
	const ids = account.tables.orders.ids().slice( -SHOWN_ORDERS ).reverse();
	const rows = ids.flatMap( ( id ) => {
		const order = account.tables.orders.get( id );
		if ( ! order ) {
			return [];
		}
		const { total } = totalsOf( order );
		const codes = codesOf( account, order );
		const lines = order.rows
			.map( ( row ) => `${ Number( row.quantity ) } × ${ row.name }` )
			.join( '\n' );
		return [
			[
				order.id,
				order.ref,
				order.externalRef ?? '',
				order.deliveryAddress.addressFullName,
				{
					html: `<details><summary>${ order.rows.length }</summary><pre>${ escapeHtml( lines ) }</pre></details>`,
				},
				`${ total } ${ order.currency }`,
				paymentStatusOf( account, order ),
				codes.allocation,
				isCancelled( account, order ) ? 'cancelled' : codes.shipping,
			],
		];
	} );
	return table(
		[
			'Order',
			'Reference',
			'External reference',
			'Name',
			'Rows',
			'Total',
			'Payment',
			'Allocation',
			'Shipping',
		],
		rows
	);
}

function stockOf( { account, recent }: Tenant ): string {
	const rows = recent.flatMap( ( productId ) => {
		const stock = describeStock( account, productId );
		return Object.entries( stock.warehouses ).map( ( [ key, level ] ) => [
			stock.sku ?? '',
			stock.name ?? '',
			account.profile.warehouses.find(
				( { id } ) => id === Number( key )
			)?.name ?? key,
			level.inStock,
			level.allocated,
			level.onHand,
		] );
	} );
	return table(
		[ 'SKU', 'Product', 'Warehouse', 'In stock', 'Allocated', 'On hand' ],
		rows
	);
}

const accountPart = ( tenant: Tenant ): string => {
	const { account } = tenant;
	const { orders, contacts, payments, products } = account.tables;
	return `<section><h2>${ escapeHtml( account.code ) }</h2>
<p>${ account.profile.baseCurrency }, ${ escapeHtml( account.profile.timeZone ) }: ${ orders.size() } orders, ${ payments.size() } payments, ${ contacts.size() } contacts, ${ products.size() } products</p>
<h3>Orders, newest first</h3>${ ordersOf( account ) }
<h3>Stock that moved last</h3>${ stockOf( tenant ) }</section>`;
};

const STYLE = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{margin:0 auto;max-width:76rem;padding:1rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #8884}
.scroll{overflow-x:auto}pre{margin:.3rem 0;white-space:pre-wrap}`;

export function renderPage( sandbox: Sandbox ): string {
	const requests = sandbox.log
		.since( Math.max( 0, sandbox.log.last() - SHOWN_REQUESTS ) )
		.toReversed()
		.map( ( entry ) => [
			entry.n,
			entry.at,
			entry.method,
			entry.path,
			entry.status === 0 ? 'answer lost' : entry.status,
			entry.fault ?? '',
		] );
	const faults = sandbox.faults
		.list()
		.map( ( fault ) => [
			fault.kind,
			fault.rate,
			fault.method ?? 'any',
			fault.path ?? 'any',
			fault.count ?? 'no end',
			fault.fired,
		] );
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Brightpearl sandbox</title><style>${ STYLE }</style></head><body>
<h1>Brightpearl sandbox</h1>
<p>An imitation of Brightpearl's API for trying things out. Reload to see what is new.</p>
${ [ ...sandbox.tenants.values() ].map( accountPart ).join( '\n' ) }
<section><h2>Faults that are switched on</h2>${ table( [ 'Kind', 'Rate', 'Method', 'Path', 'Count', 'Went off' ], faults ) }</section>
<section><h2>Last requests</h2>${ table( [ 'No.', 'At', 'Method', 'Path', 'Status', 'Fault' ], requests ) }</section>
</body></html>
`;
}
