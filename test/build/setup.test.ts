import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
	chmodSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A checkout in small, with an npm that only writes down how it was called and a bundler that
 * writes a program which says how it was started.
 */
const ROOT = process.cwd();
const LOCK = {
	packages: {
		'': {},
		'node_modules/runs': { version: '1.0.0' },
		'node_modules/develops': { version: '2.0.0', dev: true },
		'node_modules/elsewhere': {
			version: '3.0.0',
			os: [ 'plan9' ],
			optional: true,
		},
	},
};

let home: string;
beforeEach( () => {
	home = mkdtempSync( join( tmpdir(), 'pearlbridge-setup-' ) );
	cpSync( join( ROOT, 'bin' ), join( home, 'bin' ), { recursive: true } );
	for ( const name of [ 'setup.mjs', 'start.mjs' ] ) {
		mkdirSync( join( home, 'build' ), { recursive: true } );
		cpSync( join( ROOT, 'build', name ), join( home, 'build', name ) );
	}
	mkdirSync( join( home, 'src', 'deep' ), { recursive: true } );
	writeFileSync( join( home, 'src', 'deep', 'a.ts' ), 'a' );
	writeFileSync( join( home, 'package.json' ), '{"type":"module"}' );
	writeLock( LOCK );
	program(
		'build/bundle.mjs',
		`import { mkdirSync, writeFileSync, appendFileSync } from 'node:fs';
		appendFileSync( 'calls', 'bundle\\n' );
		mkdirSync( 'dist', { recursive: true } );
		writeFileSync( 'dist/pearlbridge.mjs', \`
			const args = process.argv.slice( 2 );
			if ( args[ 0 ] === 'connection' ) {
				const items = process.env.CONNECTIONS;
				if ( items === undefined ) { process.exit( 2 ); }
				console.log( JSON.stringify( { items: items.split( ',' ).filter( Boolean ).map( ( name ) => ( { name } ) ) } ) );
			} else {
				console.log( 'started ' + args.join( ' ' ) );
				process.exitCode = 5;
			}
		\` );`
	);
	program(
		'build/console.mjs',
		`import { mkdirSync, writeFileSync, appendFileSync } from 'node:fs';
		appendFileSync( 'calls', 'console\\n' );
		mkdirSync( 'dist/console', { recursive: true } );
		writeFileSync( 'dist/console/index.html', '' );`
	);
	mkdirSync( join( home, 'tools' ) );
	fakeNpm( '' );
} );
afterEach( () => rmSync( home, { recursive: true, force: true } ) );

function program( name: string, text: string ): void {
	writeFileSync( join( home, name ), text );
}

function writeLock( lock: unknown ): void {
	writeFileSync( join( home, 'package-lock.json' ), JSON.stringify( lock ) );
}

function fakeNpm( more: string ): void {
	const path = join( home, 'tools', 'npm' );
	writeFileSync(
		path,
		`#!/bin/sh\necho "npm $*" >> calls\nmkdir -p node_modules\n${ more }\n`
	);
	chmodSync( path, 0o755 );
}

function run(
	script: string,
	args: readonly string[] = [],
	env: Readonly< Record< string, string > > = {}
): { status: number | null; stdout: string; stderr: string; calls: string[] } {
	rmSync( join( home, 'calls' ), { force: true } );
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[ join( 'build', script ), ...args ],
		{
			cwd: home,
			encoding: 'utf8',
			env: {
				PATH: `${ join( home, 'tools' ) }:${ process.env[ 'PATH' ] ?? '' }`,
				...env,
			},
		}
	);
	const calls = join( home, 'calls' );
	return {
		status,
		stdout,
		stderr,
		calls: existsSync( calls )
			? readFileSync( calls, 'utf8' ).trimEnd().split( '\n' )
			: [],
	};
}

const START =
	'npm ci --omit=dev --include=optional --no-audit --no-fund --loglevel=error';
const TEST =
	'npm ci --include=dev --include=optional --no-audit --no-fund --loglevel=error';

