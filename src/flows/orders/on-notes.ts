/**
 * What of a sales order is on goods-out notes: it ships whatever is reserved, and Brightpearl does
 * not cancel such an order (resources reference, §1.8, §4.5 and §4.7).
 */
import type {
	Brightpearl,
	FulfilledRow,
	OrderRow,
	SalesOrder,
} from '../../brightpearl/api.ts';
import { ok, type Result } from '../../contracts/result.ts';
import { decimal } from '../../domain/money.ts';
import type { FoundOrder } from '../../domain/orders/found.ts';

/** Row reference → whole pieces. */
type Pieces = Readonly< Record< string, number > >;

/** With whether it is on notes, where that decides if it can be cancelled. */
export async function withNotes(
	brightpearl: Brightpearl,
	salesOrder: SalesOrder
): Promise< Result< FoundOrder > > {
	const { shipping, invoiced } = salesOrder;
	if (
		! mayBeOnNotes( salesOrder ) ||
		invoiced ||
		shipping === 'part' ||
		shipping === 'all'
	) {
		return ok( salesOrder );
	}
	const status = await brightpearl.fulfilmentStatus( salesOrder.id );
	return status.ok
		? ok( {
				...salesOrder,
				onNotes: [ ...status.value.values() ].some(
					( { fulfilled } ) => Number( fulfilled ) > 0
				),
			} )
		: status;
}

/** What is on a note is allocated too. */
export function mayBeOnNotes( { cancelled, allocation }: SalesOrder ): boolean {
	return ! cancelled && ( allocation === 'all' || allocation === 'part' );
}

export interface Excess {
	readonly row: OrderRow;
	/** Of a bundle's part: the bundle. */
	readonly own: OrderRow;
	readonly pieces: number;
}

/** What has left counts as sent first: it is no excess, whatever was refunded. */
export function excessOf(
	rows: readonly OrderRow[],
	status: ReadonlyMap< number, FulfilledRow >,
	toSend: Pieces
): readonly Excess[] {
	return rows.flatMap( ( row ) => {
		const { fulfilled = '0', shipped = '0' } = status.get( row.id ) ?? {};
		const own = ownRowOf( row, rows );
		const wanted = wantedOf( row, own, toSend );
		const waiting = whole( fulfilled ) - whole( shipped );
		const pieces =
			row.bundleParent || wanted === null
				? 0
				: Math.min( waiting, whole( fulfilled ) - wanted );
		return pieces > 0 ? [ { row, own, pieces } ] : [];
	} );
}

/** A bundle's part is the shop's by its bundle. */
export function ownRowOf( row: OrderRow, rows: readonly OrderRow[] ): OrderRow {
	return row.parentRowId === 0
		? row
		: ( rows.find( ( { id } ) => id === row.parentRowId ) ?? row );
}

/**
 * Never more than was ordered.
 *
 * @return Null = not one of ours, or its reference is not told, while other rows are wanted.
 */
export function wantedOf(
	row: OrderRow,
	own: OrderRow,
	wanted: Pieces
): number | null {
	if ( own.externalRef !== null ) {
		const pieces = wanted[ own.externalRef ] ?? 0;
		return Math.min(
			whole( row.quantity ),
			own === row
				? pieces
				: whole(
						decimal( row.quantity )
							.times( pieces )
							.div( own.quantity )
							.toFixed()
					)
		);
	}
	// It goes with the whole order.
	return Object.values( wanted ).every( ( pieces ) => pieces === 0 )
		? 0
		: null;
}

export function whole( quantity: string ): number {
	return Math.floor( Number( quantity ) );
}
