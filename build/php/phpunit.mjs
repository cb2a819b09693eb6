/**
 * PHPUnit inside a real WordPress: on the machine's PHP with MariaDB, and on a real PHP 7.4
 * (WebAssembly) with SQLite.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeSiteFiles, PHP_LIMITS } from '../wordpress/site.mjs';

const ROOT = fileURLToPath( new URL( '../..', import.meta.url ) );
const PHPUNIT = 'vendor/bin/phpunit';
const WASM = join( ROOT, 'build', 'php', 'php74.mjs' );
/** No port listens: the tests ask WordPress from within. */
const HOST = 'shop.example.test';
/** The WebAssembly PHP cannot listen on a port. */
const WITHOUT_NETWORK = [ '--exclude-group', 'network' ];
const LIMIT = 10 * 60 * 1000;

/**
 * @param {{ php: 'machine' | '7.4', node: string, args?: string[], say: (line: string) => void }} options
 * @returns {Promise<{ status: number | null, counts: { passed: number, failed: number, skipped: number } }>}
 */
export async function phpunit( {
	php,
	node,
	args = [],
	say,
	plugin = join( ROOT, 'plugin' ),
	activate = true,
} ) {
	const old = php === '7.4';
	const site = await makeSiteFiles( {
		host: HOST,
		database: old ? 'sqlite' : 'mariadb',
		plugin,
		activate,
		// The old PHP follows no link out of what it is given.
		link: ! old,
		say,
	} );
	const results = mkdtempSync( join( tmpdir(), 'pearlbridge-phpunit-' ) );
	const log = join( results, 'junit.xml' );
	try {
		const command = [
			...PHP_LIMITS,
			PHPUNIT,
			'--log-junit',
			log,
			...( old ? WITHOUT_NETWORK : [] ),
			...args,
		];
		const { status } = spawnSync(
			old ? node : 'php',
			old
				? [
						WASM,
						ROOT,
						site.dir,
						results,
						...linked(),
						'--',
						...command,
					]
				: command,
			{
				cwd: ROOT,
				// Dots to watch; the summary and the failures are in there too.
				stdio: [ 'ignore', 'inherit', 'inherit' ],
				timeout: LIMIT,
				env: { ...process.env, WP_DIR: site.dir, WP_HOST: HOST },
			}
		);
		return { status, counts: countJunit( read( log ), status, say ) };
	} finally {
		rmSync( results, { recursive: true, force: true } );
		await site.remove();
	}
}

/** A real WooCommerce is linked into the site, and the old PHP must see where it lies. */
function linked() {
	const { WOOCOMMERCE_DIR: dir } = process.env;
	return dir ? [ resolve( dir ) ] : [];
}

/** A run that ended without a result, or failed for a reason no test has, is one failure. */
export function countJunit( xml, status, say = () => {} ) {
	const total = /<testsuite [^>]*>/.exec( xml )?.[ 0 ];
	if ( total === undefined ) {
		say( `FAILED PHPUnit ended with ${ status } and no result` );
		return { passed: 0, failed: 1, skipped: 0 };
	}
	const number = ( name ) =>
		Number( new RegExp( ` ${ name }="(\\d+)"` ).exec( total )?.[ 1 ] ?? 0 );
	for ( const [ , name ] of xml.matchAll(
		/<testcase name="([^"]*)"[^>]*>\s*<skipped/g
	) ) {
		say( `skipped: PHPUnit ${ name }` );
	}
	const skipped = number( 'skipped' );
	const failed =
		number( 'errors' ) + number( 'warnings' ) + number( 'failures' );
	return {
		passed: number( 'tests' ) - failed - skipped,
		failed: failed === 0 && status !== 0 ? 1 : failed,
		skipped,
	};
}

function read( file ) {
	try {
		return readFileSync( file, 'utf8' );
	} catch {
		return '';
	}
}
