/**
 * A fresh WordPress site in a temporary directory, with the plugin and WooCommerce (or its
 * stand-in) active.
 */
import { randomBytes } from 'node:crypto';
import {
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wordpressCore } from './core.mjs';
import { holdMariadb } from './mariadb.mjs';
import { run } from './programs.mjs';
import { useSqlite } from './sqlite.mjs';
import { temporaryHome } from './temporary.mjs';

const ROOT = fileURLToPath( new URL( '../..', import.meta.url ) );
const PARTS = fileURLToPath( new URL( './site', import.meta.url ) );
export const SOURCE = join( ROOT, 'plugin' );
const BUILT = join( ROOT, 'dist', 'plugin', 'pearlbridge' );
const STAND_IN = join( ROOT, 'test', 'stand-in', 'woocommerce' );

/** The built plugin has the console in it; the source is the same PHP without it. */
export function pluginToTry() {
	return existsSync( join( BUILT, 'pearlbridge.php' ) ) ? BUILT : SOURCE;
}

/**
 * @param {object} options
 * @param {string} options.host What the site calls itself: `127.0.0.1:8080`.
 * @param {'mariadb' | 'sqlite'} [options.database]
 * @param {string} [options.plugin] Where the plugin lies.
 * @param {boolean} [options.link] The plugin itself instead of a copy: what is edited shows at
 *   once. No screen of such a site can change or delete files.
 * @param {boolean} [options.activate] False leaves the plugins as they come: inactive.
 * @param {Record<string, string | number | boolean>} [options.constants] More for wp-config.php.
 * @param {(line: string) => void} [options.say]
 */
export async function makeSiteFiles( {
	host,
	database = 'mariadb',
	plugin = pluginToTry(),
	link = false,
	activate = true,
	constants = {},
	say = console.log,
} ) {
	const core = wordpressCore( say );
	const home = temporaryHome( 'site' );
	const dir = join( home, 'site' );
	const held = database === 'mariadb' ? await holdMariadb() : null;
	const remove = async () => {
		await held?.release();
		rmSync( home, { recursive: true, force: true } );
	};
	try {
		run( 'cp', [ '-a', '--reflink=auto', core.dir, dir ] );
		const db = held && {
			host: held.host,
			name: `site_${ randomBytes( 4 ).toString( 'hex' ) }`,
		};
		if ( db === null ) {
			useSqlite( dir );
		}
		const site = {
			dir,
			host,
			url: `http://${ host }`,
			version: core.version,
			admin: {
				user: 'admin',
				password: randomBytes( 9 ).toString( 'hex' ),
			},
			log: join( home, 'debug.log' ),
		};
		writeFileSync(
			join( dir, 'wp-config.php' ),
			config( site, db, {
				...( link ? { DISALLOW_FILE_MODS: true } : {} ),
				...constants,
			} )
		);
		addMustUse( dir );
		install( site, db );
		const wooCommerce = addWooCommerce( dir, say );
		const plugins = [ wooCommerce && 'woocommerce/woocommerce.php' ];
		if ( existsSync( join( plugin, 'pearlbridge.php' ) ) ) {
			add( plugin, join( dir, 'wp-content/plugins/pearlbridge' ), link );
			plugins.push( 'pearlbridge/pearlbridge.php' );
		}
		for ( const name of activate ? plugins.filter( Boolean ) : [] ) {
			activatePlugin( site, name );
		}
		return { ...site, wooCommerce, remove };
	} catch ( error ) {
		await remove();
		throw error;
	}
}

/** In a process of its own each: the next one finds it loaded, as after a click. */
export function activatePlugin( site, name ) {
	php( site, [ join( PARTS, 'activate.php' ), name ], {
		PEARLBRIDGE_HOST: site.host,
	} );
}

/** Runs a line of PHP inside the site's WordPress, as its administrator; answers what it printed. */
export function evaluate( site, code ) {
	return php( site, [ join( PARTS, 'evaluate.php' ), code ], {
		PEARLBRIDGE_HOST: site.host,
	} );
}

/** A real WordPress takes more than the memory PHP gives by default. */
export const PHP_LIMITS = [
	...[ '-d', 'memory_limit=512M' ],
	...[ '-d', 'max_execution_time=120' ],
];

