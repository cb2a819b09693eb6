/**
 * The words of the problems that come of later changes to an order that is in Brightpearl. Each
 * says what is the matter in both systems and what settles it; it is worked out anew whenever the
 * order is looked at, and clears by itself once it is settled.
 */
import type { Conflict, Proof } from '../contracts/answers.ts';
import type { ProblemDraft } from '../contracts/problem.ts';
import { listed } from './orders/text.ts';

/** @param named `Order 4336 (sales order 20871)`
 * @param how   As it reads after "is": `cancelled`.
 */
export function cancelledPaid( named: string, how: string ): ProblemDraft {
	return {
		code: 'cancelled-paid',
		message: `${ named } is ${ how } in the shop, but its payment stands in Brightpearl.`,
		cause: 'It was called off after it was paid, and nothing tells whether the customer got the money back.',
		fix: 'Refund it in the shop; or reverse the payment and cancel the sales order in Brightpearl; or let it be done with orders.cancelPaid "reverse"; then retry the order.',
		field: 'orders.cancelPaid',
	};
}

/** @param invoiced The sales order has its invoice; else goods have left. */
export function cancelledShipped(
	named: string,
	how: string,
	invoiced: boolean
): ProblemDraft {
	return {
		code: 'cancelled-shipped',
		message: `${ named } is ${ how } in the shop, but in Brightpearl it is ${
			invoiced ? 'invoiced' : 'shipped, or partly so'
		} and cannot be cancelled.`,
		cause: 'It was called off after the warehouse or the bookkeeper had worked on it.',
		fix: 'Get the goods back and make a sales credit in Brightpearl, or refund the order in the shop (the credit is then made by itself); or ignore the order here (orders ignore).',
		field: null,
	};
}

/** One that is called off but on goods-out notes, which Brightpearl does not cancel. */
export function cancelledOnNotes( named: string, how: string ): ProblemDraft {
	return {
		code: 'cancelled-shipped',
		message: `${ named } is ${ how } in the shop, but in Brightpearl it is on a goods-out note and cannot be cancelled.`,
		cause: 'The warehouse had begun to work on it.',
		fix: TAKE_NOTE_BACK,
		field: null,
	};
}

/**
 * More is on goods-out notes than is to be sent.
 *
 * @param pieces As they read: `2 pieces of "Canvas Tote"`.
 */
export function wouldStillShip(
	named: string,
	pieces: readonly string[]
): ProblemDraft {
	return {
		code: 'cancelled-shipped',
		message: `${ named } would still ship what was refunded or called off in the shop: ${ listed( pieces ) }, on a goods-out note in Brightpearl.`,
		cause: 'The goods-out note was made for what was ordered before.',
		fix: TAKE_NOTE_BACK,
		field: null,
	};
}

const TAKE_NOTE_BACK =
	'Delete the goods-out note in Brightpearl (or make it anew with what is still to be sent), then retry the order.';

/** @param status Of the shop's order. */
export function cancelledInBrightpearl(
	named: string,
	status: string
): ProblemDraft {
	return {
		code: 'cancelled-in-brightpearl',
		message: `${ named } is ${ status } in the shop, but in Brightpearl it is cancelled.`,
		cause: 'Somebody cancelled it in Brightpearl, and nobody did in the shop: nothing of it is sent.',
		fix: 'Cancel the order in the shop too, or take the sales order out of its cancelled status in Brightpearl; then retry the order. If both are right as they are, ignore the order here (orders ignore).',
		field: null,
	};
}

/**
 * A closed credit cannot be emptied (resources reference, §1.12).
 *
 * @param why What became of its refund: `was deleted in the shop`.
 */
export function creditClosed(
	named: string,
	credits: readonly Conflict[],
	why: string
): ProblemDraft {
	return {
		code: 'refund-deleted',
		message: `${ named }: ${ listed( credits.map( ( { name, brightpearl } ) => `${ name } ${ why }, and its ${ brightpearl } is closed in Brightpearl` ) ) }.`,
		cause: 'A closed credit is an invoice in the books: neither it nor its money is taken back.',
		fix: 'Make up for it in Brightpearl (a sales order or a journal of the amount), then settle it with orders resolve and the side "brightpearl".',
		field: null,
	};
}

