/**
 * An order in Brightpearl that the shop wants no longer: cancelled, failed, in the trash or
 * deleted for good. Planned from what Brightpearl shows now, so that whatever a person has done
 * about it meanwhile leaves nothing to do.
 */
import type { LinkCredit, OrderLink } from '../../contracts/database.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';
import type { Settings } from '../../contracts/settings.ts';
import {
	cancelledOnNotes,
	cancelledPaid,
	cancelledShipped,
	cancelledStatusMissing,
} from '../change-problems.ts';
import { paymentUnmapped } from '../problems.ts';
import type { FoundOrder } from './found.ts';
import {
	coversAll,
	creditReversal,
	openCredits,
	receiptReversals,
	reversalMethod,
	type Reversing,
} from './credits/money-back.ts';
import { receiptsOf } from './payments/payment.ts';
import { allocateStep, verifyStep } from './steps.ts';
import type { AccountFacts, Step } from './types.ts';
import { reservationsOf, type RowPieces } from './wanted-allocation.ts';

export interface CalledOff {
	readonly steps: readonly Step[];
	readonly told: readonly ProblemDraft[];
}

export interface CalledOffInput {
	readonly link: OrderLink;
	readonly found: FoundOrder;
	readonly settings: Settings;
	readonly account: Pick< AccountFacts, 'cancelledStatusId' >;
	readonly refPrefix: string;
	/** As it reads after "is": `cancelled`, `in the trash`. */
	readonly how: string;
	/** When (ISO-8601 UTC): the date of what is taken back. */
	readonly at: string;
	/** When it is looked at (ISO-8601 UTC). */
	readonly now: string;
	/** Told instead of cancelling: a credit is closed, so that not all can be taken back. */
	readonly closed: readonly ProblemDraft[];
	/** The shop's payment method; '' = not known any more. */
	readonly paymentMethod: string;
	/** What `paymentMethod` is mapped to. */
	readonly methodCode: string | null;
	/** Those that go on counting. */
	readonly credits: readonly LinkCredit[];
	/** Credits for the shop's refunds, and what is taken back of deleted ones. */
	readonly refunding: readonly Step[];
}

export function calledOff( input: CalledOffInput ): CalledOff {
	const { link, found, settings, account, how } = input;
	if ( found.cancelled ) {
		return { steps: [], told: [] };
	}
	const named = `Order ${ link.number ?? link.orderId } (sales order ${ found.id })`;
	const keep = ( ...told: readonly ProblemDraft[] ): CalledOff =>
		ended(
			[ ...letGo( input ), ...input.refunding ],
			`sales order ${ found.id }`,
			told
		);
	if ( coversAll( input.credits, link ) ) {
		return keep();
	}
	if (
		found.invoiced ||
		found.shipping === 'all' ||
		found.shipping === 'part'
	) {
		return keep( cancelledShipped( named, how, found.invoiced ) );
	}
	// Brightpearl would not cancel it: the money stays until the note is taken back.
	if ( found.onNotes === true ) {
		return keep( cancelledOnNotes( named, how ) );
	}
	const paid = receiptsOf( link );
	if ( paid.length > 0 && settings.orders.cancelPaid === 'hold' ) {
		return keep( cancelledPaid( named, how ) );
	}
	if ( account.cancelledStatusId === null ) {
		return keep( cancelledStatusMissing( named, how ) );
	}
	if ( input.closed.length > 0 ) {
		return keep( ...input.closed );
	}
	const reversing: Reversing = input;
	const takesMoneyBack =
		paid.length > 0 ||
		openCredits( link ).some(
			( { refund } ) => refund !== null && refund.paymentId !== null
		);
	if (
		takesMoneyBack &&
		settings.orders.reversal === 'payment' &&
		reversalMethod( reversing ) === null
	) {
		return keep( paymentUnmapped( input.paymentMethod, '' ) );
	}
	return ended(
		[
			// Also where the cancelling is refused in the end.
			...letGo( input ),
			...openCredits( link ).flatMap( ( credit ) =>
				creditReversal( credit, reversing )
			),
			...receiptReversals( found.id, reversing ),
			{
				type: 'CancelOrder',
				summary: `Cancel sales order ${ found.id } (status ${ account.cancelledStatusId }): the shop's order is ${ how }.`,
				statusId: account.cancelledStatusId,
			},
		],
		`sales order ${ found.id }`,
		[]
	);
}

function ended(
	steps: readonly Step[],
	named: string,
	told: readonly ProblemDraft[]
): CalledOff {
	return {
		steps: steps.length === 0 ? [] : [ ...steps, verifyStep( named ) ],
		told,
	};
}

/** Nobody is to be kept from buying what this order holds back. */
function letGo( { link, found, settings }: CalledOffInput ): readonly Step[] {
	const { lower } = reservationsOf( {
		wanted: {},
		link,
		found,
		settings,
		before: rowsBefore( link, found ),
		revives: false,
	} );
	return lower === null
		? []
		: [ allocateStep( `sales order ${ found.id }`, lower ) ];
}

/** As they were agreed on; before anything was kept of them, as Brightpearl has them. */
export function rowsBefore(
	link: OrderLink,
	found: FoundOrder
): readonly RowPieces[] {
	return (
		link.pushed?.rows ??
		found.rows
			.filter( ( row ) => ! row.bundleChild && row.externalRef !== null )
			.map( ( { externalRef, productId, quantity } ) => ( {
				ref: externalRef ?? '',
				productId,
				quantity,
			} ) )
	);
}
