/**
 * How far an order is fulfilled, and from where products could be (resources reference, §4.1, §4.7).
 */
import { idOf, idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { progressOf } from './order-state.ts';
import { noSuchOrder } from './find-order.ts';
import { answer } from './reply.ts';
import type { Reply } from './reply.ts';
import { levelOf } from './stock.ts';

/** Rows without stock appear too, and never become fulfilled or shipped. */
function readStatus( call: Call ): Reply {
	const { account } = call;
	const order = account.tables.orders.get( idOf( call ) );
	if ( ! order ) {
		return noSuchOrder( call.params.id ?? '' );
	}
	const progress = new Map(
		progressOf( account, order ).map( ( entry ) => [ entry.row.id, entry ] )
	);
	const notes = account.notesByOrder( String( order.id ) );
	return answer(
		Object.fromEntries(
			order.rows.map( ( row ) => {
				const key = String( row.id );
				const places: Record< string, number > = {};
				for ( const note of notes ) {
					const { quantity = 0 } = note.rows[ key ] ?? {};
					if ( quantity > 0 ) {
						const place = String( note.warehouseId );
						places[ place ] = ( places[ place ] ?? 0 ) + quantity;
					}
				}
				const entry = progress.get( row.id );
				return [
					key,
					{
						quantity: Number( row.quantity ),
						fulfilled: entry?.noted ?? 0,
						shipped: entry?.shipped ?? 0,
						fulfilmentLocations: places,
					},
				];
			} )
		)
	);
}

/** Suppliers of products are not imitated: the map is there and empty. */
function readSources( call: Call ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const { account } = call;
	const available: Record< string, unknown > = {};
	const unavailable: number[] = [];
	for ( const productId of ids.value ?? [] ) {
		const stock = account.tables.stock.get( productId );
		const warehouses = Object.keys( stock?.warehouses ?? {} ).flatMap(
			( key ) => {
				const { onHand } = levelOf( account, productId, Number( key ) );
				return onHand > 0 ? [ [ key, { onHand } ] as const ] : [];
			}
		);
		if ( warehouses.length === 0 ) {
			unavailable.push( productId );
		} else {
			available[ String( productId ) ] = {
				suppliers: {},
				warehouses: Object.fromEntries( warehouses ),
			};
		}
	}
	return answer( {
		availableProducts: available,
		unavailableProducts: unavailable,
	} );
}

export const fulfilmentRoutes: readonly Route[] = [
	route(
		'GET',
		'/warehouse-service/order/{id}/fulfilment-status',
		'get-fulfilment-status',
		readStatus
	),
	route(
		'GET',
		'/warehouse-service/fulfilment-source/{ids}',
		'get-fulfilment-source',
		readSources
	),
];
