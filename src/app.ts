/**
 * The composition root: the only place that knows every part. Nothing works before `start`
 * but the operations, which then do their own tasks themselves.
 */
import { readFileSync } from 'node:fs';
import type { App, AppOptions, ListenOptions, OpenApp } from './app-port.ts';
import { createBudgetRegistry } from './brightpearl/budget/pools.ts';
import { brightpearlMaker } from './app-brightpearl.ts';
import { refusal, secretReader, sideReader } from './app-parts.ts';
import { placesFor, type Places } from './app-places.ts';
import { createWatching } from './app-watching.ts';
import { SECOND } from './contracts/primitives.ts';
import type { World } from './contracts/world.ts';
import { openDatabase } from './database/open.ts';
import { announcing } from './flows/announcing.ts';
import { createBrightpearlIntake } from './flows/brightpearl-intake.ts';
import { createConnections } from './flows/connections.ts';
import { createDispatch } from './flows/dispatch.ts';
import { createEventLog } from './flows/event-log.ts';
import { createEvents } from './flows/events.ts';
import { createIntake } from './flows/intake.ts';
import { createOutbox, readAllOutboxes } from './flows/outbox.ts';
import { createAuthenticate } from './flows/pairing/authenticate.ts';
import type { BridgeContext } from './flows/pairing/bridge.ts';
import { createDeliveryGuard } from './flows/pairing/delivery-guard.ts';
import { createPluginOf } from './flows/pairing/plugin-of.ts';
import type { ServiceFacts, WhileWorking } from './flows/operations/context.ts';
import { createOperations } from './flows/operations/index.ts';
import { resumeBackfills } from './flows/orders/backfill.ts';
import { requeue, UNFINISHED } from './flows/orders/requeue.ts';
import { createScheduler } from './flows/schedule.ts';
import { createWatch } from './flows/watch/index.ts';
import { readConsoleFiles } from './http/console/static.ts';
import { createServer, type Server } from './http/server.ts';
import { createHttpFetch } from './net/http-fetch.ts';
import { createWorker, type Worker } from './queue/worker.ts';
import { checkKeys, createWooCommerce } from './woocommerce/store.ts';

