/**
 * RecordPayment: the money, once. Looked for by `transactionRef` alone, because the method in
 * Brightpearl's own uniqueness key comes from a mapping that people change.
 */
import {
	fail,
	hold,
	ok,
	retry,
	type Result,
} from '../../../contracts/result.ts';
import { toPaymentBody } from '../../../domain/orders/bodies.ts';
import type { PlannedPayment } from '../../../domain/orders/types.ts';
import {
	earlierTry,
	journaled,
	journalTarget,
	lookFor,
	nowOf,
	note,
	saveLink,
	type Applying,
} from '../applying.ts';

export async function recordPayment(
	applying: Applying,
	payment: PlannedPayment
): Promise< Result< void > > {
	const { connected, salesOrder } = applying;
	const { brightpearl } = connected;
	if ( salesOrder === null ) {
		return retry(
			'service',
			'outage',
			'The sales order was not read yet.'
		);
	}
	const target = journalTarget( applying, 'RecordPayment' );
	const since = ( await earlierTry( target ) )?.at ?? null;
	const look = () => findOurs( applying, payment );

	if ( since !== null || ! applying.createdNow ) {
		const found = await lookFor( connected, applying.lease, since, look );
		if ( ! found.ok ) {
			return found;
		}
		if ( found.value !== null ) {
			await note( target, 'found', `payment ${ found.value }`, null );
			return record( applying, payment, found.value );
		}
	}

	const made = await journaled(
		target,
		payment.transactionRef,
		() =>
			brightpearl.createPayment(
				toPaymentBody( payment, salesOrder.id, salesOrder.exchangeRate )
			),
		( id ) => ( id === null ? payment.transactionRef : `payment ${ id }` ),
		async ( id ) => {
			if ( id !== null ) {
				applying.paid.push( viewOf( payment, id ) );
				await record( applying, payment, id );
			}
		}
	);
	if ( made.ok && made.value !== null ) {
		return ok( undefined );
	}
	if ( ! made.ok && made.failure.kind === 'retry' ) {
		return made;
	}
	// Accepted without an id, or refused because the reference is taken: then it can be found.
	const found = await lookFor(
		connected,
		applying.lease,
		made.ok ? nowOf( connected ) : null,
		look
	);
	if ( ! found.ok ) {
		return found;
	}
	if ( found.value !== null ) {
		await note( target, 'found', `payment ${ found.value }`, null );
		return record( applying, payment, found.value );
	}
	return made.ok
		? retry(
				'brightpearl',
				'outage',
				`Brightpearl accepted payment ${ payment.transactionRef } but does not find it yet.`,
				{ outcomeUnknown: true }
			)
		: fail( made.failure );
}

async function findOurs(
	applying: Applying,
	payment: PlannedPayment
): Promise< Result< number | null > > {
	const { brightpearl } = applying.connected;
	const hits = await brightpearl.payments( {
		transactionRef: payment.transactionRef,
	} );
	if ( ! hits.ok ) {
		return hits;
	}
	const foreign = hits.value.find(
		( hit ) => hit.orderId !== applying.salesOrder?.id
	);
	if ( foreign ) {
		return hold( {
			code: 'reference-taken',
			message: `The payment reference ${ payment.transactionRef } is already used for sales order ${ foreign.orderId } in Brightpearl.`,
			cause: 'Two shops share one reference prefix, or the payment was entered on another order.',
			fix: 'Delete or correct that payment in Brightpearl, then retry.',
			field: 'orders.refPrefix',
		} );
	}
	return ok( hits.value[ 0 ]?.paymentId ?? null );
}

function viewOf(
	payment: PlannedPayment,
	paymentId: number
): Applying[ 'paid' ][ number ] {
	const { amount, currency, methodCode, transactionRef } = payment;
	return {
		paymentId,
		type: 'RECEIPT',
		amount,
		currency,
		methodCode,
		transactionRef,
	};
}

async function record(
	applying: Applying,
	payment: PlannedPayment,
	paymentId: number
): Promise< Result< void > > {
	const known = applying.link.payments.filter( ( { n } ) => n !== payment.n );
	await saveLink( applying, {
		payments: [
			...known,
			{
				n: payment.n,
				amount: payment.amount,
				paidAt: payment.paidAt,
				paymentId,
			},
		].sort( ( a, b ) => a.n - b.n ),
	} );
	return ok( undefined );
}
