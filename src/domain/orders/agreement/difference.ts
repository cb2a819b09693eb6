/**
 * Staff edited the sales order in Brightpearl, and the figures of the two systems differ. The edit
 * stays; that they differ is told, until a person accepts it or says that the shop's values hold.
 */
import type { Conflict, Proof } from '../../../contracts/answers.ts';
import type { OrderLink } from '../../../contracts/database.ts';
import type { ProblemDraft } from '../../../contracts/problem.ts';
import { editedInBrightpearl } from '../../change-problems.ts';
import type { OrderPlan } from '../types.ts';

/** The two sides' figures as one comparable text: another edit is another difference. */
export function differenceOf( { total, tax, rows }: Proof ): string {
	return JSON.stringify( [
		total.store,
		total.brightpearl,
		tax.store,
		tax.brightpearl,
		rows.planned,
		rows.found,
	] );
}

export interface ToldDifference {
	readonly told: readonly ProblemDraft[];
	readonly conflicts: readonly Conflict[];
	/** What the link keeps of it. */
	readonly accepted: string | null;
}

/**
 * @param link As it is once the order was read back, with the person's word that the plan used.
 */
export function toldDifference(
	plan: Pick< OrderPlan, 'conflicts' | 'edits' | 'expected' | 'told' >,
	link: Pick<
		OrderLink,
		'accepted' | 'number' | 'orderId' | 'proof' | 'resolve' | 'salesOrderId'
	>
): ToldDifference {
	const { proof } = link;
	const none = { told: [], conflicts: plan.conflicts };
	if (
		proof === null ||
		proof.matches ||
		plan.expected?.edited !== true ||
		plan.told.length > 0
	) {
		// A difference that has another reason is told with that.
		return {
			...none,
			accepted: proof?.matches === true ? null : link.accepted,
		};
	}
	const difference = differenceOf( proof );
	if ( link.resolve === 'brightpearl' || link.accepted === difference ) {
		return { ...none, accepted: difference };
	}
	return {
		told: [
			editedInBrightpearl(
				`Order ${ link.number ?? link.orderId } (sales order ${ link.salesOrderId })`,
				proof,
				plan.edits
			),
		],
		conflicts: plan.edits,
		accepted: null,
	};
}
