/**
 * A connection that is watched: the real database file and operations, a shop of webhooks in
 * memory, and a clock that only moves when it is told to.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	connectionFileSchema,
	type ConnectionFile,
} from '../../../src/contracts/connection.ts';
import type { Database } from '../../../src/contracts/database.ts';
import type { Problem, ProblemCode } from '../../../src/contracts/problem.ts';
import {
	fail,
	ok,
	type Failure,
	type Result,
} from '../../../src/contracts/result.ts';
import type {
	Store,
	StoreIdentity,
	StoreWebhook,
} from '../../../src/contracts/store.ts';
import type { ClaimedTask } from '../../../src/contracts/queue.ts';
import type { HttpRequest, World } from '../../../src/contracts/world.ts';
import { openDatabase } from '../../../src/database/open.ts';
import type { Connected } from '../../../src/flows/connected.ts';
import { createConnections } from '../../../src/flows/connections.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { createEvents, type FlowEvent } from '../../../src/flows/events.ts';
import { createIntake } from '../../../src/flows/intake.ts';
import type { OperationContext } from '../../../src/flows/operations/context.ts';
import { createDeliveryGuard } from '../../../src/flows/pairing/delivery-guard.ts';
import { createWatch } from '../../../src/flows/watch/index.ts';
import {
	manualClock,
	memoryLogger,
	seededRandom,
} from '../../battery/bench.ts';
import { createFakeOrderBrightpearl } from '../../helpers/fakes/order-brightpearl.ts';
import { createFakeOrderShop } from '../../helpers/fakes/order-shop.ts';

export const NAME = 'main';
export const SHOP = 'https://shop.example.test';
export const BRIDGE = 'https://bridge.example.test';
export const ADDRESS = `${ BRIDGE }/webhooks/woocommerce/${ NAME }`;
const START = Date.UTC( 2026, 6, 2, 12 );

export const READ_ONLY: Failure = {
	kind: 'hold',
	ruid: null,
	problem: {
		code: 'rights-store',
		message: 'The API key may not write.',
		cause: null,
		fix: 'Make it read and write.',
		field: 'store.consumerKey',
	},
};

/** The webhooks of a shop, and what it was told to do with them. */
function createHooks() {
	const all = new Map< number, StoreWebhook & { secret: string } >();
	const writes: string[] = [];
	let lastId = 0;
	const shop = {
		all,
		writes,
		/** Answered to every write. */
		refuses: null as Failure | null,
		/** Answered to every question. */
		down: null as Failure | null,
		listings: 0,
		add( change: Partial< StoreWebhook > = {} ) {
			lastId += 1;
			const hook = {
				id: lastId,
				name: 'By hand',
				topic: 'order.updated',
				status: 'active' as const,
				deliveryUrl: ADDRESS,
				secret: 'by hand',
				...change,
			};
			all.set( lastId, hook );
			return hook;
		},
		set( id: number, change: Partial< StoreWebhook > ) {
			const hook = all.get( id );
			if ( hook === undefined ) {
				throw new Error( `There is no webhook ${ id }.` );
			}
			all.set( id, { ...hook, ...change } );
		},
		list: () => [ ...all.values() ],
	};
	const write = < T >( what: string, work: () => T ): Result< T > => {
		if ( shop.refuses !== null ) {
			writes.push( `${ what } refused` );
			return fail( shop.refuses );
		}
		writes.push( what );
		return ok( work() );
	};
	const seen = ( {
		secret: _,
		...hook
	}: StoreWebhook & { secret: string } ) => hook;
	const store: Pick<
		Store,
		'webhooks' | 'createWebhook' | 'updateWebhook' | 'deleteWebhook'
	> = {
		webhooks: async () => {
			shop.listings += 1;
			return shop.down === null
				? ok( shop.list().map( seen ) )
				: fail( shop.down );
		},
		createWebhook: async ( hook ) =>
			write( `create ${ hook.topic }`, () =>
				seen( shop.add( hook ) as StoreWebhook & { secret: string } )
			),
		updateWebhook: async ( id, change ) =>
			write( `update ${ id } ${ Object.keys( change ).join() }`, () => {
				const hook = all.get( id );
				if ( hook === undefined ) {
					return null;
				}
				const after = { ...hook, ...change };
				all.set( id, after );
				return seen( after );
			} ),
		deleteWebhook: async ( id ) =>
			write( `delete ${ id }`, () => void all.delete( id ) ),
	};
	return { shop, store };
}

export type Kit = Awaited< ReturnType< typeof createKit > >;

