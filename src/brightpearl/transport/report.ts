/**
 * Who is told of a verdict: the outage guard, the budget, the counters and the log.
 */
import type { Meter } from '../../contracts/meter.ts';
import type { LogFields, Logger } from '../../contracts/world.ts';
import type { Verdict } from './classify.ts';
import type { Pool } from '../budget/pools.ts';

export interface Report {
	/** Of a whole request. A throttled one's wait becomes the budget's. */
	request( verdict: Verdict ): Verdict;
	/** Of one message of a batch: Brightpearl is up, but may have had enough. */
	message( verdict: Verdict ): Verdict;
	log( fields: LogFields, verdict: Verdict ): void;
}

export function createReport( deps: {
	readonly connection: string;
	readonly pool: Pool;
	readonly logger: Logger;
	readonly meter: Meter;
} ): Report {
	const { connection, logger, meter, pool } = deps;

	function message( verdict: Verdict ): Verdict {
		if ( verdict.kind !== 'throttled' ) {
			return verdict;
		}
		meter.count( 'brightpearl_throttled', {
			pool: pool.budget.view().pool,
		} );
		const after = pool.budget.refused( verdict.failure.after );
		return { ...verdict, failure: { ...verdict.failure, after } };
	}

	return {
		message,
		request( verdict ) {
			if ( verdict.kind === 'outage' ) {
				meter.count( 'brightpearl_outages', { connection } );
				pool.guard.down();
				return verdict;
			}
			pool.guard.up();
			return message( verdict );
		},
		log( fields, verdict ) {
			if ( verdict.kind === 'answer' || verdict.kind === 'none' ) {
				logger.debug( fields, 'Asked Brightpearl' );
				return;
			}
			const { failure } = verdict;
			logger.warn(
				{
					...fields,
					why:
						failure.kind === 'hold'
							? failure.problem.message
							: failure.message,
				},
				'Brightpearl did not do as asked'
			);
		},
	};
}
