/**
 * The stock engine, by warehouse: `onHand` = `inStock` − `allocated` (resources reference,
 * §4.1, §7.5). A reservation allocates; a goods-out note takes over what was reserved and
 * keeps it allocated; only the ship event takes stock away.
 */
import { emitChange } from './account.ts';
import type { Account } from './account.ts';
import type { ReservedRow } from './model.ts';
import { recordMovement } from './movements.ts';

export interface Level {
	readonly inStock: number;
	readonly allocated: number;
	readonly onHand: number;
}

const NOTHING: Level = { inStock: 0, allocated: 0, onHand: 0 };

export function levelOf(
	account: Account,
	productId: number,
	warehouseId: number
): Level {
	const cell =
		account.tables.stock.get( productId )?.warehouses[
			String( warehouseId )
		];
	return cell ? { ...cell, onHand: cell.inStock - cell.allocated } : NOTHING;
}

/** Moves the two stored figures at once; the third follows. */
export function moveStock(
	account: Account,
	productId: number,
	warehouseId: number,
	change: { readonly inStock?: number; readonly allocated?: number }
): void {
	const before = levelOf( account, productId, warehouseId );
	const inStock = before.inStock + ( change.inStock ?? 0 );
	const allocated = before.allocated + ( change.allocated ?? 0 );
	const stock = account.tables.stock.get( productId ) ?? {
		id: productId,
		warehouses: {},
	};
	stock.warehouses[ String( warehouseId ) ] = { inStock, allocated };
	account.tables.stock.put( stock );
	account.emit( {
		type: 'stock',
		account: account.code,
		productId,
		sku: account.tables.products.get( productId )?.sku ?? '',
		warehouseId,
		inStock,
		allocated,
		onHand: inStock - allocated,
	} );
	if ( inStock - allocated !== before.onHand ) {
		emitChange(
			account,
			'product',
			productId,
			'modified',
			'on-hand-modified'
		);
	}
}

/** Takes what a note or reservation holds out of (or into) `allocated`. */
export function allocateRows(
	account: Account,
	warehouseId: number,
	rows: readonly ReservedRow[],
	direction: 1 | -1
): void {
	for ( const { productId, quantity } of rows ) {
		moveStock( account, productId, warehouseId, {
			allocated: direction * quantity,
		} );
	}
}

/** What leaves the building. */
export function shipRows(
	account: Account,
	warehouseId: number,
	rows: readonly ReservedRow[]
): void {
	for ( const { productId, quantity } of rows ) {
		moveStock( account, productId, warehouseId, {
			inStock: -quantity,
			allocated: -quantity,
		} );
	}
}

/** What a reservation took (1) or gave back (-1), for those who see it as goods movements. */
export function recordReserved(
	account: Account,
	orderId: number,
	warehouseId: number,
	rows: Readonly< Record< string, ReservedRow > >,
	direction: 1 | -1,
	now: number
): void {
	for ( const [ rowId, { productId, quantity } ] of Object.entries( rows ) ) {
		recordMovement( account, {
			type: 'RE',
			productId,
			warehouseId,
			quantity: -direction * quantity,
			orderId,
			orderRowId: Number( rowId ),
			cleared: false,
			updatedAt: now,
		} );
	}
}

/** Drops an order's reservation; false = it had none. */
export function releaseReservation(
	account: Account,
	orderId: number,
	now: number
): boolean {
	const reservation = account.tables.reservations.get( orderId );
	if ( ! reservation ) {
		return false;
	}
	account.tables.reservations.remove( orderId );
	allocateRows(
		account,
		reservation.warehouseId,
		Object.values( reservation.rows ),
		-1
	);
	recordReserved(
		account,
		orderId,
		reservation.warehouseId,
		reservation.rows,
		-1,
		now
	);
	account.emit( { type: 'released', account: account.code, orderId } );
	return true;
}

/** Complete bundles in a warehouse, from the components' on hand (§4.1). */
export function bundlesIn(
	account: Account,
	components: readonly { productId: number; quantity: number }[],
	warehouseId: number
): number {
	const possible = components.map( ( { productId, quantity } ) =>
		Math.floor(
			levelOf( account, productId, warehouseId ).onHand / quantity
		)
	);
	return possible.length === 0 ? 0 : Math.max( 0, Math.min( ...possible ) );
}
