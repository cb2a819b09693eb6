/**
 * Observe: the shop's order as it is now, what Brightpearl has of it, our link, and the plan that
 * follows from them. Only reads.
 */
import type { SalesOrder } from '../../brightpearl/api.ts';
import { accountScope, type OrderLink } from '../../contracts/database.ts';
import { MINUTE, SECOND } from '../../contracts/primitives.ts';
import type { ProblemCode, ProblemDraft } from '../../contracts/problem.ts';
import { fail, hold, ok, retry, type Result } from '../../contracts/result.ts';
import type {
	StoreNote,
	StoreOrder,
	StoreRefundDetail,
} from '../../contracts/store.ts';
import {
	creditsToEnd,
	needsExact,
	openCredits,
	planGone,
	planOrder,
	type PlanResult,
} from '../../domain/orders/plan.ts';
import { isNoSale } from '../../domain/orders/statuses.ts';
import type { AccountFacts } from '../../domain/orders/types.ts';
import { refPrefix, type Connected } from '../connected.ts';
import { nowOf } from './applying.ts';
import { closedCredits } from './closed-credits.ts';
import { accountFacts, productsOf } from './facts.ts';
import { withNotes } from './on-notes.ts';

export interface Planned {
	readonly result: PlanResult;
	/** The sales order as it was read for the plan; null = there is none, or none to look at. */
	readonly salesOrder: SalesOrder | null;
}

/** Made and read back once: what the link says of the sales order is no mere claim. */
export function isMade( link: OrderLink | null ): link is OrderLink & {
	readonly salesOrderId: number;
} {
	return (
		link !== null && link.salesOrderId !== null && link.pushedAt !== null
	);
}

/**
 * The plan of an order that the shop has.
 *
 * @param fresh A person asked for it: what they have just put right must be seen.
 */
export async function plan(
	connected: Connected,
	order: StoreOrder,
	link: OrderLink | null,
	fresh: boolean
): Promise< Result< Planned > > {
	const found = await salesOrderOf( connected, link );
	if ( ! found.ok ) {
		return found;
	}
	const noted =
		found.value !== null && isNoSale( order.status )
			? await withNotes( connected.brightpearl, found.value )
			: found;
	if ( ! noted.ok ) {
		return noted;
	}
	const shop = await shopDetails( connected, order );
	if ( ! shop.ok ) {
		return shop;
	}
	const products = await productsOf(
		connected,
		order,
		// Of an order that is made only rows that are new or edited are looked at.
		isMade( link ) ? 'any' : fresh ? 'none' : 'recent'
	);
	if ( ! products.ok ) {
		return products;
	}
	const closed = await closedCredits(
		connected,
		creditsToEnd( order, link )
	);
	if ( ! closed.ok ) {
		return closed;
	}
	const planWith = ( account: AccountFacts ): PlanResult =>
		planOrder( {
			order,
			...shop.value,
			settings: connected.settings,
			refPrefix: refPrefix( connected ),
			account,
			products: products.value,
			link,
			found: noted.value,
			closedCredits: closed.value,
			now: nowOf( connected ),
		} );
	const account = await accountFacts( connected, fresh );
	if ( ! account.ok ) {
		return account;
	}
	const planned = ( result: PlanResult ): Result< Planned > =>
		ok( { result, salesOrder: found.value } );
	const first = planWith( account.value );
	if ( first.ok || fresh || ! isOfAccount( first.problems ) ) {
		return planned( first );
	}
	const renewed = await renewedFacts( connected );
	if ( ! renewed.ok ) {
		return renewed;
	}
	return planned(
		renewed.value === null ? first : planWith( renewed.value )
	);
}

/**
 * The plan of an order in the trash, or gone for good.
 *
 * @param link Of an order that is made.
 */
