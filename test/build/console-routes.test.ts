import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { CONSOLE_OPERATIONS } from '../../src/contracts/console.ts';

const FILE = 'plugin/src/Rest/console-routes.php';

describe( 'the operations the plugin lets through', () => {
	test( 'are what the contracts say', () => {
		const { status, stderr } = spawnSync(
			process.execPath,
			[ 'build/console-routes.mjs', '--check' ],
			{ encoding: 'utf8' }
		);
		expect( stderr ).toBe( '' );
		expect( status ).toBe( 0 );
	} );

	test( 'are those of one connection, and no others', () => {
		const names = [
			...readFileSync( FILE, 'utf8' ).matchAll(
				/^\t\t'name' +=> '(\w+)',$/gm
			),
		].map( ( [ , name ] ) => name );
		expect( names ).toEqual(
			Object.entries( CONSOLE_OPERATIONS )
				.filter( ( [ , { bound } ] ) => bound !== null )
				.map( ( [ name ] ) => name )
		);
		expect( names ).not.toContain( 'connectionAdd' );
	} );

	test( 'take no pointer into the sidecar’s machine for a secret', () => {
		expect( readFileSync( FILE, 'utf8' ) ).not.toMatch(
			/'(env|file)' +=> array/
		);
	} );
} );
