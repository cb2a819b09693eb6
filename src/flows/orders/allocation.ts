/**
 * What Brightpearl has allocated of an order, in the shop's own lines.
 */
import type { Brightpearl, OrderRow, SalesOrder } from '../../brightpearl/api.ts';
import type { LinkAllocation } from '../../contracts/database.ts';
import { ok, type Result } from '../../contracts/result.ts';

/**
 * Reads the reservation only where the order's own code says `part`.
 *
 * @param confirmedAt When the answer that carried `salesOrder` had arrived: an availability
 *                    request sent later has seen this allocation.
 */
export async function allocationOf(
	brightpearl: Brightpearl,
	salesOrder: SalesOrder,
	confirmedAt: string
): Promise< Result< LinkAllocation > > {
	const allocation = {
		state: salesOrder.allocation,
		byLine: {},
		shipped: salesOrder.shipping === 'all',
		confirmedAt,
	};
	if ( salesOrder.allocation !== 'part' ) {
		return ok( allocation );
	}
	const reservation = await brightpearl.reservation( salesOrder.id );
	if ( ! reservation.ok ) {
		return reservation;
	}
	const byLine: Record< string, number > = {};
	for ( const [ rowId, { quantity } ] of Object.entries( reservation.value?.rows ?? {} ) ) {
		const lineId = lineIdOf( salesOrder.rows, Number( rowId ) );
		if ( lineId !== null ) {
			byLine[ lineId ] = ( byLine[ lineId ] ?? 0 ) + quantity;
		}
	}
	return ok( { ...allocation, byLine } );
}

/** The shop's line of a row; a bundle's components have none of their own and are left out. */
function lineIdOf( rows: readonly OrderRow[], rowId: number ): string | null {
	const row = rows.find( ( { id } ) => id === rowId );
	return row?.externalRef?.match( /^line-(\d+)$/ )?.[ 1 ] ?? null;
}
