/**
 * The order flow between a shop and a Brightpearl in memory: the real database file, queue,
 * worker, dispatch and operations, under a clock that only moves when it is told to.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	connectionFileSchema,
	type ConnectionFile,
	type ConnectionRecord,
} from '../../../src/contracts/connection.ts';
import type { Database, OrderLink } from '../../../src/contracts/database.ts';
import type {
	OperationInput,
	OperationName,
	OperationOutput,
	Outcome,
} from '../../../src/contracts/operations.ts';
import { SECOND } from '../../../src/contracts/primitives.ts';
import { taskKey, type TaskPayload } from '../../../src/contracts/queue.ts';
import type { World } from '../../../src/contracts/world.ts';
import { openDatabase } from '../../../src/database/open.ts';
import type { Connected } from '../../../src/flows/connected.ts';
import {
	createConnections,
	type ConnectionsRegistry,
} from '../../../src/flows/connections.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { createEvents, type FlowEvent } from '../../../src/flows/events.ts';
import { createIntake } from '../../../src/flows/intake.ts';
import { createOperations } from '../../../src/flows/operations/index.ts';
import { resumeBackfills } from '../../../src/flows/orders/backfill.ts';
import { requeue, UNFINISHED } from '../../../src/flows/orders/requeue.ts';
import { createWorker, type Worker } from '../../../src/queue/worker.ts';
import {
	calm,
	manualClock,
	memoryLogger,
	seededRandom,
	type ManualClock,
} from '../../battery/bench.ts';
import {
	createFakeOrderBrightpearl,
	type FakeOrderBrightpearl,
} from './order-brightpearl.ts';
import { createFakeOrderShop, type FakeOrderShop } from './order-shop.ts';
import { mortal, type Mortal } from './order-crash.ts';

export const CONNECTION = 'main';
/** `P` of the names in Brightpearl, from the address of the shop. */
export const PREFIX = 'shop-example-test';
/** After `anOrder` was placed. */
const START = Date.UTC( 2026, 6, 2, 12 );
/** What ends in between is noticed this late; sleepers wake in their order all the same. */
const STEP = 250;
/** Longer than anything waits for within one try. */
const PATIENCE = 90 * SECOND;

export interface OrderScene {
	readonly clock: ManualClock;
	readonly shop: FakeOrderShop;
	readonly erp: FakeOrderBrightpearl;
	readonly events: FlowEvent[];
	/** Changes when the service is restarted. */
	readonly database: Database;
	/** Cuts this process off from its database. */
	readonly life: Mortal;
	connected(): Promise< Connected >;
	/** The worker alone. */
	start(): void;
	/** The process is gone as by kill -9; the next one opens the same file and begins. */
	restart(): Promise< void >;
	run< N extends OperationName >(
		name: N,
		input: OperationInput< N >,
		/** Who asks; absent = the command line. */
		by?: string
	): Promise< Outcome< OperationOutput< N > > >;
	/** As a pairing makes it, or whatever else is stored past the operations. */
	put( record: ConnectionRecord ): Promise< void >;
	/** As `settings set`: text is JSON, or else text. */
	set( changes: Record< string, string > ): Promise< void >;
	/** An event, as a delivery makes it: look at this order. */
	tell( id: number, payload?: TaskPayload ): Promise< void >;
	/** Until nothing is ready or running; time goes on for what waits within a try. */
	rest(): Promise< void >;
	/** Until it holds, or throws. */
	until( holds: () => boolean | Promise< boolean > ): Promise< void >;
	link( id: number ): Promise< OrderLink | null >;
	/** `order:1 sku-unknown`, sorted. */
	problems(): Promise< string[] >;
	close(): Promise< void >;
}

function fileWith( settings: Record< string, unknown > ): ConnectionFile {
	const { orders, ...more } = settings;
	return connectionFileSchema.parse( {
		name: CONNECTION,
		store: {
			type: 'woocommerce',
			url: 'https://shop.example.test',
			consumerKey: 'ck_test',
			consumerSecret: 'cs_test',
		},
		brightpearl: {
			account: 'acme',
			apiDomain: 'euw1.brightpearlconnect.com',
			auth: {
				type: 'private-app',
				appRef: 'acme_test',
				accountToken: 'token',
			},
		},
		settings: {
			goLive: '2026-01-01T00:00:00Z',
			...more,
			orders: {
				tax: [
					{ percent: '20', code: 'T20' },
					{ percent: '0', code: 'T0' },
				],
				payments: { stripe: 'CARD' },
				...( orders ?? {} ),
			},
		},
	} );
}