export function cancelledStatusMissing(
	named: string,
	how: string
): ProblemDraft {
	return {
		code: 'status-unmapped',
		message: `${ named } is ${ how } in the shop, but Brightpearl's status for cancelled orders is not known.`,
		cause: 'The Brightpearl account has no status that means cancelled, and orders.cancelledStatusId names none.',
		fix: 'Set orders.cancelledStatusId, or cancel the sales order in Brightpearl, then retry the order.',
		field: 'orders.cancelledStatusId',
	};
}

export function reviveStatusMissing(
	named: string,
	status: string
): ProblemDraft {
	return {
		code: 'status-unmapped',
		message: `${ named } was cancelled and is "${ status }" again in the shop, but no Brightpearl status is known for that.`,
		cause: `orders.status leaves the status of "${ status }" to the account, which only gives it to new orders.`,
		fix: `Give "${ status }" a Brightpearl status id in orders.status, or set the sales order's status in Brightpearl, then retry the order.`,
		field: 'orders.status',
	};
}

export function changedOnBothSides(
	named: string,
	conflicts: readonly Conflict[]
): ProblemDraft {
	return {
		code: 'changed-on-both-sides',
		message: `${ named }: ${ differences( conflicts ) }.`,
		cause: 'It was edited in the shop, and by somebody in Brightpearl, since both agreed.',
		fix: 'Say which side holds (orders resolve), or make both sides equal by hand and retry the order.',
		field: null,
	};
}

/** An invoiced sales order takes no changes (resources reference, §1.6). */
export function changedAfterInvoice(
	named: string,
	conflicts: readonly Conflict[]
): ProblemDraft {
	return {
		code: 'order-changed',
		message: `${ named } was edited in the shop, but it is invoiced in Brightpearl: ${ differences( conflicts ) }.`,
		cause: 'Brightpearl does not change orders that have their invoice.',
		fix: 'Enter the difference in Brightpearl (a sales credit, or another sales order), then settle it with orders resolve and the side "brightpearl".',
		field: null,
	};
}

export function editedInBrightpearl(
	named: string,
	{ total, tax, rows }: Proof,
	edits: readonly Conflict[]
): ProblemDraft {
	const said =
		edits.length === 0
			? `${ rows.planned } rows in the shop, ${ rows.found } in Brightpearl`
			: differences( edits );
	return {
		code: 'total-mismatch',
		message: `${ named } is ${ total.store } in the shop (tax ${ tax.store }) and ${ total.brightpearl } in Brightpearl (tax ${ tax.brightpearl }): ${ said }.`,
		cause: 'It was edited in Brightpearl after it was pushed. What was written there stays.',
		fix:
			edits.length === 0
				? 'Make the same change in the shop, or take the row back in Brightpearl, then retry the order.'
				: 'Make the same change in the shop and retry the order, or say whose figures hold (orders resolve); a row that was added in Brightpearl is only taken out there.',
		field: null,
	};
}

/** @param given What its refunds in the shop come to. */
export function refundedWithoutRefunds(
	named: string,
	given: string,
	total: string
): ProblemDraft {
	return {
		code: 'refund-deleted',
		message: `${ named } has the status refunded in the shop, but its refunds there come to ${ given } of ${ total }. Brightpearl holds the rest as sold and paid, with no stock set aside for it.`,
		cause: 'A refund was deleted after the order had become refunded, which leaves the status as it is.',
		fix: 'Refund the rest in the shop, or give the order there the status that is true; then retry the order.',
		field: null,
	};
}

function differences( conflicts: readonly Conflict[] ): string {
	return listed(
		conflicts.map(
			( { name, store, brightpearl } ) =>
				`${ name } is "${ store }" in the shop and "${ brightpearl }" in Brightpearl`
		)
	);
}
