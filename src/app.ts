/**
 * The composition root: the only place that knows every part. Nothing works before `start`
 * but the operations, which then do their own tasks themselves.
 */
import { readFileSync } from 'node:fs';
import type { App, AppOptions, ListenOptions, OpenApp } from './app-port.ts';
import { createBrightpearl } from './brightpearl/client.ts';
import { createBudgetRegistry } from './brightpearl/pools.ts';
import type { TokenKeeper } from './brightpearl/token-keeper.ts';
import { refusal, secretReader } from './app-parts.ts';
import type { Database, StoredConnection } from './contracts/database.ts';
import { SECOND } from './contracts/primitives.ts';
import type { World } from './contracts/world.ts';
import { openDatabase } from './database/open.ts';
import { createConnections } from './flows/connections.ts';
import { createDispatch } from './flows/dispatch.ts';
import { createEvents } from './flows/events.ts';
import { createIntake } from './flows/intake.ts';
import type { ServiceFacts, WhileWorking } from './flows/operations/context.ts';
import { createOperations } from './flows/operations/index.ts';
import { createScheduler } from './flows/schedule.ts';
import { createServer, type Server } from './http/server.ts';
import { createHttpFetch } from './net/http-fetch.ts';
import { createWorker, type Worker } from './queue/worker.ts';
import { createWooCommerce } from './woocommerce/store.ts';

/** Tasks at a time; each waits for the network nearly all of its life. */
const CONCURRENCY = 4;
const DRAIN = 10 * SECOND;

export const openApp: OpenApp = async ( options ) => {
	try {
		return { ok: true, app: await compose( options ) };
	} catch ( error ) {
		const refused = refusal( error, options.databaseFile );
		if ( refused === null ) {
			throw error;
		}
		return { ok: false, error: refused };
	}
};

async function compose( options: AppOptions ): Promise< App > {
	const { clock, random, logger, env } = options;
	const database = await openDatabase( {
		path: options.databaseFile,
		key: options.key,
		clock,
		random,
		logger,
		owner: `${ process.pid }`,
		exclusive: true,
	} );
	const fetch = createHttpFetch( { clock } );
	const world: World = { clock, random, logger, fetch };
	const readSecret = secretReader( env, ( path ) =>
		readFileSync( path, 'utf8' )
	);
	const events = createEvents();
	const budgets = createBudgetRegistry( { clock, random } );
	const connections = createConnections( {
		database,
		world,
		events,
		makeStore: ( { file } ) =>
			createWooCommerce( {
				connection: file.name,
				config: file.store,
				world,
				readSecret,
			} ),
		makeBrightpearl: ( stored ) =>
			createBrightpearl( {
				connection: stored.file.name,
				config: stored.file.brightpearl,
				world,
				readSecret,
				cache: database.cache,
				tokens: tokenKeeper( database, stored ),
				budgets,
				reserve: stored.file.settings.budget.reserve,
			} ),
	} );
	const intake = createIntake( {
		connections,
		queue: database.queue,
		readSecret,
		clock,
		random,
		logger,
	} );
	const handle = createDispatch( connections );
	const scheduler = createScheduler( {
		connections,
		database,
		clock,
		logger,
	} );
	let running: ServiceFacts[ 'running' ] = null;
	let worker: Worker | null = null;
	let server: Server | null = null;

	const workOn = ( only: Parameters< WhileWorking >[ 0 ] ): Worker =>
		createWorker( {
			queue: database.queue,
			clock,
			random,
			logger,
			concurrency: CONCURRENCY,
			handle,
			...( only.keys === undefined ? {} : { only: only.keys } ),
			...( only.kinds === undefined ? {} : { kinds: only.kinds } ),
		} );
	const whileWorking: WhileWorking = async ( only, wait ) => {
		if ( worker !== null ) {
			return wait();
		}
		const own = workOn( only );
		own.start();
		try {
			return await wait();
		} finally {
			await own.stop( DRAIN );
		}
	};
	const operations = createOperations( {
		database,
		connections,
		world,
		readSecret,
		intake,
		service: () => ( {
			version: options.version,
			running,
			publicUrl: options.publicUrl,
		} ),
		whileWorking,
		async changed() {
			connections.changed();
			await scheduler.refresh();
		},
	} );

	return {
		operations,
		events,
		async start( listen: ListenOptions ) {
			await scheduler.refresh();
			server = createServer( {
				operations,
				intake,
				ready: async () => [],
				token: listen.token,
				logger,
				clock,
			} );
			const listening = await server.listen( listen.host, listen.port );
			if ( ! listening.ok ) {
				return listening;
			}
			running = {
				pid: process.pid,
				url: listening.url,
				startedAt: listen.startedAt,
			};
			worker = workOn( {} );
			worker.start();
			scheduler.start();
			return { ok: true, url: listening.url };
		},
		async close() {
			await server?.close();
			await scheduler.stop();
			// Requests that wait for the allowance would hold the drain up for a minute.
			budgets.close();
			await worker?.stop( DRAIN );
			await fetch.close();
			await database.close();
		},
	};
}

function tokenKeeper(
	database: Database,
	stored: StoredConnection
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
