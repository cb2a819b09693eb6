/**
 * What all that is settled shares: looking for what an earlier try may have made, and keeping it.
 */
import type { Payment } from '../../../brightpearl/api.ts';
import type { LinkChange, OrderLink } from '../../../contracts/database.ts';
import type { Lease } from '../../../contracts/queue.ts';
import { ok, type Result } from '../../../contracts/result.ts';
import type { Step } from '../../../domain/orders/types.ts';
import type { Connected } from '../../connected.ts';
import { earlierTry, lookFor, note, type JournalTarget } from '../applying.ts';

export interface Settling {
	readonly connected: Connected;
	readonly lease: Lease;
	link: OrderLink;
}

export type Settle = (
	settling: Settling,
	target: JournalTarget,
	ref: string
) => Promise< Result< void > >;

/** Null = not there, and the search has had its time to show it. */
export async function paymentBy(
	{ connected, lease }: Settling,
	target: JournalTarget,
	transactionRef: string
): Promise< Result< Payment | null > > {
	const since = ( await earlierTry( target ) )?.at ?? null;
	return lookFor( connected, lease, since, async () => {
		const hits = await connected.brightpearl.payments( { transactionRef } );
		return hits.ok ? ok( hits.value[ 0 ] ?? null ) : hits;
	} );
}

/**
 * By a payment the other way, or (null) because what was recorded is gone; null altogether = it
 * stands.
 */
export async function takenBack(
	settling: Settling,
	target: JournalTarget,
	transactionRef: string,
	paymentId: number | null
): Promise< Result< { readonly by: Payment | null } | null > > {
	const reversal = await paymentBy( settling, target, transactionRef );
	if ( ! reversal.ok || reversal.value !== null ) {
		return reversal.ok ? ok( { by: reversal.value } ) : reversal;
	}
	const stands = await standing(
		settling,
		target,
		transactionRef,
		paymentId
	);
	if ( ! stands.ok ) {
		return stands;
	}
	return ok( stands.value === null ? { by: null } : null );
}

const RECORDED_BY: Readonly< Record< string, Step[ 'type' ] > > = {
	ReversePayment: 'RecordPayment',
	ReverseRefund: 'RecordRefund',
};

/** What was recorded, where it is still there; the search may not know yet what is new. */
async function standing(
	{ connected, lease }: Settling,
	{ connection, subject, step }: JournalTarget,
	transactionRef: string,
	paymentId: number | null
): Promise< Result< Payment | null > > {
	const recordedRef = transactionRef.replace( /-x$/, '' );
	const recorded = await connected.database.journal.lastTry(
		connection,
		subject,
		RECORDED_BY[ step ] ?? step,
		recordedRef
	);
	return lookFor( connected, lease, recorded?.at ?? null, async () => {
		const hits = await connected.brightpearl.payments( {
			transactionRef: recordedRef,
		} );
		return hits.ok
			? ok(
					hits.value.find(
						( payment ) => payment.paymentId === paymentId
					) ?? null
				)
			: hits;
	} );
}

export async function keep(
	settling: Settling,
	target: JournalTarget,
	payment: Payment | null,
	change: LinkChange
): Promise< Result< void > > {
	await save( settling, change );
	await note(
		target,
		'found',
		payment === null
			? ( target.key ?? null )
			: `payment ${ payment.paymentId }`,
		null
	);
	return ok( undefined );
}

export async function save(
	settling: Settling,
	change: LinkChange
): Promise< void > {
	const { connected, link } = settling;
	settling.link = await connected.database.orderLinks.save(
		connected.name,
		link.orderId,
		change
	);
}

export function unlessFailed( result: Result< unknown > ): Result< void > {
	return result.ok ? ok( undefined ) : result;
}
