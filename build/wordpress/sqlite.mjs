/**
 * WordPress on SQLite, for where MariaDB cannot be: the WordPress project's own integration,
 * which the Playground's package on npm carries along.
 */
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CACHE_DIR, CannotRun, run } from './programs.mjs';

const PACKAGE = '@wp-playground/cli';
const VERSION = '3.1.56';
const NAME = 'sqlite-database-integration';
const AT = join( CACHE_DIR, `${ NAME }-${ VERSION }` );

/** Makes the WordPress in `dir` keep its data in a file of its own. */
export function useSqlite( dir ) {
	bring();
	const plugin = join( dir, 'wp-content', 'plugins', NAME );
	cpSync( AT, plugin, { recursive: true } );
	const text = readFileSync( join( AT, 'db.copy' ), 'utf8' )
		.replaceAll( '{SQLITE_IMPLEMENTATION_FOLDER_PATH}', plugin )
		.replaceAll( '{SQLITE_PLUGIN}', `${ NAME }/load.php` );
	writeFileSync( join( dir, 'wp-content', 'db.php' ), text );
}

function bring() {
	if ( existsSync( AT ) ) {
		return;
	}
	mkdirSync( CACHE_DIR, { recursive: true } );
	const work = mkdtempSync( join( CACHE_DIR, '.bring-' ) );
	try {
		// Without its dependencies: they are half a gigabyte.
		run( 'npm', [ 'pack', '--silent', `${ PACKAGE }@${ VERSION }` ], {
			cwd: work,
		} );
		run(
			'tar',
			[
				'-xzf',
				`wp-playground-cli-${ VERSION }.tgz`,
				`package/${ NAME }.zip`,
			],
			{ cwd: work }
		);
		run( 'php', [ '-r', UNZIP, `package/${ NAME }.zip`, 'tree' ], {
			cwd: work,
		} );
		renameSync( join( work, 'tree', `plugin-${ NAME }` ), AT );
	} catch ( error ) {
		if ( ! existsSync( AT ) ) {
			throw new CannotRun(
				`The SQLite integration cannot be had from npm: ${ error.message.split( '\n', 4 ).join( ' ' ) }`
			);
		}
	} finally {
		rmSync( work, { recursive: true, force: true } );
	}
}

/** `unzip` is not on every machine; PHP's extension is. */
const UNZIP =
	'$zip = new ZipArchive(); exit( true === $zip->open( $argv[1] ) && $zip->extractTo( $argv[2] ) ? 0 : 1 );';
