/**
 * What Brightpearl refused for good, told as what it means for the order.
 */
import type { ProblemCode, ProblemDraft } from '../../../contracts/problem.ts';
import type { Failure, Hold } from '../../../contracts/result.ts';

/** Its own word on the request; what is wrong with the connection is none. */
export function isRefused( failure: Failure ): failure is Hold {
	return (
		failure.kind === 'hold' &&
		failure.problem.code === 'refused-by-brightpearl'
	);
}

/** Brightpearl's own words stay in the message. */
export function refusalAs(
	{ problem, ruid }: Hold,
	draft: {
		readonly code: ProblemCode;
		readonly what: string;
		readonly cause: string;
		readonly fix: string;
		readonly field?: string;
	}
): { ok: false; failure: Hold } {
	const { code, what, cause, fix, field } = draft;
	const told: ProblemDraft = {
		code,
		message: `${ what } ${ problem.message }`,
		cause,
		fix,
		field: field ?? null,
	};
	return { ok: false, failure: { kind: 'hold', problem: told, ruid } };
}

/** The order as a person finds it in both systems. */
export function named( link: {
	readonly number: string | null;
	readonly orderId: number;
	readonly salesOrderId: number | null;
} ): string {
	return `Order ${ link.number ?? link.orderId } (sales order ${ link.salesOrderId })`;
}