describe( 'set-up', () => {
	test( 'installs and builds once, with a line for each', () => {
		const first = run( 'setup.mjs', [ 'start' ] );
		expect( [ first.status, first.calls ] ).toEqual( [
			0,
			[ START, 'bundle', 'console' ],
		] );
		expect( first.stdout ).toMatch(
			/^Installing .*…\nInstalling .*: done in [\d.]+ s\.\n(Building .*…\nBuilding .*: done in [\d.]+ s\.\n){2}$/
		);
		const second = run( 'setup.mjs', [ 'start' ] );
		expect( [ second.status, second.calls, second.stdout ] ).toEqual( [
			0,
			[],
			'',
		] );
	} );

	test( 'installs the rest for tests, and that is enough to start', () => {
		run( 'setup.mjs', [ 'start' ] );
		expect( run( 'setup.mjs', [ 'test' ] ).calls ).toEqual( [ TEST ] );
		expect( run( 'setup.mjs', [ 'test' ] ).calls ).toEqual( [] );
		expect( run( 'setup.mjs', [ 'start' ] ).calls ).toEqual( [] );
	} );

	test( 'installs again when the lock file changed', () => {
		run( 'setup.mjs' );
		writeLock( {
			packages: {
				...LOCK.packages,
				'node_modules/new': { version: '1.0.0' },
			},
		} );
		expect( run( 'setup.mjs' ).calls ).toEqual( [
			START,
			'bundle',
			'console',
		] );
	} );

	test( 'builds again when a source changed, appeared or the bundle is gone', () => {
		run( 'setup.mjs' );
		program( 'src/deep/a.ts', 'b' );
		expect( run( 'setup.mjs' ).calls ).toEqual( [ 'bundle' ] );
		program( 'src/b.sql', '' );
		expect( run( 'setup.mjs' ).calls ).toEqual( [ 'bundle' ] );
		rmSync( join( home, 'dist', 'pearlbridge.mjs' ) );
		expect( run( 'setup.mjs' ).calls ).toEqual( [ 'bundle' ] );
	} );

	test( 'builds the console again for its own sources and the contracts alone', () => {
		run( 'setup.mjs' );
		mkdirSync( join( home, 'admin-ui' ) );
		program( 'admin-ui/a.tsx', 'a' );
		expect( run( 'setup.mjs' ).calls ).toEqual( [ 'console' ] );
		mkdirSync( join( home, 'src', 'contracts' ) );
		program( 'src/contracts/a.ts', 'a' );
		expect( run( 'setup.mjs' ).calls ).toEqual( [ 'bundle', 'console' ] );
		rmSync( join( home, 'dist', 'console', 'index.html' ) );
		expect( run( 'setup.mjs' ).calls ).toEqual( [ 'console' ] );
	} );

	test.each( [
		[
			'start',
			{ 'node_modules/runs': { version: '1.0.0' } },
			[ 'bundle', 'console' ],
		],
		[
			'start',
			{ 'node_modules/runs': { version: '0.9.0' } },
			[ START, 'bundle', 'console' ],
		],
		[
			'test',
			{ 'node_modules/runs': { version: '1.0.0' } },
			[ TEST, 'bundle', 'console' ],
		],
	] )(
		'what somebody installed by hand is taken as it is, for %s: %j',
		( mode, packages, calls ) => {
			mkdirSync( join( home, 'node_modules', 'runs' ), {
				recursive: true,
			} );
			writeFileSync(
				join( home, 'node_modules', '.package-lock.json' ),
				JSON.stringify( { packages } )
			);
			expect( run( 'setup.mjs', [ mode ] ).calls ).toEqual( calls );
		}
	);

	test( 'that fails says what failed, and is tried again next time', () => {
		fakeNpm( 'echo "no network" >&2; exit 3' );
		const failed = run( 'setup.mjs' );
		expect( [ failed.status, failed.calls ] ).toEqual( [ 1, [ START ] ] );
		expect( failed.stderr ).toBe(
			`no network\n${ START } failed with 3.\n`
		);
		fakeNpm( '' );
		expect( run( 'setup.mjs' ).calls ).toEqual( [
			START,
			'bundle',
			'console',
		] );
	} );
} );

describe( 'npm start', () => {
	const data = ( dir: string ): void => {
		mkdirSync( join( home, dir ), { recursive: true } );
		writeFileSync( join( home, dir, 'pearlbridge.db' ), '' );
		if ( dir === 'demo-dir' ) {
			writeFileSync( join( home, dir, 'demo' ), '' );
		}
	};

	test.each( [
		[ 'no data dir', null, [], {}, 'demo' ],
		[
			'a data dir without a connection',
			'.pearlbridge',
			[],
			{ CONNECTIONS: '' },
			'demo',
		],
		[
			'a connection',
			'.pearlbridge',
			[],
			{ CONNECTIONS: 'main' },
			'serve',
		],
		[ 'a data dir that cannot be read', '.pearlbridge', [], {}, 'serve' ],
		[
			'DATABASE_URL',
			null,
			[],
			{ DATABASE_URL: 'postgres://db/x' },
			'serve',
		],
		[
			'a connection elsewhere',
			'there',
			[],
			{ CONNECTIONS: 'main', PEARLBRIDGE_DATA_DIR: 'there' },
			'serve',
		],
		[
			'a connection elsewhere',
			'there',
			[ '--data-dir', 'there' ],
			{ CONNECTIONS: 'main' },
			'serve --data-dir there',
		],
		[
			'a connection elsewhere',
			'there',
			[ '--data-dir=there' ],
			{ CONNECTIONS: 'main' },
			'serve --data-dir=there',
		],
		[
			'the demo’s own data dir',
			'demo-dir',
			[ '--data-dir=demo-dir', '--port', '0' ],
			{ CONNECTIONS: 'demo' },
			'demo --data-dir=demo-dir --port 0',
		],
		[
			'somebody’s connection named demo',
			'.pearlbridge',
			[],
			{ CONNECTIONS: 'demo' },
			'serve',
		],
	] )( 'with %s runs %j %j %j → %s', ( _, dir, args, env, started ) => {
		if ( dir !== null ) {
			data( dir );
		}
		const { status, stdout, stderr } = run(
			'start.mjs',
			args,
			env as Record< string, string >
		);
		expect( stdout ).toBe( `started ${ started }\n` );
		expect( status ).toBe( 5 );
		expect( stderr ).toMatch( /^Installing/ );
	} );

	test( 'that cannot be set up starts nothing', () => {
		fakeNpm( 'exit 1' );
		expect( run( 'start.mjs' ) ).toMatchObject( {
			status: 1,
			stdout: '',
			stderr: `${ 'Installing what Pearlbridge needs…' }\n${ START } failed with 1.\n`,
		} );
	} );
} );
