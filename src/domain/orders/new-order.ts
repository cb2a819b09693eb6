/**
 * The plan of an order that is not in Brightpearl yet, or everything that keeps it from being
 * made, the most important first.
 */
import type { ProblemDraft } from '../../contracts/problem.ts';
import {
	decimal,
	decimalsNeeded,
	MOST_DECIMALS,
	rowDecimals,
} from '../money.ts';
import {
	contactIncomplete,
	currencyPrecision,
	currencyUnknown,
} from '../problems.ts';
import { groundOf } from './agreement/common-ground.ts';
import { partiesOf } from './head/contact.ts';
import { expectedOfNew } from './agreement/expected.ts';
import { markOf } from './agreement/fingerprint.ts';
import { creditSteps } from './credits/money-back.ts';
import { duePayment } from './payments/due-payment.ts';
import { toSalesOrder, totalsOf } from './head/sales-order.ts';
import { settledRows } from './rows/settled-rows.ts';
import { isNoSale } from './statuses.ts';
import {
	allocateStep,
	closeSteps,
	contactStep,
	createStep,
	paymentStep,
	verifyStep,
	wordSteps,
} from './steps.ts';
import type { OrderPlan, PlanInput } from './types.ts';
import { reservationsOf, wantedPieces } from './wanted-allocation.ts';

export type PlanResult =
	| { readonly ok: true; readonly plan: OrderPlan }
	| { readonly ok: false; readonly problems: readonly ProblemDraft[] };

export function newOrder( input: PlanInput ): PlanResult {
	const { order, settings, account, link, refunds } = input;
	const total = decimal( order.total );
	const decimals = rowDecimals( order.currency, total );
	const { rows, problems: rowProblems } = settledRows( input, new Map() );
	const parties = partiesOf( order, settings.orders.guestEmail );
	// Of an order that was called off before anything was booked nothing is booked.
	const paid = isNoSale( order.status )
		? { payment: null, methodCode: null, problems: [] }
		: duePayment( input );
	const isTooFine = decimalsNeeded( total ) > MOST_DECIMALS;
	const holding = [
		...( account.currencies.includes( order.currency )
			? []
			: [ currencyUnknown( order.currency, account.currencies ) ] ),
		...( isTooFine
			? [ currencyPrecision( order.total, order.currency ) ]
			: [] ),
		...rowProblems,
		...( parties.missing.length > 0
			? [ contactIncomplete( parties.missing ) ]
			: [] ),
		...paid.problems,
	];
	if ( holding.length > 0 ) {
		return { ok: false, problems: holding };
	}

	const salesOrder = toSalesOrder( input, parties, rows );
	const totals = totalsOf( order, rows, decimals );
	const named = `sales order ${ salesOrder.externalRef }`;
	const { raise } = reservationsOf( {
		wanted: wantedPieces(
			rows.map( ( { externalRef, ...row } ) => ( {
				ref: externalRef,
				...row,
			} ) ),
			refunds,
			order
		),
		link,
		found: null,
		settings,
		before: [],
		revives: false,
	} );
	return {
		ok: true,
		plan: {
			steps: [
				contactStep( parties.contact, input ),
				createStep( named, salesOrder, order.total ),
				...( paid.payment === null
					? []
					: [ paymentStep( named, paid.payment ) ] ),
				...( raise === null ? [] : [ allocateStep( named, raise ) ] ),
				...creditSteps( {
					basis: {
						order,
						refPrefix: input.refPrefix,
						settings,
						account,
						rows,
						billing: parties.billing,
						delivery: parties.delivery,
						salesOrder,
					},
					refunds,
					link,
					payment: paid.payment,
					methodCode: paid.methodCode,
				} ),
				...wordSteps( named, input ),
				...closeSteps( named, input ),
				verifyStep( named ),
			],
			salesOrder,
			rows: rows.length,
			totals,
			expected: expectedOfNew( totals, rows ),
			// Nothing was there to be put on a note.
			toSend: null,
			pushed: groundOf( order, rows, salesOrder.statusId ),
			conflicts: [],
			edits: [],
			cancelled: null,
			settledCredits: [],
			told: [],
			fingerprint: markOf( order, settings ),
		},
	};
}
