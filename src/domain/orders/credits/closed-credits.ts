/**
 * Credits that are closed: an invoice in the books, of which nothing is taken back. What they are to
 * give back no longer is made up for in Brightpearl by hand, and a person's word ends it.
 */
import type { Conflict } from '../../../contracts/answers.ts';
import type { LinkCredit, OrderLink } from '../../../contracts/database.ts';
import type { ProblemDraft } from '../../../contracts/problem.ts';
import { creditClosed } from '../../change-problems.ts';
import { isOpenCredit } from './money-back.ts';
import type { PlanInput } from '../types.ts';

export interface ClosedCredits {
	/** For a person to settle. */
	readonly conflicts: readonly Conflict[];
	/** Settled by their word, by their ids in Brightpearl. */
	readonly settled: readonly number[];
	/** Those of the credits that can be taken back. */
	readonly reversible: readonly LinkCredit[];
}

/** @param credits Of those that are to be taken back. */
export function closedAmong(
	credits: readonly LinkCredit[],
	{ closedCredits }: Pick< PlanInput, 'closedCredits' >,
	link: Pick< OrderLink, 'conflicts' | 'currency' | 'resolve' >
): ClosedCredits {
	const isClosed = ( { salesCreditId }: LinkCredit ): boolean =>
		salesCreditId !== null && closedCredits.includes( salesCreditId );
	// Their word is on what they were shown.
	const isSettled = ( { refundId }: LinkCredit ): boolean =>
		link.resolve === 'brightpearl' &&
		link.conflicts.some( ( { what } ) => what === keyOf( refundId ) );
	const closed = credits.filter( isClosed );
	return {
		conflicts: closed
			.filter( ( credit ) => ! isSettled( credit ) )
			.map( ( { refundId, salesCreditId, total } ) => ( {
				what: keyOf( refundId ),
				name: `refund ${ refundId }`,
				store: 'removed',
				brightpearl: `sales credit ${ salesCreditId } of ${ total } ${ link.currency ?? '' }`,
			} ) ),
		settled: closed
			.filter( isSettled )
			.flatMap( ( { salesCreditId } ) => salesCreditId ?? [] ),
		reversible: credits.filter( ( credit ) => ! isClosed( credit ) ),
	};
}

/** What it is called among the conflicts. */
function keyOf( refundId: number ): string {
	return `credit-${ refundId }`;
}

/** Those of the conflicts that are about these credits. */
export function ofCredits(
	conflicts: readonly Conflict[],
	credits: readonly LinkCredit[]
): readonly Conflict[] {
	return conflicts.filter( ( { what } ) =>
		credits.some( ( { refundId } ) => what === keyOf( refundId ) )
	);
}

/** @param why What is the matter with their refunds, see `creditClosed`. */
export function closedTold(
	named: string,
	conflicts: readonly Conflict[],
	why: string
): readonly ProblemDraft[] {
	return conflicts.length === 0
		? []
		: [ creditClosed( named, conflicts, why ) ];
}

/** The link's credits once these are settled. */
export function withSettled(
	{ credits }: Pick< OrderLink, 'credits' >,
	settled: readonly number[]
): readonly LinkCredit[] {
	return credits.map( ( credit ) =>
		isOpenCredit( credit ) &&
		credit.salesCreditId !== null &&
		settled.includes( credit.salesCreditId )
			? { ...credit, settled: true }
			: credit
	);
}
