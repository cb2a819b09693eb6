/**
 * Which rows of an order can be reserved, and how much of them (resources reference, §4.4).
 */
import { z } from 'zod';
import type { Account } from './account.ts';
import type { Call } from './call.ts';
import { DOCUMENTED, INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { wholeNumber } from './fields.ts';
import type { Order, ReservedRow } from './model.ts';
import { progressOf } from './order-state.ts';
import { levelOf } from './stock.ts';

export const reservationSchema = z.strictObject( {
	products: z
		.array(
			z.strictObject( {
				productId: wholeNumber,
				salesOrderRowId: wholeNumber,
				quantity: wholeNumber,
			} )
		)
		.min( 1 ),
} );
export type Wanted = z.infer<
	typeof reservationSchema
>[ 'products' ][ number ];

/** The rows that can be reserved, and why the others cannot. */
export function checkWanted(
	call: Call,
	order: Order,
	products: readonly Wanted[]
): { readonly rows: readonly Wanted[]; readonly faults: readonly Problem[] } {
	const faults: Problem[] = [];
	const rows: Wanted[] = [];
	const progress = progressOf( call.account, order );
	const seen = new Set< number >();
	for ( const wanted of products ) {
		const { productId, salesOrderRowId, quantity } = wanted;
		const row = order.rows.find( ( { id } ) => id === salesOrderRowId );
		const stock = progress.find(
			( entry ) => entry.row.id === salesOrderRowId
		);
		if ( productId <= 0 ) {
			faults.push(
				problem(
					DOCUMENTED.productId,
					'Product ID must be set and greater than 0'
				)
			);
		} else if (
			row?.productId !== productId ||
			seen.has( salesOrderRowId )
		) {
			faults.push(
				problem(
					INVENTED.unknownRow,
					`Row ${ salesOrderRowId } with product ${ productId } is not on the order, or is named twice`
				)
			);
		} else if ( ! stock ) {
			// Whether the server minds is not known (§4.4): one client sends every row.
			if ( call.switches.untrackedReservation === 'refuse' ) {
				faults.push(
					problem(
						INVENTED.notStock,
						`Row ${ salesOrderRowId } carries no stock`
					)
				);
			}
		} else if ( quantity <= 0 || quantity > stock.needed - stock.noted ) {
			faults.push(
				problem(
					INVENTED.badQuantity,
					`Row ${ salesOrderRowId }: between 1 and ${ stock.needed - stock.noted } can be reserved`
				)
			);
		} else {
			rows.push( wanted );
		}
		seen.add( salesOrderRowId );
	}
	return { rows, faults };
}

/** What there is, first come first served; several rows may want one product. */
export function grant(
	account: Account,
	warehouseId: number,
	wanted: readonly Wanted[]
): Record< string, ReservedRow > {
	const left = new Map< number, number >();
	const granted: Record< string, ReservedRow > = {};
	for ( const { productId, salesOrderRowId, quantity } of wanted ) {
		const free =
			left.get( productId ) ??
			Math.max( 0, levelOf( account, productId, warehouseId ).onHand );
		const taken = Math.min( free, quantity );
		left.set( productId, free - taken );
		if ( taken > 0 ) {
			granted[ String( salesOrderRowId ) ] = {
				productId,
				quantity: taken,
			};
		}
	}
	return granted;
}
