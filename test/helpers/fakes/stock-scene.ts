/**
 * A stock flow between a shop and a Brightpearl in memory, over a real database file.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
	CachedProduct,
	Database,
	LinkChange,
} from '../../../src/contracts/database.ts';
import { ok, type Failure } from '../../../src/contracts/result.ts';
import { settingsSchema } from '../../../src/contracts/settings.ts';
import type { StoreItem } from '../../../src/contracts/store.ts';
import type { Clock, Logger, World } from '../../../src/contracts/world.ts';
import { openDatabase } from '../../../src/database/open.ts';
import type { Connected } from '../../../src/flows/connected.ts';
import { createEvents, type FlowEvent } from '../../../src/flows/events.ts';
import {
	createStockFlow,
	type StockFlow,
} from '../../../src/flows/stock/flow.ts';
import { systemClock, systemRandom } from '../../../src/net/world.ts';
import {
	createFakeBrightpearl,
	type FakeBrightpearl,
} from './stock-brightpearl.ts';
import {
	createFakeShop,
	type FakeShop,
	type ShopOrder,
} from './stock-store.ts';

export const CONNECTION = 'main';
export const GO_LIVE = '2026-11-01T00:00:00.000Z';

const silent: Logger = {
	debug: () => undefined,
	info: () => undefined,
	warn: () => undefined,
	error: () => undefined,
	child: () => silent,
};

export interface Scene {
	readonly shop: FakeShop;
	readonly erp: FakeBrightpearl;
	readonly database: Database;
	readonly flow: StockFlow;
	readonly connected: Connected;
	readonly events: FlowEvent[];
	/** How often the shop's changed orders were looked for. */
	scans: number;
	/** Runs before each look; a failure is answered instead. */
	onScan: ( nth: number ) => Failure | null | Promise< Failure | null >;
	/** Our ledger learns of the order, as a sweep or its own task would tell it. */
	see( order: ShopOrder, change?: LinkChange ): Promise< void >;
	now(): string;
	close(): Promise< void >;
}

export async function createScene( input: {
	readonly items: readonly StoreItem[];
	readonly products: readonly CachedProduct[];
	readonly settings?: Record< string, unknown >;
	/** The flow's and Brightpearl's; the database keeps its own. */
	readonly clock?: Clock;
} ): Promise< Scene > {
	const directory = mkdtempSync( join( tmpdir(), 'pearlbridge-stock-' ) );
	const world: World = {
		clock: input.clock ?? systemClock,
		random: systemRandom,
		logger: silent,
		fetch: () =>
			Promise.reject(
				new Error( 'Nothing here goes over the network.' )
			),
	};
	const database = await openDatabase( {
		path: join( directory, 'test.db' ),
		key: new Uint8Array( 32 ),
		clock: systemClock,
		random: world.random,
		logger: silent,
		owner: 'test',
	} );
	const shop = createFakeShop( input.items );
	const erp = createFakeBrightpearl(
		world.clock,
		input.products,
		database.products
	);
	const events = createEvents();
	const heard: FlowEvent[] = [];
	events.subscribe( ( event ) => heard.push( event ) );

	const now = (): string => new Date( world.clock.now() ).toISOString();

	async function see(
		order: ShopOrder,
		change: LinkChange = {}
	): Promise< void > {
		await database.orderLinks.save( CONNECTION, order.id, {
			storeStatus: order.status,
			placedAt: order.placedAt,
			lines: order.lines,
			...change,
		} );
	}

	const connected: Connected = {
		name: CONNECTION,
		storeUrl: 'https://shop.example.test',
		settings: settingsSchema.parse( {
			goLive: GO_LIVE,
			...input.settings,
		} ),
		store: shop.store,
		brightpearl: erp.brightpearl,
		database,
		world,
		events,
	};
	const flow = createStockFlow( {
		...connected,
		connection: CONNECTION,
		async scanOrders() {
			const readAt = now();
			const failure = await scene.onScan( ++scene.scans );
			if ( failure !== null ) {
				return { ok: false, failure };
			}
			for ( const order of shop.orders ) {
				await see( order );
			}
			return ok( { readAt } );
		},
	} );
	const scene: Scene = {
		shop,
		erp,
		database,
		flow,
		connected,
		events: heard,
		scans: 0,
		onScan: () => null,
		see,
		now,
		async close() {
			await database.close();
			rmSync( directory, { recursive: true, force: true } );
		},
	};
	return scene;
}
