/** `/orders` and what is below it. */
import { runBatch } from './batch.ts';
import {
	ORDER_BY,
	checkList,
	datedFilter,
	enumeration,
	pageOf,
	sortDated,
} from './lists.ts';
import type { Order } from './model.ts';
import { noteRoutes } from './notes-routes.ts';
import { checkOrderBody } from './order-check.ts';
import { eraseOrder, trashOrder } from './order-life.ts';
import { STATUSES } from './order-status.ts';
import { renderOrder, unknownOrder } from './orders-render.ts';
import { createOrder, updateOrder } from './orders-write.ts';
import { refundRoutes } from './refunds-routes.ts';
import type { Reply, RestRequest } from './rest.ts';
import { flagOf, invalidParam, restError } from './rest.ts';
import { CHANGE, MAKE, READ, REMOVE } from './router.ts';
import type { Route } from './router.ts';
import type { Shop } from './shop.ts';

const FILTERS = [ 'any', 'trash', ...STATUSES ];

function statusesOf( request: RestRequest ): string[] {
	return ( request.query[ 'status' ] ?? 'any' )
		.split( /[\s,]+/ )
		.filter( ( name ) => name !== '' );
}

function checkStatuses( request: RestRequest ): Reply | null {
	const at = statusesOf( request ).findIndex(
		( name ) => ! FILTERS.includes( name )
	);
	return at === -1
		? null
		: invalidParam(
				'status',
				`status[${ at }] is not one of ${ enumeration( FILTERS ) }.`,
				'rest_not_in_enum'
			);
}

/** `any` leaves out trash and drafts, even beside the word `trash` itself (measured). */
function statusFilter( request: RestRequest ): ( order: Order ) => boolean {
	const wanted = new Set( statusesOf( request ) );
	return wanted.has( 'any' ) || wanted.size === 0
		? ( { status } ) =>
				! [ 'trash', 'checkout-draft', 'auto-draft' ].includes( status )
		: ( { status } ) => wanted.has( status );
}

function searchFilter( text: string | undefined ): ( order: Order ) => boolean {
	const wanted = ( text ?? '' ).trim().toLowerCase();
	return wanted === ''
		? () => true
		: ( { id, billing } ) =>
				[
					String( id ),
					billing.email,
					billing.first_name,
					billing.last_name,
					billing.company,
				].some( ( field ) => field.toLowerCase().includes( wanted ) );
}

export function ordersRoutes( shop: Shop ): Route[] {
	const show = ( request: RestRequest, order: Order ): unknown =>
		renderOrder( shop, order, request.query[ 'dp' ] );
	const withOrder =
		(
			missing: number,
			handle: ( request: RestRequest, order: Order ) => Reply
		) =>
		( request: RestRequest ): Reply => {
			const order = shop.orders.get( request.path[ 'id' ] ?? 0 );
			return order ? handle( request, order ) : unknownOrder( missing );
		};
	const remove = ( order: Order, isForced: boolean ): Reply => {
		if ( ! isForced && order.status === 'trash' ) {
			return restError(
				410,
				'woocommerce_rest_already_trashed',
				'The order has already been deleted.'
			);
		}
		const body = renderOrder( shop, order );
		if ( isForced ) {
			eraseOrder( shop, order );
		} else {
			trashOrder( shop, order );
		}
		return { status: 200, body };
	};
	const create = ( input: Readonly< Record< string, unknown > > ): Reply => {
		const made = createOrder( shop, input );
		return made.ok
			? {
					status: 201,
					headers: {
						location: `${ shop.home }/wp-json/wc/v3/orders/${ made.value.id }`,
					},
					body: renderOrder( shop, made.value ),
				}
			: made.error;
	};
	const update = (
		order: Order | undefined,
		input: Readonly< Record< string, unknown > >
	): Reply => {
		if ( ! order ) {
			return unknownOrder( 400 );
		}
		const changed = updateOrder( shop, order, input );
		return changed.ok
			? { status: 200, body: renderOrder( shop, changed.value ) }
			: changed.error;
	};
	return [
		{
			methods: READ,
			path: '/orders',
			right: 'list',
			check: ( request ) =>
				checkStatuses( request ) ??
				checkList( shop, request, ORDER_BY ),
			handle: ( request ) => {
				const dated = datedFilter( shop, request.query );
				const hasStatus = statusFilter( request );
				const isFound = searchFilter( request.query[ 'search' ] );
				const found = [ ...shop.orders.values() ].filter(
					( order ) =>
						hasStatus( order ) && dated( order ) && isFound( order )
				);
				return pageOf(
					shop,
					request,
					sortDated( found, request.query ),
					( order ) => show( request, order ),
					{ forgetsTotal: true }
				);
			},
		},
		{
			methods: MAKE,
			path: '/orders',
			right: 'create',
			check: ( { body } ) => checkOrderBody( body ),
			handle: ( { body } ) => create( body ),
		},
		{
			methods: CHANGE,
			path: '/orders/batch',
			right: 'batch',
			handle: ( request ) =>
				runBatch( request, {
					create,
					update: ( id, input ) =>
						update( shop.orders.get( id ), input ),
					delete: ( id ) => {
						const order = shop.orders.get( id );
						return order
							? remove( order, true )
							: unknownOrder( 404 );
					},
				} ),
		},
		{
			methods: READ,
			path: '/orders/:id',
			right: 'view',
			handle: withOrder( 404, ( request, order ) => ( {
				status: 200,
				body: show( request, order ),
			} ) ),
		},
		{
			methods: CHANGE,
			path: '/orders/:id',
			right: 'edit',
			check: ( { body } ) => checkOrderBody( body ),
			handle: ( request ) =>
				update(
					shop.orders.get( request.path[ 'id' ] ?? 0 ),
					request.body
				),
		},
		{
			methods: REMOVE,
			path: '/orders/:id',
			right: 'delete',
			handle: withOrder( 404, ( request, order ) =>
				remove(
					order,
					flagOf(
						request.query[ 'force' ] ?? request.body[ 'force' ]
					)
				)
			),
		},
		...refundRoutes( shop ),
		...noteRoutes( shop ),
	];
}
