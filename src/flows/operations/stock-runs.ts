/**
 * stock runs and stock run show: from our records.
 */
import type { StockRun } from '../../contracts/answers.ts';
import type {
	OperationInput,
	OperationOutput,
	Outcome,
} from '../../contracts/operations.ts';
import {
	done,
	failure,
	invalidCursor,
	type OperationContext,
} from './context.ts';
import { findStored } from './scope.ts';

export async function stockRuns(
	context: OperationContext,
	input: OperationInput< 'stockRuns' >
): Promise< Outcome< OperationOutput< 'stockRuns' > > > {
	const found = await findStored( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const page = await context.database.stockRuns.list(
		found.stored.record.name,
		input.limit,
		input.cursor ?? undefined
	);
	return page === null ? invalidCursor() : done( page );
}

export async function stockRunShow(
	context: OperationContext,
	input: OperationInput< 'stockRunShow' >
): Promise< Outcome< StockRun > > {
	const found = await findStored( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const run = await context.database.stockRuns.find(
		found.stored.record.name,
		input.runId
	);
	return run === null
		? failure(
				6,
				'unknown-run',
				`There is no stock run ${ input.runId } of this connection.`,
				'The newest runs are in the list of runs.'
			)
		: done( run );
}
