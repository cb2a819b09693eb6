/**
 * Reservations, Brightpearl's word for allocation (resources reference, §4.4): one for each
 * sales order, in one warehouse; asking for more than there is succeeds in part.
 */
import { isCancelled, touchOrder } from './account.ts';
import { idOf, idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import { readFields } from './fields.ts';
import type { Order, Reservation, ReservedRow } from './model.ts';
import { noSuchOrder, saleOf } from './find-order.ts';
import { checkWanted, grant, reservationSchema } from './reservation-rules.ts';
import type { Wanted } from './reservation-rules.ts';
import { answer, bad, good, refuse, silent } from './reply.ts';
import type { Checked, Reply } from './reply.ts';
import { allocateRows, recordReserved, releaseReservation } from './stock.ts';
import { isWarehouse } from './warehouse.ts';

const total = ( rows: readonly { quantity: number }[] ): number =>
	rows.reduce( ( sum, row ) => sum + row.quantity, 0 );

function reserve(
	call: Call,
	order: Order,
	warehouseId: number,
	wanted: readonly Wanted[],
	kept: Record< string, ReservedRow > = {}
): Reply {
	const { account } = call;
	const granted = grant( account, warehouseId, wanted );
	const rows = Object.values( granted );
	if ( rows.length === 0 ) {
		return refuse(
			400,
			problem(
				INVENTED.nothingAvailable,
				`Nothing of the order is on hand in warehouse ${ warehouseId }`
			)
		);
	}
	const merged = { ...kept };
	for ( const [ rowId, { productId, quantity } ] of Object.entries(
		granted
	) ) {
		merged[ rowId ] = {
			productId,
			quantity: quantity + ( kept[ rowId ]?.quantity ?? 0 ),
		};
	}
	const reservation: Reservation = {
		id: order.id,
		warehouseId,
		rows: merged,
		createdAt: call.now,
	};
	account.tables.reservations.put( reservation );
	allocateRows( account, warehouseId, rows, 1 );
	recordReserved( account, order.id, warehouseId, granted, 1, call.now );
	touchOrder( account, order, call.now );
	account.emit( {
		type: 'reservation',
		account: account.code,
		orderId: order.id,
		warehouseId,
		quantity: total( rows ),
		complete: total( rows ) === total( wanted ),
	} );
	return silent();
}

interface Asked {
	readonly order: Order;
	readonly wanted: readonly Wanted[];
}

function readAsked( call: Call ): Checked< Asked > {
	const order = saleOf( call.account, idOf( call ), 'SO' );
	if ( ! order ) {
		return bad( noSuchOrder( call.params.id ?? '' ) );
	}
	if ( isCancelled( call.account, order ) ) {
		return bad(
			refuse(
				400,
				problem( INVENTED.orderLocked, 'The order is cancelled' )
			)
		);
	}
	const read = readFields(
		reservationSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read;
	}
	const { rows, faults } = checkWanted( call, order, read.value.products );
	return faults.length > 0
		? bad( refuse( 400, ...faults ) )
		: good( { order, wanted: rows } );
}

function postReservation( call: Call ): Reply {
	const asked = readAsked( call );
	if ( ! asked.ok ) {
		return asked.reply;
	}
	const { order, wanted } = asked.value;
	const warehouseId = idOf( call, 'warehouseId' );
	if ( ! isWarehouse( call.account, warehouseId ) ) {
		return refuse(
			400,
			problem(
				INVENTED.unknownWarehouse,
				`There is no warehouse ${ call.params.warehouseId ?? '' }`
			)
		);
	}
	const present = call.account.tables.reservations.get( order.id );
	const adds =
		call.switches.secondReservation === 'add' &&
		present?.warehouseId === warehouseId;
	if ( present && ! adds ) {
		return refuse(
			400,
			problem(
				INVENTED.reserved,
				`Order ${ order.id } has a reservation`
			)
		);
	}
	// Added up, a row never holds more than it needs.
	const open = wanted.flatMap( ( row ) => {
		const held =
			present?.rows[ String( row.salesOrderRowId ) ]?.quantity ?? 0;
		const needed = Number(
			order.rows.find( ( { id } ) => id === row.salesOrderRowId )
				?.quantity ?? 0
		);
		const quantity = Math.min( row.quantity, needed - held );
		return quantity > 0 ? [ { ...row, quantity } ] : [];
	} );
	return reserve( call, order, warehouseId, open, present?.rows );
}

/** Replaces what is reserved; when nothing of the new is there, the old stays. */
function putReservation( call: Call ): Reply {
	const asked = readAsked( call );
	if ( ! asked.ok ) {
		return asked.reply;
	}
	const { order, wanted } = asked.value;
	const { account } = call;
	const present = account.tables.reservations.get( order.id );
	if ( ! present ) {
		return noReservation( String( order.id ) );
	}
	const before = Object.values( present.rows );
	allocateRows( account, present.warehouseId, before, -1 );
	const reply = reserve( call, order, present.warehouseId, wanted );
	if ( reply.status === 200 ) {
		recordReserved(
			account,
			order.id,
			present.warehouseId,
			present.rows,
			-1,
			call.now
		);
	} else {
		allocateRows( account, present.warehouseId, before, 1 );
	}
	return reply;
}

const noReservation = ( orderIds: string ): Reply =>
	refuse(
		404,
		notFound(
			`No reservations found within range of order IDs ${ orderIds }`
		)
	);

function readReservations( call: Call ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const found = ( ids.value ?? [] ).flatMap(
		( orderId ) => call.account.tables.reservations.get( orderId ) ?? []
	);
	return found.length === 0
		? noReservation( call.params.ids ?? '' )
		: answer(
				found.map( ( { id: orderId, warehouseId, rows } ) => ( {
					orderId,
					warehouseId,
					orderRows: rows,
				} ) )
			);
}

type DeleteForm = 'order' | 'warehouse';

/** The page exists, its path is not known (§8.5): a form that is off is no resource. */
const deleteReservation =
	( form: DeleteForm ) =>
	( call: Call ): Reply => {
		const { account, switches } = call;
		if (
			switches.reservationDelete !== 'any' &&
			switches.reservationDelete !== form
		) {
			return refuse( 404, notFound( 'Cannot find the resource' ) );
		}
		const order = account.tables.orders.get( idOf( call ) );
		const present = order && account.tables.reservations.get( order.id );
		if (
			! order ||
			! present ||
			( form === 'warehouse' &&
				present.warehouseId !== idOf( call, 'warehouseId' ) )
		) {
			return noReservation( call.params.id ?? '' );
		}
		releaseReservation( account, order.id, call.now );
		touchOrder( account, order, call.now );
		return silent();
	};

/** One row of a reservation; with the last one the reservation goes. The path is a guess too. */
function deleteReservedRow( call: Call ): Reply {
	const { account } = call;
	const order = account.tables.orders.get( idOf( call ) );
	const present = order && account.tables.reservations.get( order.id );
	const key = String( idOf( call, 'rowId' ) );
	const held = present?.rows[ key ];
	if ( ! order || ! present || ! held ) {
		return noReservation( call.params.id ?? '' );
	}
	const rows = { ...present.rows };
	delete rows[ key ];
	if ( Object.keys( rows ).length === 0 ) {
		releaseReservation( account, order.id, call.now );
	} else {
		account.tables.reservations.put( { ...present, rows } );
		allocateRows( account, present.warehouseId, [ held ], -1 );
		recordReserved(
			account,
			order.id,
			present.warehouseId,
			{ [ key ]: held },
			-1,
			call.now
		);
	}
	touchOrder( account, order, call.now );
	return silent();
}

export const reservationRoutes: readonly Route[] = [
	route(
		'POST',
		'/warehouse-service/order/{id}/reservation/warehouse/{warehouseId}',
		'post-reservation',
		postReservation
	),
	route(
		'GET',
		'/warehouse-service/order/{ids}/reservation',
		'get-reservation',
		readReservations
	),
	route(
		'PUT',
		'/warehouse-service/order/{id}/reservation',
		'put-reservation',
		putReservation
	),
	route(
		'DELETE',
		'/warehouse-service/order/{id}/reservation',
		'delete-reservation',
		deleteReservation( 'order' )
	),
	route(
		'DELETE',
		'/warehouse-service/order/{id}/reservation/warehouse/{warehouseId}',
		'delete-reservation',
		deleteReservation( 'warehouse' )
	),
	route(
		'DELETE',
		'/warehouse-service/order/{id}/reservation/row/{rowId}',
		'delete-reservation-row',
		deleteReservedRow
	),
];
