import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../../src/database/migrate.ts';
import { createSealer } from '../../../src/database/sealer.ts';
import {
	openSqlite,
	type Sqlite,
} from '../../../src/database/sqlite/driver.ts';
import { createEngine } from '../../../src/database/sqlite/engine.ts';
import { createGate } from '../../../src/database/sqlite/gate.ts';
import {
	createLeases,
	type Leases,
} from '../../../src/database/sqlite/leases.ts';
import {
	createSqliteQueue,
	type SqliteQueue,
} from '../../../src/database/sqlite/queue.ts';
import type { TaskRequest } from '../../../src/contracts/queue.ts';
import {
	manualClock,
	memoryLogger,
	type ManualClock,
} from '../../battery/bench.ts';
import { KEY } from '../../battery/sqlite-bench.ts';

const LEASE = 30_000;
const order = (
	id: number,
	more: Partial< TaskRequest > = {}
): TaskRequest => ( {
	key: `main/order:${ id }`,
	kind: 'order',
	connection: 'main',
	...more,
} );

describe( 'the embedded queue over its driver', () => {
	const logger = memoryLogger();
	let folder: string;
	let sqlite: Sqlite;
	let clock: ManualClock;
	let leases: Leases;
	let queue: SqliteQueue;
	let commits: number;
	/** What the next transactions fail with, as a locked or broken file does. */
	let failure: Error | null;

	beforeEach( () => {
		folder = mkdtempSync( join( tmpdir(), 'pearlbridge-' ) );
		const path = join( folder, 'data.sqlite' );
		sqlite = openSqlite( path );
		clock = manualClock();
		migrate( path, sqlite, createSealer( KEY ), '' );
		commits = 0;
		failure = null;
		const counting: Sqlite = {
			...sqlite,
			transaction( work, light ) {
				if ( failure ) {
					throw failure;
				}
				commits += 1;
				return sqlite.transaction( work, light );
			},
		};
		const engine = createEngine( counting, createGate() );
		leases = createLeases( {
			engine,
			clock,
			logger,
			owner: 'test',
			leaseMs: LEASE,
		} );
		queue = createSqliteQueue( { engine, leases, clock, logger } );
	} );
	afterEach( async () => {
		leases.close();
		await queue.close();
		sqlite.close();
		rmSync( folder, { recursive: true } );
	} );

	test( 'all calls of one turn share one commit', async () => {
		await Promise.all(
			Array.from( { length: 100 }, ( _, id ) =>
				queue.enqueue( [ order( id ) ] )
			)
		);
		expect( commits ).toBe( 1 );
		expect( await queue.counts() ).toMatchObject( { ready: 100 } );
		await queue.enqueue( [ order( 1 ) ] );
		expect( commits ).toBe( 2 );
		await queue.enqueue( [] );
		expect( commits ).toBe( 2 );
	} );

	test( 'a full disk is told to everybody of the group, and later calls work again', async () => {
		const [ pages ] = sqlite.query( 'pragma page_count' ).rows;
		sqlite.exec(
			`pragma max_page_count = ${ Number( pages?.page_count ) + 2 }`
		);
		const big = { skus: [ 'x'.repeat( 100_000 ) ] };
		const outcomes = await Promise.allSettled( [
			queue.enqueue( [ order( 1 ) ] ),
			queue.enqueue( [ order( 2, { payload: big } ) ] ),
		] );
		expect( outcomes ).toMatchObject( [
			{
				status: 'rejected',
				reason: { message: expect.stringContaining( 'full' ) },
			},
			{
				status: 'rejected',
				reason: { message: expect.stringContaining( 'full' ) },
			},
		] );
		expect( await queue.counts() ).toMatchObject( { ready: 0 } );
		sqlite.exec( 'pragma max_page_count = 1000000' );
		await queue.enqueue( [ order( 1 ) ] );
		expect( await queue.counts() ).toMatchObject( { ready: 1 } );
	} );

	test( 'a claim that cannot be written leaves the task to others', async () => {
		await queue.enqueue( [ order( 1 ) ] );
		failure = new Error( 'database is locked' );
		await expect( queue.claim() ).rejects.toThrow( 'locked' );
		failure = null;
		expect( await queue.claim() ).toMatchObject( { attempt: 1 } );
	} );

	test( 'a lease that cannot be renewed in time counts as lost, not before', async () => {
		await queue.enqueue( [ order( 1 ) ] );
		const task = await queue.claim();
		await clock.advance( LEASE / 3 );
		failure = new Error( 'database is locked' );
		await clock.advance( LEASE - 1 );
		expect( task?.lease.signal.aborted ).toBe( false );
		await clock.advance( 1 );
		expect( task?.lease.signal.aborted ).toBe( true );
	} );

	test( 'one heartbeat, not many, keeps what is held', async () => {
		await queue.enqueue( [ order( 1 ), order( 2 ), order( 3 ) ] );
		for ( let held = 0; held < 3; held += 1 ) {
			await queue.claim();
		}
		commits = 0;
		await clock.advance( LEASE / 3 );
		expect( commits ).toBe( 1 );
	} );

	test( 'a listener that fails takes nothing with it', async () => {
		queue.onReady( () => {
			throw new Error( 'listener' );
		} );
		let heard = false;
		queue.onReady( () => ( heard = true ) );
		await queue.enqueue( [ order( 1 ) ] );
		expect( heard ).toBe( true );
		expect( logger.lines ).toContainEqual(
			expect.objectContaining( { level: 'error' } )
		);
	} );
} );
