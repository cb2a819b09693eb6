/**
 * The one mechanism behind tasks and locks: a row per thing being worked on, with a token
 * that rises with every taking and an expiry that a heartbeat moves on.
 *
 * A lease is *lost* when its row carries another token or is gone, and only then: a process
 * that was paused past its expiry while nobody else took over may go on, though it could not
 * have written an intent in between. What must never happen, two at work, needs the row.
 */
import type { Lease } from '../../contracts/queue.ts';
import type { Clock, Logger } from '../../contracts/world.ts';
import type { Sqlite } from './driver.ts';
import type { Engine } from './engine.ts';

export interface Leases {
	/** Inside a transaction: the new token, or null while somebody holds it. */
	take( sqlite: Sqlite, name: string ): number | null;
	/** After that transaction: from now on the lease is kept alive. */
	hold( name: string, token: number ): Lease;
	/** Inside a transaction: the lease has not been lost. */
	isHeld( sqlite: Sqlite, lease: Lease ): boolean;
	/** Inside a transaction: gives it back, unless it was lost. */
	give( sqlite: Sqlite, lease: Lease ): void;
	/** After that transaction: the heartbeat forgets it; `lost` aborts its signal. */
	drop( lease: Lease, how: 'given' | 'lost' ): void;
	renew( lease: Lease ): Promise< boolean >;
	/** Aborts every signal. The rows stay: what still runs keeps others out until they expire. */
	close(): void;
}

interface Held {
	readonly lease: Lease;
	readonly controller: AbortController;
	expiresAt: number;
}

export function createLeases( deps: {
	readonly engine: Engine;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly owner: string;
	/** How long a lease lasts without a sign of life, ms. */
	readonly leaseMs: number;
} ): Leases {
	const { engine, clock, logger, owner, leaseMs } = deps;
	const held = new Map< string, Held >();
	const closing = new AbortController();
	let beating = false;

	function prolong( sqlite: Sqlite, lease: Lease, until: number ): boolean {
		return (
			sqlite.query(
				'update leases set expires_at = ? where name = ? and token = ?',
				[ until, lease.name, lease.token ]
			).changes === 1
		);
	}

	function drop( lease: Lease, how: 'given' | 'lost' ): void {
		const mine = held.get( lease.name );
		if ( mine?.lease.token === lease.token ) {
			held.delete( lease.name );
			if ( how === 'lost' ) {
				mine.controller.abort( new Error( 'The lease was lost.' ) );
			}
		}
	}

	async function prolongAll(): Promise< void > {
		const all = [ ...held.values() ];
		const until = clock.now() + leaseMs;
		try {
			const alive = await engine.lightWrite( ( sqlite ) =>
				all.map( ( { lease } ) => prolong( sqlite, lease, until ) )
			);
			all.forEach( ( mine, index ) => {
				if ( alive[ index ] ) {
					mine.expiresAt = until;
				} else {
					drop( mine.lease, 'lost' );
				}
			} );
		} catch ( error ) {
			logger.warn( { error }, 'Leases could not be renewed.' );
			for ( const mine of all ) {
				// From here on somebody else may be at work; no sign of life reached them.
				if ( mine.expiresAt <= clock.now() ) {
					drop( mine.lease, 'lost' );
				}
			}
		}
	}

	/** Beats while anything is held. Never throws. */
	async function beat(): Promise< void > {
		beating = true;
		while ( held.size > 0 && ! closing.signal.aborted ) {
			await clock.sleep( leaseMs / 3, closing.signal );
			if ( held.size > 0 && ! closing.signal.aborted ) {
				await prolongAll();
			}
		}
		beating = false;
	}

	return {
		take( sqlite, name ) {
			const now = clock.now();
			const [ taken ] = sqlite.query(
				'select 1 from leases where name = ? and expires_at > ?',
				[ name, now ]
			).rows;
			if ( taken ) {
				return null;
			}
			const [ counter ] = sqlite.query(
				"update counters set value = value + 1 where name = 'lease' returning value"
			).rows;
			const token = Number( counter?.value );
			sqlite.query(
				`insert into leases (name, token, owner, expires_at) values (?, ?, ?, ?)
				on conflict (name) do update set
					token = excluded.token, owner = excluded.owner, expires_at = excluded.expires_at`,
				[ name, token, owner, now + leaseMs ]
			);
			return token;
		},
		hold( name, token ) {
			const earlier = held.get( name );
			if ( earlier ) {
				drop( earlier.lease, 'lost' );
			}
			const controller = new AbortController();
			const lease = { name, token, signal: controller.signal };
			held.set( name, {
				lease,
				controller,
				expiresAt: clock.now() + leaseMs,
			} );
			if ( closing.signal.aborted ) {
				controller.abort( closing.signal.reason );
			} else if ( ! beating ) {
				void beat();
			}
			return lease;
		},
		isHeld: ( sqlite, lease ) =>
			sqlite.query( 'select 1 from leases where name = ? and token = ?', [
				lease.name,
				lease.token,
			] ).rows.length === 1,
		give( sqlite, lease ) {
			sqlite.query( 'delete from leases where name = ? and token = ?', [
				lease.name,
				lease.token,
			] );
		},
		drop,
		async renew( lease ) {
			const until = clock.now() + leaseMs;
			const alive = await engine.lightWrite( ( sqlite ) =>
				prolong( sqlite, lease, until )
			);
			const mine = held.get( lease.name );
			if ( ! alive ) {
				drop( lease, 'lost' );
			} else if ( mine?.lease.token === lease.token ) {
				mine.expiresAt = until;
			}
			return alive;
		},
		close() {
			const reason = new Error( 'The database is closed.' );
			closing.abort( reason );
			for ( const mine of held.values() ) {
				mine.controller.abort( reason );
			}
			held.clear();
		},
	};
}
