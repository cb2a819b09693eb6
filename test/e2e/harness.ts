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
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export const LAUNCHER = fileURLToPath(
	new URL( '../../bin/pearlbridge.mjs', import.meta.url )
);

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
	/** Everything it wrote to stderr: the log. */
	stderr(): string;
	stop( signal?: NodeJS.Signals ): Promise< number | null >;
}

export interface RunOptions {
	/** On top of the bench's own; undefined takes a variable away. */
	readonly env?: Readonly< Record< string, string | undefined > >;
	readonly cwd?: string;
	/** As a person would call it: without `--json`. */
	readonly text?: boolean;
	/** Arguments of Node itself, before the launcher. */
	readonly node?: readonly string[];
	readonly launcher?: string;
}

/** A command that is under way. */
export interface Running {
	readonly process: ChildProcess;
	readonly ended: Promise< CliResult >;
}

/** A data dir, its processes, and everything that must be gone afterwards. */
export interface Bench {
	readonly dataDir: string;
	cli(
		args: readonly string[],
		input?: string,
		options?: RunOptions
	): Promise< CliResult >;
	/** Like `cli`, for what is interrupted on the way. */
	run(
		args: readonly string[],
		input?: string,
		options?: RunOptions
	): Running;
	start( args: readonly string[], options?: RunOptions ): Promise< Started >;
	/** `serve` on a free port. */
	serve( ...args: string[] ): Promise< Started >;
	end(): Promise< void >;
}

export interface BenchOptions {
	/** Environment of every process beside the bench's own. */
	readonly env?: Readonly< Record< string, string > >;
}

function environment(
	dataDir: string,
	env: BenchOptions[ 'env' ]
): NodeJS.ProcessEnv {
	const clean = Object.fromEntries(
		Object.entries( process.env ).filter(
			( [ name ] ) =>
				! name.startsWith( 'PEARLBRIDGE_' ) && name !== 'DATABASE_URL'
		)
	);
	return {
		...clean,
		PEARLBRIDGE_DATA_DIR: dataDir,
		PEARLBRIDGE_LOG: 'warn',
		...env,
	};
}

function launch(
	dataDir: string,
	args: readonly string[],
	stdin: 'ignore' | 'pipe',
	options: RunOptions,
	benchEnv: BenchOptions[ 'env' ]
): ChildProcess & { readonly stdout: Readable; readonly stderr: Readable } {
	const { node = [], launcher = LAUNCHER, text = false } = options;
	const child = spawn(
		process.execPath,
		[ ...node, launcher, ...args, ...( text ? [] : [ '--json' ] ) ],
		{
			env: { ...environment( dataDir, benchEnv ), ...options.env },
			stdio: [ stdin, 'pipe', 'pipe' ],
			...( options.cwd === undefined ? {} : { cwd: options.cwd } ),
		}
	);
	const { stdout, stderr } = child;
	if ( stdout === null || stderr === null ) {
		throw new Error( 'The pipes of the process are missing.' );
	}
	// A character may lie across two chunks.
	stdout.setEncoding( 'utf8' );
	stderr.setEncoding( 'utf8' );
	return Object.assign( child, { stdout, stderr } );
}

export async function createBench(
	benchOptions: BenchOptions = {}
): Promise< Bench > {
	const dataDir = await mkdtemp( join( tmpdir(), 'pearlbridge-e2e-' ) );
	const started = new Set< Started >();

	async function start(
		args: readonly string[],
		options: RunOptions = {}
	): Promise< Started > {
		const child = launch(
			dataDir,
			args,
			'ignore',
			options,
			benchOptions.env
		);
		let stderr = '';
		child.stderr.on( 'data', ( chunk: string ) => {
			stderr = ( stderr + chunk ).slice( -20000 );
		} );
		const exited = once( child, 'exit' );
		const lines: Record< string, unknown >[] = [];
		const ready = new Promise< Started[ 'ready' ] >(
			( resolve, reject ) => {
				createInterface( { input: child.stdout } ).on(
					'line',
					( line ) => {
						const parsed = JSON.parse( line ) as Record<
							string,
							unknown
						>;
						if ( parsed[ 'event' ] === 'ready' ) {
							resolve( parsed as Started[ 'ready' ] );
						} else {
							lines.push( parsed );
						}
					}
				);
				void exited.then( () =>
					reject(
						new Error(
							`${ args.join( ' ' ) } ended: ${ stderr.slice( -20000 ) }`
						)
					)
				);
			}
		);
		const entry: Started = {
			process: child,
			ready: await ready,
			lines,
			stderr: () => stderr,
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

	function run(
		args: readonly string[],
		input?: string,
		options: RunOptions = {}
	): Running {
		const child = launch(
			dataDir,
			args,
			input === undefined ? 'ignore' : 'pipe',
			options,
			benchOptions.env
		);
		let stdout = '';
		let stderr = '';
		child.stdout.on( 'data', ( chunk: string ) => ( stdout += chunk ) );
		child.stderr.on( 'data', ( chunk: string ) => ( stderr += chunk ) );
		child.stdin?.end( input );
		const ended = once( child, 'close' ).then( () => {
			let json: unknown = null;
			try {
				json = JSON.parse( stdout );
			} catch {
				json = null;
			}
			return { code: child.exitCode, stdout, stderr, json };
		} );
		return { process: child, ended };
	}

	return {
		dataDir,
		start,
		run,
		serve: ( ...args ) => start( [ 'serve', '--port', '0', ...args ] ),
		cli: ( ...call ) => run( ...call ).ended,
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
		throw new Error(
			`${ url } answered ${ answer.status }: ${ text.slice( 0, 500 ) }`
		);
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

export async function writeConnection(
	dataDir: string,
	file: unknown
): Promise< string > {
	const path = join( dataDir, 'connection.json' );
	await writeFile( path, JSON.stringify( file ) );
	return path;
}
