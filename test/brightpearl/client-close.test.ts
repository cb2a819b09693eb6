/** A client that is closed, and one that is made anew while somebody waits in the old one. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brightpearlMaker } from '../../src/app-brightpearl.ts';
import { createDriftWatch } from '../../src/brightpearl/answers/drift.ts';
import { createBudgetRegistry } from '../../src/brightpearl/budget/pools.ts';
import { connectionRecordSchema } from '../../src/contracts/connection.ts';
import type { Database } from '../../src/contracts/database.ts';
import { NO_METER } from '../../src/contracts/meter.ts';
import { openDatabase } from '../../src/database/open.ts';
import { isComplete } from '../../src/flows/connections.ts';
import { runTo } from './budget/kit.ts';
import { createKit, PRIVATE_APP } from './client-kit.ts';
import {
	answer,
	createVirtualClock,
	createWorld,
	plainSecrets,
	settled,
} from './world.ts';

let dir: string;
let database: Database;
const clock = createVirtualClock();
const world = createWorld( {
	clock,
	fetch: async () =>
		answer(
			404,
			{ errors: [ { code: 'CMNC-404', message: 'None' } ] },
			{
				'brightpearl-requests-remaining': '199',
				'brightpearl-next-throttle-period': '60000',
			}
		),
} );
beforeEach( async () => {
	dir = mkdtempSync( join( tmpdir(), 'pearlbridge-client-' ) );
	database = await openDatabase( {
		...world,
		path: join( dir, 'test.db' ),
		key: new Uint8Array( 32 ),
		owner: 'test',
	} );
} );
afterEach( async () => {
	await database.close();
	rmSync( dir, { recursive: true } );
} );

test( 'closed, it sends away unsent what waits for company or comes later, in every lane', async () => {
	const { asked, client } = createKit( () => undefined, {
		parts: { batch: 'sequential', copies: database },
	} );
	await client.ready();
	const write = () => client.inLane( 'stock' ).deleteReservation( 7 );
	const read = () => client.payments( { orderIds: [ 1 ] } );
	const lookUp = () => client.contactsByEmail( 'a@example.test' );
	const waiting = [ write(), read(), lookUp() ];
	client.close();
	for ( const one of [ ...waiting, write(), read(), lookUp() ] ) {
		expect( await one ).toMatchObject( {
			failure: { kind: 'retry', cause: 'busy', outcomeUnknown: false },
		} );
	}
	expect( asked ).toEqual( [] );
} );

test( 'a lower reserve frees what waits in the client made before', async () => {
	const budgets = createBudgetRegistry( world );
	const make = brightpearlMaker( {
		database,
		world,
		readSecret: plainSecrets,
		budgets,
		meter: NO_METER,
		drift: createDriftWatch( {
			...world,
			drift: database.drift,
			cache: database.cache,
			meter: NO_METER,
			kept: async () => {},
		} ),
	} );
	async function client( reserve: number ) {
		await database.connections.put(
			connectionRecordSchema.parse( {
				name: 'main',
				store: {
					type: 'woocommerce',
					url: 'https://shop.example.test',
					consumerKey: 'ck',
					consumerSecret: 'cs',
				},
				brightpearl: PRIVATE_APP,
				settings: { budget: { reserve } },
			} )
		);
		const [ stored ] = await database.connections.list();
		if ( ! stored || ! isComplete( stored ) ) {
			throw new Error( 'it is not complete' );
		}
		return make( stored );
	}
	const old = await client( 200 );
	const first = old.reservation( 1 );
	await runTo( clock, clock.now() + 100 );
	expect( await first ).toMatchObject( { ok: true } );

	let through = 0;
	for ( const id of [ 2, 3, 4 ] ) {
		void old.reservation( id ).then( ( { ok } ) => {
			through += ok ? 1 : 0;
		} );
	}
	await runTo( clock, clock.now() + 1_000 );
	expect( through ).toBe( 0 );
	await client( 0 );
	await runTo( clock, clock.now() + 100 );
	await settled();
	expect( through ).toBe( 3 );
	await budgets.close();
} );