const DRAIN = 10 * SECOND;
/** For the step that is under way when a command stops waiting. */
const BREATH = SECOND / 2;

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
	const events = createEvents();
	const database = announcing(
		await openDatabase( {
			path: options.databaseFile,
			key: options.key,
			clock,
			random,
			logger,
			owner: `${ process.pid }`,
			exclusive: true,
		} ),
		events
	);
	const fetch = createHttpFetch( { clock } );
	const world: World = { clock, random, logger, fetch };
	const readSecret = secretReader( env, ( path ) =>
		readFileSync( path, 'utf8' )
	);
	const budgets = createBudgetRegistry( {
		clock,
		random,
		ledger: database.budgets,
		logger,
	} );
	const { drift, metrics } = createWatching( {
		database,
		events,
		connections: () => connections,
		clock,
		logger,
	} );
	const connections = createConnections( {
		database,
		world,
		events,
		makeStore: ( { file } ) =>
			createWooCommerce( {
				connection: file.name,
				config: file.store,
				world,
				readSecret: sideReader( readSecret, 'store' ),
				plugin: () => pluginOf( file.name ),
			} ),
		makeBrightpearl: brightpearlMaker( {
			database,
			world,
			readSecret,
			budgets,
			meter: metrics.meter,
			drift,
		} ),
	} );
	const authenticate = createAuthenticate( {
		pairings: database.pairings,
		clock,
	} );
	const intake = createIntake( {
		connections,
		queue: database.queue,
		readSecret,
		guard: createDeliveryGuard( { authenticate, database, events } ),
		kept: database,
		clock,
		random,
		logger,
	} );
	const brightpearlIntake = createBrightpearlIntake( {
		connections,
		database,
		drift,
		key: options.key,
		meter: metrics.meter,
		clock,
		logger,
	} );
	const pluginOf = createPluginOf( { connections, database, world } );
	const watching = createWatch( () => context );
	const handle = createDispatch(
		connections,
		createOutbox( { database, events, random, pluginOf } ),
		watching
	);
	const times = { connections, database, clock, logger };
	const scheduler = createScheduler( times );
	const eventLog = createEventLog( { events, random } );
	let running: ServiceFacts[ 'running' ] = null;
	const workers: Worker[] = [];
	let server: Server | null = null;

	const places = placesFor( database.queue, clock );
	const workOn = (
		only: Parameters< WhileWorking >[ 0 ],
		room: Places = places.orders
	): Worker =>
		createWorker( {
			queue: database.queue,
			clock,
			random,
			logger,
			...room,
			handle,
			...( only.keys === undefined ? {} : { only: only.keys } ),
			...( only.kinds === undefined ? {} : { kinds: only.kinds } ),
		} );
	const whileWorking: WhileWorking = async ( only, wait ) => {
		if ( workers.length > 0 ) {
			return wait();
		}
		const own = workOn( only );
		own.start();
		let drain = DRAIN;
		try {
			const waited = await wait();
			// Nobody waits any more, and the queue keeps what is not done.
			drain = waited === null ? BREATH : DRAIN;
			return waited;
		} finally {
			await own.stop( drain );
		}
	};
	const context: BridgeContext = {
		database,
		connections,
		events,
		world,
		readSecret,
		intake,
		watching,
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
		checkKeys: ( connection, config ) =>
			checkKeys( { connection, config, world, readSecret } ),
	};
	const operations = createOperations( context );

	/** Why nothing can be taken; empty = it can. */
	async function ready(): Promise< string[] > {
		if ( workers.length === 0 ) {
			return [ 'The service is still starting.' ];
		}
		try {
			await database.queue.counts();
			return [];
		} catch {
			return [ 'The database cannot be read.' ];
		}
	}

	return {
		operations,
		events,
		async start( listen: ListenOptions ) {
			await scheduler.refresh();
			server = createServer( {
				operations,
				intake,
				brightpearlIntake,
				ready,
				token: listen.token,
				logger,
				clock,
				metrics,
				metricsToken: options.metricsToken,
				bridge: { context, authenticate, eventLog },
				console: {
					database,
					sidecarId: await database.facts.sidecarId(),
					eventLog,
					files: await readConsoleFiles( options.consoleDir ),
					version: options.version,
					random,
					listenHost: listen.host,
					publicUrl: options.publicUrl,
					allowedHosts: options.allowedHosts,
				},
			} );
			metrics.watchProcess();
			const listening = await server.listen( listen.host, listen.port );
			if ( ! listening.ok ) {
				return listening;
			}
			running = {
				pid: process.pid,
				url: listening.url,
				startedAt: listen.startedAt,
			};
			for ( const { connected } of await connections.list() ) {
				await requeue(
					connected,
					UNFINISHED,
					await resumeBackfills( connected )
				);
			}
			await readAllOutboxes( database );
			// Before the workers: what both ask for is then done once.
			await scheduler.start();
			workers.push(
				workOn( { kinds: [ 'order' ] } ),
				workOn( { kinds: [ 'outbox' ] }, places.outboxes ),
				workOn(
					{
						kinds: [
							'sweep',
							'deep-sweep',
							'status-sweep',
							'watch',
							'stock',
						],
					},
					places.background
				)
			);
			for ( const worker of workers ) {
				worker.start();
			}
			return { ok: true, url: listening.url };
		},
		async close() {
			await server?.close();
			await scheduler.stop();
			// Requests that wait for the allowance would hold the drain up for a minute.
			connections.close();
			budgets.dismiss();
			await Promise.all(
				workers.map( ( worker ) => worker.stop( DRAIN ) )
			);
			await fetch.close();
			await budgets.close();
			await drift.close();
			await database.close();
		},
	};
}
