/**
 * Which rows of the sales order are to be reserved, and how much of each. Component rows of a bundle
 * carry its stock (resources reference, §4.4), so a bundle's figure is scaled to its parts.
 */
import type {
	OrderRow,
	Reservation,
	SalesOrder,
	WarehouseApi,
} from '../../../brightpearl/api.ts';
import { ok, type Result } from '../../../contracts/result.ts';
import { decimal } from '../../../domain/money.ts';
import type { Applying } from '../applying.ts';
import { stockTrackedIds } from '../facts.ts';
import { ownRowOf, wantedOf, whole } from '../on-notes.ts';

export type RowToReserve = Parameters<
	WarehouseApi[ 'updateReservation' ]
>[ 1 ][ number ];

interface Aim {
	/** Row reference → pieces. */
	readonly wanted: Readonly< Record< string, number > >;
	readonly present: Reservation | null;
}

/** The whole reservation as it is to be. */
export async function reservedRows(
	applying: Applying,
	salesOrder: SalesOrder,
	aim: Aim
): Promise< Result< readonly RowToReserve[] > > {
	const { brightpearl, database } = applying.connected;
	const candidates = salesOrder.rows.filter(
		( row ) =>
			! row.bundleParent &&
			row.productId > 0 &&
			decimal( row.quantity ).gte( 1 ) &&
			piecesOf( applying, salesOrder, row, aim ) > 0
	);
	if ( candidates.length === 0 ) {
		return ok( [] );
	}
	const tracked = await stockTrackedIds(
		candidates.map( ( row ) => row.productId ),
		brightpearl,
		database.products
	);
	if ( ! tracked.ok ) {
		return tracked;
	}
	const stocked = candidates.filter( ( row ) =>
		tracked.value.has( row.productId )
	);
	const fulfilled = await fulfilledOf( applying, salesOrder, stocked );
	if ( ! fulfilled.ok ) {
		return fulfilled;
	}
	return ok(
		stocked
			.map( ( row ) => ( {
				productId: row.productId,
				salesOrderRowId: row.id,
				quantity:
					piecesOf( applying, salesOrder, row, aim ) -
					( fulfilled.value.get( row.id ) ?? 0 ),
			} ) )
			.filter( ( { quantity } ) => quantity > 0 )
	);
}

function piecesOf(
	{ link }: Applying,
	{ rows }: SalesOrder,
	row: OrderRow,
	{ wanted, present }: Aim
): number {
	const pieces = wantedOf( row, ownRowOf( row, rows ), wanted );
	if ( pieces !== null ) {
		return pieces;
	}
	// It stays as it is.
	return present === null && link.reserved === null
		? whole( row.quantity )
		: ( present?.rows[ String( row.id ) ]?.quantity ?? 0 );
}

/** Row → pieces that are on goods-out notes, or have left. */
async function fulfilledOf(
	{ connected, createdNow }: Applying,
	{ id, allocation }: SalesOrder,
	rows: readonly OrderRow[]
): Promise< Result< ReadonlyMap< number, number > > > {
	if (
		createdNow ||
		rows.length === 0 ||
		allocation === 'none' ||
		allocation === 'not-needed'
	) {
		return ok( new Map() );
	}
	const status = await connected.brightpearl.fulfilmentStatus( id );
	return status.ok
		? ok(
				new Map(
					[ ...status.value ].map( ( [ rowId, { fulfilled } ] ) => [
						rowId,
						whole( fulfilled ),
					] )
				)
			)
		: status;
}
