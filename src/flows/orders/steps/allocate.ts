/**
 * Allocate: reserves the order's stock-tracked rows. Brightpearl reserves what there is and
 * refuses only when there is nothing; neither fails the order, the read-back tells it.
 *
 * Brightpearl allows one reservation per order, so an earlier one is looked for first.
 */
import Big from 'big.js';
import type { SalesOrder } from '../../../brightpearl/api.ts';
import { ok, retry, type Result } from '../../../contracts/result.ts';
import { journaled, journalTarget, note, type Applying } from '../applying.ts';
import { stockTrackedIds } from '../facts.ts';

export async function allocate(
	applying: Applying
): Promise< Result< void > > {
	const { connected, salesOrder } = applying;
	const { brightpearl, database } = connected;
	if ( salesOrder === null ) {
		return retry(
			'service',
			'outage',
			'The sales order was not read yet.'
		);
	}
	const target = journalTarget( applying, 'Allocate' );

	const products = await rowsToReserve( applying, salesOrder );
	if ( ! products.ok ) {
		return products;
	}
	if ( products.value.length === 0 || salesOrder.warehouseId === null ) {
		return ok( undefined );
	}
	const { warehouseId } = salesOrder;

	if ( ! applying.createdNow ) {
		const existing = await brightpearl.reservation( salesOrder.id );
		if ( ! existing.ok ) {
			return existing;
		}
		if ( existing.value !== null || salesOrder.allocation === 'all' ) {
			await note( target, 'found', `warehouse ${ warehouseId }`, null );
			return ok( undefined );
		}
	}

	const reserved = await journaled(
		target,
		`warehouse ${ warehouseId }`,
		() =>
			brightpearl.createReservation(
				salesOrder.id,
				warehouseId,
				products.value
			),
		() => null
	);
	if ( ! reserved.ok && isRefusal( reserved.failure ) ) {
		return ok( undefined );
	}
	return reserved;

	function isRefusal( failure: {
		kind: string;
		problem?: { code: string };
	} ): boolean {
		return (
			failure.kind === 'hold' &&
			failure.problem?.code === 'refused-by-brightpearl'
		);
	}

	async function rowsToReserve( of: Applying, from: SalesOrder ) {
		const candidates = from.rows.filter(
			( row ) =>
				! row.bundleParent &&
				row.productId > 0 &&
				new Big( row.quantity ).gte( 1 )
		);
		const tracked = await stockTrackedIds(
			candidates.map( ( row ) => row.productId ),
			of.connected.brightpearl,
			database.products
		);
		if ( ! tracked.ok ) {
			return tracked;
		}
		return ok(
			candidates
				.filter( ( row ) => tracked.value.has( row.productId ) )
				.map( ( row ) => ( {
					productId: row.productId,
					salesOrderRowId: row.id,
					quantity: new Big( row.quantity )
						.round( 0, Big.roundDown )
						.toNumber(),
				} ) )
		);
	}
}