export async function createKit(
	input: {
		readonly store?: Partial< ConnectionFile[ 'store' ] >;
		readonly settings?: Record< string, unknown >;
		readonly publicUrl?: string | null;
		/** Instead of the one in memory. */
		readonly shop?: ( world: World ) => Store;
	} = {}
) {
	const directory = mkdtempSync( join( tmpdir(), 'pearlbridge-watch-' ) );
	const clock = manualClock( START );
	const logger = memoryLogger();
	const fetched: HttpRequest[] = [];
	const site = {
		identity: ok( { home: SHOP, storeId: 'A' } ) as Result< StoreIdentity >,
		asked: 0,
		/** What the service's own health says from outside. */
		health: 200 as number | null,
		publicUrl: input.publicUrl === undefined ? BRIDGE : input.publicUrl,
		startedAt: START,
	};
	const world: World = {
		clock,
		logger,
		random: seededRandom(),
		fetch: async ( request ) => {
			fetched.push( request );
			return site.health === null
				? { ok: false, sent: true, reason: 'timeout', message: '' }
				: {
						ok: true,
						answer: { status: site.health, headers: {}, body: '' },
					};
		},
	};
	const database: Database = await openDatabase( {
		path: join( directory, 'test.db' ),
		key: new Uint8Array( 32 ),
		clock,
		random: world.random,
		logger,
		owner: 'test',
		exclusive: true,
	} );
	await database.connections.put(
		connectionFileSchema.parse( {
			name: NAME,
			store: {
				type: 'woocommerce',
				url: SHOP,
				consumerKey: 'ck_test',
				consumerSecret: 'cs_test',
				...( input.store ?? {} ),
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
			settings: { goLive: '2026-01-01T00:00:00Z', ...input.settings },
		} )
	);
	const hooks = createHooks();
	const orders = createFakeOrderShop();
	const store: Store = input.shop?.( world ) ?? {
		...orders.store,
		...hooks.store,
		identity: async () => {
			site.asked += 1;
			return site.identity;
		},
	};
	const erp = createFakeOrderBrightpearl( clock, null );
	const events = createEvents();
	const heard: FlowEvent[] = [];
	events.subscribe( ( event ) => heard.push( event ) );
	const connections = createConnections( {
		database,
		world,
		events,
		makeStore: () => store,
		makeBrightpearl: () => erp.brightpearl,
	} );
	const readSecret: OperationContext[ 'readSecret' ] = ( secret ) =>
		typeof secret === 'string'
			? { ok: true, value: secret }
			: {
					ok: false,
					problem: {
						code: 'secret-unreadable',
						message: 'The secret cannot be read.',
						cause: null,
						fix: 'Provide it.',
						field: null,
					},
				};
	const intake = createIntake( {
		connections,
		queue: database.queue,
		readSecret,
		guard: createDeliveryGuard( {
			authenticate: () => Promise.reject( new Error( 'unsigned' ) ),
			database,
			events,
		} ),
		kept: database,
		...world,
	} );
	const context: OperationContext = {
		database,
		connections,
		events,
		world,
		readSecret,
		intake,
		watching: { stops: ( connected ) => watching.stops( connected ) },
		service: () => ( {
			version: '0',
			running: {
				pid: 1,
				url: 'http://127.0.0.1:8787',
				startedAt: new Date( site.startedAt ).toISOString(),
			},
			publicUrl: site.publicUrl,
		} ),
		whileWorking: ( _, wait ) => wait(),
		changed: async () => connections.changed(),
	};
	const watching = createWatch( () => context );
	const handle = createDispatch( connections, undefined, watching );
	let token = 0;

	const kit = {
		clock,
		context,
		database,
		erp,
		events: heard,
		fetched,
		hooks: hooks.shop,
		intake,
		log: logger.lines,
		orders,
		site,
		watching,
		async connected(): Promise< Connected > {
			const live = await connections.find( NAME );
			if ( live === null ) {
				throw new Error( 'There is no connection.' );
			}
			return live.connected;
		},
		async watch() {
			return watching.watch( await kit.connected() );
		},
		/** What becomes of a task, as the worker hears it. */
		handle: (
			task: Pick< ClaimedTask, 'key' | 'kind' > & Partial< ClaimedTask >
		) =>
			handle( {
				connection: NAME,
				payload: {},
				attempt: 1,
				lease: {
					name: task.key,
					token: ( token += 1 ),
					signal: new AbortController().signal,
				},
				...task,
			} ),
		async problem( code: ProblemCode ): Promise< Problem | null > {
			const open = await database.problems.list( {
				connection: NAME,
				subject: `connection:${ NAME }`,
			} );
			return open.find( ( one ) => one.code === code ) ?? null;
		},
		/** Codes that were told, in order. */
		told: () =>
			heard.flatMap( ( one ) =>
				one.event === 'problem' ? [ one.problem.code ] : []
			),
		async close() {
			await database.close();
			rmSync( directory, { recursive: true, force: true } );
		},
	};
	return kit;
}
