/**
 * Apply: the plan's steps in their order, each idempotent, each journaled. Those that do not
 * need each other go side by side, so that their writes can leave in one request. The first
 * that fails ends the walk; what was done is recorded and the next try begins from there.
 */
import type { OrderLink } from '../../contracts/database.ts';
import type { Lease } from '../../contracts/queue.ts';
import { ok, retry, type Result } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import type { OrderPlan, Step } from '../../domain/orders/types.ts';
import type { Connected } from '../connected.ts';
import { saveLink, stepSummaries, type Applying } from './applying.ts';
import { allocate } from './steps/allocate.ts';
import { confirmOrder, createOrder } from './steps/create-order.ts';
import { ensureContact } from './steps/ensure-contact.ts';
import { readOrder } from './steps/read-order.ts';
import { recordPayment } from './steps/record-payment.ts';
import { verify } from './steps/verify.ts';

export async function apply(
	connected: Connected,
	lease: Lease,
	order: StoreOrder,
	plan: OrderPlan,
	link: OrderLink,
	/** Asked before the order is made: a backfill may be cancelled while its orders wait for room. */
	isWanted: () => Promise< boolean >
): Promise< Result< OrderLink > > {
	const applying: Applying = {
		connected,
		lease,
		order,
		plan,
		link,
		salesOrder: null,
		createdNow: false,
		contactId: link.contactId,
		paid: [],
	};
	if ( link.salesOrderId !== null && link.pushedAt === null ) {
		const confirmed = await confirmOrder( applying, plan.salesOrder );
		if ( ! confirmed.ok ) {
			return confirmed;
		}
	}
	let left = plan.steps;
	while ( left.length > 0 ) {
		await saveLink( applying, { pending: stepSummaries( left ) } );
		const together = sideBySide( left );
		if ( together[ 0 ]?.type === 'CreateOrder' && ! ( await isWanted() ) ) {
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
	return ok( applying.link );
}

/** The next step, and those after it that need nothing of what it does. */
function sideBySide( steps: readonly Step[] ): readonly Step[] {
	const [ first, second ] = steps;
	return first?.type === 'RecordPayment' && second?.type === 'Allocate'
		? [ first, second ]
		: steps.slice( 0, 1 );
}

async function run(
	applying: Applying,
	step: Step
): Promise< Result< void > > {
	switch ( step.type ) {
		case 'EnsureContact':
			return ensureContact( applying, step.contact );
		case 'CreateOrder':
			return createOrder( applying, step.salesOrder );
		case 'RecordPayment':
			return recordPayment( applying, step.payment );
		case 'Allocate':
			return allocate( applying );
		case 'Verify':
			return verify( applying );
	}
}
