/**
 * Goods-out notes (resources reference, §4.5): making one allocates, its ship event takes the
 * stock away, deleting it before gives the stock back.
 */
import { z } from 'zod';
import { emitChange, isCancelled, touchOrder } from './account.ts';
import type { Account } from './account.ts';
import { INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { instant, wholeNumber } from './fields.ts';
import type { GoodsOutNote, Order, ReservedRow } from './model.ts';
import { dropMovements, recordMovement } from './movements.ts';
import { isShipped, progressOf } from './order-state.ts';
import { API_USER } from './profile.ts';
import { allocateRows, levelOf } from './stock.ts';

const line = z.strictObject( {
	productId: wholeNumber,
	salesOrderRowId: wholeNumber,
	quantity: wholeNumber,
	externalRef: z.string().optional(),
} );

export const noteSchema = z.strictObject( {
	warehouses: z
		.array(
			z.strictObject( {
				releaseDate: instant.optional(),
				warehouseId: wholeNumber,
				transfer: z.literal( false ).default( false ),
				products: z.array( line ).min( 1 ),
			} )
		)
		.min( 1 ),
	priority: z.boolean().default( false ),
	shippingMethodId: wholeNumber.default( 0 ),
	labelUri: z.string().max( 512 ).optional(),
} );
export type SentNote = z.infer< typeof noteSchema >;
type Part = SentNote[ 'warehouses' ][ number ];

/** What an order's reservation holds of a row in this warehouse. */
const reservedIn = (
	account: Account,
	orderId: number,
	warehouseId: number,
	rowId: number
): number => {
	const reservation = account.tables.reservations.get( orderId );
	return reservation?.warehouseId === warehouseId
		? ( reservation.rows[ String( rowId ) ]?.quantity ?? 0 )
		: 0;
};

/** Why notes cannot be made: no such row, more than is open, or more than is there. */
export function faultsOfNote(
	account: Account,
	order: Order,
	parts: readonly Part[],
	beyondNeed = false
): Problem[] {
	const faults: Problem[] = [];
	const fault = ( code: string, message: string ) =>
		faults.push( problem( code, message ) );
	if ( isCancelled( account, order ) ) {
		fault( INVENTED.orderLocked, 'The order is cancelled' );
	}
	const progress = progressOf( account, order );
	const asked = new Map< number, number >();
	const free = new Map< string, number >();
	for ( const { warehouseId, products } of parts ) {
		if (
			! account.profile.warehouses.some(
				( { id } ) => id === warehouseId
			)
		) {
			fault(
				INVENTED.unknownWarehouse,
				`There is no warehouse ${ warehouseId }`
			);
			continue;
		}
		for ( const {
			productId,
			salesOrderRowId: rowId,
			quantity,
		} of products ) {
			const row = progress.find( ( entry ) => entry.row.id === rowId );
			if ( row?.row.productId !== productId ) {
				fault(
					INVENTED.unknownRow,
					`Row ${ rowId } with product ${ productId } is no stock row of the order`
				);
				continue;
			}
			const already = asked.get( rowId ) ?? 0;
			asked.set( rowId, already + quantity );
			if (
				quantity <= 0 ||
				( ! beyondNeed && already + quantity > row.needed - row.noted )
			) {
				fault(
					INVENTED.badQuantity,
					`Row ${ rowId }: more than is still open`
				);
			}
			const key = `${ productId } ${ warehouseId }`;
			const own = reservedIn( account, order.id, warehouseId, rowId );
			const beyond = Math.max(
				0,
				quantity - Math.max( 0, own - already )
			);
			const left =
				( free.get( key ) ??
					levelOf( account, productId, warehouseId ).onHand ) -
				beyond;
			free.set( key, left );
			if ( beyond > 0 && left < 0 ) {
				fault(
					INVENTED.notEnough,
					`Not enough of product ${ productId } on hand in warehouse ${ warehouseId }`
				);
			}
		}
	}
	return faults;
}

/** Moves what the order had reserved onto the note: it stays allocated. */
function takeFromReservation(
	account: Account,
	order: Order,
	warehouseId: number,
	rowId: number,
	quantity: number
): number {
	const reservation = account.tables.reservations.get( order.id );
	const taken = Math.min(
		quantity,
		reservedIn( account, order.id, warehouseId, rowId )
	);
	const held = reservation?.rows[ String( rowId ) ];
	if ( ! reservation || ! held || taken === 0 ) {
		return 0;
	}
	held.quantity -= taken;
	if ( held.quantity === 0 ) {
		delete reservation.rows[ String( rowId ) ];
	}
	if ( Object.keys( reservation.rows ).length === 0 ) {
		account.tables.reservations.remove( order.id );
	} else {
		account.tables.reservations.put( reservation );
	}
	return taken;
}

/** Makes one note; `faultsOfNote` said that it can be made. */
export function createNote(
	account: Account,
	order: Order,
	sent: Omit< SentNote, 'warehouses' >,
	part: Part,
	now: number
): GoodsOutNote {
	const rows: Record< string, ReservedRow > = {};
	for ( const { productId, salesOrderRowId, quantity } of part.products ) {
		const taken = takeFromReservation(
			account,
			order,
			part.warehouseId,
			salesOrderRowId,
			quantity
		);
		if ( quantity > taken ) {
			allocateRows(
				account,
				part.warehouseId,
				[ { productId, quantity: quantity - taken } ],
				1
			);
		}
		const key = String( salesOrderRowId );
		rows[ key ] = {
			productId,
			quantity: quantity + ( rows[ key ]?.quantity ?? 0 ),
		};
	}
	const note: GoodsOutNote = {
		id: account.tables.notes.nextId(),
		orderId: order.id,
		warehouseId: part.warehouseId,
		rows,
		priority: sent.priority,
		shippingMethodId: sent.shippingMethodId,
		reference: '',
		boxes: null,
		weight: null,
		labelUri: sent.labelUri ?? null,
		releaseAt: part.releaseDate ?? null,
		createdAt: now,
		sequence: account.notesByOrder( String( order.id ) ).length + 1,
		events: [ { at: now, ownerId: API_USER, code: 'PLA' } ],
	};
	account.tables.notes.put( note );
	for ( const [ rowId, { productId, quantity } ] of Object.entries( rows ) ) {
		recordMovement( account, {
			type: 'GO',
			productId,
			warehouseId: part.warehouseId,
			quantity: -quantity,
			noteId: note.id,
			orderId: order.id,
			orderRowId: Number( rowId ),
			cleared: false,
			updatedAt: now,
		} );
	}
	emitChange( account, 'goods-out-note', note.id, 'created' );
	touchOrder( account, order, now );
	return note;
}

/** False = it was shipped: what has left cannot be taken back. */
export function deleteNote(
	account: Account,
	note: GoodsOutNote,
	now: number
): boolean {
	if ( isShipped( note ) ) {
		return false;
	}
	account.tables.notes.remove( note.id );
	dropMovements( account, note.id );
	allocateRows( account, note.warehouseId, Object.values( note.rows ), -1 );
	emitChange( account, 'goods-out-note', note.id, 'destroyed' );
	const order = account.tables.orders.get( note.orderId );
	if ( order ) {
		touchOrder( account, order, now );
	}
	return true;
}
