/**
 * `npm start`: sets up what is missing, then runs the service when there is a connection to
 * serve, else the demo. Arguments are passed on: `npm start -- --port 8790`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT, setUp, SetUpError } from './setup.mjs';

const LAUNCHER = join( ROOT, 'bin', 'pearlbridge.mjs' );
const args = process.argv.slice( 2 );

try {
	// stdout belongs to the program that is started.
	setUp( { mode: 'start', say: ( line ) => console.error( line ) } );
	process.argv.splice(
		1,
		Infinity,
		LAUNCHER,
		hasConnection() ? 'serve' : 'demo',
		...args
	);
	// In this process: signals and the exit code are the launcher's business.
	await import( '../bin/pearlbridge.mjs' );
} catch ( error ) {
	if ( ! ( error instanceof SetUpError ) ) {
		throw error;
	}
	console.error( error.message );
	process.exitCode = 1;
}

/**
 * Also true when it cannot be told (a wrong key, say): `serve` then says what is wrong, and
 * nobody mistakes a demo for their shop.
 */
function hasConnection() {
	if ( process.env.DATABASE_URL ) {
		return true;
	}
	const dataDir = dataDirOf();
	if ( ! existsSync( join( dataDir, 'pearlbridge.db' ) ) ) {
		return false;
	}
	const { status, stdout } = spawnSync(
		process.execPath,
		[ LAUNCHER, 'connection', 'list', '--json', '--data-dir', dataDir ],
		{ encoding: 'utf8', stdio: [ 'ignore', 'pipe', 'ignore' ] }
	);
	return status !== 0 || ! isOnlyDemo( dataDir, JSON.parse( stdout ).items );
}

/** What the demo itself left in a data dir that was named for it. */
function isOnlyDemo( dataDir, connections ) {
	return (
		connections.length === 0 ||
		( connections.length === 1 &&
			connections[ 0 ].name === 'demo' &&
			existsSync( join( dataDir, 'demo' ) ) )
	);
}

function dataDirOf() {
	const at = args.findIndex( ( arg ) => /^--data-dir(=|$)/.test( arg ) );
	const flag =
		at === -1
			? undefined
			: args[ at ].includes( '=' )
				? args[ at ].slice( '--data-dir='.length )
				: args[ at + 1 ];
	return resolve(
		flag || process.env.PEARLBRIDGE_DATA_DIR || '.pearlbridge'
	);
}
