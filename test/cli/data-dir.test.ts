import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readHolder, tryLock } from '../../src/cli/data-dir.ts';

let dir: string;
beforeEach( () => {
	dir = mkdtempSync( join( tmpdir(), 'pearlbridge-lock-' ) );
} );
afterEach( () => rmSync( dir, { recursive: true, force: true } ) );

async function take(
	pid: number
): Promise< ( () => Promise< void > ) | null > {
	const locked = await tryLock( dir, { pid, what: 'service' } );
	if ( ! locked.ok ) {
		throw new Error( locked.error.message );
	}
	return locked.lock?.release ?? null;
}

describe( 'the lock of a data dir', () => {
	test( 'is had by one, who is named, and then by the next', async () => {
		const release = await take( 1 );
		expect( release ).not.toBeNull();
		expect( await take( 2 ) ).toBeNull();
		expect( await readHolder( dir ) ).toEqual( {
			pid: 1,
			what: 'service',
		} );
		await release?.();
		const next = await take( 2 );
		expect( next ).not.toBeNull();
		expect( await readHolder( dir ) ).toEqual( {
			pid: 2,
			what: 'service',
		} );
		await next?.();
	} );

	test( 'does not depend on what stands in the file that names the holder', async () => {
		writeFileSync(
			join( dir, 'lock.json' ),
			`{"pid":${ process.pid },"what":"service"}`
		);
		const release = await take( 3 );
		expect( release ).not.toBeNull();
		writeFileSync( join( dir, 'lock.json' ), 'nonsense' );
		expect( await take( 4 ) ).toBeNull();
		expect( await readHolder( dir ) ).toBeNull();
		await release?.();
	} );

	test( 'of another process holds until that is killed by kill -9', async () => {
		const source = pathToFileURL(
			join( process.cwd(), 'src/cli/data-dir.ts' )
		).href;
		const other = spawn(
			process.execPath,
			[
				'--input-type=module',
				'-e',
				`const { tryLock } = await import( ${ JSON.stringify( source ) } );
				await tryLock( ${ JSON.stringify( dir ) }, { pid: process.pid, what: 'command' } );
				console.log( 'locked' );
				setInterval( () => undefined, 1000 );`,
			],
			{ stdio: [ 'ignore', 'pipe', 'inherit' ] }
		);
		await new Promise( ( resolve ) =>
			other.stdout.once( 'data', resolve )
		);
		expect( await take( 5 ) ).toBeNull();
		expect( await readHolder( dir ) ).toEqual( {
			pid: other.pid,
			what: 'command',
		} );
		const gone = new Promise( ( resolve ) =>
			other.once( 'close', resolve )
		);
		other.kill( 'SIGKILL' );
		await gone;
		const release = await take( 5 );
		expect( release ).not.toBeNull();
		await release?.();
	} );

	test( 'in a place that cannot be written is a refusal', async () => {
		expect(
			await tryLock( join( dir, 'nowhere' ), { pid: 1, what: 'service' } )
		).toMatchObject( {
			ok: false,
			exit: 2,
			error: { code: 'data-dir-unusable' },
		} );
	} );
} );
