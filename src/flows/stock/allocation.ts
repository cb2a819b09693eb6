/**
 * What Brightpearl has set aside for an order, in the shop's own lines.
 */
import type {
	Brightpearl,
	OrderRow,
	Reservation,
	SalesOrder,
} from '../../brightpearl/api.ts';
import type { LinkAllocation } from '../../contracts/database.ts';
import { ok, type Result } from '../../contracts/result.ts';

type ByLine = Record< string, number >;

/**
 * The order's own code answers, but where it says `part`: then the reservation tells which.
 * A cancelled order holds nothing.
 *
 * @param arrivedAt Tells the time once an answer has arrived: only what an availability
 *                  request sent *after* that has surely seen may leave the in flight figure.
 */
export async function allocationOf(
	brightpearl: Brightpearl,
	salesOrder: SalesOrder,
	arrivedAt: () => string
): Promise< Result< LinkAllocation > > {
	const shipped = salesOrder.shipping === 'all' && ! salesOrder.cancelled;
	const state = salesOrder.cancelled ? 'none' : salesOrder.allocation;
	if ( state !== 'part' ) {
		const byLine = state === 'all' ? orderedByLine( salesOrder.rows ) : {};
		return ok( { state, byLine, shipped, confirmedAt: arrivedAt() } );
	}
	const reservation = await brightpearl.reservation( salesOrder.id );
	if ( ! reservation.ok ) {
		return reservation;
	}
	const byLine = reservedByLine( salesOrder.rows, reservation.value );
	return ok( { state, byLine, shipped, confirmedAt: arrivedAt() } );
}

function lineIdOf( row: OrderRow ): string | null {
	return row.externalRef?.match( /^line-(\d+)$/ )?.[ 1 ] ?? null;
}

function orderedByLine( rows: readonly OrderRow[] ): ByLine {
	const byLine: ByLine = {};
	for ( const row of rows ) {
		addTo( byLine, row, Number( row.quantity ) );
	}
	return byLine;
}

/** A bundle is set aside as far as the scarcest of its components allows. */
function reservedByLine(
	rows: readonly OrderRow[],
	reservation: Reservation | null
): ByLine {
	const byLine: ByLine = {};
	const reservedOf = ( { id }: OrderRow ): number =>
		reservation?.rows[ id ]?.quantity ?? 0;
	for ( const row of rows ) {
		const children = rows.filter(
			( { parentRowId, quantity } ) =>
				parentRowId === row.id && Number( quantity ) > 0
		);
		addTo(
			byLine,
			row,
			children.length === 0
				? reservedOf( row )
				: Math.min(
						...children.map( ( child ) =>
							bundlesFrom( child, row )
						)
					)
		);
	}
	return byLine;

	function bundlesFrom( child: OrderRow, parent: OrderRow ): number {
		const reserved = reservedOf( child ) * Number( parent.quantity );
		return Math.floor( reserved / Number( child.quantity ) );
	}
}

function addTo( byLine: ByLine, row: OrderRow, quantity: number ): void {
	const lineId = row.bundleChild ? null : lineIdOf( row );
	if ( lineId !== null ) {
		byLine[ lineId ] = ( byLine[ lineId ] ?? 0 ) + quantity;
	}
}

/** The same facts, whenever they were read. */
export function sameAllocation(
	a: LinkAllocation,
	b: LinkAllocation
): boolean {
	const lines = Object.keys( a.byLine );
	return (
		a.state === b.state &&
		a.shipped === b.shipped &&
		lines.length === Object.keys( b.byLine ).length &&
		lines.every( ( line ) => a.byLine[ line ] === b.byLine[ line ] )
	);
}
