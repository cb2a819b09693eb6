/**
 * An order that a person names: from the ledger, else fetched from the shop and entered.
 */
import type { OrderLink } from '../../contracts/database.ts';
import type { Connected } from '../connected.ts';
import { enteredChange } from '../orders/seen.ts';
import { failure, ofFailure } from './context.ts';

/** The order's link; fetched from the shop where the ledger does not have it yet. */
export async function enterOrder(
	connected: Connected,
	orderId: number
): Promise<
	| { ok: true; link: OrderLink }
	| { ok: false; outcome: ReturnType< typeof failure > }
> {
	const { database, name, store } = connected;
	const link = await database.orderLinks.find( name, orderId );
	if ( link !== null ) {
		return { ok: true, link };
	}
	const read = await store.order( orderId );
	if ( ! read.ok ) {
		return { ok: false, outcome: ofFailure( read.failure ) };
	}
	if ( read.value === null ) {
		return { ok: false, outcome: unknownOrder( orderId ) };
	}
	return {
		ok: true,
		link: await database.orderLinks.save(
			name,
			orderId,
			enteredChange( read.value, null )
		),
	};
}

export function unknownOrder( orderId: number ) {
	return failure(
		6,
		'unknown-order',
		`The shop has no order with the id ${ orderId }.`,
		'Give the order’s id (the number in its address in wp-admin), not its order number.'
	);
}
