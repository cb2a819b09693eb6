/** Locks by name over the same leases; waiting is polling, because others are processes. */
import type { Lease, Locks } from '../../contracts/queue.ts';
import { ok, retry } from '../../contracts/result.ts';
import type { Clock, Logger, Random } from '../../contracts/world.ts';
import type { Engine } from './engine.ts';
import type { Leases } from './leases.ts';

/** Between two looks, ms; spread, so that those who wait do not move in step. */
const POLL_MIN = 15;
const POLL_SPREAD = 20;

export function createSqliteLocks( deps: {
	readonly engine: Engine;
	readonly leases: Leases;
	readonly clock: Clock;
	readonly random: Random;
	readonly logger: Logger;
} ): Locks {
	const { engine, leases, clock, random, logger } = deps;

	async function acquire(
		name: string,
		until: number,
		signal: AbortSignal | undefined
	): Promise< Lease | null > {
		const leaseName = `lock:${ name }`;
		for (;;) {
			if ( signal?.aborted ) {
				return null;
			}
			const token = await engine.lightWrite( ( sqlite ) =>
				leases.take( sqlite, leaseName )
			);
			if ( token !== null ) {
				return leases.hold( leaseName, token );
			}
			const left = until - clock.now();
			if ( left <= 0 ) {
				return null;
			}
			const pause = POLL_MIN + random.next() * POLL_SPREAD;
			await clock.sleep( Math.min( left, pause ), signal );
		}
	}

	async function release( lease: Lease ): Promise< void > {
		try {
			await engine.lightWrite( ( sqlite ) =>
				leases.give( sqlite, lease )
			);
		} catch ( error ) {
			// The work is done; the lock falls free when it expires.
			logger.warn(
				{ error, lock: lease.name },
				'A lock was not given back.'
			);
		} finally {
			leases.drop( lease, 'given' );
		}
	}

	return {
		async withLock( name, { wait, signal }, work ) {
			const lease = await acquire( name, clock.now() + wait, signal );
			if ( lease === null ) {
				return retry(
					'service',
					'busy',
					signal?.aborted
						? `Waiting for the lock ${ name } was given up.`
						: `Somebody else holds the lock ${ name }.`
				);
			}
			try {
				return ok(
					await work(
						signal
							? {
									...lease,
									signal: AbortSignal.any( [
										lease.signal,
										signal,
									] ),
								}
							: lease
					)
				);
			} finally {
				await release( lease );
			}
		},
	};
}
