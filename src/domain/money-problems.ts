/**
 * The words of problems about money that staff gave back, in part, before this service did.
 */
import type { ProblemDraft } from '../contracts/problem.ts';

interface Amounts {
	/** What of it still stands in Brightpearl. */
	readonly left: string;
	/** What was to go back. */
	readonly amount: string;
	readonly currency: string;
}

export function partOfReceipt(
	named: string,
	{ left, amount, currency }: Amounts
): ProblemDraft {
	return {
		code: 'cancelled-paid',
		message: `${ named } was called off in the shop; of its payment of ${ amount } ${ currency } only ${ left } still stands in Brightpearl.`,
		cause: 'Somebody gave part of it back in Brightpearl.',
		fix: 'Give back the rest in Brightpearl, or take that payment out there, so that all of it or nothing of it stands; then retry the order.',
		field: null,
	};
}

/** @param salesCreditId Of the refund that is taken back. */
export function partOfRefund(
	named: string,
	salesCreditId: number,
	{ left, amount, currency }: Amounts
): ProblemDraft {
	return {
		code: 'changed-on-both-sides',
		message: `${ named }: a refund of ${ amount } ${ currency } is to be taken back, but of what was given back on sales credit ${ salesCreditId } only ${ left } is left in Brightpearl.`,
		cause: 'Somebody took part of it back in Brightpearl.',
		fix: 'Take back the rest in Brightpearl, or take that payment out there, so that all of it or nothing of it is left; then retry the order.',
		field: null,
	};
}

/** @param salesCreditId Of the refund that is to be given back. */
export function tooLittleLeft(
	named: string,
	salesCreditId: number,
	{ left, amount, currency }: Amounts
): ProblemDraft {
	return {
		code: 'changed-on-both-sides',
		message: `${ named }: the shop gave back ${ amount } ${ currency } (sales credit ${ salesCreditId }), but only ${ left } of what was received is left in Brightpearl: nothing was booked.`,
		cause: 'Somebody gave money back in Brightpearl too, or took out a payment.',
		fix: 'Book in Brightpearl what of it is still to go back, until nothing is left, or take out what was booked there too much; then retry the order. If the books are right as they are, ignore the order here (orders ignore).',
		field: null,
	};
}
