/**
 * Verify: the order is read back with its payments, and what Brightpearl shows is compared with
 * what the shop shows. A difference is a problem, not a surprise at the month's end.
 */
import type { BrightpearlOrder } from '../../../contracts/answers.ts';
import type { Pushed } from '../../../contracts/database.ts';
import { hold, ok, retry, type Result } from '../../../contracts/result.ts';
import type { SalesOrder } from '../../../brightpearl/api.ts';
import { decimal, sum } from '../../../domain/money.ts';
import { allocationOf } from '../../stock/allocation.ts';
import { withFound } from '../../../domain/orders/agreement/common-ground.ts';
import { isAsExpected } from '../../../domain/orders/proof.ts';
import { missingInBrightpearl } from '../observe.ts';
import { creditsView, paymentsView } from '../payments-view.ts';
import {
	isUndone,
	journalTarget,
	note,
	proofOf,
	saveLink,
	type Applying,
} from '../applying.ts';

export async function verify( applying: Applying ): Promise< Result< void > > {
	const { connected, link } = applying;
	const { brightpearl, world } = connected;
	if ( link.salesOrderId === null ) {
		return retry(
			'service',
			'outage',
			'There is no sales order to verify.'
		);
	}
	const read = await brightpearl.salesOrders( [ link.salesOrderId ] );
	if ( ! read.ok ) {
		return read;
	}
	const salesOrder = read.value[ 0 ];
	if ( ! salesOrder ) {
		return hold( missingInBrightpearl( link.salesOrderId ) );
	}
	const payments = await paymentsOf( applying, salesOrder );
	if ( ! payments.ok ) {
		return payments;
	}
	const credits = await creditsOf( applying );
	if ( ! credits.ok ) {
		return credits;
	}
	const arrivedAt = () => new Date( world.clock.now() ).toISOString();
	const checkedAt = arrivedAt();
	const allocation = await allocationOf( brightpearl, salesOrder, arrivedAt );
	if ( ! allocation.ok ) {
		return allocation;
	}
	const proof = proofOf( applying, salesOrder, checkedAt );
	const pushed = agreed( applying );
	applying.salesOrder = salesOrder;
	await saveLink( applying, {
		brightpearl: viewOf( salesOrder, payments.value, credits.value ),
		allocation: allocation.value,
		...( pushed === null
			? {}
			: { pushed: withFound( pushed, salesOrder ) } ),
		...( proof === null ? {} : { proof } ),
	} );
	const { expected } = applying.plan;
	const isRight =
		proof === null ||
		proof.matches ||
		expected === null ||
		// Why it is not what was planned is told already.
		isUndone( applying, 'AmendOrder' ) ||
		isAsExpected( expected, salesOrder );
	await note(
		journalTarget( applying, 'Verify' ),
		isRight ? 'done' : 'refused',
		`sales order ${ salesOrder.id }`,
		proof === null || proof.matches
			? null
			: `Brightpearl shows ${ proof.total.brightpearl }, the shop ${ proof.total.store }.`
	);
	if ( isRight ) {
		return ok( undefined );
	}
	return hold( {
		code: 'total-mismatch',
		message: `Order ${ applying.link.number ?? applying.link.orderId } is ${ proof.total.store } in the shop (tax ${ proof.tax.store }) and ${ proof.total.brightpearl } in Brightpearl (tax ${ proof.tax.brightpearl }), rows ${ proof.rows.planned } and ${ proof.rows.found }.`,
		cause: 'The order was edited in Brightpearl or in the shop after it was pushed.',
		fix: `Compare the rows of sales order ${ salesOrder.id } with the order in the shop, correct one of them, then retry.`,
		field: null,
	} );
}

/** As planned, but for what Brightpearl did not take: that is planned again. */
function agreed( applying: Applying ): Pushed | null {
	const { link, plan } = applying;
	const before = link.pushed;
	if ( plan.pushed === null ) {
		return before;
	}
	const isAmended = ! isUndone( applying, 'AmendOrder' );
	const isSet = ! isUndone( applying, 'SetStatus' );
	if ( before === null ) {
		return isAmended && isSet ? plan.pushed : null;
	}
	const { rows, parts } = isAmended ? plan.pushed : before;
	const { storeStatus, statusId } = isSet ? plan.pushed : before;
	return { storeStatus, statusId, rows, parts };
}

async function creditsOf( {
	connected,
	link,
}: Applying ): Promise< Result< BrightpearlOrder[ 'credits' ] > > {
	const ids = link.credits.flatMap(
		( { salesCreditId } ) => salesCreditId ?? []
	);
	if ( ids.length === 0 ) {
		return ok( [] );
	}
	const read = await connected.brightpearl.salesCredits( ids );
	return read.ok ? ok( creditsView( link.credits, read.value ) ) : read;
}

/**
 * The order's payments. Of one that this run made, its own payment status confirms what was
 * recorded, and nothing has to be searched for.
 */
async function paymentsOf(
	{ connected, createdNow, paid }: Applying,
	salesOrder: SalesOrder
): Promise< Result< BrightpearlOrder[ 'payments' ] > > {
	if ( createdNow && isPaidBy( salesOrder, paid ) ) {
		return ok( paid );
	}
	const found = await connected.brightpearl.payments( {
		orderIds: [ salesOrder.id ],
	} );
	return found.ok ? ok( paymentsView( found.value ) ) : found;
}

function isPaidBy(
	{ paymentStatus, total }: SalesOrder,
	paid: BrightpearlOrder[ 'payments' ]
): boolean {
	const amount = sum( paid.map( ( payment ) => decimal( payment.amount ) ) );
	switch ( paymentStatus ) {
		case 'PAID':
			return amount.gt( 0 ) && amount.gte( total );
		case 'PARTIALLY_PAID':
			return amount.gt( 0 ) && amount.lt( total );
		case 'UNPAID':
		case 'NOT_APPLICABLE':
			return amount.eq( 0 );
		default:
			return false;
	}
}

function viewOf(
	salesOrder: SalesOrder,
	payments: BrightpearlOrder[ 'payments' ],
	credits: BrightpearlOrder[ 'credits' ]
): BrightpearlOrder {
	return {
		salesOrderId: salesOrder.id,
		externalRef: salesOrder.externalRef,
		reference: salesOrder.reference,
		contactId: salesOrder.contactId,
		statusId: salesOrder.statusId,
		total: salesOrder.total,
		tax: salesOrder.tax,
		allocation: salesOrder.allocation,
		cancelled: salesOrder.cancelled,
		payments,
		credits,
	};
}
