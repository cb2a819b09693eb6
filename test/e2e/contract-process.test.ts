/**
 * The command line's contract, §1: how it is run, its settings, exit codes and streams.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import {
	mkdtemp,
	readdir,
	readFile,
	realpath,
	rm,
	stat,
	writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectDocument, expectError } from './contract/documents.ts';
import { ADD_FILE, FILE } from './contract/program.ts';
import { createBench, type Bench } from './harness.ts';

const KEY = Buffer.alloc( 32, 7 ).toString( 'base64' );
const OTHER_KEY = Buffer.alloc( 32, 8 ).toString( 'base64' );

/** Working files of SQLite, and who holds the lock: of no meaning once a command has ended. */
const PASSING = /-shm$|-wal$|^lock\.json$/;

/** Name → digest of what a data dir keeps. */
async function contents( dir: string ): Promise< Record< string, string > > {
	const names = ( await readdir( dir ) ).filter(
		( name ) => ! PASSING.test( name )
	);
	return Object.fromEntries(
		await Promise.all(
			names.map( async ( name ) => [
				name,
				createHash( 'sha256' )
					.update( await readFile( join( dir, name ) ) )
					.digest( 'hex' ),
			] )
		)
	);
}

let bench: Bench;
let elsewhere: string;
beforeAll( async () => {
	bench = await createBench();
	elsewhere = await realpath(
		await mkdtemp( join( tmpdir(), 'pearl-cwd-' ) )
	);
} );
afterAll( async () => {
	await bench.end();
	await rm( elsewhere, { recursive: true, force: true } );
} );

describe( 'what cannot be understood is exit 2 and nothing is done', () => {
	test( 'commands, flags, values and arguments', async () => {
		const refused = [
			[ 'orders psuh', 'unknown-command' ],
			[ '', 'unknown-command' ],
			[ 'status --wait-idel', 'unknown-flag' ],
			[ 'status --timeout 5', 'invalid-flag' ],
			[ 'status --timeout 1d', 'invalid-flag' ],
			[ 'status --connection Main', 'invalid-flag' ],
			[ 'serve --port 65536', 'invalid-flag' ],
			[ 'serve --log loud', 'invalid-flag' ],
			[ 'serve --public-url http://shop.example', 'invalid-flag' ],
			[ 'orders push', 'missing-argument' ],
			[ 'orders push one', 'invalid-input' ],
			[ 'orders list --state lost', 'invalid-input' ],
			[ 'orders list --since yesterday', 'invalid-input' ],
			[ 'connection remove main', 'not-confirmed' ],
			[ 'problems retry', 'missing-argument' ],
			[ 'orders backfill --from 2026-01-01', 'missing-argument' ],
			[
				'orders backfill --from 2026-02-01 --to 2026-01-01',
				'invalid-input',
			],
			[ 'sandbox shop --seed x', 'invalid-flag' ],
		] as const;
		const dataDir = join( elsewhere, 'untouched' );
		await Promise.all(
			refused.map( async ( [ line, code ] ) =>
				expectError(
					await bench.cli(
						line.split( ' ' ).filter( Boolean ),
						undefined,
						{
							env: { PEARLBRIDGE_DATA_DIR: dataDir },
						}
					),
					2,
					code
				)
			)
		);
		await expect( stat( dataDir ) ).rejects.toThrow( 'ENOENT' );
	} );

	test( 'unknown names and bad values of the environment, all at once', async () => {
		const error = expectError(
			await bench.cli( [ 'status', '--timeout', 'soon' ], undefined, {
				env: {
					PEARLBRIDGE_PROT: '8780',
					PEARLBRIDGE_PORT: 'http',
					PEARLBRIDGE_LOG: 'loud',
					PEARLBRIDGE_PUBLIC_URL: 'ftp://x',
				},
			} ),
			2,
			'invalid-environment'
		);
		expect( error.details?.map( ( { path } ) => path ).sort() ).toEqual( [
			'--timeout',
			'PEARLBRIDGE_LOG',
			'PEARLBRIDGE_PORT',
			'PEARLBRIDGE_PROT',
			'PEARLBRIDGE_PUBLIC_URL',
		] );
	} );

	test( 'DATABASE_URL, until its issue', async () => {
		expectError(
			await bench.cli( [ 'status' ], undefined, {
				env: { DATABASE_URL: 'postgres://127.0.0.1/pearl' },
			} ),
			2,
			'not-in-this-version'
		);
	} );

	test( 'commands of later versions', async () => {
		const lines = [
			'stock approve 1',
			'log export',
			'backup',
			'restore',
			'doctor',
			'database migrate',
		];
		const refused = await Promise.all(
			lines.map( async ( line ) =>
				expectError(
					await bench.cli( line.split( ' ' ) ),
					2,
					'not-in-this-version'
				)
			)
		);
		refused.forEach( ( { message }, at ) =>
			expect( lines[ at ] ).toContain( message.split( ' is not' )[ 0 ] )
		);
	} );
} );

