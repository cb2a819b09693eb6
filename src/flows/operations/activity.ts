/**
 * activity: orders and stock over time, as the overview draws them.
 */
import type { Activity } from '../../contracts/answers.ts';
import type { OperationInput, Outcome } from '../../contracts/operations.ts';
import { DAY, HOUR, SECOND } from '../../contracts/primitives.ts';
import { done, type OperationContext } from './context.ts';
import { findStored } from './scope.ts';

const SPANS: Record<
	OperationInput< 'activity' >[ 'span' ],
	{ readonly step: number; readonly steps: number }
> = {
	day: { step: HOUR, steps: 24 },
	week: { step: 6 * HOUR, steps: 28 },
	month: { step: DAY, steps: 30 },
};

export async function activity(
	context: OperationContext,
	input: OperationInput< 'activity' >
): Promise< Outcome< Activity > > {
	const { database, world } = context;
	if ( input.connection !== null ) {
		const found = await findStored( context, input.connection );
		if ( ! found.ok ) {
			return found.outcome;
		}
	}
	const { step, steps } = SPANS[ input.span ];
	// Whole steps, the one that is going on last: the picture moves once a step, not with each look.
	const to = ( Math.floor( world.clock.now() / step ) + 1 ) * step;
	const from = to - steps * step;
	const [ orders, stock ] = await Promise.all( [
		database.orderLinks.activity( input.connection, from, to, step ),
		database.stockRuns.activity( input.connection, from, to, step ),
	] );
	return done( {
		from: new Date( from ).toISOString(),
		to: new Date( to ).toISOString(),
		step: step / SECOND,
		orders,
		stock,
	} );
}
