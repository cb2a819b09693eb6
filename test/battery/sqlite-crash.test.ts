/** What a promise of the embedded engine is worth when the process that got it is killed. */
import {
	afterAll,
	afterEach,
	beforeAll,
	beforeEach,
	describe,
	expect,
	test,
} from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Clock } from '../../src/contracts/world.ts';
import { KEY, openSqliteBench, type SqliteBench } from './sqlite-bench.ts';

const LEASE = 30_000;

/** The world's time, moved on by hand: no test waits for a lease. */
function shiftedClock(): Clock & { shift: number } {
	const clock = {
		shift: 0,
		now: () => Date.now() + clock.shift,
		sleep: () => new Promise< void >( () => {} ),
	};
	return clock;
}

describe( 'a killed process', () => {
	let folder: string;
	let program: string;
	let bench: SqliteBench;
	let children: ChildProcess[];

	beforeAll( async () => {
		folder = mkdtempSync( join( tmpdir(), 'pearlbridge-' ) );
		program = join( folder, 'child.mjs' );
		await build( {
			entryPoints: [
				fileURLToPath( new URL( './child.ts', import.meta.url ) ),
			],
			outfile: program,
			bundle: true,
			format: 'esm',
			platform: 'node',
			target: 'node24',
			loader: { '.sql': 'text' },
		} );
	} );
	afterAll( () => rmSync( folder, { recursive: true } ) );
	beforeEach( async () => {
		bench = await openSqliteBench();
		children = [];
	} );
	afterEach( async () => {
		await Promise.all( children.map( kill ) );
		await bench.destroy();
	} );

	async function kill( child: ChildProcess ): Promise< void > {
		if ( child.exitCode === null && child.signalCode === null ) {
			const gone = once( child, 'exit' );
			child.kill( 'SIGKILL' );
			await gone;
		}
	}

	/** The child, and each thing it says. */
	function start( task: string ) {
		const child = spawn(
			process.execPath,
			[
				program,
				bench.path,
				Buffer.from( KEY ).toString( 'base64' ),
				task,
			],
			{ stdio: [ 'ignore', 'pipe', 'inherit' ] }
		);
		children.push( child );
		const said: unknown[] = [];
		const lines = createInterface( { input: child.stdout } );
		lines.on( 'line', ( line ) => said.push( JSON.parse( line ) ) );
		const ended = once( lines, 'close' );
		const until = async ( count: number ) => {
			while ( said.length < count ) {
				await Promise.race( [ once( lines, 'line' ), ended ] );
				if ( said.length < count && child.exitCode !== null ) {
					throw new Error( 'The child ended early.' );
				}
			}
		};
		return { child, said, until, ended };
	}

	test( 'every task it was promised is there', async () => {
		const { child, said, until, ended } = start( 'enqueue' );
		await until( 1000 );
		await kill( child );
		await ended;
		const database = await bench.open( { exclusive: true } );
		const lost: unknown[] = [];
		for ( const id of said ) {
			if (
				( await database.queue.find( `main/order:${ id }` ) ) === null
			) {
				lost.push( id );
			}
		}
		expect( lost ).toEqual( [] );
		expect( said.length ).toBeGreaterThanOrEqual( 1000 );
	} );

	test( 'its task and its lock are taken back when the lease is over, and it is fenced off', async () => {
		const { child, said, until } = start( 'claim' );
		await until( 1 );
		await kill( child );
		const clock = shiftedClock();
		const database = await bench.open( { clock } );
		expect( await database.queue.claim() ).toBeNull();
		expect(
			await database.locks.withLock(
				'contact',
				{ wait: 0 },
				async () => 1
			)
		).toMatchObject( {
			ok: false,
			failure: { cause: 'busy' },
		} );

		clock.shift = LEASE;
		const task = await database.queue.claim();
		expect( task ).toMatchObject( { key: 'main/order:1', attempt: 2 } );
		expect(
			await database.locks.withLock(
				'contact',
				{ wait: 0 },
				async () => 1
			)
		).toEqual( {
			ok: true,
			value: 1,
		} );
		expect(
			await database.journal.lastTry( 'main', 'order:1', 'CreateOrder' )
		).not.toBeNull();

		const { task: token } = said[ 0 ] as { task: number };
		const zombie = {
			name: task?.lease.name ?? '',
			token,
			signal: new AbortController().signal,
		};
		const entry = {
			connection: 'main',
			subject: 'order:1',
			step: 'RecordPayment',
			ref: null,
		};
		expect( await database.journal.intent( zombie, entry ) ).toBe( false );
		expect( await database.queue.settle( zombie, { kind: 'done' } ) ).toBe(
			false
		);
	} );

	test( 'a restart that is alone does not wait for the lease', async () => {
		const { child, until } = start( 'claim' );
		await until( 1 );
		await kill( child );
		const database = await bench.open( {
			exclusive: true,
			clock: shiftedClock(),
		} );
		expect( await database.queue.claim() ).toMatchObject( {
			key: 'main/order:1',
			attempt: 2,
		} );
		expect(
			await database.locks.withLock(
				'contact',
				{ wait: 0 },
				async () => 1
			)
		).toMatchObject( {
			ok: true,
		} );
	} );

	test( 'two processes share the work: every key once', async () => {
		const database = await bench.open( { clock: shiftedClock() } );
		const [ a, b ] = [ start( 'race' ), start( 'race' ) ];
		await Promise.all( [ a.until( 1 ), b.until( 1 ) ] );
		const keys = Array.from(
			{ length: 300 },
			( _, id ) => `main/order:${ id }`
		);
		await database.queue.enqueue(
			keys.map( ( key ) => ( {
				key,
				kind: 'order',
				connection: 'main',
			} ) )
		);
		const left = async () => Object.values( await database.queue.counts() );
		while ( ( await left() ).some( ( count ) => count > 0 ) ) {
			await new Promise( ( resolve ) => setTimeout( resolve, 5 ) );
		}
		await Promise.all( [ kill( a.child ), kill( b.child ) ] );
		await Promise.all( [ a.ended, b.ended ] );
		const took = [ ...a.said, ...b.said ].filter(
			( fact ) => fact !== 'ready'
		);
		expect( took.sort() ).toEqual( [ ...keys ].sort() );
	} );

	test( 'two processes count in one budget, and no count is lost', async () => {
		const database = await bench.open( { clock: shiftedClock() } );
		const [ a, b ] = [ start( 'count' ), start( 'count' ) ];
		await Promise.all( [ a.ended, b.ended ] );
		expect( [ ...a.said, ...b.said ] ).toEqual( [ 'done', 'done' ] );
		expect(
			await database.budgets.change( 'acme/private', ( state ) => ( {
				state,
				result: state,
			} ) )
		).toEqual( { sent: 1000 } );
	} );
} );
