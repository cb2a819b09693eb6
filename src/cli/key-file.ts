/**
 * The key that seals secrets at rest: `PEARLBRIDGE_KEY`, `PEARLBRIDGE_KEY_FILE`, else
 * `{data dir}/key`, made on first use (command line's contract, §1). 32 bytes, base64.
 */
import { link, open, readFile, unlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../contracts/world.ts';
import { databaseFile } from './data-dir.ts';
import {
	errorCode,
	refusal,
	systemReason,
	type CliFailure,
} from './failure.ts';
import type { Environment } from './process-settings.ts';

const KEY_BYTES = 32;
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;

export type KeyResult =
	{ readonly ok: true; readonly key: Uint8Array } | CliFailure;

/**
 * The key a person gave by environment; null when they gave none. Touches nothing, so that a
 * wrong one is refused first of all.
 */
export async function givenKey(
	env: Environment
): Promise<
	{ readonly ok: true; readonly key: Uint8Array | null } | CliFailure
> {
	const text = env[ 'PEARLBRIDGE_KEY' ];
	const path = env[ 'PEARLBRIDGE_KEY_FILE' ];
	if ( text !== undefined && path !== undefined ) {
		return refusal(
			'invalid-key',
			'PEARLBRIDGE_KEY and PEARLBRIDGE_KEY_FILE are both set.',
			{ fix: 'Set one of them.' }
		);
	}
	if ( text !== undefined ) {
		return decode( text, 'PEARLBRIDGE_KEY' );
	}
	return path === undefined
		? { ok: true, key: null }
		: readKey( path, `The file of PEARLBRIDGE_KEY_FILE, ${ path },` );
}

/** The key in the data dir; made when there is neither a key nor a database. */
export async function dataDirKey(
	dataDir: string,
	random: Random
): Promise< KeyResult > {
	const path = join( dataDir, 'key' );
	const name = `The key file ${ path }`;
	if ( existsSync( path ) ) {
		return readKey( path, name );
	}
	if ( existsSync( databaseFile( dataDir ) ) ) {
		return refusal(
			'key-missing',
			`${ name } is gone, and the secrets of this data dir were sealed with it or with another key.`,
			{
				fix: 'Put the key file back, or set PEARLBRIDGE_KEY or PEARLBRIDGE_KEY_FILE.',
			}
		);
	}
	try {
		await createKeyFile( path, random );
	} catch ( error ) {
		return refusal(
			'data-dir-unusable',
			`${ name } cannot be written: ${ systemReason( error ) }.`
		);
	}
	return readKey( path, name );
}

/** Whole and on disk before it has its name, and never over another key. */
async function createKeyFile( path: string, random: Random ): Promise< void > {
	const temporary = `${ path }.${ process.pid }.tmp`;
	const file = await open( temporary, 'w', 0o600 );
	try {
		await file.writeFile(
			`${ Buffer.from( random.bytes( KEY_BYTES ) ).toString( 'base64' ) }\n`
		);
		await file.sync();
	} finally {
		await file.close();
	}
	try {
		await link( temporary, path );
	} catch ( error ) {
		if ( errorCode( error ) !== 'EEXIST' ) {
			throw error;
		}
	} finally {
		await unlink( temporary );
	}
}

async function readKey( path: string, name: string ): Promise< KeyResult > {
	try {
		return decode( await readFile( path, 'utf8' ), name );
	} catch ( error ) {
		return refusal(
			'invalid-key',
			`${ name } cannot be read: ${ systemReason( error ) }.`
		);
	}
}

function decode( text: string, name: string ): KeyResult {
	const trimmed = text.trim();
	const key = Buffer.from( trimmed, 'base64' );
	return BASE64.test( trimmed ) && key.length === KEY_BYTES
		? { ok: true, key }
		: refusal(
				'invalid-key',
				`${ name } does not hold a key: 32 bytes in base64.`,
				{
					fix: 'Make one with: openssl rand -base64 32',
				}
			);
}
