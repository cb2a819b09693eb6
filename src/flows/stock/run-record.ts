/**
 * The record of one stock run, kept so that a run killed halfway can be taken up again.
 */
import type { StockChange, StockRun } from '../../contracts/answers.ts';
import type { Failure } from '../../contracts/result.ts';
import { SECOND } from '../../contracts/primitives.ts';
import { itemKey, type ItemKey } from '../../domain/stock/items.ts';
import type { StockError } from '../../domain/stock/match.ts';
import { stockRunKey, type StockParts } from './parts.ts';

export interface RunRecord {
	readonly runId: number;
	readonly dryRun: boolean;
	/** What the shop's items turned out to be; every item is in one of them or in an error. */
	readonly counts: {
		read: number;
		mapped: number;
		unmapped: number;
		skipped: number;
	};
	readonly errors: StockError[];
	/** A change that is planned (dry run), written or refused. */
	add( change: StockChange ): void;
	/**
	 * So many items of the shop are done with: tells whoever watches, and stores the run as far as
	 * it has got, `partial` and without an end. Both now and then; `mark` = a good moment.
	 */
	progress( done: number, options?: { mark?: boolean } ): Promise< void >;
	/** How many items there are. */
	expect( items: number ): Promise< void >;
	finish(): Promise< StockRun >;
	/** A retry leaves the run open for its next try; a hold ends it. */
	fail( failure: Failure ): Promise< void >;
}

/** A record with more changes than this is stored anew only once a tenth of it is new. */
const SMALL = 2000;
const PROGRESS_SHARE = 0.1;
/** Between two tellings, but for those at a good moment. */
const PACE = SECOND;

export async function openRun(
	parts: StockParts,
	runId: number,
	dryRun: boolean,
	earlier: StockRun | null
): Promise< RunRecord > {
	const { brightpearl, connection, database, events, store, world } = parts;
	const now = (): string => new Date( world.clock.now() ).toISOString();
	const startedAt = earlier?.startedAt ?? now();
	const before = earlier?.requests ?? { brightpearl: 0, store: 0 };
	const from = {
		brightpearl: brightpearl.requests(),
		store: store.requests(),
	};
	const counts = { read: 0, mapped: 0, unmapped: 0, skipped: 0 };
	const errors: StockError[] = [];
	const changes = new Map< ItemKey, StockChange >();
	for ( const change of earlier?.changes ?? [] ) {
		// What was not written is planned again.
		if ( change.written ) {
			changes.set(
				itemKey( change.productId, change.variationId ),
				change
			);
		}
	}
	let unsaved = 0;
	let position = 0;
	let expected: number | null = null;
	let toldAt = -Infinity;

	function tell(): void {
		toldAt = world.clock.now();
		events?.emit( {
			event: 'progress',
			connection,
			runId,
			done: position,
			of: expected,
		} );
	}

	async function keep(): Promise< void > {
		unsaved = 0;
		await database.stockRuns.save( connection, view( 'partial', null ) );
	}

	function view(
		state: StockRun[ 'state' ],
		finishedAt: string | null,
		more: StockError[] = []
	): StockRun {
		const list = [ ...changes.values() ];
		return {
			runId,
			state,
			dryRun,
			startedAt,
			finishedAt,
			requests: {
				brightpearl:
					before.brightpearl +
					brightpearl.requests() -
					from.brightpearl,
				store: before.store + store.requests() - from.store,
			},
			skus: {
				...counts,
				changed: list.length,
				written: list.filter( ( { written } ) => written ).length,
				failed: errors.length,
			},
			changes: list,
			errors: [ ...errors, ...more ],
		};
	}

	const record: RunRecord = {
		runId,
		dryRun,
		counts,
		errors,
		add( change ) {
			const key = itemKey( change.productId, change.variationId );
			const first = changes.get( key );
			changes.set(
				key,
				first?.written ? { ...change, from: first.from } : change
			);
			unsaved += 1;
		},
		async progress( done, { mark = false } = {} ) {
			position = done;
			const isDue =
				unsaved > 0 && unsaved >= changes.size * PROGRESS_SHARE;
			if ( isDue || ( mark && changes.size <= SMALL ) ) {
				await keep();
			}
			if ( mark || world.clock.now() - toldAt >= PACE ) {
				tell();
			}
		},
		async expect( items ) {
			expected = items;
			await keep();
			tell();
		},
		async finish() {
			const run = view( errors.length > 0 ? 'partial' : 'done', now() );
			await database.stockRuns.save( connection, run );
			tell();
			return run;
		},
		async fail( failure ) {
			const isOver = failure.kind === 'hold';
			const { code, message } = isOver
				? failure.problem
				: { code: failure.cause, message: failure.message };
			const why = [ { sku: null, code, message } ];
			await database.stockRuns.save(
				connection,
				isOver
					? view( 'failed', now(), why )
					: view( 'partial', null, why )
			);
			tell();
		},
	};
	await keep();
	tell();
	return record;
}

/** Runs that a crash left without an end, and that nobody will take up, are over. */
export async function closeUnfinished(
	parts: StockParts,
	except: number
): Promise< void > {
	const { connection, database, world } = parts;
	for ( const run of await unclaimedRuns( parts ) ) {
		if ( run.runId !== except ) {
			await database.stockRuns.save( connection, {
				...run,
				state: 'failed',
				finishedAt: new Date( world.clock.now() ).toISOString(),
			} );
		}
	}
}

/** Unfinished runs, newest first, but for those that a task of their own will go on with. */
export async function unclaimedRuns( {
	connection,
	database,
}: Pick< StockParts, 'connection' | 'database' > ): Promise< StockRun[] > {
	const runs: StockRun[] = [];
	for ( const runId of await database.stockRuns.unfinished( connection ) ) {
		const task = await database.queue.find(
			stockRunKey( connection, runId )
		);
		const run =
			task === null
				? await database.stockRuns.find( connection, runId )
				: null;
		if ( run !== null ) {
			runs.push( run );
		}
	}
	return runs.sort( ( a, b ) => b.runId - a.runId );
}
