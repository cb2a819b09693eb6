/**
 * What a catalogue of fifty thousand products costs Brightpearl's allowance.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Brightpearl } from '../../../src/brightpearl/api.ts';
import type { Database } from '../../../src/contracts/database.ts';
import {
	openSqliteBench,
	type SqliteBench,
} from '../../battery/sqlite-bench.ts';
import { startSandboxKit, type SandboxKit } from '../sandbox-kit.ts';

const SKUS = 50_000;

let kit: SandboxKit;
let bench: SqliteBench;
let database: Database;
let client: Brightpearl;
let ids: readonly number[];

beforeAll( async () => {
	kit = await startSandboxKit();
	bench = await openSqliteBench();
	database = await bench.open();
	( { client } = kit.connect( kit.configOf( 'private-app' ), {
		cache: database.cache,
		copies: database,
	} ) );
	const { firstId, lastId } = ( await kit.control( 'products', {
		account: kit.account.account,
		count: SKUS,
		prefix: 'BULK-',
		stock: 7,
		// What was made just now is seen again for a while.
		createdOn: '2025-03-01T09:00:00Z',
	} ) ) as { firstId: number; lastId: number };
	ids = Array.from(
		{ length: lastId - firstId + 1 },
		( _, index ) => firstId + index
	);
}, 60_000 );
afterAll( async () => {
	await kit?.close();
	await bench?.destroy();
} );

test( 'its map of SKUs is read whole once, and costs three requests when nothing changed', async () => {
	const lane = client.inLane( 'stock' );
	const before = await kit.requestsSoFar();
	expect( await lane.refreshProducts() ).toEqual( { ok: true, value: true } );
	const whole = await kit.requestsSoFar();
	expect( whole - before ).toBeLessThanOrEqual( SKUS / 500 + 3 );
	expect(
		await database.products.count( client.account )
	).toBeGreaterThanOrEqual( SKUS );

	expect( await lane.refreshProducts() ).toEqual( { ok: true, value: true } );
	expect( ( await kit.requestsSoFar() ) - whole ).toBeLessThanOrEqual( 3 );
}, 60_000 );

test( 'its availability is read in no more than 255 requests', async () => {
	// Gaps, as every real catalogue has them: ranges would make the sets short.
	const wanted = ids.filter( ( id ) => id % 7 !== 0 );
	const lane = client.inLane( 'stock' );
	const found = await lane.availability( ids );
	expect( lane.requests() ).toBeLessThanOrEqual( 255 );
	if ( ! found.ok ) {
		throw new Error( 'it was not read' );
	}
	expect( found.value.byProduct.size ).toBe( SKUS );
	const before = lane.requests();
	await lane.availability( wanted );
	expect( lane.requests() - before ).toBeLessThanOrEqual(
		Math.ceil( wanted.length / 200 )
	);
}, 60_000 );
