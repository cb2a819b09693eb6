/**
 * Payments on the sales order, and what took them back.
 */
import { ok, type Result } from '../../../contracts/result.ts';
import { paymentOfRef } from '../../../domain/orders/references.ts';
import type { JournalTarget } from '../applying.ts';
import {
	keep,
	paymentBy,
	takenBack,
	unlessFailed,
	type Settling,
} from './settling.ts';

export async function settlePayment(
	settling: Settling,
	target: JournalTarget,
	ref: string
): Promise< Result< void > > {
	const n = paymentOfRef( ref );
	const known = settling.link.payments.find( ( one ) => one.n === n );
	if ( known === undefined || known.paymentId !== null ) {
		return ok( undefined );
	}
	const found = await paymentBy( settling, target, ref );
	return found.ok && found.value !== null
		? keep( settling, target, found.value, {
				payments: settling.link.payments.map( ( one ) =>
					one.n === n
						? { ...one, paymentId: found.value?.paymentId ?? null }
						: one
				),
			} )
		: unlessFailed( found );
}

export async function settleReversedPayment(
	settling: Settling,
	target: JournalTarget,
	ref: string
): Promise< Result< void > > {
	const n = paymentOfRef( ref );
	const known = settling.link.payments.find( ( one ) => one.n === n );
	if ( known === undefined || known.reversed !== null ) {
		return ok( undefined );
	}
	const found = await takenBack( settling, target, ref, known.paymentId );
	return found.ok && found.value !== null
		? keep( settling, target, found.value.by, {
				payments: settling.link.payments.map( ( one ) =>
					one.n === n
						? {
								...one,
								reversed: {
									paymentId:
										found.value?.by?.paymentId ?? null,
								},
							}
						: one
				),
			} )
		: unlessFailed( found );
}
