/**
 * What may be changed of the sales orders of the Brightpearl in memory, with its refusals
 * (resources reference, §1.3, §1.8, §1.12, §4.4).
 */
import type {
	Brightpearl,
	OrderNote,
	SalesOrder,
	SalesOrderChange,
} from '../../../src/brightpearl/api.ts';
import { retry } from '../../../src/contracts/result.ts';
import type { Clock } from '../../../src/contracts/world.ts';
import {
	addressFrom,
	Refused,
	rowsFrom,
	totalsOf,
	type Answer,
} from './order-parts.ts';
import type { FakeOrderBrightpearl, Written } from './order-brightpearl.ts';
import { allocationOf, heldOf } from './order-reservations.ts';

export type FakeNote = OrderNote & Written;

/** The account's cancelled status. */
const CANCELLED = 5;

function amended(
	fake: FakeOrderBrightpearl,
	order: SalesOrder,
	{
		ref,
		billingAddress,
		deliveryAddress,
		shippingMethodId,
		rows,
	}: SalesOrderChange
): Partial< SalesOrder > {
	const after =
		rows === undefined
			? order.rows
			: [
					...order.rows
						.filter( ( { id } ) => ! rows.remove.includes( id ) )
						.map( ( row ) => {
							const change = rows.change.find(
								( { rowId } ) => rowId === row.id
							);
							const { rowId, ...fields } = change ?? {};
							return { ...row, ...fields, id: rowId ?? row.id };
						} ),
					...rowsFrom( fake, { rows: rows.add } ),
				];
	const billing = billingAddress && addressFrom( billingAddress );
	return {
		...( ref === undefined ? {} : { reference: ref } ),
		...( shippingMethodId === undefined ? {} : { shippingMethodId } ),
		addresses: {
			customer: billing ?? order.addresses.customer,
			billing: billing ?? order.addresses.billing,
			delivery: deliveryAddress
				? addressFrom( deliveryAddress )
				: order.addresses.delivery,
		},
		rows: after,
		...totalsOf( after ),
	};
}

type Edits = Pick<
	Brightpearl,
	| 'addOrderNote'
	| 'amendSalesOrder'
	| 'closeSalesOrder'
	| 'customFieldDefinitions'
	| 'orderNotes'
	| 'patchOrderCustomFields'
	| 'setOrderStatus'
>;

export function editsOf(
	fakeOf: () => FakeOrderBrightpearl,
	answer: Answer,
	clock: Clock
): Edits {
	const orderOf = ( orderId: number ): SalesOrder => {
		const order = fakeOf().sales.find( ( { id } ) => id === orderId );
		if ( order === undefined ) {
			throw new Error( `There is no sales order ${ orderId }.` );
		}
		return order;
	};
	function paidOf( orderId: number ): number {
		return fakeOf()
			.payments.filter( ( payment ) => payment.orderId === orderId )
			.reduce(
				( all, { type, amount } ) =>
					type === 'PAYMENT'
						? all - Number( amount )
						: all + Number( amount ),
				0
			);
	}

	return {
		setOrderStatus: ( orderId, statusId ) =>
			answer( 'setOrderStatus', () => {
				const fake = fakeOf();
				const order = orderOf( orderId );
				if ( statusId !== CANCELLED ) {
					fake.change( orderId, { statusId, cancelled: false } );
					return undefined;
				}
				if ( order.rows.some( ( { id } ) => fake.noted.has( id ) ) ) {
					return new Refused(
						'An order with goods-out notes cannot be cancelled'
					);
				}
				if ( order.invoiced ) {
					return new Refused(
						'An invoiced order cannot be cancelled'
					);
				}
				if ( paidOf( orderId ) !== 0 ) {
					return new Refused(
						'An order with payments cannot be cancelled'
					);
				}
				fake.reservations.delete( orderId );
				fake.change( orderId, {
					statusId,
					cancelled: true,
					allocation: 'none',
				} );
				return undefined;
			} ),
		amendSalesOrder: ( orderId, version, change ) =>
			answer( 'amendSalesOrder', () => {
				const order = orderOf( orderId );
				if ( version !== null && version !== order.version ) {
					return new Refused(
						retry( 'brightpearl', 'busy', 'Another version.', {
							after: 0,
						} ).failure
					);
				}
				if ( order.invoiced && change.rows !== undefined ) {
					return new Refused(
						'The rows of an invoiced order must stay'
					);
				}
				const next = amended( fakeOf(), order, change );
				const locked = order.rows.some( ( { id } ) => {
					const row = next.rows?.find( ( one ) => one.id === id );
					return (
						heldOf( fakeOf(), orderId, id ) >
						Number( row?.quantity ?? 0 )
					);
				} );
				if ( locked ) {
					return new Refused(
						'A row has allocated stock and cannot be changed so'
					);
				}
				fakeOf().change( orderId, {
					...next,
					allocation: allocationOf( fakeOf(), {
						id: orderId,
						rows: next.rows ?? order.rows,
					} ),
				} );
				return undefined;
			} ),
		closeSalesOrder: ( orderId ) =>
			answer( 'closeSalesOrder', () => {
				const order = orderOf( orderId );
				if ( order.invoiced || order.cancelled ) {
					return new Refused( 'The order is invoiced already' );
				}
				fakeOf().change( orderId, {
					invoiced: true,
					invoiceReference: `SI-${ orderId }`,
				} );
				return undefined;
			} ),
		addOrderNote: ( orderId, { text, isPublic = false } ) =>
			answer( 'addOrderNote', () => {
				const { notes } = fakeOf();
				const noteId = 300 + notes.length;
				notes.push( {
					noteId,
					orderId,
					text,
					isPublic,
					addedOn: null,
					at: clock.now(),
				} );
				return noteId;
			} ),
		orderNotes: ( by ) =>
			answer( 'orderNotes', () =>
				fakeOf().notes.filter(
					( note ) =>
						fakeOf().isFound( note ) &&
						( ! ( 'orderIds' in by ) ||
							by.orderIds.includes( note.orderId ) )
				)
			),
		customFieldDefinitions: () =>
			answer( 'customFieldDefinitions', () => fakeOf().definitions ),
		patchOrderCustomFields: ( orderId, changes ) =>
			answer( 'patchOrderCustomFields', () => {
				fakeOf().fields.set( orderId, {
					...fakeOf().fields.get( orderId ),
					...changes,
				} );
			} ),
	};
}
