/**
 * Stock of an account: what moved last, what a search finds, and a form to change it by hand.
 */
import { describeStock } from './describe.ts';
import { escapeHtml } from '../http-kit.ts';
import { form, input, table } from './page-html.ts';
import { DEFAULT_WAREHOUSE } from './profile.ts';
import type { Tenant } from './sandbox.ts';

const MOST_FOUND = 50;

export const stockPath = ( code: string ): string => `/stock/${ code }`;

export function stockTable(
	{ account }: Tenant,
	caption: string,
	ids: readonly number[]
): string {
	const rows = ids.flatMap( ( productId ) => {
		const stock = describeStock( account, productId );
		const levels = Object.entries( stock.warehouses );
		return levels.length === 0
			? [ [ stock.sku ?? '', stock.name ?? '', 'in none', '', '', '' ] ]
			: levels.map( ( [ key, level ] ) => [
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
		caption,
		[
			'SKU',
			'Product',
			'Warehouse',
			'In stock#',
			'Allocated#',
			'On hand#',
		],
		rows
	);
}

function found( { account }: Tenant, text: string ): number[] {
	const part = text.toLowerCase();
	const ids: number[] = [];
	for ( const { id, sku, name } of account.tables.products.values() ) {
		if ( `${ sku } ${ name }`.toLowerCase().includes( part ) ) {
			ids.push( id );
			if ( ids.length === MOST_FOUND ) {
				break;
			}
		}
	}
	return ids;
}

export function stockPage( tenant: Tenant, text: string ): string {
	const { account, recent } = tenant;
	const path = stockPath( account.code );
	const warehouses = account.profile.warehouses
		.map(
			( { id, name } ) =>
				`<option value="${ id }"${ id === DEFAULT_WAREHOUSE ? ' selected' : '' }>${ escapeHtml( name ) }</option>`
		)
		.join( '' );
	return `<h2>Change by hand</h2>
${ form( {
	action: '/do/stock',
	back: path,
	hidden: { account: account.code },
	fields: `${ input( 'sku', 'SKU', 'required autocomplete="off"' ) }<label>Warehouse<select name="warehouseId">${ warehouses }</select></label>${ input( 'set', 'New in stock', 'type="number" min="0" step="1" required' ) }`,
	button: 'Change the stock',
} ) }
<h2>Look up</h2>
<form method="get" action="${ escapeHtml( path ) }" class="row">${ input( 'q', 'Part of SKU or name', `value="${ escapeHtml( text ) }"` ) }<button class="plain">Look up</button></form>
${
	text === ''
		? stockTable( tenant, 'Moved last', recent )
		: stockTable( tenant, `Found for ${ text }`, found( tenant, text ) )
}`;
}
