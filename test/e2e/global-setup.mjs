/**
 * The end-to-end tests run the bundle: it is built anew when a source is younger than it. Once
 * for a whole Jest run, before any worker starts.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath( new URL( '../..', import.meta.url ) );

/** Asked for by path, tests that do not run the bundle do not wait for it. */
const RUNNING_IT = /e2e|chaos|cli|bench/;

export default function globalSetup( { nonFlagArgs } ) {
	if (
		nonFlagArgs.length > 0 &&
		! nonFlagArgs.some( ( path ) => RUNNING_IT.test( path ) )
	) {
		return;
	}
	const built = changedAt( join( root, 'dist', 'pearlbridge.mjs' ) );
	const youngest = Math.max(
		changedAt( join( root, 'build', 'bundle.mjs' ) ),
		changedAt( join( root, 'package.json' ) ),
		...readdirSync( join( root, 'src' ), { recursive: true } ).map(
			( name ) => changedAt( join( root, 'src', name ) )
		)
	);
	if ( built > youngest ) {
		return;
	}
	const { status } = spawnSync(
		process.execPath,
		[ join( root, 'build', 'bundle.mjs' ) ],
		{ cwd: root, stdio: [ 'ignore', 'ignore', 'inherit' ] }
	);
	if ( status !== 0 ) {
		throw new Error( 'The bundle cannot be built.' );
	}
}

/** 0 where there is nothing. */
function changedAt( path ) {
	return statSync( path, { throwIfNoEntry: false } )?.mtimeMs ?? 0;
}
