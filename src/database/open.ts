/**
 * Opens the embedded database: the repositories over Kysely, and the queue, the locks and the
 * schedules over the driver, all on one file.
 *
 * The embedded queue stands in this layer and not under `queue/`, because its leases fence the
 * journal: they are rows of one transaction. `queue/` holds what every engine shares.
 */
import { closeSync, openSync } from 'node:fs';
import { Kysely } from 'kysely';
import type { Database } from '../contracts/database.ts';
import { SECOND } from '../contracts/primitives.ts';
import type { Clock, Logger, Random } from '../contracts/world.ts';
import { inspect, migrate } from './migrate.ts';
import { createSkuAliases } from './repositories/aliases.ts';
import { createBackfills } from './repositories/backfills.ts';
import { createBundleCache } from './repositories/bundles.ts';
import { createCache } from './repositories/cache.ts';
import { createConnections } from './repositories/connections.ts';
import { createConsents } from './repositories/consents.ts';
import { createContactCache } from './repositories/contacts.ts';
import { createCursors } from './repositories/cursors.ts';
import { createDrift } from './repositories/drift.ts';
import { createFacts } from './repositories/facts.ts';
import { createJournal } from './repositories/journal.ts';
import { createOrderLinks } from './repositories/order-links.ts';
import { createPairings } from './repositories/pairings.ts';
import { createProblems } from './repositories/problems.ts';
import { createProductCache } from './repositories/products.ts';
import { createSessions } from './repositories/sessions.ts';
import { createStockRuns } from './repositories/stock-runs.ts';
import { createSealer, type Sealer } from './sealer.ts';
import { createSqliteBudgets } from './sqlite/budgets.ts';
import { createSqliteDialect } from './sqlite/dialect.ts';
import { openSqlite, type Sqlite } from './sqlite/driver.ts';
import { createEngine } from './sqlite/engine.ts';
import { createGate } from './sqlite/gate.ts';
import { createLeases } from './sqlite/leases.ts';
import { createSqliteLocks } from './sqlite/locks.ts';
import { createSqliteQueue } from './sqlite/queue.ts';
import { createSqliteSchedules } from './sqlite/schedules.ts';
import { isoNow, type Tables } from './tables.ts';

/** Without a sign of life for so long, a task or lock is somebody else's. */
const LEASE = 30 * SECOND;

export interface OpenOptions {
	readonly path: string;
	/** 32 bytes. */
	readonly key: Uint8Array;
	readonly clock: Clock;
	readonly random: Random;
	readonly logger: Logger;
	/** Who holds the leases, for people who look into the file. */
	readonly owner: string;
	/**
	 * The caller holds the lock on the data directory, so whoever held a lease is dead: its
	 * work may be taken back at once instead of after the lease.
	 */
	readonly exclusive?: boolean;
	/** Milliseconds (30 s). */
	readonly leaseMs?: number;
}

/**
 * Throws `WrongKeyError`, `NewerDatabaseError` or `ForeignDatabaseError` before anything is
 * written.
 */
export async function openDatabase(
	options: OpenOptions
): Promise< Database > {
	const sealer = createSealer( options.key );
	inspect( options.path, sealer );
	// Orders are people's data: the file, and with it the log beside it, is ours alone.
	closeSync( openSync( options.path, 'a', 0o600 ) );
	const sqlite = openSqlite( options.path );
	try {
		prepare( sqlite, options, sealer );
		return assemble( sqlite, options, sealer );
	} catch ( error ) {
		sqlite.close();
		throw error;
	}
}

function prepare( sqlite: Sqlite, options: OpenOptions, sealer: Sealer ): void {
	sqlite.exec( `
		pragma journal_mode = wal;
		pragma synchronous = full;
		pragma foreign_keys = on;
		pragma journal_size_limit = 67108864;
	` );
	migrate( options.path, sqlite, sealer, isoNow( options.clock ) );
	if ( options.exclusive ) {
		sqlite.exec( 'delete from leases' );
	} else {
		sqlite.query( 'delete from leases where expires_at <= ?', [
			options.clock.now(),
		] );
	}
}

function assemble(
	sqlite: Sqlite,
	options: OpenOptions,
	sealer: Sealer
): Database {
	const { clock, random, logger, owner, leaseMs = LEASE } = options;
	const gate = createGate();
	const engine = createEngine( sqlite, gate );
	const sql = new Kysely< Tables >( {
		dialect: createSqliteDialect( sqlite, gate ),
	} );
	const leases = createLeases( { engine, clock, logger, owner, leaseMs } );
	const queue = createSqliteQueue( { engine, leases, clock, logger } );
	let closing: Promise< void > | null = null;

	async function close(): Promise< void > {
		leases.close();
		await queue.close();
		await sql.destroy();
		// Whoever is inside finishes first.
		await gate.run( () => sqlite.close() );
	}

	return {
		pairings: createPairings( sql, clock, sealer ),
		sessions: createSessions( sql, clock ),
		facts: createFacts( sql, random ),
		connections: createConnections( sql, clock, sealer ),
		orderLinks: createOrderLinks( sql, clock ),
		journal: createJournal( sql, clock ),
		problems: createProblems( sql, clock ),
		cache: createCache( sql, clock ),
		products: createProductCache( sql ),
		contacts: createContactCache( sql ),
		bundles: createBundleCache( sql ),
		budgets: createSqliteBudgets( { engine } ),
		drift: createDrift( sql ),
		consents: createConsents( sql, clock ),
		stockRuns: createStockRuns( sql, clock ),
		backfills: createBackfills( sql, clock ),
		aliases: createSkuAliases( sql ),
		cursors: createCursors( sql, clock ),
		queue,
		locks: createSqliteLocks( { engine, leases, clock, random, logger } ),
		schedules: createSqliteSchedules( { engine, clock } ),
		close: () => ( closing ??= close() ),
	};
}
