/**
 * A real WordPress with the plugin in it. For tests:
 *
 *     const site = await makeSite();      // fresh each time; several at once are fine
 *     … site.url, site.admin.user, site.admin.password, site.evaluate( 'echo get_option( "home" );' ) …
 *     await site.stop();
 *
 * For a person, `npm run wordpress [-- --port 8888] [--sqlite] [--source]`: the same site until
 * Ctrl-C, with the built plugin (`--source`: plugin/ itself) linked, so that changes show at once.
 */
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { missingFor, prepareMachine } from './machine.mjs';
import { freePort, startServer } from './wordpress/programs.mjs';
import {
	activatePlugin,
	debugLog,
	evaluate,
	makeSiteFiles,
	PHP_LIMITS,
	SOURCE,
} from './wordpress/site.mjs';

const ROUTER = fileURLToPath(
	new URL( './wordpress/site/router.php', import.meta.url )
);

/** One sentence when no site can be made on this machine, else null. */
export function whyNoSite() {
	return missingFor( 'php', 'database' );
}

/**
 * @param {Omit<Parameters<typeof makeSiteFiles>[0], 'host'> & { port?: number }} [options]
 */
export async function makeSite( { port, ...options } = {} ) {
	const at = port ?? ( await freePort() );
	const { remove, ...site } = await makeSiteFiles( {
		...options,
		host: `127.0.0.1:${ at }`,
	} );
	try {
		const server = await startServer(
			'php',
			[
				...PHP_LIMITS,
				...[ '-d', 'upload_max_filesize=32M' ],
				...[ '-d', 'post_max_size=32M' ],
				...[ '-S', site.host ],
				...[ '-t', site.dir ],
				ROUTER,
			],
			{
				port: at,
				log: join( site.dir, '..', 'server.log' ),
				env: { PHP_CLI_SERVER_WORKERS: '4' },
				cwd: site.dir,
			}
		);
		return {
			...site,
			activate: ( plugin ) => activatePlugin( site, plugin ),
			evaluate: ( code ) => evaluate( site, code ),
			debugLog: () => debugLog( site ),
			stop: async () => {
				await server.stop();
				await remove();
			},
		};
	} catch ( error ) {
		await remove();
		throw error;
	}
}

async function show() {
	const { values } = parseArgs( {
		options: {
			port: { type: 'string' },
			sqlite: { type: 'boolean' },
			source: { type: 'boolean' },
		},
	} );
	prepareMachine( { needs: [ 'php', 'database' ] } );
	const missing = whyNoSite();
	if ( missing !== null && ! values.sqlite ) {
		console.error( missing );
		process.exitCode = 1;
		return;
	}
	// Asked to end while it still starts, it starts and ends.
	const asked = Promise.race( [
		once( process, 'SIGINT' ),
		once( process, 'SIGTERM' ),
	] );
	const site = await makeSite( {
		...( values.port ? { port: Number( values.port ) } : {} ),
		database: values.sqlite ? 'sqlite' : 'mariadb',
		...( values.source ? { plugin: SOURCE } : {} ),
		link: true,
	} );
	console.log(
		`WordPress ${ site.version }\n  ${ site.url }/wp-admin/\n  user      ${ site.admin.user }\n  password  ${ site.admin.password }\n  debug.log ${ site.log }\nCtrl-C ends it.`
	);
	// The servers are on a leash that does not keep this process alive.
	const alive = setInterval( () => {}, 60_000 );
	await asked;
	clearInterval( alive );
	await site.stop();
}

if (
	process.argv[ 1 ] &&
	import.meta.url === pathToFileURL( process.argv[ 1 ] ).href
) {
	await show();
}
