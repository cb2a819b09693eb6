/**
 * Steps of an earlier run that may have been executed and are not in the link: their answer was
 * lost, or the process ended before it was kept. A run that plans the same step again finds what it
 * made; but meanwhile the order may have changed so that the step is planned no longer (it was
 * called off, came back, or its refund was deleted), and then money or a credit would stay in
 * Brightpearl that nobody knows of. So the journal is gone through before anything is planned.
 */
import type { JournalEntry } from '../../../contracts/answers.ts';
import type { OrderLink } from '../../../contracts/database.ts';
import type { Lease } from '../../../contracts/queue.ts';
import { ok, type Result } from '../../../contracts/result.ts';
import type { Step } from '../../../domain/orders/types.ts';
import type { Connected } from '../../connected.ts';
import {
	settleCredit,
	settleEmptied,
	settleRefund,
	settleReversedRefund,
} from './credits.ts';
import { settlePayment, settleReversedPayment } from './payments.ts';
import type { Settle, Settling } from './settling.ts';

/** In the order in which a run does them. */
const SETTLES: readonly ( readonly [ Step[ 'type' ], Settle ] )[] = [
	[ 'RecordPayment', settlePayment ],
	[ 'CreateCredit', settleCredit ],
	[ 'RecordRefund', settleRefund ],
	[ 'ReverseRefund', settleReversedRefund ],
	[ 'EmptyCredit', settleEmptied ],
	[ 'ReversePayment', settleReversedPayment ],
];

/** @param link Of an order that is made. */
export async function settleTries(
	connected: Connected,
	lease: Lease,
	link: OrderLink
): Promise< Result< OrderLink > > {
	const { database, name } = connected;
	const subject = `order:${ link.orderId }`;
	const entries = await database.journal.list( name, subject );
	const settling: Settling = { connected, lease, link };
	for ( const [ step, settle ] of SETTLES ) {
		for ( const ref of triedRefs( entries, step ) ) {
			const settled = await settle(
				settling,
				{
					connected,
					lease,
					connection: name,
					subject,
					step,
					key: ref,
				},
				ref
			);
			if ( ! settled.ok ) {
				return settled;
			}
		}
	}
	return ok( settling.link );
}

/** References of a step whose newest entry is no refusal. */
function triedRefs(
	entries: readonly JournalEntry[],
	step: Step[ 'type' ]
): readonly string[] {
	const newest = new Map< string, JournalEntry >();
	for ( const entry of entries ) {
		if ( entry.step === step && entry.ref !== null ) {
			newest.set( entry.ref, entry );
		}
	}
	return [ ...newest ]
		.filter( ( [ , { outcome } ] ) => outcome !== 'refused' )
		.map( ( [ ref ] ) => ref );
}
