/**
 * The catalogue (resources reference, §3.1, §3.2).
 */
import { emitChange } from './account.ts';
import { idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { detailsOf } from './catalogue-model.ts';
import type { Identity } from './catalogue-model.ts';
import { CUSTOM_FIELDS } from './custom-field-definitions.ts';
import { customFieldRoutes, metaDataRoute } from './custom-fields.ts';
import { existing } from './existing.ts';
import type { Product } from './model.ts';
import { showComponents, showProduct } from './product-view.ts';
import {
	createProduct,
	noSuchProduct,
	putIdentity,
	putProduct,
} from './product-write.ts';
import { answer } from './reply.ts';
import type { Reply } from './reply.ts';
import { searchRoutes } from './search.ts';
import type { Column } from './search.ts';

/** Only the products that exist; none at all is 404. */
function readProducts(
	call: Call,
	show: ( call: Call, product: Product ) => unknown = showProduct
): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const found = ( ids.value ?? [] ).flatMap(
		( id ) => call.account.tables.products.get( id ) ?? []
	);
	return found.length === 0
		? noSuchProduct()
		: answer( found.map( ( product ) => show( call, product ) ) );
}

/** "The same information" as the product's composition (§3.1); the wrapping is a guess. */
const showBundle = ( { account }: Call, product: Product ): unknown => ( {
	productId: product.id,
	composition: product.bundle
		? {
				bundle: true,
				bundleComponents: showComponents( account, product ),
			}
		: { bundle: false },
} );

/** A missing SKU is an empty text, every other identifier null (recorded). */
const identifier = (
	name: string,
	key: keyof Identity
): Column< Product > => ( {
	name,
	type: 'STRING',
	value: ( row ) => {
		const value = detailsOf( row ).identity[ key ];
		return value === '' ? null : value;
	},
} );

const productColumns: readonly Column< Product >[] = [
	{
		name: 'productId',
		type: 'IDSET',
		value: ( row ) => row.id,
		reference: {
			name: 'productCategoryMembership',
			entry: ( row ) => [ String( row.id ), detailsOf( row ).categories ],
		},
	},
	{ name: 'productName', type: 'SEARCH_STRING', value: ( row ) => row.name },
	{ name: 'SKU', type: 'STRING', value: ( row ) => row.sku },
	identifier( 'barcode', 'barcode' ),
	identifier( 'EAN', 'ean' ),
	identifier( 'UPC', 'upc' ),
	identifier( 'ISBN', 'isbn' ),
	identifier( 'MPN', 'mpn' ),
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
		value: ( row ) => detailsOf( row ).categories,
		sortable: false,
	},
	{
		name: 'productGroupId',
		type: 'INTEGER',
		value: ( row ) => detailsOf( row ).groupId,
	},
	{
		name: 'brandId',
		type: 'IDSET',
		value: ( row ) => detailsOf( row ).brandId,
	},
	{
		name: 'productTypeId',
		type: 'IDSET',
		value: ( row ) => detailsOf( row ).typeId,
	},
	{ name: 'productStatus', type: 'STRING', value: ( row ) => row.status },
	{
		name: 'primarySupplierId',
		type: 'IDSET',
		value: ( row ) => detailsOf( row ).primarySupplierId,
	},
];

export const productRoutes: readonly Route[] = [
	route(
		'GET',
		'/product-service/product/{ids}',
		'product-get',
		( call ) => readProducts( call ),
		[ 'includeOptional', 'excludeOptional', 'contextChannelId' ]
	),
	route(
		'OPTIONS',
		'/product-service/product/{ids?}',
		'product-options',
		( call ) =>
			existing( call, '/product', call.account.tables.products.ids() )
	),
	route( 'POST', '/product-service/product', 'post-product', createProduct ),
	route( 'PUT', '/product-service/product/{id}', 'put-product', putProduct ),
	route(
		'PUT',
		'/product-service/product/{id}/identity',
		'put-product-identity',
		putIdentity
	),
	route(
		'GET',
		'/product-service/product/{ids}/bundle',
		'get-product-bundle',
		( call ) => readProducts( call, showBundle )
	),
	// Suppliers of products are not imitated: none has one.
	route(
		'GET',
		'/product-service/product/{ids}/supplier',
		'get-product-supplier',
		noSuchProduct
	),
	metaDataRoute(
		'/product-service/product/custom-field-meta-data',
		CUSTOM_FIELDS.product
	),
	...customFieldRoutes< Product >( {
		path: '/product-service/product',
		find: ( account, id ) => account.tables.products.get( id ),
		missing: noSuchProduct,
		fieldsOf: () => CUSTOM_FIELDS.product,
		read: ( product ) => detailsOf( product ).customFields,
		save: ( { account, now }, product, customFields ) => {
			account.tables.products.put( {
				...product,
				updatedAt: now,
				more: { ...product.more, customFields },
			} );
			emitChange( account, 'product', product.id, 'modified' );
		},
	} ),
	...searchRoutes< Product >( {
		path: '/product-service/product-search',
		columns: productColumns,
		filters: [
			// Every product is sold on every channel here.
			{ name: 'channelId', type: 'IDSET', value: () => [ 1, 7 ] },
		],
		rows: ( call ) => call.account.tables.products.values(),
		stamp: ( { account } ) => String( account.tables.products.version() ),
		shortcuts: {
			SKU: ( account, value ) => account.productsBySku( value ),
		},
	} ),
];
