/**
 * Each step of a plan, and who does it.
 */
import type { Result } from '../../../contracts/result.ts';
import type { Step } from '../../../domain/orders/types.ts';
import type { Applying } from '../applying.ts';
import { addNote } from './add-note.ts';
import { allocate } from './allocate.ts';
import { amendOrder } from './amend-order.ts';
import { cancelOrder } from './cancel-order.ts';
import { closeOrder } from './close-order.ts';
import { createCredit } from './create-credit.ts';
import { createOrder } from './create-order.ts';
import { emptyCredit } from './empty-credit.ts';
import { ensureContact } from './ensure-contact.ts';
import { recordPayment } from './record-payment.ts';
import { recordRefund } from './record-refund.ts';
import { reversePayment, reverseRefund } from './reversals.ts';
import { setCustomFields } from './set-custom-fields.ts';
import { setStatus } from './set-status.ts';
import { verify } from './verify.ts';

export async function run(
	applying: Applying,
	step: Step
): Promise< Result< void > > {
	switch ( step.type ) {
		case 'EnsureContact':
			return ensureContact( applying, step );
		case 'CreateOrder':
			return createOrder( applying, step.salesOrder );
		case 'AmendOrder':
			return amendOrder( applying, step );
		case 'RecordPayment':
			return recordPayment( applying, step.payment );
		case 'ReversePayment':
			return reversePayment( applying, step );
		case 'Allocate':
			return allocate( applying, step.wanted );
		case 'CreateCredit':
			return createCredit( applying, step.credit );
		case 'RecordRefund':
			return recordRefund( applying, step.refund );
		case 'ReverseRefund':
			return reverseRefund( applying, step );
		case 'EmptyCredit':
			return emptyCredit( applying, step );
		case 'AddNote':
			return addNote( applying, step.note );
		case 'SetCustomFields':
			return setCustomFields( applying, step.fields );
		case 'SetStatus':
			return setStatus( applying, step );
		case 'CancelOrder':
			return cancelOrder( applying, step.statusId );
		case 'CloseOrder':
			return closeOrder( applying );
		case 'Verify':
			return verify( applying );
	}
}
