/**
 * The product as a stranger drives it: real processes, real HTTP, the command line alone. What
 * only a test can see (the sandboxes' own state) is read through their control addresses.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath( new URL( '../../bin/pearlbridge.mjs', import.meta.url ) );

export interface CliResult {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
	/** The one JSON document on stdout. */
	readonly json: unknown;
}

export interface Started {
	readonly process: ChildProcess;
	readonly ready: Record< string, unknown > & { url: string; pid: number };
	/** JSON lines after `ready`. */
	readonly lines: Record< string, unknown >[];
	stop( signal?: NodeJS.Signals ): Promise< number | null >;
}

/** A data dir, its processes, and everything that must be gone afterwards. */
export interface Bench {
	readonly dataDir: string;
	cli( args: readonly string[], input?: string ): Promise< CliResult >;
	start( args: readonly string[] ): Promise< Started >;
	/** `serve` on a free port. */
	serve( ...args: string[] ): Promise< Started >;
	end(): Promise< void >;
}

function environment( dataDir: string ): NodeJS.ProcessEnv {
	const clean = Object.fromEntries(
		Object.entries( process.env ).filter(
			( [ name ] ) => ! name.startsWith( 'PEARLBRIDGE_' ) && name !== 'DATABASE_URL'
		)
	);
	return { ...clean, PEARLBRIDGE_DATA_DIR: dataDir, PEARLBRIDGE_LOG: 'warn' };
}

export async function createBench(): Promise< Bench > {
	const dataDir = await mkdtemp( join( tmpdir(), 'pearlbridge-e2e-' ) );
	const started = new Set< Started >();

	async function start( args: readonly string[] ): Promise< Started > {
		const child = spawn( process.execPath, [ LAUNCHER, ...args, '--json' ], {
			env: environment( dataDir ),
			stdio: [ 'ignore', 'pipe', 'pipe' ],
		} );
		let stderr = '';
		child.stderr.on( 'data', ( chunk: Buffer ) => {
			stderr = ( stderr + chunk.toString() ).slice( -20000 );
		} );
		const exited = once( child, 'exit' );
		const lines: Record< string, unknown >[] = [];
		const ready = new Promise< Started[ 'ready' ] >( ( resolve, reject ) => {
			createInterface( { input: child.stdout } ).on( 'line', ( line ) => {
				const parsed = JSON.parse( line ) as Record< string, unknown >;
				if ( parsed[ 'event' ] === 'ready' ) {
					resolve( parsed as Started[ 'ready' ] );
				} else {
					lines.push( parsed );
				}
			} );
			void exited.then( () => reject( new Error( `${ args.join( ' ' ) } ended: ${ stderr }` ) ) );
		} );
		const entry: Started = {
			process: child,
			ready: await ready,
			lines,
			async stop( signal = 'SIGTERM' ) {
				started.delete( entry );
				if ( child.exitCode === null && child.signalCode === null ) {
					child.kill( signal );
					await exited;
				}
				return child.exitCode;
			},
		};
		started.add( entry );
		return entry;
	}

	return {
		dataDir,
		start,
		serve: ( ...args ) => start( [ 'serve', '--port', '0', ...args ] ),
		async cli( args, input ) {
			const child = spawn( process.execPath, [ LAUNCHER, ...args, '--json' ], {
				env: environment( dataDir ),
				stdio: [ input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe' ],
			} );
			let stdout = '';
			let stderr = '';
			child.stdout?.on( 'data', ( chunk: Buffer ) => ( stdout += chunk.toString() ) );
			child.stderr?.on( 'data', ( chunk: Buffer ) => ( stderr += chunk.toString() ) );
			child.stdin?.end( input );
			await once( child, 'close' );
			let json: unknown = null;
			try {
				json = JSON.parse( stdout );
			} catch {
				json = null;
			}
			return { code: child.exitCode, stdout, stderr, json };
		},
		async end() {
			for ( const entry of [ ...started ] ) {
				await entry.stop( 'SIGKILL' );
			}
			await rm( dataDir, { recursive: true, force: true } );
		},
	};
}

/** JSON of an address; throws on anything but 2xx. */
export async function ask< T >( url: string, body?: unknown ): Promise< T > {
	const answer = await fetch( url, {
		method: body === undefined ? 'GET' : 'POST',
		headers: { 'content-type': 'application/json' },
		...( body === undefined ? {} : { body: JSON.stringify( body ) } ),
	} );
	const text = await answer.text();
	if ( ! answer.ok ) {
		throw new Error( `${ url } answered ${ answer.status }: ${ text.slice( 0, 500 ) }` );
	}
	return JSON.parse( text ) as T;
}

/** Waits until `look` answers something true; fails loudly with what it last saw. */
export async function eventually< T >(
	what: string,
	look: () => Promise< T | null | undefined | false >,
	patience = 20000
): Promise< T > {
	const end = Date.now() + patience;
	for (;;) {
		const seen = await look();
		if ( seen ) {
			return seen;
		}
		if ( Date.now() > end ) {
			throw new Error( `It never happened: ${ what }` );
		}
		await new Promise( ( resolve ) => setTimeout( resolve, 50 ) );
	}
}

export async function writeConnection( dataDir: string, file: unknown ): Promise< string > {
	const path = join( dataDir, 'connection.json' );
	await writeFile( path, JSON.stringify( file ) );
	return path;
}
