/**
 * Plan: what Brightpearl should be told of one order of the shop. Pure: everything was read
 * before, nothing is done here.
 */
import type { ProblemDraft } from '../../contracts/problem.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import {
	decimal,
	decimalsNeeded,
	money,
	MOST_DECIMALS,
	rowDecimals,
	sum,
} from '../money.ts';
import {
	contactIncomplete,
	currencyPrecision,
	currencyUnknown,
	paymentUnmapped,
	totalMismatch,
} from '../problems.ts';
import { midnightIn, withOffset } from '../time.ts';
import { isWithin, plainStringsDisagree, settleAmounts } from './amounts.ts';
import { partiesOf, type Parties } from './contact.ts';
import { fingerprintOf } from './fingerprint.ts';
import { currentPayment, methodCodeOf, own, planPayment } from './payment.ts';
import { planRows } from './rows.ts';
import { stepsOf } from './steps.ts';
import { cut, singleLine } from './text.ts';
import type {
	OrderPlan,
	PlanInput,
	PlannedPayment,
	PlannedRow,
	PlannedSalesOrder,
	Totals,
} from './types.ts';

export {
	toContactBody,
	toPaymentBody,
	toPostalAddressBody,
	toSalesOrderBody,
} from './bodies.ts';
export { isDue, type Due, type DueInput, type NotDue } from './due.ts';
export { fingerprintOf } from './fingerprint.ts';
export { currentPayment } from './payment.ts';
export { checkProof } from './proof.ts';

/** `order.reference` in Brightpearl (resources reference, §1.2). */
const REF_LIMIT = 64;

export type PlanResult =
	| { readonly ok: true; readonly plan: OrderPlan }
	| { readonly ok: false; readonly problems: readonly ProblemDraft[] };

/** Whether the order is to be read once more at six decimals before it is planned. */
export function needsExact( order: StoreOrder ): boolean {
	return plainStringsDisagree( order );
}

/**
 * The plan of an order, or everything that keeps it from being made, the most important first.
 *
 * An order that is in Brightpearl already is held by nothing but its payment: what it was made
 * from may be gone since (a deleted product, a removed rule), and must not hold up the rest.
 */
export function planOrder( input: PlanInput ): PlanResult {
	const { order, settings, account, link } = input;
	const total = decimal( order.total );
	const decimals = rowDecimals( order.currency, total );
	const settled = settleAmounts(
		order,
		input.exact,
		settings.orders.discounts,
		decimals
	);
	const { rows, problems: rowProblems } = planRows(
		input,
		settled,
		decimals
	);
	const parties = partiesOf( order );
	const paid = paymentOf( input, decimals );

	const isTooFine = decimalsNeeded( total ) > MOST_DECIMALS;
	const { roundingLimit } = settings.orders;
	const isOff =
		! isTooFine &&
		! isWithin( settled.unexplained, roundingLimit, decimals );
	const linesTotal = money( total.minus( settled.unexplained ), decimals );
	const problems = [
		...( account.currencies.includes( order.currency )
			? []
			: [ currencyUnknown( order.currency, account.currencies ) ] ),
		...( isTooFine
			? [ currencyPrecision( order.total, order.currency ) ]
			: [] ),
		...( isOff
			? [ totalMismatch( order, linesTotal, roundingLimit ) ]
			: [] ),
		...rowProblems,
		...( parties.missing.length > 0
			? [ contactIncomplete( parties.missing ) ]
			: [] ),
	];
	const isMade = link !== null && link.salesOrderId !== null;
	const holding = [ ...( isMade ? [] : problems ), ...paid.problems ];
	if ( holding.length > 0 ) {
		return { ok: false, problems: holding };
	}

	const salesOrder = toSalesOrder( input, parties, rows );
	return {
		ok: true,
		plan: {
			steps: stepsOf( input, parties.contact, salesOrder, paid.payment ),
			contact: parties.contact,
			salesOrder,
			totals: totalsOf( order, rows, decimals ),
			storeTax: order.totalTax,
			fingerprint: fingerprintOf( order ),
		},
	};
}

/** The payment that is still to be recorded; null when there is none. */
function paymentOf(
	{ order, settings, link, refPrefix }: PlanInput,
	decimals: number
): { payment: PlannedPayment | null; problems: readonly ProblemDraft[] } {
	const payment = currentPayment( order, link );
	if ( payment === null || payment.paymentId !== null ) {
		return { payment: null, problems: [] };
	}
	const method = order.paymentMethod;
	const code = methodCodeOf( method, settings.orders.payments );
	return code === null
		? {
				payment: null,
				problems: [
					paymentUnmapped(
						method,
						singleLine( order.paymentMethodTitle )
					),
				],
			}
		: {
				payment: planPayment(
					order,
					payment,
					code,
					refPrefix,
					decimals
				),
				problems: [],
			};
}

function toSalesOrder(
	{ order, settings, account, refPrefix }: PlanInput,
	parties: Parties,
	rows: readonly PlannedRow[]
): PlannedSalesOrder {
	const { orders } = settings;
	return {
		ref: cut( singleLine( order.number ), REF_LIMIT ),
		externalRef: `${ refPrefix }-${ order.id }`,
		placedOn: withOffset( order.placedAt ),
		taxDate: midnightIn( account.timeZone, order.placedAt ),
		statusId: own( orders.status, order.status ) ?? null,
		warehouseId: orders.warehouseId,
		channelId: orders.channelId,
		priceListId: orders.priceListId,
		leadSourceId: orders.leadSourceId,
		priceMode: order.pricesIncludeTax ? 'INC' : 'EXC',
		currency: order.currency,
		shippingMethodId: shippingMethodOf( order, orders.shipping ),
		billing: parties.billing,
		delivery: parties.delivery,
		rows,
		installationInstanceId: account.installationInstanceId,
	};
}

/** Of the first shipping line; an order that ships nothing has none. */
function shippingMethodOf(
	{ shippingLines }: StoreOrder,
	methods: Readonly< Record< string, number > >
): number | null {
	const [ line ] = shippingLines;
	if ( line === undefined ) {
		return null;
	}
	return (
		own( methods, `${ line.methodId }:${ line.instanceId }` ) ??
		own( methods, line.methodId ) ??
		own( methods, '*' ) ??
		null
	);
}

function totalsOf(
	order: StoreOrder,
	rows: readonly PlannedRow[],
	decimals: number
): Totals {
	const net = sum( rows.map( ( row ) => decimal( row.net ) ) );
	const tax = sum( rows.map( ( row ) => decimal( row.tax ) ) );
	const total = net.plus( tax );
	return {
		net: money( net, decimals ),
		tax: money( tax, decimals ),
		total: money( total, decimals ),
		store: order.total,
		difference: money( decimal( order.total ).minus( total ), decimals ),
	};
}