describe( 'the streams', () => {
	test( 'a failure without --json is a sentence on stderr, and stdout stays empty', async () => {
		const result = await bench.cli( [ 'orders', 'psuh' ], undefined, {
			text: true,
		} );
		expect( result ).toMatchObject( { code: 2, stdout: '' } );
		expect( result.stderr ).toContain( 'psuh' );
	} );

	test( 'an answer without --json is text for a person on stdout', async () => {
		const result = await bench.cli( [ 'connection', 'list' ], undefined, {
			text: true,
		} );
		expect( result ).toMatchObject( { code: 0, json: null, stderr: '' } );
		expect( result.stdout ).toMatch( /\S/ );
	} );

	test( '--help and --version tell on stdout, with --json as one document', async () => {
		const [ help, ofOne, version, asJson ] = await Promise.all( [
			bench.cli( [ '--help' ], undefined, { text: true } ),
			bench.cli( [ 'orders', 'push', '--help' ], undefined, {
				text: true,
			} ),
			bench.cli( [ '--version' ], undefined, { text: true } ),
			bench.cli( [ '--version' ] ),
		] );
		for ( const result of [ help, ofOne, version, asJson ] ) {
			expect( result ).toMatchObject( { code: 0, stderr: '' } );
		}
		expect( help.stdout ).toMatch( /serve/ );
		expect( ofOne.stdout ).toMatch( /--dry-run/ );
		expect( version.stdout ).toMatch( /^\d+\.\d+\.\d+\S*\n$/ );
		expect( asJson.json ).toEqual( { version: version.stdout.trim() } );
	} );

	test( '--timeout takes 500ms, 30s, 10m and 24h', async () => {
		for ( const duration of [ '500ms', '30s', '10m', '24h' ] ) {
			expectDocument(
				'status',
				await bench.cli( [ 'status', '--timeout', duration ] )
			);
		}
	} );
} );

describe( 'flag before environment before default', () => {
	test( 'the data dir', async () => {
		const run = (
			args: string[],
			env: Record< string, string | undefined >
		) =>
			bench.cli( [ 'connection', 'list', ...args ], undefined, {
				cwd: elsewhere,
				env: { PEARLBRIDGE_DATA_DIR: undefined, ...env },
			} );
		const exists = ( name: string ): Promise< boolean > =>
			stat( join( elsewhere, name ) ).then(
				() => true,
				() => false
			);
		expectDocument( 'connectionList', await run( [], {} ) );
		expect( await exists( '.pearlbridge' ) ).toBe( true );
		await run( [], { PEARLBRIDGE_DATA_DIR: 'by-env' } );
		expect( await exists( 'by-env' ) ).toBe( true );
		await run( [ '--data-dir', 'by-flag' ], {
			PEARLBRIDGE_DATA_DIR: 'other',
		} );
		expect( [
			await exists( 'by-flag' ),
			await exists( 'other' ),
		] ).toEqual( [ true, false ] );
	} );

	test( 'host and port, and the log on stderr by its level, as JSON lines', async () => {
		const dataDir = join( elsewhere, 'ports' );
		const first = await bench.start( [
			'serve',
			'--data-dir',
			dataDir,
			'--port',
			'0',
		] );
		const port = new URL( first.ready.url ).port;
		await first.stop();
		const second = await bench.start(
			[ 'serve', '--data-dir', dataDir, '--log', 'debug' ],
			{
				env: {
					PEARLBRIDGE_PORT: port,
					PEARLBRIDGE_HOST: '127.0.0.1',
					PEARLBRIDGE_LOG: 'silent',
				},
			}
		);
		expect( second.ready.url ).toBe( `http://127.0.0.1:${ port }` );
		await second.stop();
		for ( const line of second.stderr().split( '\n' ).filter( Boolean ) ) {
			expect( JSON.parse( line ) ).toHaveProperty( 'level' );
		}
		const third = await bench.start(
			[ 'serve', '--data-dir', dataDir, '--port', '0' ],
			{ env: { PEARLBRIDGE_PORT: port } }
		);
		expect( third.ready.url ).not.toContain( `:${ port }` );
		await third.stop();
	} );
} );

