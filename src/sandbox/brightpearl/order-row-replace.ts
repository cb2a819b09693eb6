/**
 * Rows replaced in place: `sales-order/{id}/row/{ids}`, and the rows of a whole order's
 * replacement (resources reference, §1.3). A row keeps its id; what is allocated stays possible.
 */
import { z } from 'zod';
import { isInvoiced, touchOrder } from './account.ts';
import { idOf, idsOf } from './call.ts';
import type { Call } from './call.ts';
import { INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { Big } from './decimal.ts';
import { readFields } from './fields.ts';
import type { Order, OrderRow } from './model.ts';
import { buildRows, checkRows, rowSchema } from './order-rows.ts';
import type { RowContext } from './order-rows.ts';
import { progressOf } from './order-state.ts';
import { noSuchRow } from './order-row-edits.ts';
import { bad, good, refuse, silent } from './reply.ts';
import type { Checked, Reply } from './reply.ts';
import { noSuchSale, saleOf } from './find-order.ts';

export const replacedRowSchema = rowSchema.extend( { id: z.int().optional() } );
export type ReplacedRow = z.infer< typeof replacedRowSchema >;

const rowsSchema = z
	.array(
		rowSchema
			.omit( { externalRef: true, nominalCode: true, sequence: true } )
			.extend( { id: z.int() } )
	)
	.min( 1 );

const childrenOf = ( order: Order, id: number ): OrderRow[] =>
	order.rows.filter( ( row ) => row.parentRowId === id );

/** What of each row is reserved or on a note. */
function heldOf( call: Call, order: Order ): Map< number, number > {
	return new Map(
		progressOf( call.account, order ).map( ( { row, reserved, noted } ) => [
			row.id,
			reserved + noted,
		] )
	);
}

/** A row as sent, made anew under its old id; a bundle whose content is the same keeps its children. */
export function remake(
	context: RowContext,
	order: Order,
	old: OrderRow,
	sent: ReplacedRow,
	sequence: number
): OrderRow[] {
	const [ made, ...children ] = buildRows( context, [ sent ], sequence );
	if ( ! made ) {
		return [];
	}
	const same =
		made.productId === old.productId &&
		new Big( made.quantity ).eq( old.quantity );
	const row: OrderRow = { ...old, ...made, id: old.id };
	return [
		row,
		...( same
			? childrenOf( order, old.id )
			: children.map( ( child ) => ( {
					...child,
					parentRowId: old.id,
				} ) ) ),
	];
}

/** Rows that are gone, smaller than what is allocated, or another product now. */
export function faultsOfChange(
	call: Call,
	order: Order,
	rows: readonly OrderRow[]
): Problem[] {
	const held = heldOf( call, order );
	const next = new Map( rows.map( ( row ) => [ row.id, row ] ) );
	return order.rows
		.filter( ( old ) => {
			const amount = held.get( old.id ) ?? 0;
			const row = next.get( old.id );
			return (
				amount > 0 &&
				( row === undefined ||
					row.productId !== old.productId ||
					new Big( row.quantity ).lt( amount ) )
			);
		} )
		.map( ( { id } ) =>
			problem(
				INVENTED.orderLocked,
				`Row ${ id } has allocated stock and cannot be changed so`
			)
		);
}

export function contextOf( call: Call, order: Order ): Checked< RowContext > {
	const { account, switches } = call;
	const customer = account.tables.contacts.get( order.customerId );
	return customer
		? good( { account, customer, switches } )
		: bad( noSuchSale( 'SO', String( order.id ) ) );
}

const sameIds = ( sent: readonly number[], wanted: readonly number[] ) =>
	sent.toSorted( ( a, b ) => a - b ).join() === wanted.join();

export function replaceRows( call: Call ): Reply {
	const order = saleOf( call.account, idOf( call ), 'SO' );
	if ( ! order ) {
		return noSuchSale( 'SO', call.params.id ?? '' );
	}
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const read = readFields(
		rowsSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const sent = read.value;
	if (
		! sameIds(
			sent.map( ( { id } ) => id ),
			ids.value ?? []
		)
	) {
		return refuse(
			400,
			problem(
				INVENTED.unknownRow,
				'The ids of the rows must be those of the address'
			)
		);
	}
	if ( isInvoiced( call.account, order ) ) {
		return refuse(
			400,
			problem(
				INVENTED.orderLocked,
				'An invoiced order cannot be changed'
			)
		);
	}
	const unknown = sent.find(
		( { id } ) =>
			! order.rows.some( ( row ) => row.id === id && ! row.bundleChild )
	);
	if ( unknown ) {
		return noSuchRow( unknown.id );
	}
	const context = contextOf( call, order );
	if ( ! context.ok ) {
		return context.reply;
	}
	const faults = checkRows( context.value, sent );
	if ( faults.length > 0 ) {
		return refuse( 400, ...faults );
	}
	const rows = order.rows
		.filter( ( row ) => ! row.bundleChild )
		.flatMap( ( old ) => {
			const change = sent.find( ( { id } ) => id === old.id );
			return change
				? remake(
						context.value,
						order,
						old,
						// What this resource does not take stays as it is.
						{
							...change,
							externalRef: old.externalRef ?? undefined,
							nominalCode: old.nominalCode,
						},
						old.sequence
					)
				: [ old, ...childrenOf( order, old.id ) ];
		} );
	const refused = faultsOfChange( call, order, rows );
	if ( refused.length > 0 ) {
		return refuse( 400, ...refused );
	}
	order.rows = rows;
	touchOrder( call.account, order, call.now );
	return silent();
}
