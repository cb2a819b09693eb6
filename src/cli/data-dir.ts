/**
 * The data dir and its lock: one service, or one command that does the work itself, at a time.
 *
 * The lock is an exclusive transaction on a small SQLite file, that is: a lock of the
 * operating system, which ends with the process however it dies. A file with a pid in it
 * could go stale after kill -9, and pids are used again. Who holds the lock stands beside it
 * in a file of its own, for messages only.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { openSqlite, type Sqlite } from '../database/sqlite/driver.ts';
import { refusal, systemReason, type CliFailure } from './failure.ts';

const holderSchema = z.object( {
	pid: z.int(),
	what: z.enum( [ 'service', 'command' ] ),
} );
export type Holder = z.infer< typeof holderSchema >;

export interface DataDirLock {
	release(): Promise< void >;
}

export function databaseFile( dataDir: string ): string {
	return join( dataDir, 'pearlbridge.db' );
}

/** Makes the data dir, readable by nobody else. */
export async function makeDataDir(
	dataDir: string
): Promise< { readonly ok: true } | CliFailure > {
	try {
		await mkdir( dataDir, { recursive: true, mode: 0o700 } );
		return { ok: true };
	} catch ( error ) {
		return unusable( dataDir, error );
	}
}

/** Null = somebody else holds it; see `readHolder`. */
export async function tryLock(
	dataDir: string,
	holder: Holder
): Promise<
	{ readonly ok: true; readonly lock: DataDirLock | null } | CliFailure
> {
	let database: Sqlite | null = null;
	try {
		database = openSqlite( join( dataDir, 'lock' ) );
		database.exec( 'pragma busy_timeout = 0' );
		database.exec( 'begin exclusive' );
	} catch ( error ) {
		database?.close();
		return isBusy( error )
			? { ok: true, lock: null }
			: unusable( dataDir, error );
	}
	const held = database;
	const release = async (): Promise< void > => held.close();
	try {
		await writeWhole(
			join( dataDir, 'lock.json' ),
			JSON.stringify( holder )
		);
	} catch ( error ) {
		await release();
		return unusable( dataDir, error );
	}
	return { ok: true, lock: { release } };
}

/** Who took the lock last: only of meaning while it is held. */
export async function readHolder( dataDir: string ): Promise< Holder | null > {
	try {
		const text = await readFile( join( dataDir, 'lock.json' ), 'utf8' );
		return holderSchema.parse( JSON.parse( text ) );
	} catch {
		return null;
	}
}

/** A file is there whole or not at all, and only its owner reads it. */
export async function writeWhole(
	path: string,
	text: string
): Promise< void > {
	const temporary = `${ path }.${ process.pid }.tmp`;
	await writeFile( temporary, text, { mode: 0o600 } );
	await rename( temporary, path );
}

const SQLITE_BUSY = 5;

function isBusy( error: unknown ): boolean {
	return (
		typeof error === 'object' &&
		error !== null &&
		Reflect.get( error, 'errcode' ) === SQLITE_BUSY
	);
}

function unusable( dataDir: string, error: unknown ): CliFailure {
	return refusal(
		'data-dir-unusable',
		`The data dir ${ dataDir } cannot be used: ${ systemReason( error ) }.`,
		{
			fix: 'Give a directory this user may write to with --data-dir or PEARLBRIDGE_DATA_DIR.',
		}
	);
}
