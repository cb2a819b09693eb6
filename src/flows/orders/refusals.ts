/**
 * What a refusal of Brightpearl means for the steps after it: it is told, and stops only those that
 * need what was refused.
 */
import type { ProblemCode } from '../../contracts/problem.ts';
import type { Failure, Hold } from '../../contracts/result.ts';
import type { Step } from '../../domain/orders/types.ts';

/** Brightpearl's word on this order. Others are of the connection, or of the order as a whole. */
const REFUSALS: ReadonlySet< ProblemCode > = new Set( [
	'cancelled-paid',
	'cancelled-shipped',
	'order-changed',
	'reference-taken',
	'refund-deleted',
	'refused-by-brightpearl',
	'total-mismatch',
] );

/** Without these there is no order to go on with. */
const FIRST: ReadonlySet< Step[ 'type' ] > = new Set( [
	'EnsureContact',
	'CreateOrder',
] );

/** The walk goes on after it. */
export function isPassed( step: Step, failure: Failure ): failure is Hold {
	return (
		failure.kind === 'hold' &&
		! FIRST.has( step.type ) &&
		REFUSALS.has( failure.problem.code )
	);
}

/** The step makes no sense without one of those that were not done. */
export function isStopped( step: Step, undone: readonly Step[] ): boolean {
	return (
		step.type !== 'Verify' && undone.some( ( one ) => needs( step, one ) )
	);
}

function needs( step: Step, other: Step ): boolean {
	switch ( other.type ) {
		case 'SetStatus':
			// It stays cancelled, and nothing can be done to it.
			return other.revives;
		case 'AmendOrder':
			// The invoice is final.
			return step.type === 'CloseOrder';
		case 'RecordPayment':
			return step.type === 'RecordRefund' || step.type === 'CloseOrder';
		case 'CreateCredit':
			return (
				step.type === 'RecordRefund' &&
				step.refund.refundId === other.credit.refundId
			);
		case 'ReverseRefund':
			return (
				step.type === 'EmptyCredit' && step.refundId === other.refundId
			);
		case 'ReversePayment':
			return step.type === 'CancelOrder';
		default:
			return false;
	}
}
