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

/** High enough that a run is never slowed; cases about the throttle set their own. */
export const NO_CAP = 1_000_000;

/**
 * A standing sandbox has the cap of a real account, and cases that need the sandbox do not keep to a
 * pace: meanwhile it has none.
 */
async function withoutCap< T >(
	{ target, fetch, write }: RunOptions,
	run: () => Promise< T >
): Promise< T > {
	if ( ! target.sandbox || ! write ) {
		return run();
	}
	const api = createHttpApi( { target, fetch, pace: null, kind: null } );
	const { requestsPerMinute } = ( await api.sandbox(
		'GET',
		'/switches'
	) ) as { requestsPerMinute: number };
	await api.sandbox( 'POST', '/switches', { requestsPerMinute: NO_CAP } );
	try {
		return await run();
	} finally {
		await api.sandbox( 'POST', '/switches', { requestsPerMinute } );
	}
}

export const runCases = (
	cases: readonly Collected[],
	options: RunOptions
): Promise< CaseResult[] > =>
	withoutCap( options, () => runAll( cases, options ) );

async function runAll(
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
