import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The servers of the test sites run beside a test run and must never outlive it. The server here
 * starts a second process that holds the port, as PHP's does with its workers.
 */
const PROGRAMS = join( process.cwd(), 'build', 'wordpress', 'programs.mjs' );
const SERVER = `
	if ( process.argv[ 1 ] === 'worker' ) {
		require( 'node:net' ).createServer().listen( Number( process.argv[ 2 ] ), '127.0.0.1' );
	} else {
		require( 'node:child_process' ).spawn( process.execPath, [ '-e', process.env.SERVER, 'worker', process.argv[ 1 ] ], { stdio: 'ignore' } );
		setInterval( () => {}, 1000 );
	}`;
const home = mkdtempSync( join( tmpdir(), 'pearlbridge-servers-' ) );
const log = join( home, 'log' );

/** A program of its own that starts the server, prints the port and then does `after`. */
function owner( after: string ): string[] {
	return [
		'--input-type=module',
		'-e',
		`import { freePort, startServer } from ${ JSON.stringify( PROGRAMS ) };
		const port = await freePort();
		const server = await startServer( process.execPath, [ '-e', process.env.SERVER, String( port ) ], { port, log: ${ JSON.stringify( log ) }} )
			.catch( ( error ) => ( { error } ) );
		console.log( server.error ? 'error ' + server.error.message : port );
		${ after }`,
	];
}

async function answers( port: number ): Promise< boolean > {
	const socket = connect( { port, host: '127.0.0.1' } );
	try {
		await once( socket, 'connect' );
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}

describe( 'a server of a test site', () => {
	const env = { ...process.env, SERVER };
	let running: ReturnType< typeof spawn > | null = null;

	afterEach( () => {
		running?.kill( 'SIGKILL' );
		running = null;
	} );
	afterAll( () => rmSync( home, { recursive: true, force: true } ) );

	test( 'is gone with all its processes once it was stopped', async () => {
		const { stdout } = spawnSync(
			process.execPath,
			owner( 'await server.stop();' ),
			{ encoding: 'utf8', env }
		);
		const port = Number( stdout );
		expect( port ).toBeGreaterThan( 0 );
		expect( await answers( port ) ).toBe( false );
	} );

	test( 'ends when the program that started it is killed', async () => {
		running = spawn(
			process.execPath,
			owner( 'setInterval( () => {}, 1000 );' ),
			{ stdio: [ 'ignore', 'pipe', 'inherit' ], env }
		);
		const port = await new Promise< number >( ( resolve ) =>
			running?.stdout?.once( 'data', ( text ) =>
				resolve( Number( text ) )
			)
		);
		expect( await answers( port ) ).toBe( true );
		running.kill( 'SIGKILL' );
		while ( await answers( port ) ) {
			await sleep( 20 );
		}
	} );

	test( 'that cannot start says why', () => {
		const { stdout } = spawnSync( process.execPath, owner( '' ), {
			encoding: 'utf8',
			env: {
				...env,
				SERVER: 'console.error( "the disk is full" ); process.exit( 3 );',
			},
		} );
		expect( stdout ).toMatch( /^error .* did not start: it ended at once/ );
		expect( stdout ).toContain( 'the disk is full' );
	} );
} );
