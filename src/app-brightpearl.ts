/** Makes the clients of Brightpearl: what each of them keeps, counts and shares with the others. */
import type { Brightpearl } from './brightpearl/api.ts';
import { createBrightpearl } from './brightpearl/client.ts';
import type { DriftWatch } from './brightpearl/answers/drift.ts';
import type { BudgetRegistry } from './brightpearl/budget/pools.ts';
import type { TokenKeeper } from './brightpearl/auth/token-keeper.ts';
import { sideReader } from './app-parts.ts';
import type { Database, SecretReader } from './contracts/database.ts';
import type { Meter } from './contracts/meter.ts';
import { SECOND } from './contracts/primitives.ts';
import type { World } from './contracts/world.ts';
import type { CompleteConnection } from './flows/connections.ts';

export function brightpearlMaker( parts: {
	readonly database: Database;
	readonly world: World;
	readonly readSecret: SecretReader;
	readonly budgets: BudgetRegistry;
	readonly meter: Meter;
	readonly drift: DriftWatch;
} ): ( stored: CompleteConnection ) => Brightpearl {
	const { budgets, database } = parts;
	/**
	 * By connection, as set last: who waits in a client that was made before the setting changed
	 * is to go by the new one.
	 */
	const reserves = new Map< string, number >();

	return ( stored ) => {
		const { name, settings, brightpearl } = stored.file;
		const { batch, reserve, window } = settings.budget;
		const before = reserves.get( name ) ?? reserve;
		reserves.set( name, reserve );
		if ( before !== reserve ) {
			budgets.refresh();
		}
		return createBrightpearl( {
			connection: name,
			config: brightpearl,
			world: parts.world,
			readSecret: sideReader( parts.readSecret, 'brightpearl.auth' ),
			cache: database.cache,
			tokens: tokenKeeper( database, stored ),
			budgets,
			reserve: () => reserves.get( name ) ?? reserve,
			window,
			batch,
			copies: database,
			meter: parts.meter,
			drift: parts.drift,
		} );
	};
}

function tokenKeeper(
	database: Database,
	stored: CompleteConnection
): TokenKeeper {
	const { name } = stored.file;
	return {
		load: () => database.connections.token( name ),
		save: ( token ) => database.connections.saveToken( name, token ),
		async lock( work ) {
			const held = await database.locks.withLock(
				`token:${ name }`,
				{ wait: 30 * SECOND },
				work
			);
			return held.ok ? held.value : held;
		},
	};
}