export async function createOrderScene(
	input: {
		readonly settings?: Record< string, unknown >;
		/** Brightpearl de-duplicates with it. */
		readonly instanceId?: number;
	} = {}
): Promise< OrderScene > {
	const directory = mkdtempSync( join( tmpdir(), 'pearlbridge-orders-' ) );
	const clock = manualClock( START );
	const world: World = {
		clock,
		random: seededRandom(),
		logger: memoryLogger(),
		fetch: () =>
			Promise.reject(
				new Error( 'Nothing here goes over the network.' )
			),
	};
	const shop = createFakeOrderShop();
	const erp = createFakeOrderBrightpearl( clock, input.instanceId ?? null );
	const heard: FlowEvent[] = [];
	let current = await begin();
	await current.database.connections.put( fileWith( input.settings ?? {} ) );

	/** One process: its view of the file, its connections, its worker. */
	async function begin() {
		const opened = await openDatabase( {
			path: join( directory, 'test.db' ),
			key: new Uint8Array( 32 ),
			clock,
			random: world.random,
			logger: world.logger,
			owner: 'test',
			exclusive: true,
		} );
		const life = mortal( opened );
		const { database } = life;
		const events = createEvents();
		events.subscribe( ( event ) => heard.push( event ) );
		const connections: ConnectionsRegistry = createConnections( {
			database,
			world,
			events,
			makeStore: () => shop.store,
			makeBrightpearl: () => erp.brightpearl,
		} );
		const worker: Worker = createWorker( {
			queue: database.queue,
			clock,
			random: world.random,
			logger: world.logger,
			concurrency: 4,
			handle: createDispatch( connections ),
		} );
		const readSecret = () => ( { ok: true, value: 'secret' } ) as const;
		const operations = createOperations( {
			database,
			connections,
			events,
			world,
			readSecret,
			intake: createIntake( {
				connections,
				queue: database.queue,
				readSecret,
				...world,
			} ),
			service: () => ( { version: '0', running: null, publicUrl: null } ),
			whileWorking: ( _, wait ) => wait(),
			changed: async () => connections.changed(),
		} );
		return { opened, life, database, connections, worker, operations };
	}

	/** Moves time on, a little at a time, while `isOver` says that it is not. */
	async function drive(
		isOver: () => boolean | Promise< boolean >
	): Promise< void > {
		for ( let passed = 0; passed <= PATIENCE; passed += STEP ) {
			await calm();
			if ( await isOver() ) {
				return;
			}
			await clock.advance( STEP );
		}
		throw new Error( 'It does not come to rest.' );
	}

	const scene: OrderScene = {
		clock,
		shop,
		erp,
		events: heard,
		get database() {
			return current.database;
		},
		get life() {
			return current.life;
		},
		async connected() {
			const live = await current.connections.find( CONNECTION );
			if ( live === null ) {
				throw new Error( 'There is no connection.' );
			}
			return live.connected;
		},
		start() {
			current.worker.start();
		},
		async restart() {
			current.life.kill();
			await current.opened.close();
			current = await begin();
			const connected = await scene.connected();
			await requeue(
				connected,
				UNFINISHED,
				await resumeBackfills( connected )
			);
			current.worker.start();
		},
		async run( name, operation, by ) {
			let isOver = false;
			const result = current.operations.run( name, operation, {
				signal: new AbortController().signal,
				deadline: clock.now() + PATIENCE,
				...( by === undefined ? {} : { by } ),
			} );
			const over = result.finally( () => {
				isOver = true;
			} );
			await drive( () => isOver );
			return over;
		},
		async put( record ) {
			await current.database.connections.put( record );
			current.connections.changed();
		},
		async set( changes ) {
			const { exit, body } = await scene.run( 'settingsSet', {
				connection: null,
				changes: Object.entries( changes ).map( ( [ key, text ] ) => ( {
					key,
					text,
				} ) ),
			} );
			if ( exit !== 0 ) {
				throw new Error( JSON.stringify( body ) );
			}
		},
		tell: ( id, payload = {} ) =>
			current.database.queue.enqueue( [
				{
					key: taskKey( CONNECTION, 'order', id ),
					kind: 'order',
					connection: CONNECTION,
					payload,
				},
			] ),
		rest: () =>
			drive( async () => {
				const counts = await current.database.queue.counts();
				return counts.ready + counts.running === 0;
			} ),
		until: drive,
		link: ( id ) => current.database.orderLinks.find( CONNECTION, id ),
		async problems() {
			const open = await current.database.problems.list();
			return open
				.map( ( { subject, code } ) => `${ subject } ${ code }` )
				.sort();
		},
		async close() {
			const stopped = current.worker.stop( 0 );
			await drive( () => current.worker.info().state === 'stopped' );
			await stopped;
			await current.opened.close();
			rmSync( directory, { recursive: true, force: true } );
		},
	};
	return scene;
}
