/**
 * problems list and problems retry.
 */
import type {
	OperationInput,
	OperationOutput,
	Outcome,
} from '../../contracts/operations.ts';
import type { Problem } from '../../contracts/problem.ts';
import { PRIORITY, taskKey } from '../../contracts/queue.ts';
import { acceptDrift } from '../api-drift.ts';
import { connectionSubject, wakeStopped } from '../connection-problems.ts';
import { done, failure, type OperationContext } from './context.ts';
import { findStored } from './scope.ts';
import { pausedBy } from './workable.ts';

export async function problemsList(
	context: OperationContext,
	input: OperationInput< 'problemsList' >
): Promise< Outcome< OperationOutput< 'problemsList' > > > {
	const scope = await problemsOf( context, input.connection );
	return scope.ok
		? done( {
				items: scope.items.slice( 0, input.limit ?? undefined ),
				total: scope.items.length,
			} )
		: scope.outcome;
}

async function problemsOf(
	context: OperationContext,
	connection: string | null
) {
	if ( connection === null ) {
		return {
			ok: true as const,
			items: await context.database.problems.list(),
		};
	}
	const found = await findStored( context, connection );
	return found.ok
		? {
				ok: true as const,
				items: await context.database.problems.list( { connection } ),
			}
		: found;
}

export async function problemsRetry(
	context: OperationContext,
	input: OperationInput< 'problemsRetry' >
): Promise< Outcome< OperationOutput< 'problemsRetry' > > > {
	const scope = await problemsOf( context, input.connection );
	if ( ! scope.ok ) {
		return scope.outcome;
	}
	const chosen =
		input.ids === null
			? scope.items
			: scope.items.filter( ( { id } ) => input.ids?.includes( id ) );
	const missing =
		input.ids?.filter(
			( id ) => ! chosen.some( ( problem ) => problem.id === id )
		) ?? [];
	const subjects = Map.groupBy(
		chosen,
		( problem ) => `${ problem.connection }/${ problem.subject }`
	);
	for ( const problems of subjects.values() ) {
		await retryOne( context, problems );
	}
	if ( missing.length > 0 && chosen.length === 0 ) {
		return failure(
			6,
			'unknown-problem',
			`There is no problem ${ missing.join( ', ' ) }.`,
			'It may have been solved meanwhile: see "problems list".'
		);
	}
	return {
		exit: missing.length > 0 ? 6 : 0,
		body: { retried: chosen.length },
	};
}

/** @param problems Of one subject. */
async function retryOne(
	context: OperationContext,
	problems: readonly Problem[]
): Promise< void > {
	const { database, connections } = context;
	const [ problem ] = problems;
	if ( problem === undefined ) {
		return;
	}
	const { connection, subject } = problem;
	const order = /^order:(\d+)$/.exec( subject );
	if ( order ) {
		const key = taskKey( connection, 'order', Number( order[ 1 ] ) );
		await database.queue.enqueue( [
			{
				key,
				kind: 'order',
				connection,
				priority: PRIORITY.person,
				payload: { acknowledged: true },
			},
		] );
		await database.queue.wake( [ key ] );
		return;
	}
	const live = await connections.find( connection );
	if ( live === null ) {
		return;
	}
	if ( problems.some( ( { code } ) => code === 'api-drift' ) ) {
		await acceptDrift( database, live.connected.brightpearl.account );
	}
	const stopping =
		subject === connectionSubject( connection )
			? await pausedBy( context, live.connected )
			: null;
	// Looked at again, and what still holds stays told.
	await database.problems.clear(
		connection,
		subject,
		stopping === null ? [] : [ stopping.code ]
	);
	if ( subject === connectionSubject( connection ) ) {
		await wakeStopped( live.connected );
	} else {
		await database.queue.enqueue( [
			{
				key: taskKey( connection, 'stock', 'pull' ),
				kind: 'stock',
				connection,
				priority: PRIORITY.person,
			},
		] );
	}
}
