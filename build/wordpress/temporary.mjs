/**
 * Temporary directories of a site: a quarter of a gigabyte each. A run that is killed cannot
 * remove its own, so the next one does.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = /^pearlbridge-(?:site|mariadb)-(\d+)-/;
/** Process ids say nothing across containers that share the directory. */
const OLD = 60 * 60 * 1000;

let swept = false;

/** @param {'site' | 'mariadb'} kind */
export function temporaryHome( kind ) {
	if ( ! swept ) {
		swept = true;
		sweep();
	}
	return mkdtempSync(
		join( tmpdir(), `pearlbridge-${ kind }-${ process.pid }-` )
	);
}

function sweep() {
	for ( const name of readdirSync( tmpdir() ) ) {
		const pid = Number( NAME.exec( name )?.[ 1 ] ?? 0 );
		const path = join( tmpdir(), name );
		if ( pid > 0 && ! isRunning( pid ) && isOld( path ) ) {
			rmSync( path, { recursive: true, force: true } );
		}
	}
}

function isRunning( pid ) {
	try {
		process.kill( pid, 0 );
		return true;
	} catch ( error ) {
		return error.code !== 'ESRCH';
	}
}

/** Also somebody else's is left alone. */
function isOld( path ) {
	const stat = statSync( path, { throwIfNoEntry: false } );
	return (
		stat !== undefined &&
		Date.now() - stat.mtimeMs > OLD &&
		[ stat.uid, 0 ].includes( process.getuid?.() )
	);
}