describe( 'the key', () => {
	test( 'is made in the data dir, 32 bytes in base64, for its owner alone', async () => {
		expectDocument( 'status', await bench.cli( [ 'status' ] ) );
		const path = join( bench.dataDir, 'key' );
		expect( ( await stat( path ) ).mode & 0o777 ).toBe( 0o600 );
		const text = ( await readFile( path, 'utf8' ) ).trim();
		expect( Buffer.from( text, 'base64' ) ).toHaveLength( 32 );
	} );

	test( 'given and wrong for the data is exit 2 before anything is touched', async () => {
		const dataDir = join( elsewhere, 'sealed' );
		const keyFile = join( elsewhere, 'a-key' );
		await writeFile( keyFile, `${ OTHER_KEY }\n` );
		const env = { PEARLBRIDGE_DATA_DIR: dataDir, PEARLBRIDGE_KEY: KEY };
		expectDocument(
			'connection',
			await bench.cli( ADD_FILE, JSON.stringify( FILE ), { env } )
		);
		expect( await readdir( dataDir ) ).not.toContain( 'key' );
		const before = await contents( dataDir );
		const wrong = { ...env, PEARLBRIDGE_KEY: OTHER_KEY };
		const byFile = {
			...env,
			PEARLBRIDGE_KEY: undefined,
			PEARLBRIDGE_KEY_FILE: keyFile,
		};
		const refused = [
			[ [ 'status' ], wrong, 'wrong-key' ],
			[ [ 'serve', '--port', '0' ], wrong, 'wrong-key' ],
			[
				[ 'connection', 'remove', 'main', '--yes' ],
				byFile,
				'wrong-key',
			],
			[
				[ 'status' ],
				{ ...env, PEARLBRIDGE_KEY: 'short' },
				'invalid-key',
			],
			[
				[ 'status' ],
				{ ...env, PEARLBRIDGE_KEY_FILE: keyFile },
				'invalid-key',
			],
			[
				[ 'status' ],
				{ ...byFile, PEARLBRIDGE_KEY_FILE: join( elsewhere, 'none' ) },
				'invalid-key',
			],
		] as const;
		for ( const [ args, using, code ] of refused ) {
			expectError(
				await bench.cli( args, undefined, { env: using } ),
				2,
				code
			);
		}
		expect( await contents( dataDir ) ).toEqual( before );
		const list = expectDocument(
			'connectionList',
			await bench.cli( [ 'connection', 'list' ], undefined, { env } )
		);
		expect( list.items ).toHaveLength( 1 );
	} );

	test( 'secrets are sealed at rest', async () => {
		const dataDir = join( elsewhere, 'at-rest' );
		expectDocument(
			'connection',
			await bench.cli( ADD_FILE, JSON.stringify( FILE ), {
				env: { PEARLBRIDGE_DATA_DIR: dataDir },
			} )
		);
		for ( const name of await readdir( dataDir ) ) {
			const bytes = await readFile( join( dataDir, name ), 'latin1' );
			expect( bytes ).not.toMatch(
				/(ck|cs|whsec)_0123456789abcdef|token-0123456789/
			);
		}
	} );
} );
