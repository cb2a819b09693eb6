/** What a stock run is doing or did. Pure. */
import type {
	StockRun,
	StockRunSummary,
} from '../../../../src/contracts/answers.ts';
import type { FlowEvent } from '../../../../src/contracts/events.ts';

type Ended = Pick< StockRun, 'state' | 'finishedAt' > & {
	/** How many, or which. */
	readonly errors: number | readonly unknown[];
};

/** As `runStateLabel` names them; `retrying` = it stopped and is taken up again by itself. */
export function shownState( run: Ended ): string {
	if ( run.finishedAt !== null || run.state !== 'partial' ) {
		return run.state;
	}
	const errors =
		typeof run.errors === 'number' ? run.errors : run.errors.length;
	return errors > 0 ? 'retrying' : 'running';
}

export function isUnderWay( run: Ended ): boolean {
	return run.finishedAt === null && run.state === 'partial';
}

/** What it means that no change is shown. Only a run that ended well vouches for the shop. */
export function whyNoChange( {
	changes,
	state,
	finishedAt,
}: Pick< StockRun, 'changes' | 'state' | 'finishedAt' > ):
	'no-match' | 'not-yet' | 'agrees' | 'broken-off' {
	if ( changes.length > 0 ) {
		return 'no-match';
	}
	if ( state === 'done' ) {
		return 'agrees';
	}
	return finishedAt === null ? 'not-yet' : 'broken-off';
}

/** Seconds from begin to end, or until now; null when the clocks say nothing useful. */
export function secondsOf(
	run: Pick< StockRunSummary, 'startedAt' | 'finishedAt' >,
	now: number
): number | null {
	const end = run.finishedAt === null ? now : Date.parse( run.finishedAt );
	const seconds = ( end - Date.parse( run.startedAt ) ) / 1000;
	return Number.isFinite( seconds ) ? Math.max( 0, seconds ) : null;
}

export interface Position {
	readonly done: number;
	/** Null = not known yet. */
	readonly of: number | null;
}

export type Positions = ReadonlyMap< number, Position >;

/** How far runs have got, as far as anybody said so. */
export function moved(
	positions: Positions,
	event: FlowEvent,
	connection: string
): Positions {
	if ( event.event !== 'progress' || event.connection !== connection ) {
		return positions;
	}
	return new Map( [
		...positions,
		[ event.runId, { done: event.done, of: event.of } ],
	] );
}
