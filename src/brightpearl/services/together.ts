/**
 * Reads of orders and payments that several flows make at the same time become one request of up
 * to 50 ids. In the person's lane nobody waits for company, and who has many ids of their own
 * needs none.
 */
import type { Clock } from '../../contracts/world.ts';
import type { Lane } from '../api.ts';
import { orderReads } from './order-read.ts';
import { paymentReads } from './payments.ts';
import { createReadGather } from '../batching/read-gather.ts';
import type { Reading, Together } from './reading.ts';
import type { Transport } from '../transport/transport.ts';

/** Ids in one request: an answer of more would hold up the small ones that share it. */
const MOST = 50;
/** As many as are worth the longer wait. */
const WORTH = 25;
/** Milliseconds that one who comes alone waits, and one who has company. */
const LONE = 15;
const BUSY = 1000;

export function createTogether(
	transport: Transport,
	clock: Clock,
	company: () => number
): {
	of( lane: Lane, count: () => void ): Together;
	close(): void;
} {
	const { ask, askLate, prefix } = transport;
	const gather = < T >( reading: Reading< T > ) =>
		createReadGather< T >( {
			...reading,
			clock,
			ask,
			askLate,
			most: MOST,
			lone: LONE,
			busy: BUSY,
			enough: WORTH,
			company,
		} );
	const orders = gather( orderReads( prefix ) );
	const payments = gather( paymentReads( prefix ) );
	const alone = ( ids: readonly number[], lane: Lane ) =>
		lane === 'person' || ids.length > MOST;
	return {
		of: ( lane, count ) => ( {
			orders: ( ids ) =>
				alone( ids, lane ) ? null : orders.read( ids, lane, count ),
			payments: ( ids ) =>
				alone( ids, lane ) ? null : payments.read( ids, lane, count ),
		} ),
		close() {
			orders.close();
			payments.close();
		},
	};
}
