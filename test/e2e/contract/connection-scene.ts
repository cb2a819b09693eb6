/**
 * Both sandboxes and many data dirs, for what is asked of connections. What commands print is
 * kept, to be looked through for secrets.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	createBench,
	type Bench,
	type CliResult,
	type RunOptions,
} from '../harness.ts';
import { openStage, type SandboxAccount, type Stage } from '../kit.ts';
import { connectionFile, type FileParts } from './program.ts';

export interface ConnectionScene {
	readonly stage: Stage;
	readonly gb: SandboxAccount;
	readonly us: SandboxAccount;
	readonly bench: Bench;
	/** For files of the tests. */
	readonly dir: string;
	/** Without an installation instance id; the parts given replace those of the same name. */
	fileOf(
		name: string,
		change?: FileParts
	): ReturnType< typeof connectionFile >;
	privateApp(): {
		readonly type: string;
		readonly appRef: string;
		readonly accountToken: string;
	};
	cli(
		line: string | readonly string[],
		options?: RunOptions
	): Promise< CliResult >;
	/** `connection add` by stdin. */
	add(
		file: unknown,
		flags?: readonly string[],
		options?: RunOptions
	): Promise< CliResult >;
	/** A data dir of its own, so that connections do not disturb each other. */
	apart( name: string, env?: Record< string, string > ): RunOptions;
	/** Secrets that were printed so far; none, as it should be. */
	leaks(): string[];
	end(): Promise< void >;
}

export async function openConnectionScene(): Promise< ConnectionScene > {
	const [ stage, bench, dir ] = await Promise.all( [
		openStage(),
		createBench(),
		mkdtemp( join( tmpdir(), 'pearl-connections-' ) ),
	] );
	const gb = stage.brightpearl.account( 'sandbox-gb' );
	const us = stage.brightpearl.account( 'sandbox-us' );
	const { appRef, accountToken, staffToken } = gb.privateApp;
	const privateApp = () => ( { type: 'private-app', appRef, accountToken } );
	const printed: string[] = [];
	const heard = ( result: CliResult ): CliResult => {
		printed.push( result.stdout, result.stderr );
		return result;
	};
	return {
		stage,
		gb,
		us,
		bench,
		dir,
		privateApp,
		fileOf: ( name, change = {} ) =>
			connectionFile( stage, gb, name, {
				...change,
				brightpearl: {
					installationInstanceId: undefined,
					...change.brightpearl,
				},
				settings: change.settings ?? { orders: { refPrefix: name } },
			} ),
		cli: async ( line, options ) =>
			heard(
				await bench.cli(
					typeof line === 'string' ? line.split( ' ' ) : line,
					undefined,
					options
				)
			),
		add: async ( file, flags = [], options ) =>
			heard(
				await bench.cli(
					[ 'connection', 'add', '--file', '-', ...flags ],
					JSON.stringify( file ),
					options
				)
			),
		apart: ( name, env = {} ) => ( {
			env: { PEARLBRIDGE_DATA_DIR: join( dir, name ), ...env },
		} ),
		leaks() {
			const all = printed.join( '\n' );
			if ( all.length < 1000 ) {
				throw new Error( 'Next to nothing was printed.' );
			}
			const { consumerKey, consumerSecret, webhookSecret } = stage.shop;
			const { clientSecret, refreshToken } = us.oauth;
			return [
				consumerKey,
				consumerSecret,
				webhookSecret,
				accountToken,
				staffToken,
				clientSecret,
				refreshToken,
			].filter( ( secret ) => all.includes( secret ) );
		},
		async end() {
			await bench.end();
			await stage.end();
			await rm( dir, { recursive: true, force: true } );
		},
	};
}

/** What an error's details name, sorted. */
export const pathsOf = (
	details: readonly { readonly path: string }[] | null
): string[] => ( details ?? [] ).map( ( { path } ) => path ).sort();
