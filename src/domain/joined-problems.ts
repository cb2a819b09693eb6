/**
 * Several problems of one code on one order: the ledger keeps one of each code, which says them all.
 */
import type { ProblemCode, ProblemDraft } from '../contracts/problem.ts';

export function oneOfEachCode(
	problems: readonly ProblemDraft[]
): readonly ProblemDraft[] {
	const byCode = new Map< ProblemCode, ProblemDraft >();
	for ( const problem of problems ) {
		const first = byCode.get( problem.code );
		byCode.set(
			problem.code,
			first === undefined ? problem : joined( first, problem )
		);
	}
	return [ ...byCode.values() ];
}

function joined( a: ProblemDraft, b: ProblemDraft ): ProblemDraft {
	return {
		code: a.code,
		message: sentences( a.message, b.message ) ?? '',
		cause: sentences( a.cause, b.cause ),
		fix: sentences( a.fix, b.fix ),
		// Of two settings neither is the one to look at.
		field: a.field === b.field ? a.field : null,
	};
}

/** What both say is said once. */
function sentences( a: string | null, b: string | null ): string | null {
	if ( a === null || b === null || a.includes( b ) ) {
		return a ?? b;
	}
	return b.includes( a ) ? b : `${ a } ${ b }`;
}
