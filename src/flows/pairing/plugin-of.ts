/** The plugin of a connection, as the sidecar calls it. */
import type { Database } from '../../contracts/database.ts';
import type { World } from '../../contracts/world.ts';
import {
	createStorePlugin,
	type StorePlugin,
} from '../../woocommerce/plugin.ts';
import type { ConnectionsRegistry } from '../connections.ts';

export type PluginOf = ( connection: string ) => Promise< StorePlugin | null >;

/** Null where there is no pairing. */
export function createPluginOf( {
	connections,
	database: { pairings },
	world,
}: {
	readonly connections: Pick< ConnectionsRegistry, 'stored' >;
	readonly database: Pick< Database, 'pairings' >;
	readonly world: World;
} ): PluginOf {
	return async ( connection ) => {
		const stored = await connections.stored( connection );
		const pairing = await pairings.find( connection );
		return stored === null || pairing === null
			? null
			: createStorePlugin( {
					connection,
					storeUrl: stored.record.store.url,
					// The next one is not known to be the plugin's before it has used it.
					keys: async () =>
						( await pairings.keys( connection ) ).filter(
							( { slot } ) => slot !== 'next'
						),
					world,
				} );
	};
}
