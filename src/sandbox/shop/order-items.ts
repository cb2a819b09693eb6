/**
 * Making lines: from a product, as checkout and REST both do, and from a request.
 */
import { Decimal, decimalOf, stored } from './decimal.ts';
import type {
	FeeLine,
	LineItem,
	Meta,
	Product,
	ShippingLine,
} from './model.ts';
import { intOf, isRecord, textOf } from './rest.ts';
import type { Shop } from './shop.ts';
import { netOf, ratesFor } from './tax.ts';

type Input = Readonly< Record< string, unknown > >;

/** Values as they come back: numbers and flags as text, an empty object as a list (recorded). */
function metaValue( value: unknown ): unknown {
	switch ( typeof value ) {
		case 'number':
		case 'boolean':
			return textOf( value );
		case 'object':
			return isRecord( value ) && Object.keys( value ).length === 0
				? []
				: value;
		default:
			return value;
	}
}

/** Applies `meta_data` of a request: null deletes by key; an id without a key is ignored. */
export function applyMeta( shop: Shop, meta: Meta[], input: unknown ): Meta[] {
	if ( ! Array.isArray( input ) ) {
		return meta;
	}
	let result = [ ...meta ];
	for ( const entry of input.filter( isRecord ) ) {
		const key = textOf( entry[ 'key' ] );
		if ( key === '' ) {
			continue;
		}
		const id = intOf( entry[ 'id' ] );
		const known = result.find( ( one ) =>
			id > 0 ? one.id === id : one.key === key
		);
		const value = entry[ 'value' ];
		if ( value === null || value === undefined ) {
			result = result.filter( ( one ) => one !== known );
		} else if ( known ) {
			known.key = key;
			known.value = metaValue( value );
		} else {
			result.push( {
				id: shop.nextId( 'meta' ),
				key,
				value: metaValue( value ),
			} );
		}
	}
	return result;
}

/** The name an order shows: `Linen Shirt - S, Sage` for a variation. */
export function productName( shop: Shop, product: Product ): string {
	const parent = shop.catalog.get( product.parent );
	return parent ? `${ parent.name } - ${ product.name }` : product.name;
}

/** Net price of so many pieces, unrounded: prices with tax hold the base country's. */
export function netPrice(
	shop: Shop,
	product: Product,
	quantity: number
): Decimal {
	const price = new Decimal( product.price || '0' ).times( quantity );
	if (
		! shop.settings.pricesIncludeTax ||
		product.tax_status !== 'taxable'
	) {
		return price;
	}
	return netOf(
		price,
		ratesFor(
			shop.rates,
			{ country: shop.settings.baseCountry, state: '' },
			product.tax_class
		)
	);
}

interface AttributeOption {
	readonly slug: string;
	readonly option: string;
}

function isOption( value: unknown ): value is AttributeOption {
	return (
		isRecord( value ) &&
		typeof value[ 'slug' ] === 'string' &&
		typeof value[ 'option' ] === 'string'
	);
}

export function lineOf(
	shop: Shop,
	product: Product | null,
	quantity: number
): LineItem {
	const parent = product ? shop.catalog.get( product.parent ) : undefined;
	const total = product ? stored( netPrice( shop, product, quantity ) ) : '0';
	return {
		id: shop.nextId( 'item' ),
		name: product ? productName( shop, product ) : '',
		product_id: parent?.id ?? product?.id ?? 0,
		variation_id: parent && product ? product.id : 0,
		quantity,
		tax_class: product?.tax_class ?? '',
		subtotal: total,
		subtotal_tax: '0',
		total,
		total_tax: '0',
		taxes: [],
		meta_data: parent
			? ( product?.attributes ?? [] )
					.filter( isOption )
					.map( ( { slug, option } ) => ( {
						id: shop.nextId( 'meta' ),
						key: slug,
						value: option,
					} ) )
			: [],
		sku: product ? product.sku || ( parent?.sku ?? '' ) : null,
		global_unique_id: product?.global_unique_id ?? null,
		image_id: product && ! parent ? '' : 0,
		parent_name: parent?.name ?? null,
	};
}

