/**
 * Small helpers to run other programs: to the end, or in the background on a leash.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What was brought once, kept for every checkout of this person. */
export const CACHE_DIR = join(
	process.env.XDG_CACHE_HOME || join( homedir(), '.cache' ),
	'pearlbridge'
);

/** A thing that cannot be had on this machine; the message is one sentence that says what to do. */
export class CannotRun extends Error {}

/** Runs to the end and answers what it printed; throws with everything it said when it fails. */
export function run( program, args, options = {} ) {
	const { status, signal, error, stdout, stderr } = spawnSync(
		program,
		args,
		{ encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options }
	);
	if ( status !== 0 ) {
		const why = error?.message ?? `it ended with ${ status ?? signal }`;
		throw new Error(
			`${ program } ${ args.join( ' ' ) }: ${ why }\n${ stdout ?? '' }${ stderr ?? '' }`
		);
	}
	return stdout;
}

/**
 * Holds the program's whole process group: it ends when the program ends, when we let go of its
 * standard input, and so also when this process is killed. (PHP's server leaves its workers
 * behind, holding the port, when only the first process is ended.) The shell itself lives until
 * the program is really gone.
 */
const LEASH = `
trap : TERM
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
( read -r _ <&3; kill -TERM 0 ) &
wait "$program"
wait "$program" 2>/dev/null
kill -TERM 0`;
/** A database needs a moment to close its files. */
const PATIENCE = 10_000;

/** Starts in the background, and waits until its port answers. */
export async function startServer( program, args, { port, log, env, cwd } ) {
	const output = openSync( log, 'a' );
	const child = spawn( 'sh', [ '-c', LEASH, 'sh', program, ...args ], {
		cwd,
		env: { ...process.env, ...env },
		detached: true,
		stdio: [ 'pipe', output, output ],
	} );
	closeSync( output );
	const exited = once( child, 'exit' );
	// Neither may keep this process alive; the leash ends the program with it.
	child.unref();
	child.stdin.unref();
	const stop = async () => {
		child.ref();
		child.stdin.destroy();
		const gone = await Promise.race( [
			exited.then( () => true ),
			sleep( PATIENCE, false, { ref: false } ),
		] );
		if ( ! gone ) {
			process.kill( -child.pid, 'SIGKILL' );
			await exited;
		}
		await portClosed( port );
	};
	try {
		await answering( port, child );
	} catch ( error ) {
		await stop();
		throw new Error(
			`${ program } did not start: ${ error.message }\n${ readFileSync( log, 'utf8' ).slice( -4000 ) }`
		);
	}
	return { stop };
}

const START_LIMIT = 60_000;

async function answering( port, child ) {
	for ( let waited = 0; waited < START_LIMIT; waited += 50 ) {
		if ( child.exitCode !== null || child.signalCode !== null ) {
			throw new Error( 'it ended at once.' );
		}
		if ( await isOpen( port ) ) {
			return;
		}
		await sleep( 50 );
	}
	throw new Error( `port ${ port } does not answer.` );
}

/** The group's last process may outlive its first by a moment. */
async function portClosed( port ) {
	for ( let waited = 0; waited < PATIENCE; waited += 50 ) {
		if ( ! ( await isOpen( port ) ) ) {
			return;
		}
		await sleep( 50 );
	}
}

function isOpen( port ) {
	return new Promise( ( resolve ) => {
		const socket = connect( { port, host: '127.0.0.1' } );
		const answer = ( open ) => {
			socket.destroy();
			resolve( open );
		};
		socket.once( 'connect', () => answer( true ) );
		socket.once( 'error', () => answer( false ) );
	} );
}

export async function freePort() {
	const server = createServer().listen( 0, '127.0.0.1' );
	await once( server, 'listening' );
	const { port } = server.address();
	server.close();
	await once( server, 'close' );
	return port;
}
