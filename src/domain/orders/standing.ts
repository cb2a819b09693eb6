/**
 * The plan of an order that is in Brightpearl: what the shop changed since both agreed is brought
 * there, and what staff changed stays. Nothing holds it as a whole: what cannot be done is told,
 * and the rest is done.
 */
import type { OrderLink, Pushed } from '../../contracts/database.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';
import { decimal, rowDecimals } from '../money.ts';
import {
	cancelledInBrightpearl,
	changedAfterInvoice,
	changedOnBothSides,
	refundedWithoutRefunds,
	reviveStatusMissing,
} from '../change-problems.ts';
import { amendmentOf, conflictsOf, staffEdits } from './agreement/amend.ts';
import { closedAmong, closedTold } from './credits/closed-credits.ts';
import { partiesOf } from './head/contact.ts';
import { duePayment } from './payments/due-payment.ts';
import { expectedOfFound } from './agreement/expected.ts';
import { markOf } from './agreement/fingerprint.ts';
import type { FoundOrder } from './found.ts';
import { groundNow, shopRows } from './agreement/ground-now.ts';
import { partMarks, rowMarks } from './agreement/marks.ts';
import { mergeParts, type MergedPart } from './agreement/merge-parts.ts';
import { mergeRows, type MergedRow } from './agreement/merge-rows.ts';
import {
	creditReversal,
	creditSteps,
	deletedCredits,
	type Reversing,
} from './credits/money-back.ts';
import { toSalesOrder, totalsOf } from './head/sales-order.ts';
import { nextStatus } from './agreement/status-step.ts';
import {
	allocateStep,
	closeSteps,
	paymentStep,
	verifyStep,
	wordSteps,
} from './steps.ts';
import type { OrderPlan, PlanInput, Step } from './types.ts';
import {
	lessToSend,
	givenBackOf,
	isAllRefunded,
	reservationsOf,
	wantedPieces,
	type RowPieces,
} from './wanted-allocation.ts';

