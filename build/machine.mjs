/**
 * The programs of this machine that npm cannot bring: PHP with its extensions, Composer, MariaDB
 * and Chromium. Root on Debian or Ubuntu gets what is missing installed; everybody else is told
 * in one sentence what to install, and what needs it is skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Extension as PHP names it → Debian's package, without `php8.2-`. */
const EXTENSIONS = {
	curl: 'curl',
	dom: 'xml',
	gd: 'gd',
	intl: 'intl',
	mbstring: 'mbstring',
	mysqli: 'mysql',
	pdo_sqlite: 'sqlite3',
	zip: 'zip',
};

/** Each answers the Debian packages that are missing for it. */
const NEEDS = {
	php: () => {
		const php = askPhp();
		if ( php === null ) {
			return [
				'php-cli',
				...new Set(
					Object.values( EXTENSIONS ).map(
						( name ) => `php-${ name }`
					)
				),
			];
		}
		return Object.entries( EXTENSIONS )
			.filter( ( [ name ] ) => ! php.extensions.includes( name ) )
			.map( ( [ , name ] ) => `php${ php.version }-${ name }` );
	},
	composer: () =>
		answers( 'composer', '--version' ) ? [] : [ 'composer' ],
	database: () =>
		existsSync( '/usr/sbin/mariadbd' ) || answers( 'mariadbd', '--version' )
			? []
			: [ 'mariadb-server' ],
	browser: () => ( chromiumPath() === null ? [ 'chromium' ] : [] ),
};

/** What the browser tests drive; who names one means that one or none. */
export function chromiumPath() {
	const named = process.env.PEARLBRIDGE_CHROMIUM;
	const folders = [
		'/usr/bin',
		...( process.env.PATH ?? '' ).split( delimiter ),
	];
	const paths = named
		? [ named ]
		: [ 'chromium', 'chromium-browser', 'google-chrome' ].flatMap(
				( name ) => folders.map( ( folder ) => join( folder, name ) )
			);
	return paths.find( ( path ) => existsSync( path ) ) ?? null;
}

/** Null when all of it is there, else one sentence that says what to install. */
export function missingFor( ...needs ) {
	const packages = packagesFor( needs );
	return packages.length === 0
		? null
		: `Install ${ packages.join( ', ' ) } (Debian's names for them).`;
}

/**
 * Installs what is missing where that is possible. Says what it does; what stays missing is for
 * the caller to ask with `missingFor`.
 *
 * @param {{ needs?: (keyof typeof NEEDS)[], say?: (line: string) => void }} [options]
 */
export function prepareMachine( {
	needs = Object.keys( NEEDS ),
	say = console.log,
} = {} ) {
	const packages = packagesFor( needs );
	if ( packages.length === 0 || ! mayInstall() ) {
		return;
	}
	say( `Installing ${ packages.join( ', ' ) }…` );
	const began = Date.now();
	apt( [ 'update' ] );
	const { status, stdout, stderr } = apt( [
		'install',
		'--yes',
		'--no-install-recommends',
		...packages,
	] );
	if ( status === 0 ) {
		const seconds = ( ( Date.now() - began ) / 1000 ).toFixed( 1 );
		say( `Installing: done in ${ seconds } s.` );
	} else {
		say( `${ stdout ?? '' }${ stderr ?? '' }`.trim().slice( -3000 ) );
		say( `Installing: apt-get ended with ${ status }.` );
	}
}

function packagesFor( needs ) {
	return [ ...new Set( needs.flatMap( ( need ) => NEEDS[ need ]() ) ) ];
}

function mayInstall() {
	return process.getuid?.() === 0 && existsSync( '/usr/bin/apt-get' );
}

const APT_LIMIT = 15 * 60 * 1000;

function apt( args ) {
	return spawnSync(
		'apt-get',
		// Another installation may be under way: it is waited for.
		[
			'-qq',
			'-o',
			'DPkg::Lock::Timeout=300',
			'-o',
			'Acquire::Retries=3',
			...args,
		],
		{
			encoding: 'utf8',
			timeout: APT_LIMIT,
			maxBuffer: 64 * 1024 * 1024,
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		}
	);
}

function askPhp() {
	const { status, stdout } = spawnSync(
		'php',
		[
			'-r',
			'echo json_encode( array( "version" => PHP_MAJOR_VERSION . "." . PHP_MINOR_VERSION, "extensions" => array_map( "strtolower", get_loaded_extensions() ) ) );',
		],
		{ encoding: 'utf8' }
	);
	return status === 0 ? JSON.parse( stdout ) : null;
}

function answers( program, ...args ) {
	return spawnSync( program, args, { stdio: 'ignore' } ).status === 0;
}

if (
	process.argv[ 1 ] &&
	import.meta.url === pathToFileURL( process.argv[ 1 ] ).href
) {
	prepareMachine();
	const missing = missingFor( ...Object.keys( NEEDS ) );
	console.log( missing ?? 'Everything is there.' );
	process.exitCode = missing === null ? 0 : 1;
}
