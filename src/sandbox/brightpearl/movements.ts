/**
 * Goods movements: what went in or out, line by line, and the search over them (resources
 * reference, §4.8). Everything is recorded; switches say what the search shows.
 */
import type { Account } from './account.ts';
import type { Call, Route } from './call.ts';
import { fixed } from './decimal.ts';
import { searchRoutes } from './search.ts';
import type { Column } from './search.ts';
import type { GoodsMovement } from './stock-model.ts';

type NewMovement = Omit<
	GoodsMovement,
	'id' | 'noteId' | 'orderId' | 'orderRowId' | 'value'
> &
	Partial<
		Pick< GoodsMovement, 'noteId' | 'orderId' | 'orderRowId' | 'value' >
	>;

export function recordMovement( account: Account, sent: NewMovement ): void {
	const { movements } = account.tables;
	movements.put( {
		noteId: null,
		orderId: null,
		orderRowId: null,
		value: fixed( 0, 4 ),
		...sent,
		id: movements.nextId(),
	} );
}

/** The goods of a note have left the building. */
export function clearMovements(
	account: Account,
	noteId: number,
	now: number
): void {
	for ( const row of account.movementsByNote( `GO ${ noteId }` ) ) {
		account.tables.movements.put( {
			...row,
			cleared: true,
			updatedAt: now,
		} );
	}
}

export function dropMovements( account: Account, noteId: number ): void {
	for ( const row of account.movementsByNote( `GO ${ noteId }` ) ) {
		account.tables.movements.remove( row.id );
	}
}

/** The one location of each warehouse with standard inventory management (§4.3). */
export const LOCATION = 2;

const columns: readonly Column< GoodsMovement >[] = [
	{ name: 'goodsMovementId', type: 'IDSET', value: ( row ) => row.id },
	{ name: 'productId', type: 'INTEGER', value: ( row ) => row.productId },
	{
		name: 'salesOrderRowId',
		type: 'IDSET',
		value: ( row ) => row.orderRowId,
	},
	{ name: 'purchaseOrderRowId', type: 'IDSET', value: () => null },
	{ name: 'quantity', type: 'INTEGER', value: ( row ) => row.quantity },
	{
		name: 'destinationLocationId',
		type: 'INTEGER',
		value: ( row ) => ( row.quantity > 0 ? LOCATION : null ),
	},
	{ name: 'warehouseId', type: 'IDSET', value: ( row ) => row.warehouseId },
	{ name: 'goodsNoteId', type: 'IDSET', value: ( row ) => row.noteId },
	{ name: 'productValue', type: 'STRING', value: ( row ) => row.value },
	{
		name: 'currencyCode',
		type: 'STRING',
		value: ( _, account ) => account.profile.baseCurrency,
	},
	{ name: 'orderId', type: 'INTEGER', value: ( row ) => row.orderId },
	{ name: 'isCleared', type: 'BOOLEAN', value: ( row ) => row.cleared },
	{ name: 'isQuarantine', type: 'BOOLEAN', value: () => false },
	{ name: 'batchId', type: 'INTEGER', value: ( row ) => row.noteId },
	{ name: 'goodsNoteTypeCode', type: 'STRING', value: ( row ) => row.type },
	{ name: 'updatedOn', type: 'PERIOD', value: ( row ) => row.updatedAt },
];

function isShown( row: GoodsMovement, { switches }: Call ): boolean {
	switch ( row.type ) {
		case 'RE':
			return switches.reservationMovements === 'shown';
		case 'GO':
			return row.cleared || switches.goodsOutMovements === 'created';
		case 'SC':
		case 'GI':
			return true;
	}
}

export const movementRoutes: readonly Route[] = searchRoutes< GoodsMovement >( {
	path: '/warehouse-service/goods-movement-search',
	columns,
	rows: ( call ) => call.account.tables.movements.values(),
	visible: isShown,
} );
