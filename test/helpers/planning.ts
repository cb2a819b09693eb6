/**
 * What planning needs beside an order: an account, its products, settings that map the
 * recorded shop.
 */
import type {
	CachedProduct,
	OrderLink,
	PushedRow,
} from '../../src/contracts/database.ts';
import { settingsSchema, type Settings } from '../../src/contracts/settings.ts';
import {
	decimal,
	money,
	rowDecimals,
	roundTo,
	sum,
} from '../../src/domain/money.ts';
import {
	settleAmounts,
	type Settled,
} from '../../src/domain/orders/rows/amounts.ts';
import { planOrder } from '../../src/domain/orders/plan.ts';
import { planRows, type Rows } from '../../src/domain/orders/rows/rows.ts';
import type {
	AccountFacts,
	OrderPlan,
	PlanInput,
	PlannedRow,
	PlannedSalesOrder,
	Totals,
} from '../../src/domain/orders/types.ts';
import catalogue from '../../src/sandbox/catalogue.json' with { type: 'json' };
import type { Recorded } from './store-order.ts';

/**
 * Brightpearl's side of the recorded shop: everything that is sold under a SKU of its own. A
 * variable product is sold by its variations, and one of them without a SKU shows its
 * parent's.
 */
export function catalogueProducts(): Map< string, CachedProduct[] > {
	const parents = new Set(
		catalogue
			.filter( ( { type } ) => type === 'variable' )
			.map( ( { sku } ) => sku )
	);
	return new Map(
		catalogue
			.filter( ( { sku } ) => sku !== '' && ! parents.has( sku ) )
			.map( ( item ) => [
				item.sku,
				[
					{
						productId: item.id,
						sku: item.sku,
						stockTracked: ! item.virtual,
						status: 'LIVE',
					},
				],
			] )
	);
}

/** Rules as a shop that sells to these countries would set them: by percent first. */
export const TAX_RULES = [
	{ percent: '20', country: 'GB', code: 'T20' },
	{ percent: '5', country: 'GB', code: 'T5' },
	{ percent: '0', class: 'zero-rate', country: 'GB', code: 'T0' },
	{ percent: '0', country: 'GB', code: 'T9' },
	// A cart-wide negative fee is taxed at the rates of all goods at once.
	{ percent: '25', country: 'GB', code: 'T20' },
	{ country: 'GB', class: '0', code: 'T20' },
	{ percent: '14.975', country: 'CA', state: 'QC', code: 'QC' },
	{ country: 'CA', code: 'CA' },
	{ percent: '8.875', country: 'US', state: 'NY', code: 'NY' },
	{ country: 'US', code: 'US' },
	{ percent: '19.0', country: 'DE', code: 'DE19' },
	{ percent: '7', country: 'DE', code: 'DE7' },
	{ label: 'TVA', country: 'FR', code: 'FR20' },
	{ country: 'IE', code: 'IE' },
	{ country: 'ES', state: 'TF', code: 'IGIC' },
	{ country: 'ES', code: 'IVA' },
	{ class: 'standard', country: 'JP', code: 'JP10' },
	{ class: 'reduced-rate', country: 'JP', code: 'JP8' },
	{ country: 'KW', code: 'KW' },
	{ country: 'BR', code: 'BR' },
	{ country: 'IN', percent: '18', code: 'GST18' },
	{ percent: '0', code: 'T9' },
	// Sold over the counter: the order has no address at all.
	{ percent: '20', code: 'T20' },
];

export function settingsWith(
	orders: Record< string, unknown > = {}
): Settings {
	return settingsSchema.parse( {
		goLive: '2026-01-01T00:00:00Z',
		orders: {
			tax: TAX_RULES,
			payments: { stripe: 'CARD', bacs: 'BANK', '*': 'OTHER' },
			...orders,
		},
	} );
}

