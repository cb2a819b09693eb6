/**
 * stock pull and stock explain. A pull is a task, so that it goes on when nobody waits for it
 * any more and is taken up again after a crash.
 */
import type { Explain, StockRun } from '../../contracts/answers.ts';
import type {
	OperationCall,
	OperationExit,
	OperationInput,
	Outcome,
} from '../../contracts/operations.ts';
import { problemCodeSchema } from '../../contracts/problem.ts';
import { PRIORITY } from '../../contracts/queue.ts';
import type { Connected } from '../connected.ts';
import { stockRunKey } from '../stock/parts.ts';
import { stockFlowOf } from '../stock/task.ts';
import {
	done,
	exitOfProblem,
	failure,
	ofFailure,
	until,
	worstExit,
	type OperationContext,
} from './context.ts';
import { usableConnection } from './scope.ts';
import { pausedBy, pausedOutcome, workableConnection } from './workable.ts';

export async function stockPull(
	context: OperationContext,
	input: OperationInput< 'stockPull' >,
	call: OperationCall
): Promise< Outcome< StockRun > > {
	const found = await workableConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { connected } = found;
	const { database, name } = connected;
	const runId = await database.stockRuns.start( name, input.dryRun );
	const key = stockRunKey( name, runId );
	await database.queue.enqueue( [
		{
			key,
			kind: 'stock',
			connection: name,
			priority: PRIORITY.person,
			payload: {
				forced: true,
				runId,
				...( input.skus === null ? {} : { skus: input.skus } ),
			},
		},
	] );
	const finished = await context.whileWorking( { keys: [ key ] }, () =>
		until( context, call, () => endOf( connected, key ) )
	);
	const run = await database.stockRuns.find( name, runId );
	if ( run === null ) {
		return failure(
			6,
			'unknown-run',
			`The stock run ${ runId } went with its connection, which was removed meanwhile.`
		);
	}
	if ( finished === null ) {
		// As far as it has got: whoever asked can follow it by its id.
		return { exit: 7, body: run };
	}
	const paused =
		finished === 'done' ? null : await pausedBy( context, connected );
	if ( paused !== null ) {
		// Since it began: a person's word wakes it.
		return pausedOutcome( paused );
	}
	if ( finished !== 'done' ) {
		return failure(
			5,
			'stock-retrying',
			finished,
			'Nothing is lost: the run is tried again by itself while the service runs.'
		);
	}
	return { exit: exitOfRun( run ), body: run };
}

function exitOfRun( { state, errors }: StockRun ): OperationExit {
	if ( state === 'done' ) {
		return 0;
	}
	// A run that was given up without a word was cut off.
	return errors.length === 0
		? 5
		: worstExit( errors.map( ( { code } ) => exitOfError( code ) ) );
}

function exitOfError( code: string ): OperationExit {
	if ( code === 'sku-unknown' ) {
		return 6;
	}
	const problem = problemCodeSchema.safeParse( code );
	return problem.success ? exitOfProblem( problem.data ) : 3;
}

/** `done`, the reason why it waits for a retry, or null while it is being worked on. */
async function endOf(
	connected: Connected,
	key: string
): Promise< string | null > {
	const task = await connected.database.queue.find( key );
	if ( task === null ) {
		return 'done';
	}
	return task.state === 'retrying' || task.state === 'parked'
		? ( task.message ?? 'It could not be done now.' )
		: null;
}

export async function stockExplain(
	context: OperationContext,
	input: OperationInput< 'stockExplain' >
): Promise< Outcome< Explain > > {
	const found = await usableConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { connected } = found;
	const explained = await stockFlowOf( {
		...connected,
		brightpearl: connected.brightpearl.inLane( 'person' ),
	} ).explain( input.sku );
	if ( ! explained.ok ) {
		return ofFailure( explained.failure );
	}
	return explained.value === null
		? failure(
				6,
				'unknown-sku',
				`Neither the shop nor Brightpearl has the SKU ${ input.sku }.`,
				'SKUs are compared letter by letter, capitals and spaces included.'
			)
		: done( explained.value );
}
