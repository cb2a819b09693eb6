/**
 * Observe: the shop's order as it is now, our link, and the plan that follows from them.
 */
import { accountScope, type OrderLink } from '../../contracts/database.ts';
import type { ProblemCode, ProblemDraft } from '../../contracts/problem.ts';
import { MINUTE, SECOND } from '../../contracts/primitives.ts';
import { ok, retry, type Result } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { needsExact, planOrder } from '../../domain/orders/plan.ts';
import type { AccountFacts, OrderPlan } from '../../domain/orders/types.ts';
import { refPrefix, type Connected } from '../connected.ts';
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
	const { brightpearl, store } = connected;
	const products = await productsOf(
		order,
		brightpearl,
		// Of an order that is made, no row is made again.
		( link?.salesOrderId ?? null ) !== null
			? 'any'
			: fresh
				? 'none'
				: 'recent'
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
	const planWith = ( account: AccountFacts ): Planned =>
		planOrder( {
			order,
			exact: exact.value,
			settings: connected.settings,
			refPrefix: refPrefix( connected ),
			account,
			products: products.value,
			link,
			allocationDone: link?.allocation != null,
		} );
	const account = await accountFacts( brightpearl, fresh );
	if ( ! account.ok ) {
		return account;
	}
	const planned = planWith( account.value );
	if ( planned.ok || fresh || ! isOfAccount( planned.problems ) ) {
		return ok( planned );
	}
	const renewed = await renewedFacts( connected );
	return renewed.ok
		? ok( renewed.value === null ? planned : planWith( renewed.value ) )
		: renewed;
}

/** Told of what the account has: it may have it since the facts were read. */
const OF_ACCOUNT: ReadonlySet< ProblemCode > = new Set( [
	'tax-unmapped',
	'currency-unknown',
] );

function isOfAccount( problems: readonly ProblemDraft[] ): boolean {
	return problems.some( ( { code } ) => OF_ACCOUNT.has( code ) );
}

/** The account's facts past the cache, once a minute for all orders; null = they are as new as that. */
async function renewedFacts( {
	brightpearl,
	database,
}: Connected ): Promise< Result< AccountFacts | null > > {
	const scope = accountScope( brightpearl.account );
	const key = 'facts-renewed';
	if ( ( await database.cache.get( scope, key ) ) !== undefined ) {
		return ok( null );
	}
	await database.cache.put( scope, key, true, MINUTE );
	return accountFacts( brightpearl, true );
}
