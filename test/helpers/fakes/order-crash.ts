/**
 * A process that can die at any moment: from then on nothing it says reaches its database, and
 * no answer comes back, so that none of its code goes on.
 */
import type { Database } from '../../../src/contracts/database.ts';

export interface Mortal {
	readonly database: Database;
	/** Writes so far, as `orderLinks.save`. */
	readonly writes: readonly string[];
	kill(): void;
	/**
	 * Dies instead of the write this is true for.
	 *
	 * @param dies Its name, its arguments, and how many writes were done before it.
	 */
	killAt(
		dies: (
			write: string,
			args: readonly unknown[],
			nth: number
		) => boolean
	): void;
	isDead(): boolean;
}

/** The calls that change something. */
const WRITES: ReadonlySet< string > = new Set( [
	'orderLinks.save',
	'journal.intent',
	'journal.outcome',
	'problems.raise',
	'problems.clear',
	'cache.put',
	'connections.markPushed',
	'products.upsert',
	'cursors.set',
	'queue.enqueue',
	'queue.settle',
] );

const NEVER = new Promise< never >( () => {} );

export function mortal( database: Database ): Mortal {
	const writes: string[] = [];
	let isDead = false;
	let dies: Parameters< Mortal[ 'killAt' ] >[ 0 ] = () => false;

	/** `onReady` only listens, and iterating is done by those who live. */
	function guard< T extends object >( part: string, target: T ): T {
		return new Proxy( target, {
			get( _, key ) {
				const value: unknown = Reflect.get( target, key );
				const name = `${ part }.${ String( key ) }`;
				if ( typeof value !== 'function' || name === 'queue.onReady' ) {
					return value;
				}
				return ( ...args: readonly unknown[] ): unknown => {
					if ( ! isDead && WRITES.has( name ) ) {
						isDead = dies( name, args, writes.length );
						if ( ! isDead ) {
							writes.push( name );
						}
					}
					return isDead
						? NEVER
						: ( Reflect.apply( value, target, args ) as unknown );
				};
			},
		} );
	}

	return {
		database: {
			pairings: guard( 'pairings', database.pairings ),
			sessions: guard( 'sessions', database.sessions ),
			facts: guard( 'facts', database.facts ),
			connections: guard( 'connections', database.connections ),
			orderLinks: guard( 'orderLinks', database.orderLinks ),
			journal: guard( 'journal', database.journal ),
			problems: guard( 'problems', database.problems ),
			cache: guard( 'cache', database.cache ),
			products: guard( 'products', database.products ),
			contacts: guard( 'contacts', database.contacts ),
			bundles: guard( 'bundles', database.bundles ),
			budgets: guard( 'budgets', database.budgets ),
			drift: guard( 'drift', database.drift ),
			consents: guard( 'consents', database.consents ),
			stockRuns: guard( 'stockRuns', database.stockRuns ),
			backfills: guard( 'backfills', database.backfills ),
			aliases: guard( 'aliases', database.aliases ),
			cursors: guard( 'cursors', database.cursors ),
			queue: guard( 'queue', database.queue ),
			locks: guard( 'locks', database.locks ),
			schedules: guard( 'schedules', database.schedules ),
			close: () => database.close(),
		},
		writes,
		kill() {
			isDead = true;
		},
		killAt( when ) {
			dies = when;
		},
		isDead: () => isDead,
	};
}
