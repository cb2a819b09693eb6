/**
 * Writing products (platform notes, "Writes"; part 2, §2): absolute figures, accepted and
 * ignored where no stock is kept, and the coercions of batches.
 */
import { decimalOf } from './decimal.ts';
import { skuKey } from './catalog.ts';
import type { Product } from './model.ts';
import type { Outcome, Reply } from './rest.ts';
import {
	flagOf,
	good,
	intOf,
	invalidParam,
	restError,
	textOf,
} from './rest.ts';
import type { Shop } from './shop.ts';
import { followStockStatus, productChanged, stockKeeper } from './stock.ts';

type Input = Readonly< Record< string, unknown > >;

/** A single write wants a whole number or null; batches are not checked at all. */
export function checkProductBody( body: Input ): Reply | null {
	const quantity = body[ 'stock_quantity' ];
	const isWhole =
		quantity === undefined ||
		quantity === null ||
		( typeof quantity === 'number' && Number.isInteger( quantity ) ) ||
		( typeof quantity === 'string' && /^-?\d+$/.test( quantity ) );
	return isWhole
		? null
		: invalidParam(
				'stock_quantity',
				'stock_quantity is not of type integer.',
				'rest_invalid_type',
				{ param: 'stock_quantity' }
			);
}

function checkSku(
	shop: Shop,
	sku: string,
	self: number | null
): Reply | null {
	const taken = shop.catalog.bySku( sku ).find( ( { id } ) => id !== self );
	if ( sku === '' || ! taken ) {
		return null;
	}
	if ( taken.status === 'trash' ) {
		return restError(
			400,
			'woocommerce_rest_product_not_created',
			`The product with SKU (${ sku }) you are trying to insert is already present in the lookup table`
		);
	}
	return restError(
		400,
		'product_invalid_sku',
		'Invalid or duplicated SKU.',
		{ resource_id: taken.id, unique_sku: `${ sku.trim() }-1` }
	);
}

/** Where a quantity comes from decides what a value that is no number means (measured). */
export type Source = 'single' | 'batch';

function quantityOf(
	product: Product,
	value: unknown,
	source: Source
): number | null | undefined {
	if ( value === null ) {
		return source === 'batch' ? undefined : 0;
	}
	if ( value === '' && product.type === 'variation' ) {
		return null;
	}
	return value === undefined ? undefined : intOf( value );
}

function setStock(
	shop: Shop,
	product: Product,
	input: Input,
	source: Source
): void {
	const before = stockKeeper( shop, product ) === product;
	const manage = input[ 'manage_stock' ];
	if ( manage !== undefined && manage !== null ) {
		product.manage_stock = manage !== 'parent' && flagOf( manage );
	}
	if ( input[ 'backorders' ] !== undefined ) {
		const backorders = textOf( input[ 'backorders' ] );
		if ( [ 'no', 'notify', 'yes' ].includes( backorders ) ) {
			product.backorders = backorders;
		}
	}
	if ( ! product.manage_stock ) {
		// Answered with 200 and ignored: the quantity belongs to the parent or to nobody.
		product.stock_quantity = null;
		const status = textOf( input[ 'stock_status' ] );
		if ( [ 'instock', 'outofstock', 'onbackorder' ].includes( status ) ) {
			product.stock_status = status;
		}
		return;
	}
	const from = product.stock_quantity;
	const quantity = quantityOf( product, input[ 'stock_quantity' ], source );
	if ( quantity !== undefined ) {
		product.stock_quantity = quantity;
	} else if ( ! before ) {
		product.stock_quantity = null;
	}
	followStockStatus( product );
	if ( from !== product.stock_quantity ) {
		shop.emit( {
			kind: 'stock',
			productId: product.id,
			sku: product.sku,
			from,
			to: product.stock_quantity,
			cause: 'rest',
		} );
	}
}

function priceOf( input: Input ): string | undefined {
	const value = input[ 'regular_price' ] ?? input[ 'price' ];
	if ( value === undefined ) {
		return undefined;
	}
	// Prices are shown as they were typed.
	return decimalOf( value ) ? textOf( value ).trim() : '';
}

