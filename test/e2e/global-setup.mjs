/**
 * The end-to-end tests run the bundle, the console and the plugin: each is built anew when a source is younger. Once
 * for a whole Jest run, before any worker starts.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath( new URL( '../..', import.meta.url ) );

/** Asked for by path, tests that do not run the bundle do not wait for it. */
const RUNNING_IT = /e2e|chaos|cli|bench/;

const BUILDS = [
	{ script: 'bundle.mjs', made: 'pearlbridge.mjs', folders: [ 'src' ] },
	{
		script: 'console.mjs',
		made: 'console/index.html',
		folders: [ 'admin-ui', 'src/contracts' ],
	},
	{
		script: 'plugin.mjs',
		made: 'pearlbridge-plugin.zip',
		folders: [ 'plugin', 'admin-ui', 'src/contracts' ],
	},
];

export default function globalSetup( { nonFlagArgs } ) {
	if (
		nonFlagArgs.length > 0 &&
		! nonFlagArgs.some( ( path ) => RUNNING_IT.test( path ) )
	) {
		return;
	}
	for ( const { script, made, folders } of BUILDS ) {
		build( script, made, folders );
	}
}

function build( script, made, folders ) {
	const path = join( root, 'build', script );
	const youngest = Math.max(
		// `console.mjs` and its `console-plugins.mjs`.
		...readdirSync( join( root, 'build' ) )
			.filter( ( name ) => name.startsWith( basename( script, '.mjs' ) ) )
			.map( ( name ) => changedAt( join( root, 'build', name ) ) ),
		changedAt( join( root, 'package.json' ) ),
		...folders.flatMap( ( folder ) =>
			readdirSync( join( root, folder ), { recursive: true } ).map(
				( name ) => changedAt( join( root, folder, name ) )
			)
		)
	);
	if ( changedAt( join( root, 'dist', made ) ) > youngest ) {
		return;
	}
	const { status } = spawnSync( process.execPath, [ path ], {
		cwd: root,
		stdio: [ 'ignore', 'ignore', 'inherit' ],
	} );
	if ( status !== 0 ) {
		throw new Error( `build/${ script } failed.` );
	}
}

/** 0 where there is nothing. */
function changedAt( path ) {
	return statSync( path, { throwIfNoEntry: false } )?.mtimeMs ?? 0;
}
