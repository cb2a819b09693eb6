/**
 * Credits and money that goes back: what each refund of the shop still needs, and what is taken
 * back of refunds that were deleted or of an order that is called off.
 */
import type { LinkCredit, OrderLink } from '../../../contracts/database.ts';
import type { Settings } from '../../../contracts/settings.ts';
import type {
	StoreOrder,
	StoreRefundDetail,
} from '../../../contracts/store.ts';
import { decimal, plain, sum, ZERO, type Decimal } from '../../money.ts';
import { withOffset } from '../../time.ts';
import { planCredit, planRefund, type CreditInput } from './credits.ts';
import {
	creditRefOf,
	externalRefOf,
	paymentRefOf,
	reversalRefOf,
} from '../references.ts';
import { receiptsOf } from '../payments/payment.ts';
import { isNoSale } from '../statuses.ts';
import type { PlannedPayment, PlannedReversal, Step } from '../types.ts';

/** Credits that still give something back. */
export function openCredits(
	link: Pick< OrderLink, 'credits' > | null
): readonly LinkCredit[] {
	return ( link?.credits ?? [] ).filter( isOpenCredit );
}

export function isOpenCredit( {
	emptied,
	settled,
}: Pick< LinkCredit, 'emptied' | 'settled' > ): boolean {
	return ! emptied && ! settled;
}

/** These credits, as far as they are in Brightpearl, give back all of the order. */
export function coversAll(
	credits: readonly LinkCredit[],
	{ total }: Pick< OrderLink, 'total' >
): boolean {
	const credited = sum(
		credits
			.filter( ( { salesCreditId } ) => salesCreditId !== null )
			.map( ( credit ) => decimal( credit.total ) )
	);
	return total !== null && credited.gt( 0 ) && credited.gte( total );
}

/** Of refunds that the shop has no longer. */
export function deletedCredits(
	order: Pick< StoreOrder, 'refunds' >,
	link: OrderLink | null
): readonly LinkCredit[] {
	return openCredits( link ).filter(
		( { refundId } ) =>
			! order.refunds.some( ( { id } ) => id === refundId )
	);
}

/** Those that a plan of the shop's order may take back. */
export function creditsToEnd(
	order: Pick< StoreOrder, 'refunds' | 'status' >,
	link: OrderLink | null
): readonly LinkCredit[] {
	return isNoSale( order.status )
		? openCredits( link )
		: deletedCredits( order, link );
}

/** What every credit of the order is made from. */
export type CreditBasis = Omit< CreditInput, 'refund' | 'all' >;

/** A credit and the money on it for each refund of the shop, as far as they are not there yet. */
export function creditSteps( input: {
	readonly basis: CreditBasis;
	readonly refunds: readonly StoreRefundDetail[];
	readonly link: OrderLink | null;
	/** Recorded by this very plan; null = none is. */
	readonly payment: PlannedPayment | null;
	/** Of the receipt; null = it is not mapped, and no money is recorded. */
	readonly methodCode: string | null;
} ): readonly Step[] {
	const { basis, refunds, link, payment, methodCode } = input;
	const steps: Step[] = [];
	let left = unreturned( basis.order, link, payment );
	for ( const refund of refunds ) {
		const made = openCredits( link ).find(
			( { refundId } ) => refundId === refund.id
		);
		const planned = planCredit( { ...basis, refund, all: refunds } );
		if ( planned === null ) {
			continue;
		}
		const credit = {
			...planned,
			externalRef: creditRefOf(
				externalRefOf( basis.refPrefix, basis.order.id ),
				refund.id,
				turnOf( link, refund.id )
			),
		};
		if ( ( made?.salesCreditId ?? null ) === null ) {
			steps.push( {
				type: 'CreateCredit',
				summary: `Create sales credit ${ credit.externalRef } of ${ credit.total } ${ credit.currency } for refund ${ refund.id }.`,
				credit,
			} );
		}
		// Reversed without a payment: somebody had given the money back before.
		const isReturned =
			( made?.refund?.paymentId ?? null ) !== null ||
			( made?.refund?.reversed ?? null ) !== null;
		const amount = lesser( decimal( refund.amount ), left );
		if ( isReturned || methodCode === null || amount.lte( 0 ) ) {
			continue;
		}
		left = left.minus( amount );
		const refunded = planRefund( {
			order: basis.order,
			refund,
			credit,
			methodCode,
			amount: plain( amount ),
		} );
		steps.push( {
			type: 'RecordRefund',
			summary: `Record the refund of ${ refunded.amount } ${ refunded.currency } by ${ methodCode } on sales credit ${ credit.externalRef }.`,
			refund: refunded,
		} );
	}
	return steps;
}

/**
 * Received and not given back. What a deleted refund gave back is taken back in the same run, and
 * counts as received.
 */
