/**
 * What is set aside for the orders of the Brightpearl in memory (resources reference, §4.4).
 */
import type { Brightpearl, SalesOrder } from '../../../src/brightpearl/api.ts';
import type { FakeOrderBrightpearl } from './order-brightpearl.ts';
import { MISC_PRODUCT, Refused, type Answer } from './order-parts.ts';

type Reserved = Parameters< Brightpearl[ 'updateReservation' ] >[ 1 ];

/** Reserved, or on a goods-out note. */
export function heldOf(
	fake: FakeOrderBrightpearl,
	orderId: number,
	rowId: number
): number {
	return (
		( fake.reservations.get( orderId )?.rows[ rowId ]?.quantity ?? 0 ) +
		( fake.noted.get( rowId ) ?? 0 )
	);
}

/** What its own code says of that (§1.11). */
export function allocationOf(
	fake: FakeOrderBrightpearl,
	order: Pick< SalesOrder, 'id' | 'rows' >
): SalesOrder[ 'allocation' ] {
	const stocked = order.rows.filter(
		( { productId, bundleParent } ) =>
			productId !== MISC_PRODUCT && ! bundleParent
	);
	const held = stocked.map( ( { id } ) => heldOf( fake, order.id, id ) );
	if ( held.every( ( pieces ) => pieces === 0 ) ) {
		return 'none';
	}
	return stocked.every(
		( { quantity }, at ) => ( held[ at ] ?? 0 ) >= Number( quantity )
	)
		? 'all'
		: 'part';
}

export function reservationsOf(
	fakeOf: () => FakeOrderBrightpearl,
	answer: Answer
): Pick<
	Brightpearl,
	| 'createReservation'
	| 'deleteReservation'
	| 'fulfilmentStatus'
	| 'reservation'
	| 'updateReservation'
> {
	const orderOf = ( orderId: number ): SalesOrder => {
		const order = fakeOf().sales.find( ( { id } ) => id === orderId );
		if ( order === undefined ) {
			throw new Error( `There is no sales order ${ orderId }.` );
		}
		return order;
	};
	const settle = ( orderId: number ) =>
		fakeOf().change( orderId, {
			allocation: allocationOf( fakeOf(), orderOf( orderId ) ),
		} );

	function reserve(
		orderId: number,
		warehouseId: number,
		wanted: Reserved
	): Refused | undefined {
		const order = orderOf( orderId );
		const tooMuch = wanted.some( ( { salesOrderRowId, quantity } ) => {
			const row = order.rows.find( ( { id } ) => id === salesOrderRowId );
			const noted = fakeOf().noted.get( salesOrderRowId ) ?? 0;
			return (
				row === undefined || quantity > Number( row.quantity ) - noted
			);
		} );
		if ( order.cancelled || tooMuch || wanted.length === 0 ) {
			return new Refused( 'It cannot be reserved so' );
		}
		fakeOf().reservations.set( orderId, {
			warehouseId,
			rows: Object.fromEntries(
				wanted.map( ( { salesOrderRowId, ...row } ) => [
					String( salesOrderRowId ),
					row,
				] )
			),
		} );
		settle( orderId );
		return undefined;
	}

	return {
		reservation: ( orderId ) =>
			answer(
				'reservation',
				() => fakeOf().reservations.get( orderId ) ?? null
			),
		createReservation: ( orderId, warehouseId, wanted ) =>
			answer( 'createReservation', () => {
				if ( fakeOf().reservations.has( orderId ) ) {
					throw new Error( 'One reservation for one sales order.' );
				}
				return reserve( orderId, warehouseId, wanted );
			} ),
		updateReservation: ( orderId, wanted ) =>
			answer( 'updateReservation', () => {
				const present = fakeOf().reservations.get( orderId );
				return present === undefined
					? new Refused( 'CMNC-404 No reservations found' )
					: reserve( orderId, present.warehouseId, wanted );
			} ),
		deleteReservation: ( orderId ) =>
			answer( 'deleteReservation', () => {
				fakeOf().reservations.delete( orderId );
				settle( orderId );
			} ),
		fulfilmentStatus: ( orderId ) =>
			answer(
				'fulfilmentStatus',
				() =>
					new Map(
						orderOf( orderId ).rows.map( ( { id, quantity } ) => [
							id,
							{
								quantity,
								fulfilled: String(
									fakeOf().noted.get( id ) ?? 0
								),
								shipped: String( fakeOf().left.get( id ) ?? 0 ),
							},
						] )
					)
			),
	};
}
