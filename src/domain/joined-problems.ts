/**
 * Several problems of one code on one order: the ledger keeps one of each code, which says them all.
 */
import type { ProblemDraft } from '../contracts/problem.ts';

export function oneOfEachCode(
	problems: readonly ProblemDraft[]
): readonly ProblemDraft[] {
	const codes = new Set( problems.map( ( { code } ) => code ) );
	return [ ...codes ].map( ( code ) => {
		const same = problems.filter( ( problem ) => problem.code === code );
		const fields = new Set( same.map( ( { field } ) => field ) );
		return {
			code,
			message: said( same.map( ( { message } ) => message ) ) ?? '',
			cause: said( same.map( ( { cause } ) => cause ) ),
			fix: said( same.map( ( { fix } ) => fix ) ),
			// Of two settings neither is the one to look at.
			field: fields.size === 1 ? ( same[ 0 ]?.field ?? null ) : null,
		};
	} );
}

/** What several say is said once. */
function said( texts: readonly ( string | null )[] ): string | null {
	const different = new Set( texts.filter( ( text ) => text !== null ) );
	return different.size === 0 ? null : [ ...different ].join( ' ' );
}
