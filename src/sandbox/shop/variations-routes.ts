/** `/products/{id}/variations` and what is below it. */
import { runBatch } from './batch.ts';
import type { Product } from './model.ts';
import { renderVariation } from './products-render.ts';
import type { Source } from './products-write.ts';
import {
	checkProductBody,
	createProduct,
	eraseProduct,
	updateProduct,
} from './products-write.ts';
import type { Reply, RestRequest } from './rest.ts';
import { restError } from './rest.ts';
import { CHANGE, MAKE, READ, REMOVE } from './router.ts';
import type { Route } from './router.ts';
import type { Shop } from './shop.ts';

type Input = Readonly< Record< string, unknown > >;

function unknownVariation(): Reply {
	return restError(
		404,
		'woocommerce_rest_product_variation_invalid_id',
		'Invalid ID.'
	);
}

export function variationRoutes(
	shop: Shop,
	checkPage: ( request: RestRequest ) => Reply | null,
	list: (
		request: RestRequest,
		candidates: Iterable< Product >,
		render: ( product: Product ) => unknown
	) => Reply
): Route[] {
	const find = ( parent: number, id: number ): Product | null => {
		const product = shop.catalog.get( id );
		return product?.type === 'variation' && product.parent === parent
			? product
			: null;
	};
	const update = (
		parent: number,
		id: number,
		input: Input,
		source: Source
	): Reply => {
		const product = find( parent, id );
		if ( ! product ) {
			return unknownVariation();
		}
		const changed = updateProduct( shop, product, input, source );
		return changed.ok
			? { status: 200, body: renderVariation( shop, product, 'edit' ) }
			: changed.error;
	};
	const create = ( parent: number, input: Input ): Reply => {
		const product = shop.catalog.get( parent );
		if ( ! product ) {
			return unknownVariation();
		}
		const made = createProduct( shop, input, product );
		return made.ok
			? {
					status: 201,
					body: renderVariation( shop, made.value, 'edit' ),
				}
			: made.error;
	};
	const remove = ( parent: number, id: number ): Reply => {
		const product = find( parent, id );
		if ( ! product ) {
			return unknownVariation();
		}
		const body = renderVariation( shop, product, 'edit' );
		eraseProduct( shop, product );
		return { status: 200, body };
	};
	const path = '/products/:id/variations';
	return [
		{
			methods: READ,
			path,
			right: 'list',
			check: checkPage,
			// Measured: variations of an unknown parent are an empty list.
			handle: ( request ) =>
				list(
					request,
					shop.catalog.variationsOf( request.path[ 'id' ] ?? 0 ),
					( product ) => renderVariation( shop, product )
				),
		},
		{
			methods: MAKE,
			path,
			right: 'create',
			check: ( { body } ) => checkProductBody( body ),
			handle: ( request ) =>
				create( request.path[ 'id' ] ?? 0, request.body ),
		},
		{
			methods: CHANGE,
			path: `${ path }/batch`,
			right: 'batch',
			handle: ( request ) => {
				const parent = request.path[ 'id' ] ?? 0;
				return runBatch( request, {
					create: ( input ) => create( parent, input ),
					update: ( id, input ) =>
						update( parent, id, input, 'batch' ),
					delete: ( id ) => remove( parent, id ),
				} );
			},
		},
		{
			methods: READ,
			path: `${ path }/:sub`,
			right: 'view',
			handle: ( { path: at } ) => {
				const product = find( at[ 'id' ] ?? 0, at[ 'sub' ] ?? 0 );
				return product
					? { status: 200, body: renderVariation( shop, product ) }
					: unknownVariation();
			},
		},
		{
			methods: CHANGE,
			path: `${ path }/:sub`,
			right: 'edit',
			check: ( { body } ) => checkProductBody( body ),
			handle: ( { path: at, body } ) =>
				update( at[ 'id' ] ?? 0, at[ 'sub' ] ?? 0, body, 'single' ),
		},
		{
			methods: REMOVE,
			path: `${ path }/:sub`,
			right: 'delete',
			handle: ( { path: at } ) =>
				remove( at[ 'id' ] ?? 0, at[ 'sub' ] ?? 0 ),
		},
	];
}
