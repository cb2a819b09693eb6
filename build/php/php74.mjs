/**
 * A real PHP 7.4, as WebAssembly: `node php74.mjs DIR… -- php-arguments…`. It sees only the
 * directories named, each at the same path as outside, and runs in the first one.
 */
import { loadPHPRuntime, PHP } from '@php-wasm/universal';
import { getPHPLoaderModule } from '@php-wasm/node-7-4';
import { pathToFileURL } from 'node:url';

/** PHPUnit asks the terminal for its width through a shell, and there is none. */
const NO_SHELL =
	'disable_functions=shell_exec,popen,proc_open,exec,system,passthru';

/** @param {string[]} dirs */
export async function php74( dirs, env = {} ) {
	const php = new PHP(
		await loadPHPRuntime( await getPHPLoaderModule(), { ENV: env } )
	);
	for ( const root of dirs ) {
		php.mkdir( root );
		await php.mount( root, ( _php, FS, at ) => {
			FS.mount( FS.filesystems.NODEFS, { root }, at );
			return () => FS.unmount( at );
		} );
	}
	if ( dirs.length > 0 ) {
		php.chdir( dirs[ 0 ] );
	}
	return php;
}

async function main() {
	const args = process.argv.slice( 2 );
	const split = args.indexOf( '--' );
	const php = await php74(
		args.slice( 0, split ).map( ( dir ) => dir.replace( /\/$/, '' ) ),
		process.env
	);
	const answer = await php.cli( [
		'php',
		...[ '-d', NO_SHELL ],
		...args.slice( split + 1 ),
	] );
	const print = async ( stream ) => {
		for await ( const chunk of stream ) {
			process.stdout.write( chunk );
		}
	};
	await Promise.all( [ print( answer.stdout ), print( answer.stderr ) ] );
	process.exit( await answer.exitCode );
}

if (
	process.argv[ 1 ] &&
	import.meta.url === pathToFileURL( process.argv[ 1 ] ).href
) {
	await main();
}