export function standingOrder(
	input: PlanInput,
	link: OrderLink,
	found: FoundOrder
): OrderPlan {
	const { order, settings } = input;
	const named = `sales order ${ found.id }`;
	const called = `Order ${ link.number ?? order.number } (${ named })`;
	const ground = groundNow( input, link, found );
	const shop = shopRows( input, ground );
	const parties = partiesOf( order, settings.orders.guestEmail );
	const salesOrder = toSalesOrder( input, parties, shop.rows );
	const revives = found.cancelled && link.cancelled;
	// Cancelled in Brightpearl by somebody else: it is theirs.
	const isTheirs = found.cancelled && ! link.cancelled;

	const rules = {
		resolve: link.resolve,
		frozen: found.invoiced || isTheirs,
	};
	const rows = mergeRows(
		shop.rows,
		shop.problems.length > 0 ? groundMarks( ground ) : rowMarks( order ),
		ground,
		found,
		rules
	);
	const parts = mergeParts(
		salesOrder,
		partMarks( order ),
		ground,
		found,
		rules
	);
	const { change, words } = amendmentOf( salesOrder, rows, parts );
	const conflicts = isTheirs ? [] : conflictsOf( rows, parts, 'conflict' );
	const blocked = isTheirs ? [] : conflictsOf( rows, parts, 'blocked' );

	const status = nextStatus( { input, link, found, ground, revives } );
	const agreedNow: Pushed = {
		storeStatus: ground.storeStatus,
		statusId: ground.statusId,
		...groundAfter( rows, parts ),
	};
	const pushed: Pushed = {
		...agreedNow,
		storeStatus: status.storeStatus,
		statusId: status.statusId,
	};

	const paid = duePayment( input );
	const payment = isTheirs ? null : paid.payment;
	const pieces = piecesOf( rows );
	const wanted = wantedPieces( pieces, input.refunds, order );
	const { lower, raise } = reservationsOf( {
		wanted,
		link,
		found,
		settings,
		before: ground.rows,
		revives,
	} );
	const reversing: Reversing = {
		link,
		settings,
		refPrefix: input.refPrefix,
		methodCode: paid.methodCode,
		at: order.modifiedAt,
		now: input.now,
	};
	const deleted = closedAmong(
		isTheirs ? [] : deletedCredits( order, link ),
		input,
		link
	);
	const told: readonly ProblemDraft[] = [
		...( order.status === 'refunded' &&
		decimal( order.total ).gt( 0 ) &&
		! isAllRefunded( order )
			? [
					refundedWithoutRefunds(
						called,
						givenBackOf( order ),
						order.total
					),
				]
			: [] ),
		...( conflicts.length > 0
			? [ changedOnBothSides( called, conflicts ) ]
			: [] ),
		...( blocked.length > 0
			? [ changedAfterInvoice( called, blocked ) ]
			: [] ),
		...( isTheirs
			? [ cancelledInBrightpearl( called, order.status ) ]
			: [ ...shop.problems, ...paid.problems ] ),
		...closedTold( called, deleted.conflicts, 'was deleted in the shop' ),
		...( revives && status.step === null
			? [ reviveStatusMissing( called, order.status ) ]
			: [] ),
	];

	const amend: readonly Step[] =
		change === null
			? []
			: [
					{
						type: 'AmendOrder',
						summary: `Change ${ named }: ${ words }.`,
						version: found.version,
						change,
						pushed: agreedNow,
					},
				];
	const work: readonly Step[] =
		// Nothing can be done to an order that stays cancelled.
		isTheirs || ( revives && status.step === null )
			? []
			: [
					...( revives && status.step !== null
						? [ status.step ]
						: [] ),
					...( lower === null
						? []
						: [ allocateStep( named, lower ) ] ),
					...amend,
					...( payment === null
						? []
						: [ paymentStep( named, payment ) ] ),
					...( raise === null
						? []
						: [ allocateStep( named, raise ) ] ),
					// What a deleted refund gave back is there for the next.
					...deleted.reversible.flatMap( ( credit ) =>
						creditReversal( credit, reversing )
					),
					...creditSteps( {
						basis: {
							order,
							refPrefix: input.refPrefix,
							settings,
							account: input.account,
							rows: shop.rows,
							billing: parties.billing,
							delivery: parties.delivery,
							salesOrder,
						},
						refunds: input.refunds,
						link,
						payment,
						methodCode: paid.methodCode,
					} ),
					...wordSteps( named, input ),
					...( ! revives && status.step !== null
						? [ status.step ]
						: [] ),
					...( told.length === 0 ? closeSteps( named, input ) : [] ),
				];
	const decimals = rowDecimals( order.currency, decimal( order.total ) );
	const isSettled =
		JSON.stringify( pushed ) === JSON.stringify( link.pushed );
	return {
		steps: [ ...work, verifyStep( named ) ],
		salesOrder: null,
		rows: shop.rows.length,
		totals: totalsOf( order, shop.rows, decimals ),
		expected: expectedOfFound(
			found,
			work.length === 0 ? rows.map( unwritten ) : rows,
			shop.rows
		),
		toSend: lessToSend( pieces, wanted ),
		pushed: isSettled ? null : pushed,
		cancelled: isTheirs ? 'theirs' : null,
		settledCredits: deleted.settled,
		conflicts: [ ...conflicts, ...blocked, ...deleted.conflicts ],
		edits: isTheirs ? [] : staffEdits( rows, found ),
		told,
		fingerprint: markOf( order, settings ),
	};
}

function unwritten( row: MergedRow ): MergedRow {
	return row.decision === 'write' ? { ...row, decision: 'leave' } : row;
}

/** Rows that could not be planned are taken to be unchanged. */
function groundMarks( ground: Pushed ): ReadonlyMap< string, string > {
	return new Map( ground.rows.map( ( { ref, mark } ) => [ ref, mark ] ) );
}

function groundAfter(
	rows: readonly MergedRow[],
	parts: readonly MergedPart[]
): Pick< Pushed, 'rows' | 'parts' > {
	const part = ( name: MergedPart[ 'name' ] ) =>
		parts.find( ( merged ) => merged.name === name )?.after ?? {
			mark: '',
			found: null,
		};
	return {
		rows: rows.flatMap( ( { after } ) =>
			after === null ? [] : [ after ]
		),
		parts: {
			reference: part( 'reference' ),
			billing: part( 'billing' ),
			delivery: part( 'delivery' ),
			shippingMethod: part( 'shippingMethod' ),
		},
	};
}

/** The order's own rows as they are going to be in Brightpearl. */
function piecesOf( rows: readonly MergedRow[] ): readonly RowPieces[] {
	return rows.flatMap( ( { ref, decision, store, found, before } ) => {
		const shown =
			decision === 'write' || decision === 'agreed' ? store : found;
		return shown === null
			? []
			: [
					{
						ref,
						quantity: shown.quantity,
						productId: ( store ?? before )?.productId ?? null,
					},
				];
	} );
}