function setFields( shop: Shop, product: Product, input: Input ): void {
	for ( const name of [ 'name', 'tax_class', 'tax_status' ] as const ) {
		if ( input[ name ] !== undefined ) {
			product[ name ] = textOf( input[ name ] ).replace(
				/^(standard|parent)$/,
				name === 'tax_class' ? '' : '$1'
			);
		}
	}
	const status = textOf( input[ 'status' ] );
	if ( [ 'draft', 'pending', 'private', 'publish' ].includes( status ) ) {
		product.status = status;
		product.trashed_from = null;
	}
	if ( input[ 'virtual' ] !== undefined ) {
		product.virtual = flagOf( input[ 'virtual' ] );
	}
	product.price = priceOf( input ) ?? product.price;
	const sku = input[ 'sku' ];
	if ( sku !== undefined && textOf( sku ) !== product.sku ) {
		shop.catalog.resku( product, textOf( sku ) );
	}
}

/** The same value again still moves `date_modified` and tells listeners (measured). */
export function updateProduct(
	shop: Shop,
	product: Product,
	input: Input,
	source: Source
): Outcome< Product > {
	const sku = input[ 'sku' ];
	if (
		sku !== undefined &&
		skuKey( textOf( sku ) ) !== skuKey( product.sku )
	) {
		const error = checkSku( shop, textOf( sku ), product.id );
		if ( error ) {
			return { ok: false, error };
		}
	}
	setFields( shop, product, input );
	setStock( shop, product, input, source );
	productChanged( shop, product );
	return good( product );
}

export function createProduct(
	shop: Shop,
	input: Input,
	parent: Product | null
): Outcome< Product > {
	const error = checkSku( shop, textOf( input[ 'sku' ] ), null );
	if ( error ) {
		return { ok: false, error };
	}
	const now = shop.now();
	const attributes = input[ 'attributes' ];
	const product: Product = {
		id: shop.nextId( 'post' ),
		parent: parent?.id ?? 0,
		type: parent
			? 'variation'
			: input[ 'type' ] === 'variable'
				? 'variable'
				: 'simple',
		name: '',
		sku: '',
		price: '',
		tax_status: 'taxable',
		tax_class: parent?.tax_class ?? '',
		virtual: false,
		manage_stock: false,
		stock_quantity: null,
		stock_status: 'instock',
		backorders: 'no',
		status: 'publish',
		trashed_from: null,
		global_unique_id: '',
		attributes: Array.isArray( attributes ) ? attributes : [],
		created: now,
		modified: now,
		total_sales: 0,
	};
	shop.catalog.add( product );
	setFields( shop, product, input );
	setStock( shop, product, input, 'single' );
	shop.fire( 'product.created', product.id );
	shop.touch();
	return good( product );
}

/** Gone for good: lines of orders keep their name and lose product and SKU (recorded: 022). */
export function eraseProduct( shop: Shop, product: Product ): void {
	const ids = new Set( [
		product.id,
		...shop.catalog.variationsOf( product.id ).map( ( { id } ) => id ),
	] );
	for ( const id of ids ) {
		shop.catalog.remove( id );
	}
	for ( const order of shop.orders.values() ) {
		for ( const line of order.line_items ) {
			if ( ids.has( line.variation_id || line.product_id ) ) {
				line.product_id = 0;
				line.variation_id = 0;
				line.sku = null;
				line.global_unique_id = null;
				line.image_id = 0;
			}
		}
	}
	shop.touch();
}

/** Recorded: both `coupon.deleted` and `product.deleted` go out, with the same id. */
export function trashProduct( shop: Shop, product: Product ): void {
	product.trashed_from = product.status;
	product.status = 'trash';
	product.modified = shop.now();
	shop.fire( 'coupon.deleted', product.id );
	shop.fire( 'product.deleted', product.id );
	shop.touch();
}
