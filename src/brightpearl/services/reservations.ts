/**
 * What is set aside for an order (resources reference, §4.4).
 */
import { z } from 'zod';
import { hold, ok, type Result } from '../../contracts/result.ts';
import type { Reservation, WarehouseApi } from '../api.ts';
import type { Ask, Sent } from '../transport/call.ts';
import { read } from '../answers/decode.ts';
import { count, id } from '../answers/fields.ts';
import { done, write } from './writes.ts';

const reservationSchema = z.object( {
	warehouseId: id,
	orderRows: z.record(
		z.string().regex( /^\d+$/ ),
		z.object( { productId: id, quantity: count } )
	),
} );

/** A list of one note (§4.4: one reservation per sales order); none is a 404 or an empty list. */
const reservationsSchema = z
	.union( [
		z.array( reservationSchema ),
		reservationSchema.transform( ( one ) => [ one ] ),
	] )
	.transform( ( [ first ] ): Reservation | null =>
		first ? { warehouseId: first.warehouseId, rows: first.orderRows } : null
	);

function readReservation(
	ask: Ask,
	orderId: number
): Promise< Result< Reservation | null > > {
	return read< Reservation | null >(
		ask,
		{
			method: 'GET',
			path: `/warehouse-service/order/${ orderId }/reservation`,
			none: 'any',
		},
		reservationsSchema,
		null
	);
}

/** 404 or 405: no such address, or nothing there to delete. */
const notThere = ( sent: Sent ) =>
	sent.kind === 'failed' &&
	sent.failure.kind === 'hold' &&
	( sent.status === 404 || sent.status === 405 );

/**
 * That a reservation can be deleted is documented, where is not (§8.5): at the order's
 * reservation, where it is read and updated, else at the warehouse's, where it is made. Between
 * the two it is read: a 404 may also mean that there is none.
 */
async function deleteReservation(
	ask: Ask,
	orderId: number
): Promise< Result< void > > {
	const path = `/warehouse-service/order/${ orderId }/reservation`;
	const first = await ask( { method: 'DELETE', path } );
	if ( ! notThere( first ) ) {
		return done( first );
	}
	const found = await readReservation( ask, orderId );
	if ( ! found.ok ) {
		return found;
	}
	if ( found.value === null ) {
		return ok( undefined );
	}
	const second = await ask( {
		method: 'DELETE',
		path: `${ path }/warehouse/${ found.value.warehouseId }`,
	} );
	if ( ! notThere( second ) ) {
		return done( second );
	}
	return hold( {
		code: 'refused-by-brightpearl',
		message: `Brightpearl does not let the app give back what is allocated to order ${ orderId }.`,
		cause: 'It knows neither address at which a reservation might be deleted.',
		fix: 'Un-allocate the order in Brightpearl, then retry.',
		field: null,
	} );
}

export function createReservations(
	ask: Ask
): Pick<
	WarehouseApi,
	| 'reservation'
	| 'createReservation'
	| 'updateReservation'
	| 'deleteReservation'
> {
	return {
		reservation: ( orderId ) => readReservation( ask, orderId ),
		createReservation: ( orderId, warehouseId, products ) =>
			write( ask, {
				method: 'POST',
				path: `/warehouse-service/order/${ orderId }/reservation/warehouse/${ warehouseId }`,
				body: { products },
			} ),
		updateReservation: ( orderId, products ) =>
			write( ask, {
				method: 'PUT',
				path: `/warehouse-service/order/${ orderId }/reservation`,
				body: { products },
			} ),
		deleteReservation: ( orderId ) => deleteReservation( ask, orderId ),
	};
}
