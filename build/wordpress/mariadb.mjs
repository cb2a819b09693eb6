/**
 * A MariaDB of our own: no service, its data in a temporary directory, on 127.0.0.1 only. One
 * for all sites of a process; the last one that lets go ends it.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, run, startServer } from './programs.mjs';
import { temporaryHome } from './temporary.mjs';

let running = null;
let users = 0;

/** @returns {Promise<{ host: string, release: () => Promise<void> }>} */
export async function holdMariadb() {
	users += 1;
	running ??= start();
	try {
		const { host } = await running;
		return { host, release };
	} catch ( error ) {
		users -= 1;
		running = null;
		throw error;
	}
}

async function release() {
	users -= 1;
	if ( users === 0 ) {
		const last = running;
		running = null;
		await ( await last ).stop();
	}
}

/** Root cannot run it as itself; everybody else can only run it as themselves. */
const AS_USER = process.getuid?.() === 0 ? [ '--user=mysql' ] : [];

async function start() {
	const home = temporaryHome( 'mariadb' );
	const data = join( home, 'data' );
	if ( AS_USER.length > 0 ) {
		run( 'chown', [ 'mysql', home ] );
	}
	// One that starts clears away the temporary tables it finds, those of its neighbours too.
	const env = { ...process.env, TMPDIR: home };
	run(
		'mariadb-install-db',
		[
			'--no-defaults',
			`--datadir=${ data }`,
			...AS_USER,
			'--auth-root-authentication-method=normal',
			'--skip-test-db',
		],
		{ env }
	);
	const port = await freePort();
	const server = await startServer(
		program(),
		[
			'--no-defaults',
			...AS_USER,
			`--datadir=${ data }`,
			`--socket=${ join( home, 'socket' ) }`,
			`--pid-file=${ join( home, 'pid' ) }`,
			`--port=${ port }`,
			'--bind-address=127.0.0.1',
			// Its data do not outlive it.
			'--innodb-flush-log-at-trx-commit=0',
			'--innodb-doublewrite=0',
			'--innodb-buffer-pool-size=64M',
		],
		{ port, log: join( home, 'log' ), env }
	);
	return {
		host: `127.0.0.1:${ port }`,
		stop: async () => {
			await server.stop();
			rmSync( home, { recursive: true, force: true } );
		},
	};
}

/** /usr/sbin is not on everybody's path. */
function program() {
	return (
		[ '/usr/sbin/mariadbd', '/usr/libexec/mariadbd' ].find( existsSync ) ??
		'mariadbd'
	);
}
