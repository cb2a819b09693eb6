/**
 * Finding an order by its kind, and what is said of one that is not there.
 */
import { typeOf } from './account.ts';
import type { Account } from './account.ts';
import { DOCUMENTED, notFound, problem } from './codes.ts';
import type { Order } from './model.ts';
import { refuse } from './reply.ts';
import type { Reply } from './reply.ts';

export function saleOf(
	account: Account,
	id: number,
	type: 'SO' | 'SC'
): Order | undefined {
	const order = account.tables.orders.get( id );
	return order && typeOf( order ) === type ? order : undefined;
}

/** For writes to an id that is none of that kind; no source has its text. */
export const noSuchSale = ( type: 'SO' | 'SC', id: string ): Reply =>
	refuse(
		404,
		notFound(
			`Cannot find ${ type === 'SO' ? 'sales order' : 'sales credit' }: ${ id }`
		)
	);

/** The documented refusal of an order id that is none (§1.6). */
export const noSuchOrder = ( orderId: string | number ): Reply =>
	refuse(
		400,
		problem(
			DOCUMENTED.orderId,
			`You have supplied an invalid order id: ${ orderId }`
		)
	);
