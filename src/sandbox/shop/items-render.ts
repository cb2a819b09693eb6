/**
 * The lines of orders and refunds as REST v3 shows them.
 */
import { shown } from './decimal.ts';
import type {
	FeeLine,
	ItemTax,
	LineItem,
	Meta,
	Order,
	ShippingLine,
	TaxLine,
} from './model.ts';
import type { Shop } from './shop.ts';
import { productOf } from './stock.ts';

/** `dp` of the request, else the recorded order's own, else the shop's as it is now. */
export function decimalsOf(
	shop: Shop,
	order: Order,
	dp: string | undefined
): number {
	return dp !== undefined && /^\d+$/.test( dp )
		? Math.min( Number( dp ), 20 )
		: ( order.decimals ?? shop.settings.decimals );
}

/** `wp_kses_post`: what is neither an entity nor a tag is escaped (recorded: `024`). */
function displayValue( value: unknown ): unknown {
	return typeof value === 'string'
		? value
				.replace( /&(?!(?:[a-z]+\d*|#\d+|#x[\da-f]+);)/gi, '&amp;' )
				.replace( /<(?![a-z/!])/gi, '&lt;' )
		: value;
}

/** The key a customer reads: `size` of a variation's attribute shows as `Size`. */
export function displayMeta( meta: Meta, isAttribute: boolean ): unknown {
	const label =
		isAttribute && ! meta.key.startsWith( '_' )
			? meta.key.charAt( 0 ).toUpperCase() + meta.key.slice( 1 )
			: meta.key;
	return {
		id: meta.id,
		key: meta.key,
		value: meta.value,
		display_key: label,
		display_value: displayValue( meta.value ),
	};
}

function renderTaxes( taxes: readonly ItemTax[], decimals: number ): unknown {
	return taxes.map( ( tax ) => ( {
		id: tax.id,
		total: shown( tax.total, decimals ),
		subtotal: shown( tax.subtotal, decimals ),
	} ) );
}

export function renderLine(
	shop: Shop,
	line: LineItem,
	decimals: number
): unknown {
	const product = productOf( shop, line );
	const parent = product?.parent
		? shop.catalog.get( product.parent )
		: undefined;
	return {
		id: line.id,
		name: line.name,
		product_id: line.product_id,
		variation_id: line.variation_id,
		quantity: line.quantity,
		tax_class: line.tax_class,
		subtotal: shown( line.subtotal, decimals ),
		subtotal_tax: shown( line.subtotal_tax, decimals ),
		total: shown( line.total, decimals ),
		total_tax: shown( line.total_tax, decimals ),
		taxes: renderTaxes( line.taxes, decimals ),
		meta_data: line.meta_data.map( ( meta ) =>
			displayMeta( meta, line.variation_id !== 0 )
		),
		sku: product ? product.sku || ( parent?.sku ?? '' ) : line.sku,
		global_unique_id: product
			? product.global_unique_id
			: line.global_unique_id,
		// PHP's float division, unrounded: nobody may compute with it (recorded).
		price: line.quantity === 0 ? 0 : Number( line.total ) / line.quantity,
		image: { id: line.image_id, src: '' },
		parent_name: line.parent_name,
	};
}

export function renderShipping(
	line: ShippingLine,
	decimals: number
): unknown {
	return {
		id: line.id,
		method_title: line.method_title,
		method_id: line.method_id,
		instance_id: line.instance_id,
		total: shown( line.total, decimals ),
		total_tax: shown( line.total_tax, decimals ),
		taxes: renderTaxes( line.taxes, decimals ),
		tax_status: line.tax_status,
		meta_data: line.meta_data.map( ( meta ) => displayMeta( meta, false ) ),
	};
}

export function renderFee( line: FeeLine, decimals: number ): unknown {
	return {
		id: line.id,
		name: line.name,
		tax_class: line.tax_class,
		tax_status: line.tax_status,
		amount: line.amount,
		total: shown( line.total, decimals ),
		total_tax: shown( line.total_tax, decimals ),
		taxes: renderTaxes( line.taxes, decimals ),
		meta_data: line.meta_data.map( ( meta ) => displayMeta( meta, false ) ),
	};
}

export function renderTaxLine( line: TaxLine, decimals: number ): unknown {
	return {
		...line,
		tax_total: shown( line.tax_total, decimals ),
		shipping_tax_total: shown( line.shipping_tax_total, decimals ),
	};
}
