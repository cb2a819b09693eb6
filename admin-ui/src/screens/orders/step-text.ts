/** Steps of a plan and entries of the journal, in words. */
import { __ } from '@wordpress/i18n';
import type { JournalOutcome } from '../../../../src/contracts/answers.ts';
import type { Tone } from '../../components/labels.ts';

/** A step a newer service knows and this page does not is called by its own name. */
export function stepName( type: string ): string {
	switch ( type ) {
		case 'EnsureContact':
			return __( 'Contact', 'pearlbridge' );
		case 'CreateOrder':
			return __( 'Sales order', 'pearlbridge' );
		case 'RecordPayment':
			return __( 'Payment', 'pearlbridge' );
		case 'Allocate':
			return __( 'Stock allocation', 'pearlbridge' );
		case 'AmendOrder':
			return __( 'Changes to the sales order', 'pearlbridge' );
		case 'CancelOrder':
			return __( 'Cancellation', 'pearlbridge' );
		case 'CreateCredit':
			return __( 'Sales credit', 'pearlbridge' );
		case 'RecordRefund':
			return __( 'Money paid back', 'pearlbridge' );
		case 'ReversePayment':
			return __( 'Payment taken back', 'pearlbridge' );
		case 'ReverseRefund':
			return __( 'Paid-back money taken back', 'pearlbridge' );
		case 'EmptyCredit':
			return __( 'Sales credit emptied', 'pearlbridge' );
		case 'AddNote':
			return __( 'Note', 'pearlbridge' );
		case 'SetCustomFields':
			return __( 'Custom fields', 'pearlbridge' );
		case 'SetStatus':
			return __( 'Status', 'pearlbridge' );
		case 'CloseOrder':
			return __( 'Invoice', 'pearlbridge' );
		case 'Verify':
			return __( 'Proof', 'pearlbridge' );
		default:
			return type;
	}
}

export function outcomeTone( outcome: JournalOutcome ): Tone {
	switch ( outcome ) {
		case 'done':
		case 'found':
			return 'success';
		case 'intent':
			return 'info';
		case 'retry':
		case 'unknown':
			return 'warning';
		case 'refused':
			return 'error';
	}
}

export function outcomeText( outcome: JournalOutcome ): string {
	switch ( outcome ) {
		case 'done':
			return __( 'done', 'pearlbridge' );
		case 'found':
			return __( 'found, nothing to make', 'pearlbridge' );
		case 'intent':
			return __( 'begun, no outcome yet', 'pearlbridge' );
		case 'retry':
			return __( 'did not work, tried again later', 'pearlbridge' );
		case 'unknown':
			return __(
				'the answer was lost, looked up before anything is made again',
				'pearlbridge'
			);
		case 'refused':
			return __( 'refused', 'pearlbridge' );
	}
}
