/**
 * Drop-ship notes (resources reference, §4.6): a supplier sends the goods, none of our stock
 * moves. Purchase orders are not imitated: their ids are taken as they come.
 */
import { z } from 'zod';
import { emitChange, isCancelled, touchOrder } from './account.ts';
import type { Account } from './account.ts';
import { idOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { fixed } from './decimal.ts';
import { readNotes, shipment } from './drop-ship-read.ts';
import { decimal, instant, readFields, wholeNumber } from './fields.ts';
import type { Order } from './model.ts';
import { progressOf } from './order-state.ts';
import { noSuchOrder, saleOf } from './find-order.ts';
import { API_USER } from './profile.ts';
import { answer, refuse, silent } from './reply.ts';
import type { Reply } from './reply.ts';
import type { DropShipNote } from './stock-model.ts';

const noteSchema = z.strictObject( {
	suppliers: z
		.array(
			z.strictObject( {
				supplierId: wholeNumber,
				purchaseOrderId: wholeNumber,
				products: z
					.array(
						z.strictObject( {
							productId: wholeNumber,
							purchaseOrderRowId: wholeNumber,
							salesOrderRowId: wholeNumber,
							quantity: wholeNumber,
							productValue: z
								.strictObject( {
									currency: z.string(),
									value: decimal,
								} )
								.optional(),
						} )
					)
					.min( 1 ),
			} )
		)
		.min( 1 ),
} );
type Supplier = z.infer< typeof noteSchema >[ 'suppliers' ][ number ];

const eventSchema = z.strictObject( {
	trackingReference: z.string().optional(),
	shippingMethodId: wholeNumber.optional(),
	events: z
		.array(
			z.strictObject( {
				eventCode: z.literal( 'SHS' ),
				// Brightpearl's spelling.
				occured: instant,
				eventOwnerId: wholeNumber,
			} )
		)
		.min( 1 ),
} );

function faultsOf(
	account: Account,
	order: Order,
	suppliers: readonly Supplier[]
): Problem[] {
	const faults: Problem[] = [];
	if ( isCancelled( account, order ) ) {
		faults.push(
			problem( INVENTED.orderLocked, 'The order is cancelled' )
		);
	}
	const progress = progressOf( account, order );
	const asked = new Map< number, number >();
	for ( const { supplierId, products } of suppliers ) {
		if ( account.tables.contacts.get( supplierId )?.isSupplier !== true ) {
			faults.push(
				problem(
					INVENTED.unknownSupplier,
					`Contact ${ supplierId } is no supplier`
				)
			);
		}
		for ( const { productId, salesOrderRowId, quantity } of products ) {
			const row = progress.find(
				( entry ) => entry.row.id === salesOrderRowId
			);
			const wanted = ( asked.get( salesOrderRowId ) ?? 0 ) + quantity;
			asked.set( salesOrderRowId, wanted );
			if ( row?.row.productId !== productId ) {
				faults.push(
					problem(
						INVENTED.unknownRow,
						`Row ${ salesOrderRowId } with product ${ productId } is no stock row of the order`
					)
				);
			} else if (
				quantity <= 0 ||
				wanted > row.needed - row.noted - row.reserved
			) {
				faults.push(
					problem(
						INVENTED.badQuantity,
						`Row ${ salesOrderRowId }: more than is still open`
					)
				);
			}
		}
	}
	return faults;
}

function postNote( call: Call ): Reply {
	const { account } = call;
	const order = saleOf( account, idOf( call ), 'SO' );
	if ( ! order ) {
		return noSuchOrder( call.params.id ?? '' );
	}
	const read = readFields(
		noteSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const faults = faultsOf( account, order, read.value.suppliers );
	if ( faults.length > 0 ) {
		return refuse( 400, ...faults );
	}
	const ids = read.value.suppliers.map( ( supplier ) => {
		const note: DropShipNote = {
			id: account.tables.dropShips.nextId(),
			orderId: order.id,
			purchaseOrderId: supplier.purchaseOrderId,
			supplierId: supplier.supplierId,
			rows: {},
			reference: '',
			shippingMethodId: order.shippingMethodId,
			createdAt: call.now,
			events: [ { at: call.now, ownerId: API_USER, code: 'PLA' } ],
		};
		for ( const product of supplier.products ) {
			const key = String( product.salesOrderRowId );
			note.rows[ key ] = {
				productId: product.productId,
				purchaseOrderRowId: product.purchaseOrderRowId,
				quantity:
					product.quantity + ( note.rows[ key ]?.quantity ?? 0 ),
				currency:
					product.productValue?.currency ??
					account.profile.baseCurrency,
				value: fixed( product.productValue?.value ?? 0, 4 ),
			};
		}
		account.tables.dropShips.put( note );
		emitChange( account, 'drop-ship-note', note.id, 'created' );
		return note.id;
	} );
	touchOrder( account, order, call.now );
	return answer( ids );
}

const noSuchNote = ( call: Call ): Reply =>
	refuse(
		404,
		notFound( `Cannot find drop-ship note: ${ call.params.id ?? '' }` )
	);

const shippedAlready = ( status: number ): Reply =>
	refuse(
		status,
		problem( INVENTED.shipped, 'The drop-ship note is shipped' )
	);

function postEvent( call: Call ): Reply {
	const { account } = call;
	const note = account.tables.dropShips.get( idOf( call ) );
	if ( ! note ) {
		return noSuchNote( call );
	}
	const read = readFields(
		eventSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const { events, trackingReference, shippingMethodId } = read.value;
	const [ event ] = events;
	if ( ! event || events.length > 1 || shipment( note ) ) {
		// A repeated ship event conflicts, as with goods-out notes.
		return shippedAlready( 409 );
	}
	account.tables.dropShips.put( {
		...note,
		reference: trackingReference ?? note.reference,
		shippingMethodId: shippingMethodId ?? note.shippingMethodId,
		events: [
			...note.events,
			{
				at: event.occured,
				ownerId: event.eventOwnerId,
				code: event.eventCode,
			},
		],
	} );
	emitChange( account, 'drop-ship-note', note.id, 'modified', 'shipped' );
	touch( call, note );
	return silent();
}

function touch( { account, now }: Call, note: DropShipNote ): void {
	const order = account.tables.orders.get( note.orderId );
	if ( order ) {
		touchOrder( account, order, now );
	}
}

function removeNote( call: Call ): Reply {
	const note = call.account.tables.dropShips.get( idOf( call ) );
	if ( note?.orderId !== idOf( call, 'orderId' ) ) {
		return noSuchNote( call );
	}
	if ( shipment( note ) ) {
		return shippedAlready( 400 );
	}
	call.account.tables.dropShips.remove( note.id );
	emitChange( call.account, 'drop-ship-note', note.id, 'destroyed' );
	touch( call, note );
	return silent();
}

const NOTES = '/warehouse-service/order/{orderIds}/goods-note/drop-ship';

export const dropShipRoutes: readonly Route[] = [
	route(
		'POST',
		'/warehouse-service/order/{id}/goods-note/drop-ship',
		'post-drop-ship-note',
		postNote
	),
	route( 'GET', `${ NOTES }/{ids?}`, 'get-drop-ship-note', readNotes ),
	// That notes can be destroyed is an event's name; the path is that of goods-out notes.
	route(
		'DELETE',
		'/warehouse-service/order/{orderId}/goods-note/drop-ship/{id}',
		'delete-drop-ship-note',
		removeNote
	),
	route(
		'POST',
		'/warehouse-service/goods-note/drop-ship/{id}/event',
		'post-drop-ship-note-event',
		postEvent
	),
];
