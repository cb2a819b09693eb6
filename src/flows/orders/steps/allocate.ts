/**
 * Allocate: brings what is reserved for the order to what is wanted, up or down. Brightpearl
 * reserves what there is and refuses only when there is nothing; that fails no order, the read-back
 * tells it. Stock that cannot be let go of is told, for somebody else waits for it.
 *
 * Brightpearl allows one reservation per order, in one warehouse; what is on goods-out notes is
 * allocated too, and is not reserved again (resources reference, §4.4 and §4.5).
 */
import type {
	Reservation,
	SalesOrder,
	WarehouseApi,
} from '../../../brightpearl/api.ts';
import { ok, type Result } from '../../../contracts/result.ts';
import {
	journaled,
	journalTarget,
	note,
	saveLink,
	type Applying,
	type JournalTarget,
} from '../applying.ts';
import { reservedRows, type RowToReserve } from './reserved-rows.ts';
import { notReadYet } from './read-order.ts';
import { isRefused, named, refusalAs } from './refusal.ts';

export async function allocate(
	applying: Applying,
	wanted: Readonly< Record< string, number > >
): Promise< Result< void > > {
	const { salesOrder } = applying;
	if ( salesOrder === null ) {
		return notReadYet();
	}
	const brought = await bringTo( applying, salesOrder, wanted );
	if ( ! brought.ok ) {
		return brought;
	}
	await saveLink( applying, { reserved: wanted } );
	return ok( undefined );
}

async function bringTo(
	applying: Applying,
	salesOrder: SalesOrder,
	wanted: Readonly< Record< string, number > >
): Promise< Result< void > > {
	const { createdNow } = applying;
	const { brightpearl } = applying.connected;
	const { warehouseId } = salesOrder;
	// Its reservation went when it was cancelled; and what has left cannot be reserved.
	if ( warehouseId === null || isOver( salesOrder ) ) {
		return ok( undefined );
	}
	const present = createdNow
		? ok( null )
		: await brightpearl.reservation( salesOrder.id );
	if ( ! present.ok ) {
		return present;
	}
	const rows = await reservedRows( applying, salesOrder, {
		wanted,
		present: present.value,
	} );
	if ( ! rows.ok ) {
		return rows;
	}
	const target = journalTarget( applying, 'Allocate' );
	const ref = `warehouse ${ present.value?.warehouseId ?? warehouseId }`;
	if ( isAsWanted( present.value, rows.value ) ) {
		if ( present.value !== null || rows.value.length > 0 ) {
			await note( target, 'found', ref, null );
		}
		return ok( undefined );
	}
	if ( present.value === null ) {
		return reserve( target, ref, () =>
			brightpearl.createReservation(
				salesOrder.id,
				warehouseId,
				rows.value
			)
		);
	}
	return change( applying, salesOrder, present.value, rows.value, ref );
}

function isOver( { cancelled, shipping }: SalesOrder ): boolean {
	return cancelled || shipping === 'all';
}

/** That there is nothing on hand fails nothing. */
async function reserve(
	target: JournalTarget,
	ref: string,
	call: () => ReturnType< WarehouseApi[ 'createReservation' ] >
): Promise< Result< void > > {
	const reserved = await journaled( target, ref, call, () => null );
	return ! reserved.ok && isRefused( reserved.failure )
		? ok( undefined )
		: reserved;
}

async function change(
	applying: Applying,
	salesOrder: SalesOrder,
	present: Reservation,
	rows: readonly RowToReserve[],
	ref: string
): Promise< Result< void > > {
	const { brightpearl } = applying.connected;
	const target = journalTarget( applying, 'Allocate' );
	const update = () =>
		rows.length === 0
			? brightpearl.deleteReservation( salesOrder.id )
			: brightpearl.updateReservation( salesOrder.id, rows );
	if ( ! letsGo( present, rows ) ) {
		return reserve( target, ref, update );
	}
	const changed = await journaled( target, ref, update, () => null );
	if ( changed.ok || ! isRefused( changed.failure ) ) {
		return changed;
	}
	return refusalAs( changed.failure, {
		code: 'refused-by-brightpearl',
		what: `${ named( applying.link ) } needs less stock than is allocated to it, and Brightpearl does not let go of the rest:`,
		cause: 'The stock is being picked, or this account cannot change a reservation through its API.',
		fix: 'Un-allocate in Brightpearl what the order does not need any more, then retry.',
	} );
}

/** Some row is to hold less than it does. */
function letsGo(
	present: Reservation,
	rows: readonly RowToReserve[]
): boolean {
	return Object.entries( present.rows ).some(
		( [ rowId, { quantity } ] ) => quantityOf( rows, rowId ) < quantity
	);
}

function quantityOf( rows: readonly RowToReserve[], rowId: string ): number {
	return (
		rows.find( ( row ) => String( row.salesOrderRowId ) === rowId )
			?.quantity ?? 0
	);
}

function isAsWanted(
	present: Reservation | null,
	rows: readonly RowToReserve[]
): boolean {
	const held = Object.entries( present?.rows ?? {} );
	return (
		held.length === rows.length &&
		held.every(
			( [ rowId, { quantity } ] ) =>
				quantityOf( rows, rowId ) === quantity
		)
	);
}
