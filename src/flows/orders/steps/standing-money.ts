/**
 * What of an order's money still stands in Brightpearl, whoever booked it: before anything is given
 * back, so that what staff gave back is not given back a second time.
 */
import type { Payment } from '../../../brightpearl/api.ts';
import { ok, type Result } from '../../../contracts/result.ts';
import { moneyIn } from '../../../domain/orders/agreement/cancelled-there.ts';
import type { Decimal } from '../../../domain/money.ts';
import type { Step } from '../../../domain/orders/types.ts';
import { journalTarget, lookFor, type Applying } from '../applying.ts';

/** Steps after which the search may show money that is gone, or not show what was just booked. */
const BOOKED_BY: readonly Step[ 'type' ][] = [
	'RecordPayment',
	'RecordRefund',
	'ReverseRefund',
	'ReversePayment',
];

export interface StandingMoney {
	readonly payments: readonly Payment[];
	/** Received less given back. */
	readonly net: Decimal;
}

/** @param expected Payments of ours that are to be there, unless somebody deleted them. */
export async function standingMoney(
	applying: Applying,
	orderIds: readonly number[],
	expected: readonly number[]
): Promise< Result< StandingMoney > > {
	const { connected, lease } = applying;
	const gone = deletedIn( applying );
	let last: readonly Payment[] = [];
	const found = await lookFor(
		connected,
		lease,
		await lastBooked( applying ),
		async (): Promise< Result< true | null > > => {
			const read = await connected.brightpearl.payments( { orderIds } );
			if ( ! read.ok ) {
				return read;
			}
			last = read.value;
			const ids = new Set( last.map( ( { paymentId } ) => paymentId ) );
			const isShown = expected.every( ( id ) => ids.has( id ) );
			return ok(
				( isShown && ! gone.some( ( id ) => ids.has( id ) ) ) || null
			);
		}
	);
	return found.ok ? ok( { payments: last, net: moneyIn( last ) } ) : found;
}

/** Taken back without a payment the other way, most likely by deleting them. */
function deletedIn( { link }: Applying ): readonly number[] {
	return [
		...link.payments,
		...link.credits.flatMap( ( { refund } ) => refund ?? [] ),
	].flatMap( ( { paymentId, reversed } ) =>
		paymentId !== null && reversed !== null && reversed.paymentId === null
			? [ paymentId ]
			: []
	);
}

async function lastBooked( applying: Applying ): Promise< string | null > {
	let newest: string | null = null;
	for ( const step of BOOKED_BY ) {
		const { connection, subject } = journalTarget( applying, step );
		const tried = await applying.connected.database.journal.lastTry(
			connection,
			subject,
			step
		);
		if ( tried !== null && ( newest === null || tried.at > newest ) ) {
			newest = tried.at;
		}
	}
	return newest;
}