export const ACCOUNT: AccountFacts = {
	baseCurrency: 'GBP',
	timeZone: 'Europe/London',
	currencies: [ 'GBP', 'EUR', 'USD', 'CAD', 'JPY', 'KWD', 'BRL', 'INR' ],
	taxCodes: [ ...new Set( TAX_RULES.map( ( { code } ) => code ) ) ],
	nominal: {
		sales: '4000',
		shipping: '4040',
		discount: '4009',
		rounding: '4999',
	},
	installationInstanceId: 77,
	cancelledStatusId: 5,
};

const products = catalogueProducts();

export function inputFor(
	{ order, exact }: Pick< Recorded, 'order' | 'exact' >,
	more: Partial< PlanInput > = {}
): PlanInput {
	return {
		order,
		exact,
		settings: more.settings ?? settingsWith(),
		refPrefix: 'shop',
		account: ACCOUNT,
		products,
		link: null,
		found: null,
		refunds: [],
		notes: [],
		closedCredits: [],
		now: '2026-07-05T10:00:00Z',
		...more,
	};
}

/** The plan, or an error that lists the problems. */
export function planned( input: PlanInput ): OrderPlan {
	const result = planOrder( input );
	if ( ! result.ok ) {
		throw new Error(
			result.problems.map( ( { message } ) => message ).join( ' ' )
		);
	}
	return result.plan;
}

export function problemCodes( input: PlanInput ): string[] {
	const result = planOrder( input );
	return result.ok ? [] : result.problems.map( ( { code } ) => code );
}

export function linkWith( more: Partial< OrderLink > ): OrderLink {
	return {
		connection: 'main',
		orderId: 1,
		number: '1',
		state: 'queued',
		storeStatus: null,
		placedAt: null,
		modifiedAt: null,
		currency: null,
		total: null,
		salesOrderId: null,
		decision: null,
		forced: false,
		gone: null,
		lines: [],
		refunds: [],
		payments: [],
		credits: [],
		contactId: null,
		customerKey: null,
		allocation: null,
		reserved: null,
		pushed: null,
		cancelled: false,
		notes: [],
		fields: {},
		writtenBack: null,
		conflicts: [],
		accepted: null,
		resolve: null,
		pending: [],
		brightpearl: null,
		proof: null,
		fingerprint: null,
		pushedAt: null,
		updatedAt: '2026-11-21T00:00:00Z',
		...more,
	};
}

/** What `planned` gives for an order that is still to be made. */
export interface NewOrderPlan extends OrderPlan {
	readonly salesOrder: PlannedSalesOrder;
	readonly totals: Totals;
}

/** The plan of an order that is not in Brightpearl yet. */
export function plannedOrder( input: PlanInput ): NewOrderPlan {
	const { salesOrder, totals, ...plan } = planned( input );
	if ( salesOrder === null || totals === null ) {
		throw new Error( 'The plan makes no sales order.' );
	}
	return { ...plan, salesOrder, totals };
}

/** The rows alone, with what they cost and what is wrong with them. */
export function plannedRows(
	input: PlanInput,
	agreed?: ReadonlyMap< string, PushedRow >
): Rows & { readonly settled: Settled; readonly decimals: number } {
	const { order, exact, settings } = input;
	const decimals = rowDecimals( order.currency, decimal( order.total ) );
	const settled = settleAmounts(
		order,
		exact,
		settings.orders.discounts,
		decimals
	);
	return {
		...planRows( input, settled, decimals, agreed ),
		settled,
		decimals,
	};
}

/**
 * What Brightpearl's total becomes of these rows: nets are kept to four places, a row's tax to
 * `taxPlaces` (two as recorded, or four; resources reference, §9).
 */
export function totalAt(
	rows: readonly Pick< PlannedRow, 'net' | 'tax' >[],
	taxPlaces: 2 | 4
): string {
	return money(
		sum(
			rows.map( ( row ) =>
				roundTo( decimal( row.net ), 4 ).plus(
					roundTo( decimal( row.tax ), taxPlaces )
				)
			)
		),
		2
	);
}
