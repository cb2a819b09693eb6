/** Databases of earlier versions, with rows as those wrote them. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/contracts/database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { MIGRATIONS } from '../../src/database/migrations/index.ts';
import { createSealer } from '../../src/database/sealer.ts';
import { sealConnection } from '../../src/database/secrets.ts';
import { openSqlite, type Sqlite } from '../../src/database/sqlite/driver.ts';
import { connectionFile } from '../battery/samples.ts';
import {
	KEY,
	openSqliteBench,
	type SqliteBench,
} from '../battery/sqlite-bench.ts';

const AT = '2026-01-01T00:00:00.000Z';
const PUSHED = '2026-01-01T10:00:07.250Z';

const SUMMARY = {
	runId: 1,
	state: 'done',
	dryRun: false,
	startedAt: '2026-01-01T10:00:00.000Z',
	finishedAt: '2026-01-01T10:00:04.000Z',
	requests: { brightpearl: 3, store: 2 },
	skus: {
		mapped: 9,
		unmapped: 1,
		read: 9,
		changed: 4,
		written: 3,
		skipped: 0,
		failed: 1,
	},
};
const RUN = {
	...SUMMARY,
	changes: [
		{
			sku: 'A',
			productId: 1,
			variationId: null,
			from: 1,
			to: 2,
			onHand: 2,
			inFlight: 0,
			buffer: 0,
			written: true,
		},
	],
	errors: [ { sku: 'B', code: 'x', message: 'y' } ],
};

/** The document of a link as version 1 kept it: the number lay in it. */
const linkDoc = ( number: string | null ) =>
	JSON.stringify( {
		number,
		placedAt: '2026-01-01T10:00:00Z',
		modifiedAt: null,
		currency: 'GBP',
		total: '1.00',
		decision: null,
		forced: false,
		lines: [],
		refunds: [],
		payments: [],
		contactId: null,
		allocation: null,
		pending: [],
		brightpearl: null,
		proof: null,
		fingerprint: null,
	} );

describe( 'a database of version 1', () => {
	let bench: SqliteBench;
	let database: Database;

	beforeEach( async () => {
		bench = await openSqliteBench();
		const sealer = createSealer( KEY );
		const sqlite = openSqlite( bench.path );
		migrate( bench.path, sqlite, sealer, AT, MIGRATIONS.slice( 0, 1 ) );
		sqlite.query( 'insert into connections values (?, ?, ?, ?, ?, ?, ?)', [
			'main',
			'acmeshop',
			sealConnection( connectionFile( 'main' ), sealer ),
			5,
			1,
			AT,
			AT,
		] );
		link( sqlite, 1, '1001', PUSHED );
		link( sqlite, 2, null, null );
		sqlite.query( 'insert into stock_runs values (?, ?, ?, ?, ?, ?, ?)', [
			1,
			'main',
			0,
			RUN.startedAt,
			RUN.finishedAt,
			'done',
			JSON.stringify( RUN ),
		] );
		sqlite.close();
		database = await bench.open();
	} );
	afterEach( () => bench.destroy() );

	function link(
		sqlite: Sqlite,
		id: number,
		number: string | null,
		pushedAt: string | null
	): void {
		sqlite.query(
			`insert into order_links (connection, order_id, state, placed_at, has_stock, shipped, pushed_at, updated_at, doc)
			values ('main', ?, 'synced', ?, 0, 0, ?, ?, ?)`,
			[
				id,
				Date.parse( '2026-01-01T10:00:00Z' ),
				pushedAt,
				AT,
				linkDoc( number ),
			]
		);
	}

	test( 'keeps its connections, whose settings have a revision now', async () => {
		const stored = await database.connections.find( 'main' );
		expect( stored ).toEqual( {
			record: connectionFile( 'main' ),
			file: connectionFile( 'main' ),
			revision: 5,
			settingsRevision: 5,
			pushedOnce: true,
			createdAt: AT,
			updatedAt: AT,
		} );
		expect(
			await database.connections.saveSettings(
				'main',
				connectionFile( 'main' ).settings,
				{ by: 'console', changes: [], expected: 5 }
			)
		).not.toBeNull();
	} );

	test( 'keeps its orders, which are found by number and counted by time', async () => {
		expect( await database.orderLinks.find( 'main', 1 ) ).toMatchObject( {
			number: '1001',
			pushedAt: PUSHED,
			total: '1.00',
		} );
		expect(
			( await database.orderLinks.find( 'main', 2 ) )?.number
		).toBeNull();
		const page = await database.orderLinks.list( {
			connection: 'main',
			search: '10',
			limit: 5,
		} );
		expect( page?.items.map( ( item ) => item.orderId ) ).toEqual( [ 1 ] );
		const from = Date.parse( PUSHED );
		expect(
			await database.orderLinks.activity( 'main', from, from + 2, 1 )
		).toEqual( [
			{ at: PUSHED, placed: 0, pushed: 1, latency: 7.25 },
			expect.objectContaining( { pushed: 0 } ),
		] );
		expect( await database.orderLinks.lastTimes( 'main' ) ).toEqual( {
			lastOrderAt: '2026-01-01T10:00:00.000Z',
			lastPushAt: PUSHED,
		} );
	} );

	test( 'keeps its stock runs, which are listed and counted', async () => {
		expect( await database.stockRuns.find( 'main', 1 ) ).toEqual( RUN );
		expect( await database.stockRuns.list( 'main', 5 ) ).toEqual( {
			items: [ { ...SUMMARY, errors: 1 } ],
			nextCursor: null,
		} );
		const from = Date.parse( RUN.startedAt );
		expect(
			await database.stockRuns.activity( null, from, from + 1, 1 )
		).toEqual( [ { at: RUN.startedAt, runs: 1, changed: 4, failed: 1 } ] );
	} );
} );
