/**
 * Whether an account takes several writes in one request. One that was refused is remembered for
 * a while, over restarts too, and then tried again.
 */
import { z } from 'zod';
import type { Cache } from '../../contracts/database.ts';
import type { Failure } from '../../contracts/result.ts';
import type { Clock, Logger } from '../../contracts/world.ts';

const keptSchema = z.object( { until: z.number() } );

export interface BatchMemory {
	/** Makes what an earlier run learned known; asks nobody. */
	ready(): Promise< void >;
	isRefused(): boolean;
	/** For so many milliseconds from now; null = it answered, but nobody can read what. */
	refused( why: Failure | null, span: number ): Promise< void >;
}

export function createBatchMemory( deps: {
	readonly cache: Cache;
	readonly scope: string;
	/** Other apps of the account may have other rights. */
	readonly app: string;
	readonly clock: Clock;
	readonly logger: Logger;
} ): BatchMemory {
	const { cache, clock, logger, scope } = deps;
	const key = `multi-message|${ deps.app }`;
	let until = 0;
	let loading: Promise< void > | null = null;

	async function load(): Promise< void > {
		const kept = keptSchema.safeParse( await cache.get( scope, key ) );
		if ( kept.success ) {
			until = Math.max( until, kept.data.until );
		}
	}

	const isRefused = (): boolean => clock.now() < until;
	return {
		isRefused,
		ready: () =>
			( loading ??= load().catch( ( error: unknown ) => {
				loading = null;
				throw error;
			} ) ),
		async refused( why, span ) {
			if ( ! isRefused() ) {
				logger.warn(
					{
						why:
							why?.kind === 'hold'
								? why.problem.message
								: ( why?.message ??
									'Its answer is unreadable.' ),
						until: new Date( clock.now() + span ).toISOString(),
					},
					'Brightpearl takes no batches of writes: they are sent one by one'
				);
			}
			until = Math.max( until, clock.now() + span );
			try {
				const ttl = Math.max( 1, until - clock.now() );
				await cache.put( scope, key, { until }, ttl );
			} catch ( error ) {
				// It is only a memory: what was refused can still be sent.
				logger.error( { error }, 'That was not remembered' );
			}
		},
	};
}
