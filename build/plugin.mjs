/**
 * Stages the WordPress plugin (plugin/ and the console from dist/wp) in dist/plugin/pearlbridge
 * and zips it as dist/pearlbridge-plugin.zip. The same sources give the same bytes: names are
 * sorted, times are fixed. Needs the console to be built.
 *
 * `node build/plugin.mjs [folder]` (dist)
 */
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { zipSync } from 'fflate';

const root = fileURLToPath( new URL( '..', import.meta.url ) );
export const SLUG = 'pearlbridge';

/** Only what is shipped, by kind; a stray note or dotfile must not get in. */
const SHIPPED = /^[a-z0-9_-]+\.(php|txt|pot|po|mo|json|js|css|svg)$/i;
/** What WordPress enqueues of the console's build; the rest are the modules these import. */
const ENQUEUED = [ 'console.asset.php', 'console.css', 'console.js' ];
/** Zip knows no dates before 1980; local time, as fflate reads it. */
const NO_TIME = new Date( 1980, 0, 1 );

/** Path below the plugin's folder → bytes, sorted by path. */
function filesOf( dist ) {
	const files = new Map();
	const from = join( root, 'plugin' );
	for ( const entry of readdirSync( from, {
		recursive: true,
		withFileTypes: true,
	} ) ) {
		const path = join( entry.parentPath, entry.name );
		const name = relative( from, path ).replaceAll( '\\', '/' );
		if ( entry.isDirectory() ) {
			continue;
		}
		if ( ! entry.isFile() || ! SHIPPED.test( entry.name ) ) {
			throw new Error( `plugin/${ name } is nothing a plugin ships.` );
		}
		files.set( name, readFileSync( path ) );
	}
	const assets = join( dist, 'wp' );
	for ( const name of ENQUEUED ) {
		if ( ! existsSync( join( assets, name ) ) ) {
			throw new Error(
				`${ join( assets, name ) } is missing: build the console first.`
			);
		}
	}
	for ( const name of readdirSync( assets ) ) {
		if ( ENQUEUED.includes( name ) || SHIPPED.test( name ) ) {
			files.set(
				`assets/${ name }`,
				readFileSync( join( assets, name ) )
			);
		}
	}
	return new Map(
		[ ...files ].sort( ( [ a ], [ b ] ) => ( a < b ? -1 : 1 ) )
	);
}

/** Builds into the folder; answers where the zip is and what is in it. */
export function buildPlugin( dist ) {
	const files = filesOf( dist );
	const staged = join( dist, 'plugin', SLUG );
	rmSync( staged, { recursive: true, force: true } );
	for ( const [ name, bytes ] of files ) {
		const path = join( staged, name );
		mkdirSync( dirname( path ), { recursive: true } );
		writeFileSync( path, bytes );
	}
	const zip = join( dist, 'pearlbridge-plugin.zip' );
	const temporary = `${ zip }.${ process.pid }.tmp`;
	writeFileSync(
		temporary,
		zipSync(
			Object.fromEntries(
				[ ...files ].map( ( [ name, bytes ] ) => [
					`${ SLUG }/${ name }`,
					[
						bytes,
						{ mtime: NO_TIME, level: 9, os: 3, attrs: 0o644 << 16 },
					],
				] )
			)
		)
	);
	renameSync( temporary, zip );
	return { zip, staged, names: [ ...files.keys() ] };
}

if (
	process.argv[ 1 ] &&
	import.meta.url === pathToFileURL( process.argv[ 1 ] ).href
) {
	const { zip, names } = buildPlugin(
		resolve( root, process.argv[ 2 ] ?? 'dist' )
	);
	console.log( `${ relative( root, zip ) }: ${ names.length } files` );
}
