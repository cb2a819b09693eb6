/**
 * The pages at the sandbox's root: look inside, and act as staff would. Plain HTML without script.
 */
import { escapeHtml } from '../http-kit.ts';
import { isCancelled } from './account.ts';
import type { Account } from './account.ts';
import { codesOf, paymentStatusOf, totalsOf } from './order-state.ts';
import { link, markup, page, table } from './page-html.ts';
import type { Notice } from './page-html.ts';
import { orderPage, orderPath } from './page-order.ts';
import { faultsPage, faultsTable, switchesPage } from './page-rules.ts';
import { stockPage, stockPath, stockTable } from './page-stock.ts';
import { webhooksPage } from './page-webhooks.ts';
import type { Sandbox, Tenant } from './sandbox.ts';

const SHOWN_ORDERS = 50;
const SHOWN_REQUESTS = 100;
const SHOWN_RECENTLY = 15;

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
				link( orderPath( account, order ), String( order.id ) ),
				order.ref,
				order.externalRef ?? '',
				order.deliveryAddress.addressFullName,
				markup(
					`<details><summary>${ order.rows.length }<span class="sr"> rows of order ${ order.id }</span></summary><pre>${ escapeHtml( lines ) }</pre></details>`
				),
				`${ total } ${ order.currency }`,
				paymentStatusOf( account, order ),
				codes.allocation,
				isCancelled( account, order ) ? 'cancelled' : codes.shipping,
			],
		];
	} );
	return table(
		`Newest orders of ${ account.code }`,
		[
			'Order',
			'Reference',
			'External reference',
			'Name',
			'Rows',
			'Total#',
			'Payment',
			'Allocation',
			'Shipping',
		],
		rows
	);
}

const accountPart = ( tenant: Tenant ): string => {
	const { account, recent } = tenant;
	const { orders, contacts, payments, products } = account.tables;
	const code = escapeHtml( account.code );
	return `<section aria-label="Account ${ code }"><h2>${ code }</h2>
<p>${ account.profile.baseCurrency }, ${ escapeHtml( account.profile.timeZone ) }: ${ orders.size() } orders, ${ payments.size() } payments, ${ contacts.size() } contacts, ${ products.size() } products. ${ link( stockPath( account.code ), 'Stock, and change it by hand' ).html }</p>
${ ordersOf( account ) }
${ stockTable( tenant, `Stock of ${ account.code } that moved last`, recent ) }</section>`;
};

function requestsTable( sandbox: Sandbox, count: number ): string {
	const rows = sandbox.log
		.since( Math.max( 0, sandbox.log.last() - count ) )
		.toReversed()
		.map( ( entry ) => [
			entry.n,
			entry.at,
			entry.method,
			entry.path,
			entry.status === 0 ? 'answer lost' : entry.status,
			entry.pool ?? '',
			entry.messages ?? '',
			entry.fault ?? '',
		] );
	return table(
		'Last requests',
		[
			'No.#',
			'At',
			'Method',
			'Path',
			'Status',
			'Pool',
			'Messages',
			'Fault',
		],
		rows
	);
}

const overview = ( sandbox: Sandbox ): string =>
	`${ [ ...sandbox.tenants.values() ].map( accountPart ).join( '\n' ) }
<h2>Faults</h2>
${ faultsTable( sandbox ) }
<h2>Requests</h2>
${ requestsTable( sandbox, SHOWN_RECENTLY ) }`;

/** Title and content of a page; null = there is none of that path. */
function contentOf(
	sandbox: Sandbox,
	path: string,
	query: URLSearchParams
): readonly [ title: string, content: string ] | null {
	switch ( path ) {
		case '/':
			return [ 'Overview', overview( sandbox ) ];
		case '/webhooks':
			return [ 'Webhooks', webhooksPage( sandbox ) ];
		case '/faults':
			return [ 'Faults', faultsPage( sandbox ) ];
		case '/switches':
			return [ 'Switches', switchesPage( sandbox ) ];
		case '/requests':
			return [ 'Requests', requestsTable( sandbox, SHOWN_REQUESTS ) ];
	}
	const [ , kind, code = '', id = '' ] = path.split( '/' );
	const tenant = sandbox.tenants.get( code );
	if ( tenant && kind === 'stock' && id === '' ) {
		return [
			`Stock of ${ code }`,
			stockPage( tenant, query.get( 'q' ) ?? '' ),
		];
	}
	const order = tenant?.account.tables.orders.get( Number( id ) );
	return tenant && order && kind === 'orders'
		? [ `Order ${ order.id }`, orderPage( tenant.account, order ) ]
		: null;
}

export function renderPage(
	sandbox: Sandbox,
	path: string,
	query: URLSearchParams
): string | null {
	const found = contentOf( sandbox, path, query );
	const said = query.get( 'said' ) ?? query.get( 'refused' );
	const notice: Notice | null =
		said === null ? null : { text: said, bad: query.has( 'refused' ) };
	return found === null ? null : page( found[ 0 ], notice, found[ 1 ] );
}
