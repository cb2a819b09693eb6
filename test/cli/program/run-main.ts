/** Runs the command line in this process: what it printed and its exit code. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io, StopReason } from '../../../src/cli/io.ts';
import { main } from '../../../src/cli/main.ts';
import type { Sandboxes } from '../../../src/cli/sandbox-port.ts';
import { systemClock, systemRandom } from '../../../src/cli/system.ts';
import { createLogger } from '../../../src/logging.ts';
import { fakeOpenApp, type Answer } from './fake-app.ts';
import { noSandboxes } from './no-sandboxes.ts';

export interface Ran {
	readonly exit: number;
	readonly stdout: string;
	readonly stderr: string;
	/** stdout read as one JSON document. */
	readonly json: () => unknown;
}

export interface Bench {
	/** A directory of its own; also the working directory. */
	readonly dir: string;
	readonly dataDir: string;
	readonly fake: ReturnType< typeof fakeOpenApp >;
	run(
		argv: readonly string[],
		more?: {
			readonly env?: Readonly< Record< string, string > >;
			readonly stdin?: string;
			readonly stop?: AbortSignal;
			readonly onStdout?: ( text: string ) => void;
		}
	): Promise< Ran >;
	/** `serve --json` in this process, until `stop`. */
	serve( argv?: readonly string[] ): Promise< {
		readonly ready: Readonly< Record< string, unknown > >;
		readonly lines: () => readonly string[];
		stop( reason?: StopReason ): Promise< Ran >;
	} >;
	remove(): void;
}

export function createBench(
	answers: Readonly< Record< string, Answer > > = {},
	sandboxes: Sandboxes = noSandboxes
): Bench {
	const dir = mkdtempSync( join( tmpdir(), 'pearlbridge-cli-' ) );
	const dataDir = join( dir, '.pearlbridge' );
	const fake = fakeOpenApp( answers );
	const run: Bench[ 'run' ] = async ( argv, more = {} ) => {
		let stdout = '';
		let stderr = '';
		const io: Io = {
			stdin: ( async function* () {
				yield more.stdin ?? '';
			} )(),
			stdout: {
				write: ( text ) => {
					stdout += text;
					more.onStdout?.( stdout );
				},
			},
			stderr: {
				write: ( text ) => {
					stderr += text;
				},
			},
			cwd: dir,
			pid: process.pid,
			stop: more.stop ?? new AbortController().signal,
			uptime: () => 12.3,
		};
		const exit = await main( argv, io, more.env ?? {}, {
			version: '1.2.3',
			clock: systemClock,
			random: systemRandom,
			createLogger: () =>
				createLogger( {
					level: 'warn',
					destination: io.stderr as { write( line: string ): void },
				} ),
			openApp: fake.openApp,
			consoleDir: join( dir, 'console' ),
			sandboxes,
		} );
		return { exit, stdout, stderr, json: () => JSON.parse( stdout ) };
	};
	return {
		dir,
		dataDir,
		fake,
		run,
		async serve( argv = [ 'serve', '--port', '0' ] ) {
			const stop = new AbortController();
			let seen = '';
			let ended: Promise< Ran > | null = null;
			const first = new Promise< string >( ( resolve, reject ) => {
				ended = run( [ ...argv, '--json' ], {
					stop: stop.signal,
					onStdout: ( text ) => {
						seen = text;
						resolve( text );
					},
				} );
				ended.then( ( ran ) => {
					reject( new Error( ran.stdout + ran.stderr ) );
				}, reject );
			} );
			const ready = JSON.parse( await first ) as Record<
				string,
				unknown
			>;
			return {
				ready,
				lines: () => seen.trimEnd().split( '\n' ),
				stop: async ( reason = 'SIGTERM' ) => {
					stop.abort( reason );
					return ended as unknown as Promise< Ran >;
				},
			};
		},
		remove: () => rmSync( dir, { recursive: true, force: true } ),
	};
}
