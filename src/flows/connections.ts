/**
 * The connections with their live parts: clients are made when a connection is first used and
 * made anew when its file or settings changed.
 *
 * A connection that is still to be filled in (a pairing made it) has no live parts: flows do not
 * meet it, and only what asks for `stored` or `all` knows of it.
 */
import type { Brightpearl } from '../brightpearl/api.ts';
import type { ConnectionFile } from '../contracts/connection.ts';
import type { Database, StoredConnection } from '../contracts/database.ts';
import type { Store } from '../contracts/store.ts';
import type { World } from '../contracts/world.ts';
import type { Connected } from './connected.ts';
import type { Events } from './events.ts';

/** One that nothing is missing of. */
export type CompleteConnection = StoredConnection & {
	readonly file: ConnectionFile;
};

export interface ConnectionParts {
	readonly database: Database;
	readonly world: World;
	readonly events: Events;
	readonly makeStore: ( stored: CompleteConnection ) => Store;
	readonly makeBrightpearl: ( stored: CompleteConnection ) => Brightpearl;
}

export interface LiveConnection {
	readonly stored: CompleteConnection;
	readonly connected: Connected;
}

export interface ConnectionsRegistry {
	/** Null when there is no such connection, or something of it is still to be filled in. */
	find( name: string ): Promise< LiveConnection | null >;
	/** Those that are complete. */
	list(): Promise< LiveConnection[] >;
	/** Complete or not. */
	stored( name: string ): Promise< StoredConnection | null >;
	all(): Promise< StoredConnection[] >;
	/** Forgets what was made, after a change. */
	changed(): void;
	/** Closes the clients, also those that were replaced; for shutting down. */
	close(): void;
}

interface Known {
	readonly stored: ReadonlyMap< string, StoredConnection >;
	readonly live: ReadonlyMap< string, LiveConnection >;
}

export function createConnections(
	parts: ConnectionParts
): ConnectionsRegistry {
	const { database, world, events } = parts;
	let known: Promise< Known > | null = null;
	const made = new Map< string, LiveConnection >();
	/**
	 * How to close the clients that were made anew: who began with one goes on with it to the end,
	 * and it is forgotten when nobody holds it any more, in whatever lane.
	 */
	let replaced: readonly WeakRef< Brightpearl[ 'close' ] >[] = [];

	/** Nothing more is to be done for a connection that is gone. */
	function drop( name: string ): void {
		made.get( name )?.connected.brightpearl.close();
		made.delete( name );
	}

	async function load(): Promise< Known > {
		const stored = new Map< string, StoredConnection >();
		const live = new Map< string, LiveConnection >();
		for ( const each of await database.connections.list() ) {
			const { name } = each.record;
			stored.set( name, each );
			if ( ! isComplete( each ) ) {
				drop( name );
				continue;
			}
			const before = made.get( name );
			const entry =
				before?.stored.revision === each.revision
					? before
					: make( each );
			if ( before && before !== entry ) {
				replaced = [
					...replaced.filter( ( close ) => close.deref() ),
					new WeakRef( before.connected.brightpearl.close ),
				];
			}
			made.set( name, entry );
			live.set( name, entry );
		}
		for ( const name of made.keys() ) {
			if ( ! stored.has( name ) ) {
				drop( name );
			}
		}
		return { stored, live };
	}

	function make( stored: CompleteConnection ): LiveConnection {
		return {
			stored,
			connected: {
				name: stored.file.name,
				storeUrl: stored.file.store.url,
				settings: stored.file.settings,
				store: parts.makeStore( stored ),
				brightpearl: parts.makeBrightpearl( stored ),
				database,
				world,
				events,
			},
		};
	}

	function current(): Promise< Known > {
		known ??= load().catch( ( error: unknown ) => {
			known = null;
			throw error;
		} );
		return known;
	}

	return {
		async find( name ) {
			return ( await current() ).live.get( name ) ?? null;
		},
		async list() {
			return [ ...( await current() ).live.values() ];
		},
		async stored( name ) {
			return ( await current() ).stored.get( name ) ?? null;
		},
		async all() {
			return [ ...( await current() ).stored.values() ];
		},
		changed() {
			known = null;
		},
		close() {
			for ( const { connected } of made.values() ) {
				connected.brightpearl.close();
			}
			for ( const close of replaced ) {
				close.deref()?.();
			}
		},
	};
}

export function isComplete(
	stored: StoredConnection
): stored is CompleteConnection {
	return stored.file !== null;
}
