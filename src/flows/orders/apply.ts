/**
 * Apply: the plan's steps in their order, each idempotent, each journaled. Those that do not
 * need each other go side by side, so that their writes can leave in one request. The first
 * that fails ends the walk; what was done is recorded and the next try begins from there.
 */
import type { OrderLink } from '../../contracts/database.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';
import type { Lease } from '../../contracts/queue.ts';
import { ok, retry, type Result } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import type { SalesOrder } from '../../brightpearl/api.ts';
import type { OrderPlan, Step } from '../../domain/orders/types.ts';
import type { Connected } from '../connected.ts';
import { saveLink, stepSummaries, type Applying } from './applying.ts';
import { readOrder } from './steps/read-order.ts';
import { run } from './steps/run.ts';

export interface Applied {
	readonly link: OrderLink;
	/** What a person is told of, though every step was done. */
	readonly told: readonly ProblemDraft[];
}

export async function apply( input: {
	readonly connected: Connected;
	readonly lease: Lease;
	/** Null = gone from the shop. */
	readonly order: StoreOrder | null;
	readonly plan: OrderPlan;
	readonly link: OrderLink;
	/** As it was read for the plan; null = there is none yet. */
	readonly salesOrder: SalesOrder | null;
	/** Asked before the order is made: a backfill may be cancelled while its orders wait for room. */
	readonly isWanted: () => Promise< boolean >;
} ): Promise< Result< Applied > > {
	const { plan, link } = input;
	const applying: Applying = {
		connected: input.connected,
		lease: input.lease,
		order: input.order,
		plan,
		link,
		salesOrder: input.salesOrder,
		createdNow: false,
		contactId: link.contactId,
		paid: [],
		told: [],
	};
	let left = plan.steps;
	while ( left.length > 0 ) {
		await saveLink( applying, { pending: stepSummaries( left ) } );
		const together = sideBySide( left );
		if (
			together[ 0 ]?.type === 'CreateOrder' &&
			! ( await input.isWanted() )
		) {
			return retry( 'service', 'busy', 'The backfill was cancelled.', {
				after: 0,
			} );
		}
		const read = await readOrder( applying, together );
		if ( ! read.ok ) {
			return read;
		}
		const done = await Promise.all(
			together.map( ( step ) => run( applying, step ) )
		);
		const failed = done.find( ( result ) => ! result.ok );
		if ( failed ) {
			return failed;
		}
		left = left.slice( together.length );
	}
	await saveLink( applying, { pending: [] } );
	return ok( { link: applying.link, told: applying.told } );
}

/** The next step, and those after it that need nothing of what it does. */
function sideBySide( steps: readonly Step[] ): readonly Step[] {
	const [ first, second ] = steps;
	return first?.type === 'RecordPayment' && second?.type === 'Allocate'
		? [ first, second ]
		: steps.slice( 0, 1 );
}
