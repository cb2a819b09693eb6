/** `/orders/{id}/notes`: no paging, and nobody is told of them. */
import { gmtText, localText } from './dates.ts';
import type { Note, Order } from './model.ts';
import { addNote } from './order-status.ts';
import { unknownOrder } from './orders-render.ts';
import { flagOf, links, missingParam, restError, textOf } from './rest.ts';
import { MAKE, READ, REMOVE } from './router.ts';
import type { Route } from './router.ts';
import type { Shop } from './shop.ts';

function renderNote( shop: Shop, order: Order, note: Note ): unknown {
	return {
		id: note.id,
		author: note.author,
		date_created: localText( shop.settings.timeZone, note.created ),
		date_created_gmt: gmtText( note.created ),
		note: note.note,
		customer_note: note.customer_note,
		_links: {
			...links( shop.home, `orders/${ order.id }/notes/${ note.id }`, [
				'GET',
				'DELETE',
			] ),
			up: [
				{ href: `${ shop.home }/wp-json/wc/v3/orders/${ order.id }` },
			],
		},
	};
}

export function noteRoutes( shop: Shop ): Route[] {
	return [
		{
			methods: READ,
			path: '/orders/:id/notes',
			right: 'list',
			handle: ( request ) => {
				const order = shop.orders.get( request.path[ 'id' ] ?? 0 );
				if ( ! order ) {
					return unknownOrder( 404 );
				}
				const kind = request.query[ 'type' ] ?? 'any';
				return {
					status: 200,
					body: [ ...order.notes ]
						.filter(
							( note ) =>
								kind === 'any' ||
								note.customer_note === ( kind === 'customer' )
						)
						.sort(
							( a, b ) => b.created - a.created || b.id - a.id
						)
						.map( ( note ) => renderNote( shop, order, note ) ),
				};
			},
		},
		{
			methods: MAKE,
			path: '/orders/:id/notes',
			right: 'create',
			check: ( { body } ) =>
				body[ 'note' ] === undefined ? missingParam( 'note' ) : null,
			handle: ( request ) => {
				const order = shop.orders.get( request.path[ 'id' ] ?? 0 );
				if ( ! order ) {
					return unknownOrder( 404 );
				}
				// Leaves date_modified alone and tells nobody (measured).
				const id = addNote(
					shop,
					order,
					textOf( request.body[ 'note' ] ),
					{
						author: flagOf( request.body[ 'added_by_user' ] )
							? 'admin'
							: 'WooCommerce',
						customer_note: flagOf(
							request.body[ 'customer_note' ]
						),
					}
				);
				const note = order.notes.find( ( one ) => one.id === id );
				return {
					status: 201,
					body: note && renderNote( shop, order, note ),
				};
			},
		},
		{
			methods: REMOVE,
			path: '/orders/:id/notes/:sub',
			right: 'delete',
			handle: ( request ) => {
				const order = shop.orders.get( request.path[ 'id' ] ?? 0 );
				const note = order?.notes.find(
					( { id } ) => id === request.path[ 'sub' ]
				);
				if ( ! order || ! note ) {
					return restError(
						404,
						'woocommerce_rest_invalid_id',
						'Invalid resource ID.'
					);
				}
				if ( ! flagOf( request.query[ 'force' ] ) ) {
					return restError(
						501,
						'woocommerce_rest_trash_not_supported',
						'Webhooks do not support trashing.'
					);
				}
				order.notes = order.notes.filter( ( one ) => one !== note );
				shop.touch();
				return { status: 200, body: renderNote( shop, order, note ) };
			},
		},
	];
}
