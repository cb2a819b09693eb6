import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemRandom } from '../../../src/cli/system.ts';
import { loginAnswerSchema } from '../../../src/contracts/answers.ts';
import type { Database } from '../../../src/contracts/database.ts';
import type { Clock } from '../../../src/contracts/world.ts';
import { openDatabase } from '../../../src/database/open.ts';
import type {
	OperationContext,
	ServiceFacts,
} from '../../../src/flows/operations/context.ts';
import { login } from '../../../src/flows/operations/login.ts';
import { createLogger } from '../../../src/logging.ts';

const RUNNING = {
	version: '1.2.3',
	running: {
		pid: 1,
		url: 'http://127.0.0.1:8780',
		startedAt: '2026-11-21T09:00:00.000Z',
	},
	publicUrl: null,
};

let dir: string;
let database: Database;
let now: number;
beforeEach( async () => {
	dir = mkdtempSync( join( tmpdir(), 'pearlbridge-login-' ) );
	now = Date.parse( '2026-11-21T09:00:00Z' );
	const clock: Clock = { now: () => now, sleep: async () => undefined };
	database = await openDatabase( {
		path: join( dir, 'pearlbridge.db' ),
		key: new Uint8Array( 32 ).fill( 7 ),
		clock,
		random: systemRandom,
		logger: createLogger( { level: 'silent' } ),
		owner: 'test',
	} );
} );
afterEach( async () => {
	await database.close();
	rmSync( dir, { recursive: true, force: true } );
} );

const ask = ( facts: ServiceFacts ) =>
	login( {
		database,
		world: { clock: { now: () => now }, random: systemRandom },
		service: () => facts,
	} as unknown as OperationContext );
const link = async ( facts: ServiceFacts ) => {
	const { exit, body } = await ask( facts );
	expect( exit ).toBe( 0 );
	return loginAnswerSchema.parse( body );
};
const take = ( url: string ) =>
	database.sessions.takeLogin(
		createHash( 'sha256' )
			.update( new URL( url ).hash.replace( '#login=', '' ) )
			.digest( 'hex' )
	);

describe( 'login', () => {
	test( 'makes a link with a token of 256 bits, good once and for ten minutes', async () => {
		const { url, expiresAt } = await link( RUNNING );
		expect( url ).toMatch(
			/^http:\/\/127\.0\.0\.1:8780\/#login=[\w-]{43}$/
		);
		expect( expiresAt ).toBe( '2026-11-21T09:10:00.000Z' );
		expect( await take( url ) ).toBe( true );
		expect( await take( url ) ).toBe( false );
		const late = await link( RUNNING );
		expect( late.url ).not.toBe( url );
		now = Date.parse( expiresAt );
		expect( await take( late.url ) ).toBe( false );
	} );

	test( 'is for the public address where there is one', async () => {
		const { url } = await link( {
			...RUNNING,
			publicUrl: 'https://bridge.example.com/pearl',
		} );
		expect( url ).toMatch(
			/^https:\/\/bridge\.example\.com\/pearl\/#login=/
		);
	} );

	test( 'without a running service there is nothing to log in to', async () => {
		expect( await ask( { ...RUNNING, running: null } ) ).toEqual( {
			exit: 5,
			body: {
				error: {
					code: 'service-not-running',
					message: expect.stringContaining( 'no service runs' ),
					fix: expect.stringContaining( 'pearlbridge serve' ),
					details: null,
				},
			},
		} );
	} );
} );
