/**
 * Observe: the shop's order as it is now, our link, and the plan that follows from them.
 */
import type { OrderLink } from '../../contracts/database.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';
import { SECOND } from '../../contracts/primitives.ts';
import { ok, retry, type Result } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { needsExact, planOrder } from '../../domain/orders/plan.ts';
import type { OrderPlan } from '../../domain/orders/types.ts';
import { isLive, refPrefix, type Connected } from '../connected.ts';
import { accountFacts, productsOf } from './facts.ts';

export type Planned =
	| { readonly ok: true; readonly plan: OrderPlan }
	| { readonly ok: false; readonly problems: readonly ProblemDraft[] };

/**
 * Reads what planning needs (GETs only) and plans.
 *
 * @param fresh A person asked for it: what they have just put right must be seen.
 */
export async function plan(
	connected: Connected,
	order: StoreOrder,
	link: OrderLink | null,
	fresh: boolean
): Promise< Result< Planned > > {
	const { brightpearl, database, store } = connected;
	const account = await accountFacts( brightpearl );
	if ( ! account.ok ) {
		return account;
	}
	const products = await productsOf(
		order,
		brightpearl,
		database.products,
		// Of an order that is made, no row is made again.
		( fresh || ! isKeptFresh( connected ) ) &&
			( link?.salesOrderId ?? null ) === null
	);
	if ( ! products.ok ) {
		return products;
	}
	const exact = needsExact( order )
		? await store.orderExact( order.id )
		: ok( null );
	if ( ! exact.ok ) {
		return exact;
	}
	if ( exact.value !== null && exact.value.modifiedAt !== order.modifiedAt ) {
		// The amounts of two versions must not be mixed.
		return retry(
			'store',
			'busy',
			'The order was changed while it was being read.',
			{
				after: SECOND,
			}
		);
	}
	return ok(
		planOrder( {
			order,
			exact: exact.value,
			settings: connected.settings,
			refPrefix: refPrefix( connected ),
			account: account.value,
			products: products.value,
			link,
			allocationDone: link?.allocation != null,
		} )
	);
}

/** Stock pulls read the catalogue anew each time; without them it would be as old as can be. */
function isKeptFresh( { settings, world }: Connected ): boolean {
	return (
		settings.stock.every !== null && isLive( settings, world.clock.now() )
	);
}
