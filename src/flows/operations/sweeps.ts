/**
 * orders sweep.
 */
import type { SweepAnswer } from '../../contracts/answers.ts';
import type {
	OperationCall,
	OperationInput,
	Outcome,
} from '../../contracts/operations.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { Connected } from '../connected.ts';
import { deepSweep, sweep } from '../orders/sweeps.ts';
import { isIdle, ofFailure, until, type OperationContext } from './context.ts';
import { workableConnection } from './workable.ts';

export async function ordersSweep(
	context: OperationContext,
	input: OperationInput< 'ordersSweep' >,
	call: OperationCall
): Promise< Outcome< SweepAnswer > > {
	const found = await workableConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { connected } = found;
	const swept = await sweepNow( connected, input );
	if ( ! swept.ok ) {
		return ofFailure( swept.failure );
	}
	const idle =
		! input.wait ||
		( await context.whileWorking( { kinds: [ 'order' ] }, () =>
			until(
				context,
				call,
				async () => ( await isIdle( connected ) ) || null
			)
		) ) !== null;
	return { exit: idle ? 0 : 7, body: swept.value };
}

async function sweepNow(
	connected: Connected,
	input: OperationInput< 'ordersSweep' >
): Promise< Result< SweepAnswer > > {
	const swept = await sweep( connected, input.since );
	if ( ! swept.ok || ! input.deep ) {
		return swept;
	}
	const deep = await deepSweep( connected );
	return deep.ok
		? ok( {
				...swept.value,
				scanned: swept.value.scanned + deep.value.scanned,
				queued: swept.value.queued + deep.value.queued,
			} )
		: deep;
}