function amountOf( input: Input, name: string ): string | null {
	const value = input[ name ];
	if ( value === undefined || value === null ) {
		return null;
	}
	return stored( decimalOf( value ) ?? new Decimal( 0 ) );
}

/** Fields a request may set on any line; a quantity without a total keeps the old total. */
export function setLine( shop: Shop, line: LineItem, input: Input ): void {
	if ( input[ 'name' ] !== undefined ) {
		line.name = textOf( input[ 'name' ] );
	}
	if ( input[ 'quantity' ] !== undefined ) {
		line.quantity = Number( decimalOf( input[ 'quantity' ] ) ?? 0 );
	}
	if ( input[ 'tax_class' ] !== undefined ) {
		line.tax_class = textOf( input[ 'tax_class' ] );
	}
	line.subtotal = amountOf( input, 'subtotal' ) ?? line.subtotal;
	const total = amountOf( input, 'total' );
	if ( total !== null ) {
		line.total = total;
		if ( new Decimal( line.subtotal ).lt( total ) ) {
			line.subtotal = total;
		}
	}
	line.meta_data = applyMeta( shop, line.meta_data, input[ 'meta_data' ] );
}

/** A new line of a request; an unknown product gives an empty line (recorded). */
export function newLine( shop: Shop, input: Input ): LineItem {
	const sku = textOf( input[ 'sku' ] );
	const id =
		intOf( input[ 'variation_id' ] ) || intOf( input[ 'product_id' ] );
	const product =
		sku === '' ? shop.catalog.get( id ) : shop.catalog.bySku( sku )[ 0 ];
	const quantity =
		input[ 'quantity' ] === undefined
			? 1
			: Number( decimalOf( input[ 'quantity' ] ) ?? 0 );
	const line = lineOf( shop, product ?? null, quantity );
	setLine( shop, line, input );
	return line;
}

export function newShipping( shop: Shop, input: Input ): ShippingLine {
	const line: ShippingLine = {
		id: shop.nextId( 'item' ),
		method_title: '',
		method_id: '',
		instance_id: '',
		total: '0',
		total_tax: '0',
		taxes: [],
		tax_status: 'taxable',
		meta_data: [],
	};
	setShipping( shop, line, input );
	return line;
}

export function setShipping(
	shop: Shop,
	line: ShippingLine,
	input: Input
): void {
	line.method_title = textOf( input[ 'method_title' ] ?? line.method_title );
	line.method_id = textOf( input[ 'method_id' ] ?? line.method_id );
	line.instance_id = textOf( input[ 'instance_id' ] ?? line.instance_id );
	line.tax_status = textOf( input[ 'tax_status' ] ?? line.tax_status );
	line.total = amountOf( input, 'total' ) ?? line.total;
	line.meta_data = applyMeta( shop, line.meta_data, input[ 'meta_data' ] );
}

export function newFee( shop: Shop, input: Input ): FeeLine {
	const fee: FeeLine = {
		id: shop.nextId( 'item' ),
		name: '',
		tax_class: '',
		tax_status: 'taxable',
		amount: '',
		total: '0',
		total_tax: '0',
		taxes: [],
		meta_data: [],
	};
	setFee( shop, fee, input );
	return fee;
}

export function setFee( shop: Shop, fee: FeeLine, input: Input ): void {
	fee.name = textOf( input[ 'name' ] ?? fee.name );
	fee.tax_class = textOf( input[ 'tax_class' ] ?? fee.tax_class );
	fee.tax_status = textOf( input[ 'tax_status' ] ?? fee.tax_status );
	fee.amount = textOf( input[ 'amount' ] ?? fee.amount );
	fee.total = amountOf( input, 'total' ) ?? fee.total;
	fee.meta_data = applyMeta( shop, fee.meta_data, input[ 'meta_data' ] );
}
