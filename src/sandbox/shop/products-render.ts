/**
 * Products and variations as REST v3 shows them: every key, in the recorded order.
 */
import { gmtText, localText } from './dates.ts';
import { shown } from './decimal.ts';
import type { Product } from './model.ts';
import { productName } from './order-items.ts';
import type { Reply } from './rest.ts';
import { links, restError } from './rest.ts';
import type { Shop } from './shop.ts';
import { stockKeeper } from './stock.ts';

/** As a webhook shows a product that is gone, too. */
export function unknownProduct( status: number ): Reply {
	return restError(
		status,
		'woocommerce_rest_product_invalid_id',
		'Invalid ID.'
	);
}

function slugOf( name: string ): string {
	return name
		.normalize( 'NFD' )
		.replace( /\p{M}/gu, '' )
		.toLowerCase()
		.replace( /[^a-z0-9]+/g, '-' )
		.replace( /^-+|-+$/g, '' );
}

function times( shop: Shop, product: Product ): Record< string, string > {
	const { timeZone } = shop.settings;
	return {
		date_created: localText( timeZone, product.created ),
		date_created_gmt: gmtText( product.created ),
		date_modified: localText( timeZone, product.modified ),
		date_modified_gmt: gmtText( product.modified ),
	};
}

const SALE = {
	sale_price: '',
	date_on_sale_from: null,
	date_on_sale_from_gmt: null,
	date_on_sale_to: null,
	date_on_sale_to_gmt: null,
	on_sale: false,
};

const DOWNLOADS = {
	downloadable: false,
	downloads: [],
	download_limit: -1,
	download_expiry: -1,
};

/** The SKU that shows, and the stock: a variation without its own shows its parent's. */
function inherited(
	shop: Shop,
	product: Product
): {
	sku: string;
	manage_stock: boolean | 'parent';
	stock_quantity: number | null;
	stock_status: string;
	backorders: string;
} {
	const keeper = stockKeeper( shop, product );
	const source = keeper ?? product;
	return {
		sku: product.sku || ( shop.catalog.get( product.parent )?.sku ?? '' ),
		manage_stock:
			keeper === null ? false : keeper === product ? true : 'parent',
		stock_quantity: keeper?.stock_quantity ?? null,
		stock_status: source.stock_status,
		backorders: source.backorders,
	};
}

function stockKeys(
	shop: Shop,
	product: Product
): {
	readonly head: Record< string, unknown >;
	readonly status: string;
	readonly tail: Record< string, unknown >;
} {
	const stock = inherited( shop, product );
	return {
		head: {
			manage_stock: stock.manage_stock,
			stock_quantity: stock.stock_quantity,
		},
		status: stock.stock_status,
		tail: {
			backorders: stock.backorders,
			backorders_allowed: stock.backorders !== 'no',
			backordered:
				stock.manage_stock !== false &&
				stock.backorders !== 'no' &&
				( stock.stock_quantity ?? 0 ) < 0,
			low_stock_amount: null,
		},
	};
}

/** `edit` = the answer to a write, which carries two keys more. */
export function renderProduct(
	shop: Shop,
	product: Product,
	context: 'view' | 'edit' = 'view'
): Record< string, unknown > {
	const name = productName( shop, product );
	const slug = slugOf( name ) + ( product.trashed_from ? '__trashed' : '' );
	const stock = stockKeys( shop, product );
	const permalink = `${ shop.home }/product/${ slug }/`;
	return {
		id: product.id,
		name,
		slug,
		permalink,
		...times( shop, product ),
		type: product.type,
		status: product.status,
		featured: false,
		catalog_visibility: 'visible',
		description: '',
		short_description: '',
		sku: inherited( shop, product ).sku,
		price: product.price,
		regular_price: product.type === 'variable' ? '' : product.price,
		...SALE,
		purchasable: product.price !== '',
		total_sales: product.total_sales,
		virtual: product.virtual,
		...DOWNLOADS,
		external_url: '',
		button_text: '',
		tax_status: product.tax_status,
		tax_class: product.tax_class,
		...stock.head,
		...stock.tail,
		sold_individually: false,
		weight: '',
		dimensions: { length: '', width: '', height: '' },
		shipping_required: ! product.virtual,
		shipping_taxable: product.tax_status !== 'none' && ! product.virtual,
		shipping_class: '',
		shipping_class_id: 0,
		reviews_allowed: product.type !== 'variation',
		average_rating: '0.00',
		rating_count: 0,
		upsell_ids: [],
		cross_sell_ids: [],
		parent_id: product.parent,
		purchase_note: '',
		categories: [
			{ id: 15, name: 'Uncategorized', slug: 'uncategorized' },
		],
		brands: [],
		tags: [],
		images: [],
		attributes: product.attributes,
		default_attributes: [],
		variations: shop.catalog
			.variationsOf( product.id )
			.map( ( { id } ) => id ),
		grouped_products: [],
		menu_order: 0,
		price_html:
			product.price === ''
				? ''
				: `<span class="woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol" translate="no">&pound;</span>${ shown( product.price, shop.settings.decimals ) }</bdi></span>`,
		related_ids: [],
		meta_data: [],
		stock_status: stock.status,
		has_options: product.type === 'variable',
		post_password: '',
		global_unique_id: product.global_unique_id,
		...( context === 'edit' && {
			permalink_template: `${ shop.home }/product/%pagename%/`,
			generated_slug: slug,
		} ),
		_links: {
			...links( shop.home, `products/${ product.id }` ),
			...( product.parent !== 0 && {
				up: [
					{
						href: `${ shop.home }/wp-json/wc/v3/products/${ product.parent }`,
					},
				],
			} ),
		},
	};
}

/** Answers to writes show the tax class as `parent` (measured). */
export function renderVariation(
	shop: Shop,
	product: Product,
	context: 'view' | 'edit' = 'view'
): Record< string, unknown > {
	const { home } = shop;
	const parent = shop.catalog.get( product.parent );
	const stock = stockKeys( shop, product );

	return {
		id: product.id,
		type: 'variation',
		...times( shop, product ),
		description: '',
		permalink: `${ home }/product/${ slugOf( parent?.name ?? '' ) }/`,
		sku: inherited( shop, product ).sku,
		global_unique_id: product.global_unique_id,
		price: product.price,
		regular_price: product.price,
		...SALE,
		status: product.status,
		purchasable: product.price !== '',
		virtual: product.virtual,
		...DOWNLOADS,
		tax_status: product.tax_status,
		tax_class: context === 'edit' ? 'parent' : product.tax_class,
		...stock.head,
		stock_status: stock.status,
		...stock.tail,
		weight: '',
		dimensions: { length: '', width: '', height: '' },
		shipping_class: '',
		shipping_class_id: 0,
		image: null,
		gallery_image_ids: [],
		attributes: product.attributes,
		menu_order: 0,
		meta_data: [],
		name: product.name,
		parent_id: product.parent,
		_links: {
			...links(
				home,
				`products/${ product.parent }/variations/${ product.id }`
			),
			up: [
				{
					href: `${ home }/wp-json/wc/v3/products/${ product.parent }`,
				},
			],
		},
	};
}
