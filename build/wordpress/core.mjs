/**
 * A real WordPress of today, from Debian's archive: downloaded once into the cache, with a
 * package state of its own, so that nothing on the machine changes. A suite moves on and old
 * versions vanish: any version from `NEEDED` on will do, and the one that was had is said.
 */
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CACHE_DIR, CannotRun, run } from './programs.mjs';

const NEEDED = 7;
/** `testing`, by the name under which the mirrors have it. */
const SUITE = 'forky';
const PACKAGES = [
	'wordpress',
	'wordpress-theme-twentytwentyfive',
	// The WordPress package links into these.
	'libjs-cropper',
	'libjs-jquery-ui',
	'libjs-lodash',
	'libjs-underscore',
	'libphp-phpmailer',
	'php-getid3',
];
/** Links into /etc, where nothing is installed; and a plugin that would greet everybody. */
const NOT_WANTED = [
	'wp-config.php',
	'.htaccess',
	'wp-content/plugins/akismet',
];
const HOME = join( CACHE_DIR, 'wordpress' );

/** @returns {{ dir: string, version: string }} */
export function wordpressCore( say = () => {} ) {
	return cached() ?? bring( say );
}

/** The newest one that is there. */
function cached() {
	const versions = existsSync( HOME )
		? readdirSync( HOME ).filter( ( name ) => /^\d/.test( name ) )
		: [];
	const [ version ] = versions.sort( ( a, b ) =>
		b.localeCompare( a, 'en', { numeric: true } )
	);
	return version === undefined
		? null
		: { dir: join( HOME, version ), version };
}

function bring( say ) {
	const began = Date.now();
	say( 'Bringing WordPress from Debian…' );
	mkdirSync( HOME, { recursive: true } );
	const work = mkdtempSync( join( HOME, '.bring-' ) );
	try {
		const dir = join( work, 'wordpress' );
		unpack( work, dir );
		const version = versionOf( dir );
		if ( Number.parseInt( version, 10 ) < NEEDED ) {
			throw new CannotRun(
				`WordPress ${ NEEDED } or newer is needed; Debian ${ SUITE } has ${ version }.`
			);
		}
		const at = join( HOME, version );
		// Another run may have been faster.
		if ( ! existsSync( at ) ) {
			renameSync( dir, at );
		}
		const seconds = ( ( Date.now() - began ) / 1000 ).toFixed( 1 );
		say( `WordPress ${ version }: brought in ${ seconds } s.` );
		return { dir: at, version };
	} catch ( error ) {
		throw error instanceof CannotRun
			? error
			: new CannotRun(
					`WordPress cannot be had from Debian ${ SUITE }: ${ error.message.split( '\n', 6 ).join( ' ' ) }`
				);
	} finally {
		rmSync( work, { recursive: true, force: true } );
	}
}

function unpack( work, dir ) {
	const at = ( ...names ) => join( work, ...names );
	for ( const name of [
		'lists/partial',
		'cache/archives/partial',
		'debs',
		'tree',
	] ) {
		mkdirSync( at( name ), { recursive: true } );
	}
	writeFileSync(
		at( 'sources.list' ),
		`deb [target=Packages] ${ mirror() } ${ SUITE } main\n`
	);
	const options = [
		'-qq',
		`Dir::Etc::sourcelist=${ at( 'sources.list' ) }`,
		'Dir::Etc::sourceparts=/dev/null',
		`Dir::State::lists=${ at( 'lists' ) }`,
		`Dir::Cache=${ at( 'cache' ) }`,
		'Dir::State::status=/dev/null',
		'APT::Sandbox::User=root',
		'Acquire::Languages=none',
		// Signed it must be, but a mirror may be behind.
		'Acquire::Check-Valid-Until=false',
		'Acquire::Retries=3',
	].flatMap( ( option, i ) => ( i === 0 ? [ option ] : [ '-o', option ] ) );
	run( 'apt-get', [ ...options, 'update' ] );
	run( 'apt-get', [ ...options, 'download', ...PACKAGES ], {
		cwd: at( 'debs' ),
	} );
	for ( const deb of readdirSync( at( 'debs' ) ) ) {
		run( 'dpkg-deb', [ '-x', at( 'debs', deb ), at( 'tree' ) ] );
	}
	const from = at( 'tree/usr/share/wordpress' );
	for ( const name of NOT_WANTED ) {
		rmSync( join( from, name ), { recursive: true, force: true } );
	}
	// Following links: the package's own point into the other packages.
	run( 'cp', [ '-rL', from, dir ] );
}

/** The one this machine takes its own packages from. */
function mirror() {
	const uris = run( 'apt-get', [
		'indextargets',
		'--format',
		'$(REPO_URI)',
		'Created-By: Packages',
	] )
		.split( '\n' )
		.filter( ( uri ) => /\/debian\/?$/.test( uri ) );
	return uris[ 0 ] ?? 'http://deb.debian.org/debian/';
}

function versionOf( dir ) {
	const text = readFileSync( join( dir, 'wp-includes/version.php' ), 'utf8' );
	return /\$wp_version = '([^']+)'/.exec( text )[ 1 ];
}
