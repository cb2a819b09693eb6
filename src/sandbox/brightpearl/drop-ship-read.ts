/**
 * Drop-ship notes as they are shown (resources reference, §4.6).
 */
import { idsOf } from './call.ts';
import type { Call } from './call.ts';
import { INVENTED, problem } from './codes.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import type { DropShipNote } from './stock-model.ts';

/** Undefined = not sent yet. */
export const shipment = ( note: DropShipNote ) =>
	note.events.find( ( { code } ) => code === 'SHS' );

function showNote(
	{ account }: Call,
	note: DropShipNote
): Record< string, unknown > {
	const { format } = account.zone;
	const shipped = shipment( note );
	return {
		orderId: note.orderId,
		purchaseOrderId: note.purchaseOrderId,
		supplierId: note.supplierId,
		status: {
			shipped: shipped !== undefined,
			...( shipped
				? {
						shippedOn: format( shipped.at ),
						shippedById: shipped.ownerId,
					}
				: {} ),
		},
		shipping: {
			reference: note.reference,
			shippingMethodId: note.shippingMethodId,
		},
		createdOn: format( note.createdAt ),
		createdBy: note.events[ 0 ]?.ownerId ?? 0,
		orderRows: Object.fromEntries(
			Object.entries( note.rows ).map( ( [ rowId, row ] ) => [
				rowId,
				[
					{
						productId: row.productId,
						purchaseOrderRowId: row.purchaseOrderRowId,
						quantity: row.quantity,
						productValue: {
							currency: row.currency,
							value: row.value,
						},
					},
				],
			] )
		),
		events: note.events.map( ( event ) => ( {
			occured: format( event.at ),
			eventOwnerId: event.ownerId,
			eventCode: event.code,
		} ) ),
	};
}

/** With `*` for the orders, note ids are needed; for no notes the map is empty. */
export function readNotes( call: Call ): Reply {
	const everyOrder = call.params.orderIds === '*';
	const orderIds = everyOrder ? null : idsOf( call, 'orderIds' );
	const noteIds = idsOf( call );
	if ( orderIds && ! orderIds.ok ) {
		return orderIds.reply;
	}
	if ( ! noteIds.ok ) {
		return noteIds.reply;
	}
	if ( everyOrder && noteIds.value === null ) {
		return refuse(
			400,
			problem(
				INVENTED.badIds,
				'With * for the orders, note ids are needed'
			)
		);
	}
	const { tables, dropShipsByOrder } = call.account;
	const wanted = orderIds?.value;
	const notes = noteIds.value
		? noteIds.value
				.flatMap( ( id ) => tables.dropShips.get( id ) ?? [] )
				.filter( ( note ) => wanted?.includes( note.orderId ) ?? true )
		: ( wanted ?? [] ).flatMap( ( id ) => [
				...dropShipsByOrder( String( id ) ),
			] );
	return answer(
		Object.fromEntries(
			notes.map( ( note ) => [
				String( note.id ),
				showNote( call, note ),
			] )
		)
	);
}
