/** What checks the plugin, from Packagist: installed again only when composer.json changed. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRun, run } from '../wordpress/programs.mjs';

/**
 * There is no lock file: it would record download addresses, which are not the same everywhere.
 * composer.json names exact versions instead.
 */
export function installComposer( root, say ) {
	const wanted = createHash( 'sha256' )
		.update( readFileSync( join( root, 'composer.json' ) ) )
		.digest( 'hex' );
	const stamp = join( root, 'vendor', '.pearlbridge-install' );
	if ( existsSync( stamp ) && readFileSync( stamp, 'utf8' ) === wanted ) {
		return;
	}
	const began = Date.now();
	say( 'Installing what checks the plugin…' );
	try {
		run( 'composer', [ 'update', '--no-interaction', '--no-progress' ], {
			cwd: root,
			env: { ...process.env, COMPOSER_ALLOW_SUPERUSER: '1' },
		} );
	} catch ( error ) {
		throw new CannotRun( `composer update failed: ${ error.message }` );
	}
	writeFileSync( stamp, wanted );
	const seconds = ( ( Date.now() - began ) / 1000 ).toFixed( 1 );
	say( `Installing what checks the plugin: done in ${ seconds } s.` );
}
