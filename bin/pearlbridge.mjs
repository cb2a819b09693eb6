#!/usr/bin/env node
/**
 * Starts dist/pearlbridge.mjs with Node 24 or newer: this one when it is new enough, else the
 * one that was installed beside the package. Any Node from 18 on can read this file; the
 * bundle it cannot, so it is imported only once that is known to work.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findNode, NEEDED } from './find-node.mjs';

const PASSED_ON = [ 'SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2' ];

const packageDir = dirname( dirname( fileURLToPath( import.meta.url ) ) );
const bundle = join( packageDir, 'dist', 'pearlbridge.mjs' );

const node = findNode( packageDir );

if ( ! existsSync( bundle ) ) {
	refuse(
		'not-built',
		`${ bundle } is missing.`,
		'Build it with: npm ci && npm run build'
	);
} else if ( node === null ) {
	refuse(
		'node-too-old',
		`Pearlbridge needs Node ${ NEEDED } or newer; this is ${ process.versions.node }, and none was installed beside it.`,
		`Install Node ${ NEEDED } (https://nodejs.org), or on x64 Linux run: npm ci --include=optional`
	);
} else if ( node === process.execPath ) {
	await import( pathToFileURL( bundle ).href );
} else {
	run( node );
}

/**
 * The channel closes when this process dies, however it dies: that is how the bundle notices
 * and follows.
 */
function run( program ) {
	const child = spawn( program, [ bundle, ...process.argv.slice( 2 ) ], {
		stdio: [ 'inherit', 'inherit', 'inherit', 'ipc' ],
		env: { ...process.env, PEARLBRIDGE_LAUNCHER: 'ipc' },
	} );
	for ( const signal of PASSED_ON ) {
		process.on( signal, () => child.kill( signal ) );
	}
	child.on( 'error', ( error ) => {
		refuse(
			'node-unusable',
			`${ program } cannot be run: ${ error.message }.`,
			null
		);
	} );
	child.on( 'exit', ( code, signal ) => {
		// What a shell would say of a process that died by a signal.
		process.exitCode =
			signal === null ? code : 128 + ( constants.signals[ signal ] || 0 );
		if ( child.connected ) {
			child.disconnect();
		}
	} );
}

function refuse( code, message, fix ) {
	if ( process.argv.includes( '--json' ) ) {
		process.stdout.write(
			`${ JSON.stringify( {
				error: { code, message, fix, details: null },
			} ) }\n`
		);
	} else {
		process.stderr.write(
			`${ message }${ fix === null ? '' : ` ${ fix }` }\n`
		);
	}
	process.exitCode = 2;
}
