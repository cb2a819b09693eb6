/**
 * The products by id, by SKU and by parent. SKUs are compared as WooCommerce's database
 * does: case, accents and surrounding blanks make no difference (recorded: `é-1` and `E-1`).
 */
import type { Product } from './model.ts';

export interface Catalog {
	get( id: number ): Product | undefined;
	add( product: Product ): void;
	remove( id: number ): void;
	/** To be called when a SKU changed. */
	resku( product: Product, sku: string ): void;
	bySku( sku: string ): Product[];
	variationsOf( parent: number ): Product[];
	all(): IterableIterator< Product >;
	readonly size: number;
	/** Grows whenever a product or a SKU comes or goes. */
	readonly revision: number;
}

/** Two SKUs are the same when their keys are. */
export function skuKey( sku: string ): string {
	return sku
		.trimEnd()
		.normalize( 'NFD' )
		.replace( /\p{M}/gu, '' )
		.toLowerCase();
}

export function createCatalog(): Catalog {
	const products = new Map< number, Product >();
	const skus = new Map< string, Set< number > >();
	const children = new Map< number, Set< number > >();
	let revision = 0;
	const link = < K >(
		index: Map< K, Set< number > >,
		key: K,
		id: number
	): void => {
		const ids = index.get( key );
		if ( ids ) {
			ids.add( id );
		} else {
			index.set( key, new Set( [ id ] ) );
		}
	};
	const resolve = ( ids: Iterable< number > | undefined ): Product[] =>
		[ ...( ids ?? [] ) ]
			.map( ( id ) => products.get( id ) )
			.filter( ( product ) => product !== undefined );
	return {
		get: ( id ) => products.get( id ),
		add( product ) {
			revision += 1;
			products.set( product.id, product );
			if ( product.sku !== '' ) {
				link( skus, skuKey( product.sku ), product.id );
			}
			if ( product.parent !== 0 ) {
				link( children, product.parent, product.id );
			}
		},
		remove( id ) {
			const product = products.get( id );
			if ( product ) {
				revision += 1;
				products.delete( id );
				skus.get( skuKey( product.sku ) )?.delete( id );
				children.get( product.parent )?.delete( id );
			}
		},
		resku( product, sku ) {
			revision += 1;
			skus.get( skuKey( product.sku ) )?.delete( product.id );
			product.sku = sku;
			if ( sku !== '' ) {
				link( skus, skuKey( sku ), product.id );
			}
		},
		bySku: ( sku ) => resolve( skus.get( skuKey( sku ) ) ),
		variationsOf: ( parent ) => resolve( children.get( parent ) ),
		all: () => products.values(),
		get size() {
			return products.size;
		},
		get revision() {
			return revision;
		},
	};
}
