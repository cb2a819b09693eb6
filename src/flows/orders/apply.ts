/**
 * Apply: the plan's steps, one after the other, each idempotent, each journaled. The first one
 * that fails ends the walk; what was done is recorded and the next try begins from there.
 */
import type { OrderLink } from '../../contracts/database.ts';
import type { Lease } from '../../contracts/queue.ts';
import { ok, type Result } from '../../contracts/result.ts';
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
	link: OrderLink
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
	};
	if ( link.salesOrderId !== null && link.pushedAt === null ) {
		const confirmed = await confirmOrder( applying, plan.salesOrder );
		if ( ! confirmed.ok ) {
			return confirmed;
		}
	}
	for ( const [ index, step ] of plan.steps.entries() ) {
		await saveLink( applying, {
			pending: stepSummaries( plan.steps.slice( index ) ),
		} );
		const done = await run( applying, step );
		if ( ! done.ok ) {
			return done;
		}
	}
	await saveLink( applying, { pending: [] } );
	return ok( applying.link );
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
		case 'RecordPayment': {
			const read = await readOrder( applying );
			return read.ok ? recordPayment( applying, step.payment ) : read;
		}
		case 'Allocate': {
			const read = await readOrder( applying );
			return read.ok ? allocate( applying ) : read;
		}
		case 'Verify':
			return verify( applying );
	}
}
