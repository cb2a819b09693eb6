/**
 * What a run prints: a table for each service, the failures in full, and the counts.
 */
import type { CaseResult } from './run.ts';

const MARKS = [ 'D', 'V', 'R', 'C', 'I' ] as const;

const count = (
	results: readonly CaseResult[],
	outcome: CaseResult[ 'outcome' ]
): number => results.filter( ( entry ) => entry.outcome === outcome ).length;

/** How many cases stand for facts of each certainty. */
export const byMark = (
	results: readonly CaseResult[]
): Record< string, number > =>
	Object.fromEntries(
		MARKS.map( ( mark ) => [
			mark,
			results.filter( ( entry ) => entry.mark === mark ).length,
		] )
	);

/** Reasons of what was not tried, with how often. */
export function skippedReasons(
	results: readonly CaseResult[]
): Record< string, number > {
	const reasons: Record< string, number > = {};
	for ( const { outcome, why } of results ) {
		if ( outcome === 'skipped' && why !== null ) {
			reasons[ why ] = ( reasons[ why ] ?? 0 ) + 1;
		}
	}
	return reasons;
}

export function summary( results: readonly CaseResult[] ) {
	return {
		cases: results.length,
		marks: byMark( results ),
		passed: count( results, 'passed' ),
		failed: count( results, 'failed' ),
		skipped: count( results, 'skipped' ),
		skippedReasons: skippedReasons( results ),
	};
}

const SIGNS = { passed: 'ok     ', failed: 'FAILED ', skipped: 'skipped' };

export function writeReport( results: readonly CaseResult[] ): string {
	const lines: string[] = [];
	const services = [
		...new Set( results.map( ( { service } ) => service ) ),
	];
	for ( const service of services ) {
		const part = results.filter( ( entry ) => entry.service === service );
		const width = Math.max( ...part.map( ( { id } ) => id.length ) );
		lines.push( '', `${ service } (${ part.length })` );
		for ( const { id, outcome, mark, source, fact } of part ) {
			lines.push(
				`  ${ SIGNS[ outcome ] } [${ mark }] ${ id.padEnd( width ) }  ${ source }: ${ fact }`
			);
		}
	}
	const failures = results.filter( ( { outcome } ) => outcome === 'failed' );
	if ( failures.length > 0 ) {
		lines.push( '', 'Failures' );
	}
	for ( const { id, fact, source, mark, why } of failures ) {
		lines.push(
			`  ${ id }`,
			`    fact: ${ fact } (${ source }, [${ mark }])`,
			...( why ?? '' ).split( '\n' ).map( ( text ) => `    ${ text }` )
		);
	}
	const total = summary( results );
	const reasons = Object.entries( total.skippedReasons ).map(
		( [ why, times ] ) => `${ times } because ${ why }`
	);
	const marks = MARKS.map(
		( mark ) => `${ total.marks[ mark ] ?? 0 } ${ mark }`
	);
	lines.push(
		'',
		`${ total.cases } cases (${ marks.join( ', ' ) }): ${ total.passed } passed, ${ total.failed } failed, ${ total.skipped } skipped${ reasons.length > 0 ? ` (${ reasons.join( '; ' ) })` : '' }`
	);
	return `${ lines.join( '\n' ) }\n`;
}
