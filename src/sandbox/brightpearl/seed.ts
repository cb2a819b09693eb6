/**
 * What an account starts with: the shop's catalogue as Brightpearl products with the same
 * stock, a few bundles and one member of staff.
 */
import catalogue from '../catalogue.json' with { type: 'json' };
import type { Account } from './account.ts';
import { fixed } from './decimal.ts';
import type { Product } from './model.ts';
import { createDice } from './prng.ts';
import {
	DEFAULT_WAREHOUSE,
	MISC_PRODUCT,
	MISC_PRODUCT_TAXED,
	SECOND_WAREHOUSE,
} from './profile.ts';

interface CatalogueEntry {
	readonly sku: string;
	readonly name: string;
	readonly price: string;
	readonly taxClass: string;
	readonly manageStock: boolean | string;
	readonly stockQuantity: number | null;
	readonly attributes: readonly {
		readonly name: string;
		readonly option?: string;
	}[];
}

/** One product for each SKU; where the shop has a SKU twice, the entry that keeps stock counts. */
function entriesBySku(): CatalogueEntry[] {
	const bySku = new Map< string, CatalogueEntry >();
	for ( const entry of catalogue as readonly CatalogueEntry[] ) {
		const present = bySku.get( entry.sku );
		if (
			entry.sku !== '' &&
			( ! present ||
				( present.manageStock !== true && entry.manageStock === true ) )
		) {
			bySku.set( entry.sku, entry );
		}
	}
	return [ ...bySku.values() ];
}

function put(
	account: Account,
	product: Omit< Product, 'createdAt' | 'updatedAt' | 'status' >,
	now: number
): void {
	account.tables.products.put( {
		...product,
		status: 'LIVE',
		createdAt: now,
		updatedAt: now,
	} );
}

const stocked = (
	inStock: number
): { inStock: number; allocated: number } => ( { inStock, allocated: 0 } );

/** One product in so many also lies in the second warehouse, one to five pieces. */
const SECOND_WAREHOUSE_SHARE = 8;

function seedCatalogue( account: Account, seed: number, now: number ): void {
	const dice = createDice( `stock ${ seed } ${ account.code }` );
	for ( const entry of entriesBySku() ) {
		const id = account.tables.products.nextId();
		const tracked = entry.manageStock === true;
		put(
			account,
			{
				id,
				sku: entry.sku,
				name: entry.name,
				stockTracked: tracked,
				taxCode:
					account.profile.productTax[ entry.taxClass ] ??
					account.profile.productTax[ '' ] ??
					'',
				price: fixed( entry.price === '' ? 0 : entry.price, 4 ),
				bundle: null,
				options: entry.attributes.flatMap( ( { name, option } ) =>
					option ? [ { name, value: option } ] : []
				),
			},
			now
		);
		const inStock = Math.max( 0, Math.trunc( entry.stockQuantity ?? 0 ) );
		const second = dice() < 1 / SECOND_WAREHOUSE_SHARE;
		const pieces = 1 + Math.floor( dice() * 5 );
		if ( tracked && inStock > 0 ) {
			account.tables.stock.put( {
				id,
				warehouses: {
					[ String( DEFAULT_WAREHOUSE ) ]: stocked( inStock ),
					...( second
						? { [ String( SECOND_WAREHOUSE ) ]: stocked( pieces ) }
						: {} ),
				},
			} );
		}
	}
}

/** Bundles of the first stocked products; the last one holds another bundle. */
function seedBundles( account: Account, now: number ): void {
	const { products, stock } = account.tables;
	const [ first, second, third ] = [ ...products.values() ].filter(
		( product ) => product.stockTracked && stock.has( product.id )
	);
	if ( ! first || ! second || ! third ) {
		return;
	}
	const bundle = (
		sku: string,
		name: string,
		parts: readonly ( readonly [ productId: number, quantity: number ] )[]
	): number => {
		const id = products.nextId();
		put(
			account,
			{
				id,
				sku,
				name,
				stockTracked: false,
				taxCode: first.taxCode,
				price: fixed( '19.9900', 4 ),
				bundle: parts.map( ( [ productId, quantity ] ) => ( {
					productId,
					quantity,
				} ) ),
				options: [],
			},
			now
		);
		return id;
	};
	const pair = bundle( 'BUNDLE-PAIR', 'Gift set: two of a kind', [
		[ first.id, 2 ],
	] );
	bundle( 'BUNDLE-MIX', 'Gift set: mixed', [
		[ first.id, 1 ],
		[ second.id, 3 ],
	] );
	bundle( 'BUNDLE-NEST', 'Gift set: grand', [
		[ pair, 1 ],
		[ third.id, 1 ],
	] );
}

export function seedAccount(
	account: Account,
	seed: number,
	now: number
): void {
	const misc = ( id: number, name: string, taxCode: string ): void =>
		put(
			account,
			{
				id,
				sku: '',
				name,
				stockTracked: false,
				taxCode,
				price: fixed( 0, 4 ),
				bundle: null,
				options: [],
			},
			now
		);
	const { productTax } = account.profile;
	misc(
		MISC_PRODUCT,
		'Misc item without VAT',
		productTax[ 'zero-rate' ] ?? ''
	);
	misc( MISC_PRODUCT_TAXED, 'Misc item with VAT', productTax[ '' ] ?? '' );
	seedCatalogue( account, seed, now );
	seedBundles( account, now );
}
