/** Puts the recorded shop's catalogue on the shelves. */
import catalogue from '../catalogue.json' with { type: 'json' };
import type { Product } from './model.ts';
import type { Shop } from './shop.ts';
import { stored, Decimal } from './decimal.ts';

/** What the catalogue's extract leaves out, of products whose tax or barcode matters. */
const TAX_STATUS: Readonly< Record< string, string > > = {
	DONATE: 'none',
	'SHIP-TX': 'shipping',
};
const BARCODES: Readonly< Record< string, string > > = {
	'OSB-01': '5012345678900',
};

type Entry = ( typeof catalogue )[ number ];

function productOf( shop: Shop, entry: Entry, parentSku: string ): Product {
	const created = shop.now();
	return {
		id: entry.id,
		parent: entry.parentId,
		type:
			entry.type === 'variation' || entry.type === 'variable'
				? entry.type
				: 'simple',
		name: entry.name,
		// A variation without a SKU shows its parent's; the extract holds what showed.
		sku: entry.parentId !== 0 && entry.sku === parentSku ? '' : entry.sku,
		price: entry.price,
		tax_status: TAX_STATUS[ entry.sku ] ?? 'taxable',
		tax_class: entry.taxClass,
		virtual: entry.virtual,
		manage_stock: entry.manageStock === true,
		stock_quantity: entry.manageStock === true ? entry.stockQuantity : null,
		stock_status: entry.stockStatus,
		backorders: entry.backorders,
		status: 'publish',
		trashed_from: null,
		global_unique_id: BARCODES[ entry.sku ] ?? '',
		attributes: entry.attributes,
		created,
		modified: created,
		total_sales: 0,
	};
}

export function stockShelves( shop: Shop ): void {
	const skus = new Map( catalogue.map( ( { id, sku } ) => [ id, sku ] ) );
	for ( const entry of catalogue ) {
		shop.catalog.add(
			productOf( shop, entry, skus.get( entry.parentId ) ?? '' )
		);
	}
}

/** Many simple products at once, for measuring: `BULK-000001` and on. */
export function addBulkProducts( shop: Shop, count: number ): number[] {
	const created = shop.now();
	const ids: number[] = [];
	for ( let done = 0; done < count; done++ ) {
		const id = shop.nextId( 'post' );
		const number = String( id ).padStart( 6, '0' );
		shop.catalog.add( {
			id,
			parent: 0,
			type: 'simple',
			name: `Bulk product ${ number }`,
			sku: `BULK-${ number }`,
			price: stored(
				new Decimal( shop.random.between( 100, 9999 ) ).div( 100 )
			),
			tax_status: 'taxable',
			tax_class: '',
			virtual: false,
			manage_stock: true,
			stock_quantity: shop.random.between( 0, 500 ),
			stock_status: 'instock',
			backorders: 'no',
			status: 'publish',
			trashed_from: null,
			global_unique_id: '',
			attributes: [],
			created,
			modified: created,
			total_sales: 0,
		} );
		ids.push( id );
	}
	shop.touch();
	return ids;
}
