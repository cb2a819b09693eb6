/**
 * The connections with their live parts: clients are made when a connection is first used and
 * made anew when its file or settings changed.
 */
import type { Brightpearl } from '../brightpearl/api.ts';
import type { Database, StoredConnection } from '../contracts/database.ts';
import type { Store } from '../contracts/store.ts';
import type { World } from '../contracts/world.ts';
import type { Connected } from './connected.ts';
import type { Events } from './events.ts';

export interface ConnectionParts {
	readonly database: Database;
	readonly world: World;
	readonly events: Events;
	readonly makeStore: ( stored: StoredConnection ) => Store;
	readonly makeBrightpearl: ( stored: StoredConnection ) => Brightpearl;
}

export interface LiveConnection {
	readonly stored: StoredConnection;
	readonly connected: Connected;
}

export interface ConnectionsRegistry {
	/** Null when there is no such connection. */
	find( name: string ): Promise< LiveConnection | null >;
	list(): Promise< LiveConnection[] >;
	/** Forgets what was made, after a change. */
	changed(): void;
}

export function createConnections(
	parts: ConnectionParts
): ConnectionsRegistry {
	const { database, world, events } = parts;
	let known: Promise< Map< string, LiveConnection > > | null = null;
	const made = new Map< string, LiveConnection >();

	async function load(): Promise< Map< string, LiveConnection > > {
		const live = new Map< string, LiveConnection >();
		for ( const stored of await database.connections.list() ) {
			const { name } = stored.file;
			const before = made.get( name );
			const entry =
				before?.stored.revision === stored.revision
					? before
					: make( stored );
			made.set( name, entry );
			live.set( name, entry );
		}
		return live;
	}

	function make( stored: StoredConnection ): LiveConnection {
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

	function current(): Promise< Map< string, LiveConnection > > {
		known ??= load().catch( ( error: unknown ) => {
			known = null;
			throw error;
		} );
		return known;
	}

	return {
		async find( name ) {
			return ( await current() ).get( name ) ?? null;
		},
		async list() {
			return [ ...( await current() ).values() ];
		},
		changed() {
			known = null;
		},
	};
}
