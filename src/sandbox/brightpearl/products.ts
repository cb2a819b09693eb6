/**
 * The catalogue (resources reference, §3).
 */
import type { Account } from './account.ts';
import { idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { notFound } from './codes.ts';
import { existing } from './existing.ts';
import { fixed } from './decimal.ts';
import type { Product } from './model.ts';
import { taxCodeOf } from './order-rows.ts';
import { currencyOf } from './reference-data.ts';
import { answer, fixedNumber, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { searchRoutes } from './search.ts';
import type { Column } from './search.ts';

interface BundleComponent {
	readonly productId: number;
	readonly productQuantity: number;
	readonly composition?: {
		readonly bundle: true;
		readonly bundleComponents: BundleComponent[];
	};
}

function showComponents(
	account: Account,
	product: Product
): BundleComponent[] {
	return ( product.bundle ?? [] ).map( ( { productId, quantity } ) => {
		const component = account.tables.products.get( productId );
		return {
			productId,
			productQuantity: quantity,
			...( component?.bundle
				? {
						composition: {
							bundle: true,
							bundleComponents: showComponents(
								account,
								component
							),
						},
					}
				: {} ),
		};
	} );
}

const text = ( value = '' ) => ( {
	languageCode: 'en',
	text: value,
	format: 'HTML_FRAGMENT',
} );

const zero = fixedNumber( '0.00' );

function showProduct(
	account: Account,
	product: Product
): Record< string, unknown > {
	const { format } = account.zone;
	const code = taxCodeOf( account, product.taxCode );
	return {
		id: product.id,
		brandId: 74,
		productTypeId: 1,
		identity: { sku: product.sku, barcode: '' },
		featured: false,
		stock: {
			stockTracked: product.stockTracked,
			weight: { magnitude: fixedNumber( '0.0000' ) },
			dimensions: {
				length: zero,
				height: zero,
				width: zero,
				volume: zero,
			},
		},
		financialDetails: {
			taxable: code?.rate !== null,
			taxCode: { id: code?.id ?? 0, code: product.taxCode },
		},
		salesChannels: [
			{
				salesChannelName: 'Brightpearl',
				productName: product.name,
				productCondition: 'new',
				categories: [ { categoryCode: '296' } ],
				description: text(),
				shortDescription: text(),
			},
		],
		composition: product.bundle
			? {
					bundle: true,
					bundleComponents: showComponents( account, product ),
				}
			: { bundle: false },
		...( product.options.length > 0
			? {
					variations: product.options.map( ( option, index ) => ( {
						optionId: index + 1,
						optionName: option.name,
						optionValueId: index + 1,
						optionValue: option.value,
					} ) ),
				}
			: {} ),
		createdOn: format( product.createdAt ),
		updatedOn: format( product.updatedAt ),
		// Every warehouse, whatever its stock (recorded).
		warehouses: Object.fromEntries(
			account.profile.warehouses.map( ( { id } ) => [
				String( id ),
				{
					defaultLocationId: 0,
					overflowLocationId: 0,
					reorderLevel: 0,
					reorderQuantity: 0,
				},
			] )
		),
		nominalCodeStock: '1001',
		nominalCodePurchases: '5000',
		nominalCodeSales: account.profile.nominal.sales,
		seasonIds: [],
		reporting: {},
		status: product.status,
		salesPopupMessage: '',
		warehousePopupMessage: '',
		version: product.updatedAt,
	};
}

function readProducts( call: Call ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const found = ( ids.value ?? [] ).flatMap(
		( id ) => call.account.tables.products.get( id ) ?? []
	);
	return found.length === 0
		? refuse( 404, notFound( 'No Products Found' ) )
		: answer(
				found.map( ( product ) => showProduct( call.account, product ) )
			);
}

/** All price lists of each product, those without a price empty (§3.4). */
function readPrices( call: Call ): Reply {
	const ids = idsOf( call );
	const lists = idsOf( call, 'listIds' );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	if ( ! lists.ok ) {
		return lists.reply;
	}
	const { profile, tables } = call.account;
	const wanted = lists.value;
	const shown = profile.priceLists.filter(
		( list ) => wanted?.includes( list.id ) ?? true
	);
	const found = ( ids.value ?? [] ).flatMap(
		( id ) => tables.products.get( id ) ?? []
	);
	if ( found.length === 0 || shown.length === 0 ) {
		return refuse( 404, notFound( 'No Product Prices Found' ) );
	}
	return answer(
		found.map( ( product ) => ( {
			productId: product.id,
			priceLists: shown.map( ( list ) => ( {
				priceListId: list.id,
				currencyCode: currencyOf( call.account, list ).code,
				currencyId: list.currencyId,
				sku: product.sku,
				quantityPrice:
					list.type === 'SELL'
						? { 1: fixed( product.price, 4 ) }
						: {},
			} ) ),
		} ) )
	);
}

const productColumns: readonly Column< Product >[] = [
	{
		name: 'productId',
		type: 'IDSET',
		value: ( row ) => row.id,
		reference: {
			name: 'productCategoryMembership',
			entry: ( row ) => [ String( row.id ), [ 296 ] ],
		},
	},
	{ name: 'productName', type: 'SEARCH_STRING', value: ( row ) => row.name },
	{ name: 'SKU', type: 'STRING', value: ( row ) => row.sku },
	{ name: 'barcode', type: 'STRING', value: () => null },
	{ name: 'EAN', type: 'STRING', value: () => null },
	{ name: 'UPC', type: 'STRING', value: () => null },
	{ name: 'ISBN', type: 'STRING', value: () => null },
	{ name: 'MPN', type: 'STRING', value: () => null },
	{
		name: 'stockTracked',
		type: 'BOOLEAN',
		value: ( row ) => row.stockTracked,
	},
	{
		name: 'salesChannelName',
		type: 'STRING',
		value: () => 'Brightpearl',
		filterable: false,
	},
	{ name: 'createdOn', type: 'PERIOD', value: ( row ) => row.createdAt },
	{ name: 'updatedOn', type: 'PERIOD', value: ( row ) => row.updatedAt },
	{
		name: 'brightpearlCategoryCode',
		type: 'IDSET',
		value: () => 296,
		sortable: false,
	},
	{ name: 'productGroupId', type: 'INTEGER', value: () => null },
	{ name: 'brandId', type: 'IDSET', value: () => 74 },
	{ name: 'productTypeId', type: 'IDSET', value: () => 1 },
	{ name: 'productStatus', type: 'STRING', value: ( row ) => row.status },
	{ name: 'primarySupplierId', type: 'IDSET', value: () => null },
];

export const productRoutes: readonly Route[] = [
	route(
		'GET',
		'/product-service/product/{ids}',
		'product-get',
		readProducts,
		[ 'includeOptional', 'excludeOptional', 'contextChannelId' ]
	),
	route(
		'OPTIONS',
		'/product-service/product/{ids?}',
		'product-options',
		( call ) =>
			existing( call, '/product', call.account.tables.products.ids() )
	),
	route(
		'GET',
		'/product-service/product-price/{ids}',
		'get-product-price',
		readPrices
	),
	route(
		'GET',
		'/product-service/product-price/{ids}/price-list/{listIds}',
		'get-product-price',
		readPrices
	),
	...searchRoutes< Product >( {
		path: '/product-service/product-search',
		columns: productColumns,
		filters: [
			// Every product is sold on every channel here.
			{ name: 'channelId', type: 'IDSET', value: () => [ 1, 7 ] },
		],
		rows: ( call ) => call.account.tables.products.values(),
		shortcuts: {
			SKU: ( account, value ) => account.productsBySku( value ),
		},
	} ),
];