function unreturned(
	order: Pick< StoreOrder, 'refunds' >,
	link: OrderLink | null,
	payment: PlannedPayment | null
): Decimal {
	const received = sum(
		receiptsOf( link ).map( ( { amount } ) => decimal( amount ) )
	).plus( payment?.amount ?? '0' );
	const returned = openCredits( link )
		.filter( ( { refundId } ) =>
			order.refunds.some( ( { id } ) => id === refundId )
		)
		.map( ( { refund } ) => refund )
		.filter(
			( refund ) =>
				refund !== null &&
				refund.paymentId !== null &&
				refund.reversed === null
		);
	const left = received.minus(
		sum( returned.map( ( refund ) => decimal( refund?.amount ?? '0' ) ) )
	);
	return left.lt( 0 ) ? ZERO : left;
}

function lesser( a: Decimal, b: Decimal ): Decimal {
	return a.lt( b ) ? a : b;
}

/**
 * An order that was called off had its credits emptied; where it comes back, its refunds need
 * others, under references of their own.
 */
function turnOf( link: OrderLink | null, refundId: number ): number {
	const ended = ( link?.credits ?? [] ).filter(
		( credit ) => credit.refundId === refundId && ! isOpenCredit( credit )
	).length;
	return ended + 1;
}

/** How what is taken back is booked. */
export interface Reversing {
	readonly link: OrderLink;
	readonly settings: Settings;
	readonly refPrefix: string;
	/** Of the receipts, where Brightpearl was not seen to tell it; null = not mapped. */
	readonly methodCode: string | null;
	/** When the order was called off (ISO-8601 UTC). */
	readonly at: string;
	/** When it is looked at: that a refund was deleted moves no date in the shop. */
	readonly now: string;
}

/** The money of a refund taken back, and its credit emptied. */
export function creditReversal(
	credit: LinkCredit,
	reversing: Reversing
): readonly Step[] {
	const { refundId, salesCreditId, refund } = credit;
	if ( salesCreditId === null ) {
		return [];
	}
	const stands =
		refund !== null &&
		refund.paymentId !== null &&
		refund.reversed === null;
	const { link } = reversing;
	return [
		...( stands && refund.paymentId !== null
			? [
					{
						type: 'ReverseRefund',
						summary: `Take back the refund of ${ refund.amount } ${ link.currency ?? '' } on sales credit ${ salesCreditId }.`,
						refundId,
						reversal: reversalOf( reversing, {
							ref: ( order ) =>
								creditRefOf(
									order,
									refundId,
									turnOf( link, refundId )
								),
							paymentId: refund.paymentId,
							orderId: salesCreditId,
							type: 'RECEIPT',
							amount: refund.amount,
							at: reversing.now,
						} ),
					} as const,
				]
			: [] ),
		{
			type: 'EmptyCredit',
			summary: `Take the rows off sales credit ${ salesCreditId }: refund ${ refundId } counts no longer.`,
			refundId,
			salesCreditId,
		},
	];
}

/** Every receipt that stands on the sales order, taken back. */
export function receiptReversals(
	salesOrderId: number,
	reversing: Reversing
): readonly Step[] {
	return receiptsOf( reversing.link ).map(
		( { n, amount, paymentId } ): Step => ( {
			type: 'ReversePayment',
			summary: `Take back payment ${ n } of ${ amount } ${ reversing.link.currency ?? '' } on sales order ${ salesOrderId }.`,
			n,
			reversal: reversalOf( reversing, {
				ref: ( order ) => paymentRefOf( order, n ),
				paymentId,
				orderId: salesOrderId,
				type: 'PAYMENT',
				amount,
				at: reversing.at,
			} ),
		} )
	);
}

/** Of a payment as Brightpearl showed it, else what the shop's method is mapped to. */
export function reversalMethod( {
	link,
	methodCode,
}: Pick< Reversing, 'link' | 'methodCode' > ): string | null {
	return (
		link.brightpearl?.payments.find(
			( { methodCode: code } ) => code !== ''
		)?.methodCode ?? methodCode
	);
}

function reversalOf(
	reversing: Reversing,
	taken: {
		/** From the order's reference. */
		readonly ref: ( order: string ) => string;
		readonly paymentId: number;
		readonly orderId: number;
		readonly type: PlannedReversal[ 'type' ];
		readonly amount: string;
		readonly at: string;
	}
): PlannedReversal {
	const { link, settings, refPrefix } = reversing;
	return {
		transactionRef: reversalRefOf(
			taken.ref( externalRefOf( refPrefix, link.orderId ) )
		),
		paymentId: taken.paymentId,
		orderId: taken.orderId,
		how: settings.orders.reversal,
		type: taken.type,
		methodCode: reversalMethod( reversing ) ?? '',
		amount: taken.amount,
		currency: link.currency ?? '',
		at: withOffset( taken.at ),
	};
}
