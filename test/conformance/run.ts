/**
 * Runs cases, one after another, and says what became of each.
 */
import { createHttpApi, preferredKind, Skipped } from './api.ts';
import type { Target } from './api.ts';
import type { Api, ConformanceCase } from './case.ts';
import type { Collected } from './collect.ts';
import { redactor } from './credentials.ts';
import { createPace } from './pace.ts';
import type { Pace, Waiting } from './pace.ts';

export interface CaseResult {
	readonly id: string;
	readonly service: string;
	readonly fact: string;
	readonly source: string;
	readonly mark: ConformanceCase[ 'mark' ];
	readonly outcome: 'passed' | 'failed' | 'skipped';
	/** Null = passed. */
	readonly why: string | null;
}

export interface RunOptions extends Waiting {
	readonly target: Target;
	/** Cases that make or change records may run. */
	readonly write: boolean;
	readonly fetch: typeof fetch;
	readonly onResult?: ( result: CaseResult ) => void;
}

const LONGEST_WHY = 1500;

/** Why a case cannot be tried here; null = it can. */
function obstacle(
	{ mode, needs = [] }: ConformanceCase,
	{ target, write }: RunOptions
): string | null {
	if ( needs.includes( 'sandbox' ) && ! target.sandbox ) {
		return 'it needs the sandbox';
	}
	if ( needs.includes( 'sandbox' ) && ! write ) {
		return 'it changes the sandbox: --write is needed';
	}
	if ( mode === 'write' && ! write ) {
		return 'it writes: --write is needed';
	}
	if ( needs.includes( 'oauth' ) && ! target.credentials.oauth ) {
		return 'there are no oauth credentials';
	}
	return null;
}

/** A case finds the sandbox as the run began, whatever the one before it switched. */
async function withoutTraces( api: Api, run: () => Promise< void > ) {
	const before = await api.sandbox( 'GET', '/switches' );
	try {
		await run();
	} finally {
		await api.sandbox( 'POST', '/switches', before );
		await api.sandbox( 'POST', '/faults', [] );
	}
}

/** Runs one case; throws what it throws, `Skipped` included. */
export async function runCase(
	entry: ConformanceCase,
	options: RunOptions,
	pace: Pace
): Promise< void > {
	const why = obstacle( entry, options );
	if ( why !== null ) {
		throw new Skipped( why );
	}
	const { target, fetch } = options;
	const needs = entry.needs ?? [];
	const onSandbox = needs.includes( 'sandbox' );
	const api = createHttpApi( {
		target,
		fetch,
		// Such a case may be about the throttle: it must be able to run into it.
		pace: onSandbox ? null : pace,
		kind: needs.includes( 'oauth' )
			? 'oauth'
			: preferredKind( target.credentials ),
	} );
	await ( onSandbox
		? withoutTraces( api, () => entry.run( api ) )
		: entry.run( api ) );
}

export async function runCases(
	cases: readonly Collected[],
	options: RunOptions
): Promise< CaseResult[] > {
	const pace = createPace( options );
	const redact = redactor( options.target.credentials );
	const results: CaseResult[] = [];
	for ( const { service, entry } of cases ) {
		const { id, fact, source, mark } = entry;
		let outcome: CaseResult[ 'outcome' ] = 'passed';
		let why: string | null = null;
		try {
			await runCase( entry, options, pace );
		} catch ( error ) {
			outcome = error instanceof Skipped ? 'skipped' : 'failed';
			why = redact(
				error instanceof Error ? error.message : String( error )
			).slice( 0, LONGEST_WHY );
		}
		const result = { id, service, fact, source, mark, outcome, why };
		results.push( result );
		options.onResult?.( result );
	}
	return results;
}