function php( site, args, env ) {
	try {
		return run(
			'php',
			[ ...PHP_LIMITS, '-d', 'display_errors=stderr', ...args ],
			{ cwd: site.dir, env: { ...process.env, ...env } }
		);
	} catch ( error ) {
		// WordPress sends PHP's own errors there.
		error.message += debugLog( site ).slice( -4000 );
		throw error;
	}
}

function install( site, database ) {
	php( site, [ join( PARTS, 'install.php' ) ], {
		PEARLBRIDGE_INSTALL: JSON.stringify( {
			title: 'Pearl Street Shop',
			...site.admin,
			host: site.host,
			database,
		} ),
	} );
}

function addMustUse( dir ) {
	const at = join( dir, 'wp-content', 'mu-plugins' );
	mkdirSync( at );
	cpSync( join( PARTS, 'guard.php' ), join( at, 'guard.php' ) );
}

/** Said once: a test run makes many sites. */
const said = new Set();

function once( say, line ) {
	if ( ! said.has( line ) ) {
		said.add( line );
		say( line );
	}
}

/** @returns {'real' | 'stand-in' | null} */
function addWooCommerce( dir, say ) {
	const at = join( dir, 'wp-content', 'plugins', 'woocommerce' );
	const real = process.env.WOOCOMMERCE_DIR;
	if ( real ) {
		const from = resolve( real );
		if ( ! existsSync( join( from, 'woocommerce.php' ) ) ) {
			throw new Error(
				`WOOCOMMERCE_DIR is ${ from }, and there is no woocommerce.php in it.`
			);
		}
		add( from, at, true );
		once( say, `WooCommerce: the real one, from ${ from }.` );
		return 'real';
	}
	if ( ! existsSync( join( STAND_IN, 'woocommerce.php' ) ) ) {
		once(
			say,
			'WOOCOMMERCE IS MISSING: neither WOOCOMMERCE_DIR nor a stand-in.'
		);
		return null;
	}
	add( STAND_IN, at, false );
	once(
		say,
		'NOT THE REAL WOOCOMMERCE: the stand-in of test/stand-in is used; name a real one with WOOCOMMERCE_DIR=/path/to/woocommerce.'
	);
	return 'stand-in';
}

/** A copy, because WordPress deletes a plugin's files through a link. */
function add( from, to, link ) {
	if ( link ) {
		symlinkSync( from, to );
	} else {
		cpSync( from, to, { recursive: true } );
	}
}

function config( { url, log }, database, constants ) {
	const values = {
		DB_NAME: database?.name ?? 'wordpress',
		DB_USER: 'root',
		DB_PASSWORD: '',
		DB_HOST: database?.host ?? '',
		DB_CHARSET: 'utf8mb4',
		DB_COLLATE: '',
		...Object.fromEntries(
			[ 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ].flatMap( ( name ) =>
				[ 'KEY', 'SALT' ].map( ( kind ) => [
					`${ name }_${ kind }`,
					randomBytes( 32 ).toString( 'hex' ),
				] )
			)
		),
		// Else the installer guesses an address from the path of the script.
		WP_HOME: url,
		WP_SITEURL: url,
		// Application passwords then work over plain http.
		WP_ENVIRONMENT_TYPE: 'local',
		WP_DEBUG: true,
		WP_DEBUG_DISPLAY: false,
		WP_DEBUG_LOG: log,
		DISABLE_WP_CRON: true,
		AUTOMATIC_UPDATER_DISABLED: true,
		...constants,
	};
	const lines = Object.entries( values ).map(
		( [ name, value ] ) =>
			`define( '${ name }', ${ typeof value === 'string' ? quote( value ) : value } );`
	);
	return `<?php\n${ lines.join( '\n' ) }\n$table_prefix = 'wp_';\ndefined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );\nrequire_once ABSPATH . 'wp-settings.php';\n`;
}

function quote( text ) {
	return `'${ text.replaceAll( '\\', '\\\\' ).replaceAll( "'", "\\'" ) }'`;
}

/** What went wrong inside, for a person or a test to read. */
export function debugLog( { log } ) {
	return existsSync( log ) ? readFileSync( log, 'utf8' ) : '';
}
