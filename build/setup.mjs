/**
 * Brings a checkout to where it can run: installs what is missing and builds, each
 * only when something changed since the last time. Any Node from 18 on can run this.
 *
 * `node build/setup.mjs [start|test]`: `start` leaves out what only development needs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findNode } from '../bin/find-node.mjs';

export const ROOT = fileURLToPath( new URL( '..', import.meta.url ) );

/** What differs between the two: a full installation also serves to start. */
const INSTALL_FLAGS = {
	start: [ '--omit=dev', '--include=optional' ],
	// Said aloud: NODE_ENV=production would leave them out.
	test: [ '--include=dev', '--include=optional' ],
};
const QUIET = [ '--no-audit', '--no-fund', '--loglevel=error' ];

/** What is built, from which sources, and the file that shows it is there. */
const PACKAGES = [ 'package.json', 'package-lock.json' ];
const BUILDS = [
	{
		what: 'the service',
		script: 'bundle.mjs',
		made: 'pearlbridge.mjs',
		stamp: '.build-stamp',
		sources: [ 'src', 'build/bundle.mjs', ...PACKAGES ],
	},
	{
		what: 'the console',
		script: 'console.mjs',
		made: join( 'console', 'index.html' ),
		stamp: '.console-stamp',
		sources: [
			'admin-ui',
			'src/contracts',
			'build/console.mjs',
			'build/console-plugins.mjs',
			...PACKAGES,
		],
	},
];

/**
 * Throws a `SetUpError` with one sentence when it cannot be done.
 *
 * @param {{ mode: 'start' | 'test', root?: string, say?: (line: string) => void }} options
 */
export function setUp( { mode, root = ROOT, say = console.log } ) {
	install( { mode, root, say } );
	const node = findNode( root );
	if ( node === null ) {
		throw new SetUpError(
			`Pearlbridge needs Node 24; this is ${ process.versions.node }, and there is none to install for ${ process.platform }-${ process.arch }. Install it from https://nodejs.org and run this again.`
		);
	}
	for ( const one of BUILDS ) {
		buildOne( { root, node, say }, one );
	}
	return { node };
}

export class SetUpError extends Error {}

function install( { mode, root, say } ) {
	const lock = digest( [
		readFileSync( join( root, 'package-lock.json' ) ),
	] );
	const stamp = join( root, 'node_modules', '.pearlbridge-install' );
	const before = readStamp( stamp );
	if (
		before.lock === lock &&
		( before.mode === mode || before.mode === 'test' )
	) {
		return;
	}
	if ( ! isInstalled( root, mode ) ) {
		timed( say, 'Installing what Pearlbridge needs', () =>
			run( npm(), [ 'ci', ...INSTALL_FLAGS[ mode ], ...QUIET ], root )
		);
	}
	writeFileSync( stamp, JSON.stringify( { lock, mode } ) );
}

/** npm's own record of what lies in node_modules holds everything the lock file asks for. */
function isInstalled( root, mode ) {
	const wanted = readStamp( join( root, 'package-lock.json' ) ).packages;
	const found = readStamp(
		join( root, 'node_modules', '.package-lock.json' )
	).packages;
	return (
		wanted !== undefined &&
		found !== undefined &&
		Object.entries( wanted ).every(
			( [ path, entry ] ) =>
				path === '' ||
				( entry.dev === true && mode === 'start' ) ||
				! fitsHere( entry ) ||
				( found[ path ] !== undefined &&
					found[ path ].version === entry.version &&
					existsSync( join( root, path ) ) )
		)
	);
}

/** Optional packages name the platforms they are for; C libraries are left to npm. */
function fitsHere( { os, cpu, libc, optional, devOptional } ) {
	return (
		( os === undefined || os.includes( process.platform ) ) &&
		( cpu === undefined || cpu.includes( process.arch ) ) &&
		! ( ( optional || devOptional ) && libc !== undefined )
	);
}

function buildOne(
	{ root, node, say },
	{ what, script, made, stamp, sources }
) {
	const digested = digest(
		sources.flatMap( ( source ) =>
			filesOf( join( root, source ) ).flatMap( ( file ) => [
				file.slice( root.length ),
				readFileSync( file ),
			] )
		)
	);
	const stampFile = join( root, 'dist', stamp );
	const built = existsSync( join( root, 'dist', made ) );
	if ( built && readStamp( stampFile ).sources === digested ) {
		return;
	}
	timed( say, `Building ${ what }`, () =>
		run( node, [ join( 'build', script ) ], root )
	);
	writeFileSync( stampFile, JSON.stringify( { sources: digested } ) );
}

function filesOf( path ) {
	if ( ! existsSync( path ) ) {
		return [];
	}
	try {
		return readdirSync( path, { withFileTypes: true } )
			.sort( ( a, b ) => ( a.name < b.name ? -1 : 1 ) )
			.flatMap( ( { name } ) => filesOf( join( path, name ) ) );
	} catch {
		return [ path ];
	}
}

function digest( parts ) {
	const hash = createHash( 'sha256' );
	for ( const part of parts ) {
		hash.update( part ).update( '\0' );
	}
	return hash.digest( 'hex' );
}

function readStamp( path ) {
	try {
		return JSON.parse( readFileSync( path, 'utf8' ) );
	} catch {
		return {};
	}
}

function npm() {
	return process.platform === 'win32' ? 'npm.cmd' : 'npm';
}

/** What the program says is shown only when it fails. */
function run( program, args, cwd ) {
	const { status, error, stdout, stderr } = spawnSync( program, args, {
		cwd,
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
	} );
	if ( status !== 0 ) {
		process.stderr.write( `${ stdout || '' }${ stderr || '' }` );
		throw new SetUpError(
			`${ [ program, ...args ].join( ' ' ) } failed${
				error === undefined
					? ` with ${ status }`
					: `: ${ error.message }`
			}.`
		);
	}
}

/** One line: what is done, and then how long it took. */
function timed( say, what, work ) {
	say( `${ what }…` );
	const began = Date.now();
	work();
	say(
		`${ what }: done in ${ ( ( Date.now() - began ) / 1000 ).toFixed( 1 ) } s.`
	);
}

if (
	process.argv[ 1 ] &&
	import.meta.url === pathToFileURL( process.argv[ 1 ] ).href
) {
	try {
		setUp( { mode: process.argv[ 2 ] === 'test' ? 'test' : 'start' } );
	} catch ( error ) {
		if ( ! ( error instanceof SetUpError ) ) {
			throw error;
		}
		console.error( error.message );
		process.exitCode = 1;
	}
}