export async function planOfGone(
	connected: Connected,
	link: OrderLink,
	how: 'trashed' | 'deleted'
): Promise< Result< Planned > > {
	const { settings } = connected;
	const found = await salesOrderOf( connected, link );
	if ( ! found.ok ) {
		return found;
	}
	const noted =
		found.value === null
			? found
			: await withNotes( connected.brightpearl, found.value );
	if ( ! noted.ok ) {
		return noted;
	}
	const account = await accountFacts( connected, false );
	if ( ! account.ok ) {
		return account;
	}
	const closed = await closedCredits(
		connected,
		found.value?.cancelled === true ? [] : openCredits( link )
	);
	if ( ! closed.ok ) {
		return closed;
	}
	return ok( {
		result:
			noted.value === null
				? NOTHING_TO_DO
				: planGone( {
						link,
						found: noted.value,
						settings,
						account: account.value,
						refPrefix: refPrefix( connected ),
						how,
						closedCredits: closed.value,
						now: nowOf( connected ),
					} ),
		salesOrder: found.value,
	} );
}

/** Of an order that was never made. */
const NOTHING_TO_DO: PlanResult = {
	ok: true,
	plan: {
		steps: [],
		salesOrder: null,
		rows: 0,
		totals: null,
		expected: null,
		toSend: null,
		pushed: null,
		conflicts: [],
		edits: [],
		cancelled: null,
		settledCredits: [],
		told: [],
		fingerprint: '',
	},
};

async function salesOrderOf(
	{ brightpearl }: Connected,
	link: OrderLink | null
): Promise< Result< SalesOrder | null > > {
	if ( ! isMade( link ) ) {
		return ok( null );
	}
	const read = await brightpearl.salesOrders( [ link.salesOrderId ] );
	if ( ! read.ok ) {
		return read;
	}
	const [ salesOrder ] = read.value;
	return salesOrder === undefined
		? hold( missingInBrightpearl( link.salesOrderId ) )
		: ok( salesOrder );
}

export function missingInBrightpearl( salesOrderId: number ): ProblemDraft {
	return {
		code: 'order-gone',
		message: `Sales order ${ salesOrderId } is no longer in Brightpearl.`,
		cause: 'It was deleted there, or the connection now points to another account.',
		fix: 'Check the account; if the order is to stay deleted, ignore it here (orders ignore).',
		field: null,
	};
}

interface ShopDetails {
	readonly exact: StoreOrder | null;
	readonly refunds: readonly StoreRefundDetail[];
	readonly notes: readonly StoreNote[];
}

/** What of the order takes requests of its own, read only where it is needed. */
async function shopDetails(
	{ settings, store }: Connected,
	order: StoreOrder
): Promise< Result< ShopDetails > > {
	const exact = needsExact( order )
		? await store.orderExact( order.id )
		: ok( null );
	if ( ! exact.ok ) {
		return exact;
	}
	const refunds =
		order.refunds.length > 0 ? await store.refunds( order.id ) : ok( [] );
	if ( ! refunds.ok ) {
		return refunds;
	}
	const notes =
		settings.orders.notes.order === 'none'
			? ok( [] )
			: await store.orderNotes( order.id );
	if ( ! notes.ok ) {
		return notes;
	}
	const listed = order.refunds.map( ( { id } ) =>
		refunds.value.find( ( refund ) => refund.id === id )
	);
	if (
		// Two versions of an order must not be mixed.
		( exact.value !== null &&
			exact.value.modifiedAt !== order.modifiedAt ) ||
		listed.includes( undefined )
	) {
		return retry(
			'store',
			'busy',
			'The order was changed while it was being read.',
			{ after: SECOND }
		);
	}
	return ok( {
		exact: exact.value,
		refunds: listed.flatMap( ( refund ) => refund ?? [] ),
		notes: notes.value,
	} );
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
async function renewedFacts(
	connected: Connected
): Promise< Result< AccountFacts | null > > {
	const { brightpearl, database } = connected;
	const scope = accountScope( brightpearl.account );
	const key = 'facts-renewed';
	if ( ( await database.cache.get( scope, key ) ) !== undefined ) {
		return ok( null );
	}
	await database.cache.put( scope, key, true, MINUTE );
	const facts = await accountFacts( connected, true );
	return facts.ok ? facts : fail( facts.failure );
}
