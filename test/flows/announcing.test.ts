import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemRandom } from '../../src/cli/system.ts';
import type { Database } from '../../src/contracts/database.ts';
import type { FlowEvent } from '../../src/contracts/events.ts';
import { openDatabase } from '../../src/database/open.ts';
import { announcing } from '../../src/flows/announcing.ts';
import { createEvents } from '../../src/flows/events.ts';
import { createLogger } from '../../src/logging.ts';

let dir: string;
let database: Database;
let told: FlowEvent[];
beforeEach( async () => {
	dir = mkdtempSync( join( tmpdir(), 'pearlbridge-announcing-' ) );
	told = [];
	const events = createEvents();
	events.subscribe( ( event ) => told.push( event ) );
	database = announcing(
		await openDatabase( {
			path: join( dir, 'pearlbridge.db' ),
			key: new Uint8Array( 32 ).fill( 7 ),
			clock: systemClock,
			random: systemRandom,
			logger: createLogger( { level: 'silent' } ),
			owner: 'test',
		} ),
		events
	);
} );
afterEach( async () => {
	await database.close();
	rmSync( dir, { recursive: true, force: true } );
} );

describe( 'what the database announces', () => {
	const DRAFT = {
		code: 'sku-unknown',
		message: 'No.',
		cause: null,
		fix: 'Make it.',
		field: null,
	} as const;

	test( 'a problem that was cleared, and none that was not there', async () => {
		await database.problems.clear( 'main', 'order:1' );
		await database.problems.raise( 'main', 'order:1', DRAFT );
		await database.problems.clear( 'main', 'order:1', [ 'sku-unknown' ] );
		expect( told ).toEqual( [] );
		await database.problems.clear( 'main', 'order:1' );
		expect( told ).toEqual( [
			{ event: 'changed', connection: 'main', what: 'problems' },
		] );
		expect( await database.problems.list() ).toEqual( [] );
	} );

	test( 'a pairing that was made, changed or forgotten, and none that was not there', async () => {
		const { pairings } = database;
		expect( await pairings.remove( 'main' ) ).toBe( false );
		expect( told ).toEqual( [] );
		const pairing = {
			connection: 'main',
			siteId: '5b2f5a0e-6f0e-4d5a-9a52-1f6f7f1f1f1f',
			storeUrl: 'https://shop.example',
			pluginVersion: '1',
			wpVersion: '6',
			wcVersion: null,
			wooKeyId: null,
			webhookIds: [],
			since: '2026-11-21T09:00:00.000Z',
		};
		const key = {
			keyId: 'key-1',
			connection: 'main',
			secret: new Uint8Array( 32 ),
			slot: 'current' as const,
			createdAt: pairing.since,
			expiresAt: null,
		};
		const made = { begun: null, pairing, key };
		const codeId = await pairings.addCode( {
			connection: null,
			proofKey: new Uint8Array( 32 ),
			sealKey: new Uint8Array( 32 ),
			expiresAt: Number.MAX_SAFE_INTEGER,
		} );
		expect( await pairings.grant( codeId + 1, made ) ).toBe( false );
		expect( told ).toEqual( [] );
		expect( await pairings.grant( codeId, made ) ).toBe( true );
		await pairings.save( pairing );
		expect( await pairings.remove( 'main' ) ).toBe( true );
		const changed = {
			event: 'changed',
			connection: 'main',
			what: 'connection',
		};
		expect( told ).toEqual( [ changed, changed, changed ] );
	} );
} );
