/** `/products`, their variations, and `/variations`. */
import { runBatch } from './batch.ts';
import { checkList, datedFilter, pageOf, sortDated } from './lists.ts';
import type { Product } from './model.ts';
import {
	renderProduct,
	renderVariation,
	unknownProduct,
} from './products-render.ts';
import type { Source } from './products-write.ts';
import {
	checkProductBody,
	createProduct,
	eraseProduct,
	trashProduct,
	updateProduct,
} from './products-write.ts';
import type { Reply, RestRequest } from './rest.ts';
import { flagOf, restError } from './rest.ts';
import { CHANGE, MAKE, READ, REMOVE } from './router.ts';
import type { Route } from './router.ts';
import type { Shop } from './shop.ts';
import { variationRoutes } from './variations-routes.ts';

type Input = Readonly< Record< string, unknown > >;

const ORDER_BY = [
	'date',
	'id',
	'include',
	'title',
	'slug',
	'price',
	'popularity',
	'rating',
	'menu_order',
	'modified',
];

function wrongRoute(): Reply {
	return restError(
		404,
		'woocommerce_rest_invalid_product_id',
		'To manipulate product variations you should use the /products/&lt;product_id&gt;/variations/&lt;id&gt; endpoint.'
	);
}

/** Exact but blind to case; a list is not trimmed; an empty value asks for everything (measured). */
function skuCandidates(
	shop: Shop,
	text: string | undefined
): Product[] | null {
	if ( text === undefined || text === '' ) {
		return null;
	}
	const found = new Map< number, Product >();
	for ( const sku of text.split( ',' ) ) {
		for ( const product of sku === '' ? [] : shop.catalog.bySku( sku ) ) {
			found.set( product.id, product );
		}
	}
	return [ ...found.values() ];
}

function fieldFilter(
	query: RestRequest[ 'query' ]
): ( p: Product ) => boolean {
	const status = query[ 'status' ] ?? 'any';
	const type = query[ 'type' ];
	const stockStatus = query[ 'stock_status' ];
	const partial = query[ 'search_sku' ]?.toLowerCase();
	const search = query[ 'search' ]?.toLowerCase();
	return ( product ) =>
		( status === 'any'
			? product.status !== 'trash'
			: product.status === status ) &&
		( type === undefined || product.type === type ) &&
		( stockStatus === undefined || product.stock_status === stockStatus ) &&
		( partial === undefined ||
			product.sku.toLowerCase().includes( partial ) ) &&
		( search === undefined ||
			product.name.toLowerCase().includes( search ) );
}

export function productsRoutes( shop: Shop ): Route[] {
	const checkPage = ( request: RestRequest ): Reply | null =>
		checkList( shop, request, ORDER_BY );
	const list = (
		request: RestRequest,
		candidates: Iterable< Product >,
		render: ( product: Product ) => unknown
	): Reply => {
		const dated = datedFilter( shop, request.query );
		const fits = fieldFilter( request.query );
		const found = [ ...candidates ].filter(
			( product ) => fits( product ) && dated( product )
		);
		return pageOf(
			shop,
			request,
			sortDated( found, request.query ),
			render
		);
	};
	const create = ( input: Input ): Reply => {
		const made = createProduct( shop, input, null );
		return made.ok
			? {
					status: 201,
					headers: {
						location: `${ shop.home }/wp-json/wc/v3/products/${ made.value.id }`,
					},
					body: renderProduct( shop, made.value, 'edit' ),
				}
			: made.error;
	};
	const update = ( id: number, input: Input, source: Source ): Reply => {
		const product = shop.catalog.get( id );
		if ( ! product ) {
			return unknownProduct( 400 );
		}
		if ( product.type === 'variation' ) {
			return wrongRoute();
		}
		const changed = updateProduct( shop, product, input, source );
		return changed.ok
			? { status: 200, body: renderProduct( shop, product, 'edit' ) }
			: changed.error;
	};
	const remove = ( id: number, isForced: boolean ): Reply => {
		const product = shop.catalog.get( id );
		if ( ! product ) {
			return unknownProduct( 404 );
		}
		if ( product.type === 'variation' ) {
			return wrongRoute();
		}
		if ( ! isForced && product.status === 'trash' ) {
			return restError(
				410,
				'woocommerce_rest_already_trashed',
				'The product has already been deleted.'
			);
		}
		const body = renderProduct( shop, product, 'edit' );
		if ( isForced ) {
			eraseProduct( shop, product );
		} else {
			trashProduct( shop, product );
		}
		return { status: 200, body };
	};
	return [
		{
			methods: READ,
			path: '/products',
			right: 'list',
			check: checkPage,
			handle: ( request ) => {
				const bySku = skuCandidates( shop, request.query[ 'sku' ] );
				const candidates =
					bySku ??
					[ ...shop.catalog.all() ].filter(
						( { type } ) => type !== 'variation'
					);
				return list( request, candidates, ( product ) =>
					renderProduct( shop, product )
				);
			},
		},
		{
			methods: MAKE,
			path: '/products',
			right: 'create',
			check: ( { body } ) => checkProductBody( body ),
			handle: ( { body } ) => create( body ),
		},
		{
			methods: CHANGE,
			path: '/products/batch',
			right: 'batch',
			handle: ( request ) =>
				runBatch( request, {
					create,
					update: ( id, input ) => update( id, input, 'batch' ),
					delete: ( id ) => remove( id, true ),
				} ),
		},
		{
			methods: READ,
			path: '/products/:id',
			right: 'view',
			handle: ( request ) => {
				const product = shop.catalog.get( request.path[ 'id' ] ?? 0 );
				return product
					? { status: 200, body: renderProduct( shop, product ) }
					: unknownProduct( 404 );
			},
		},
		{
			methods: CHANGE,
			path: '/products/:id',
			right: 'edit',
			check: ( { body } ) => checkProductBody( body ),
			handle: ( request ) =>
				update( request.path[ 'id' ] ?? 0, request.body, 'single' ),
		},
		{
			methods: REMOVE,
			path: '/products/:id',
			right: 'delete',
			handle: ( request ) =>
				remove(
					request.path[ 'id' ] ?? 0,
					flagOf(
						request.query[ 'force' ] ?? request.body[ 'force' ]
					)
				),
		},
		{
			methods: READ,
			path: '/variations',
			right: 'list',
			check: checkPage,
			handle: ( request ) =>
				list(
					request,
					(
						skuCandidates( shop, request.query[ 'sku' ] ) ?? [
							...shop.catalog.all(),
						]
					).filter( ( { type } ) => type === 'variation' ),
					( product ) => renderVariation( shop, product )
				),
		},
		...variationRoutes( shop, checkPage, list ),
	];
}
