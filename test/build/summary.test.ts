import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
	chmodSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = process.cwd();

/** `.ci/run` in a directory of its own, with an npm that says this and ends so. */
function ci(
	npm: string,
	node = 'exec "$REAL" "$@"'
): { status: number | null; lines: string[] } {
	const home = mkdtempSync( join( tmpdir(), 'pearlbridge-ci-' ) );
	try {
		cpSync( join( ROOT, '.ci' ), join( home, '.ci' ), { recursive: true } );
		mkdirSync( join( home, 'tools' ) );
		for ( const [ name, text ] of [
			[ 'npm', npm ],
			[ 'node', node ],
		] as const ) {
			writeFileSync(
				join( home, 'tools', name ),
				`#!/bin/sh\n${ text }\n`
			);
			chmodSync( join( home, 'tools', name ), 0o755 );
		}
		const { status, stdout } = spawnSync( join( home, '.ci', 'run' ), [], {
			encoding: 'utf8',
			env: {
				PATH: `${ join( home, 'tools' ) }:/usr/bin:/bin`,
				REAL: process.execPath,
			},
		} );
		return { status, lines: stdout.trimEnd().split( '\n' ) };
	} finally {
		rmSync( home, { recursive: true, force: true } );
	}
}

describe( '.ci/run', () => {
	test( 'calls exactly npm test; its last line is the summary', () => {
		const { status, lines } = ci(
			'echo "called: $*"; echo "5 passed, 0 failed, 1 skipped"'
		);
		expect( [ status, lines[ 0 ], lines.at( -1 ) ] ).toEqual( [
			0,
			'called: test',
			'5 passed, 0 failed, 1 skipped',
		] );
	} );

	test( 'fails with npm test, whatever npm says afterwards', () => {
		const { status, lines } = ci(
			'echo "5 passed, 2 failed, 0 skipped"; echo "npm error code 1" >&2; exit 1'
		);
		expect( [ status, lines.at( -1 ) ] ).toEqual( [
			1,
			'5 passed, 2 failed, 0 skipped',
		] );
	} );

	test( 'never ends without a summary', () => {
		const { status, lines } = ci( 'echo "npm is broken"; exit 7' );
		expect( [ status, lines.at( -1 ) ] ).toEqual( [
			7,
			'0 passed, 1 failed, 0 skipped',
		] );
	} );

	test( 'says so when Node is too old', () => {
		const { status, lines } = ci(
			'exit 0',
			'if [ "$1" = -p ]; then echo 18; else echo v18.0.0; fi'
		);
		expect( [ status, lines ] ).toEqual( [
			1,
			[
				'Node 20 or newer is needed; this is v18.0.0.',
				'0 passed, 1 failed, 0 skipped',
			],
		] );
	} );
} );

describe( 'what Jest reports becomes the count', () => {
	const RESULT = {
		numPassedTests: 7,
		numFailedTests: 0,
		numPendingTests: 1,
		numTodoTests: 1,
		numRuntimeErrorTestSuites: 0,
		testResults: [],
	};

	test.each( [
		[ 'all well', RESULT, 0, { passed: 7, failed: 0, skipped: 2 } ],
		[
			'a suite that did not run is a failure',
			{ ...RESULT, numFailedTests: 1, numRuntimeErrorTestSuites: 2 },
			1,
			{ passed: 7, failed: 3, skipped: 2 },
		],
		[
			'a Jest that failed without a failed test is one',
			RESULT,
			1,
			{ passed: 7, failed: 1, skipped: 2 },
		],
		[
			'a Jest that left nothing is one',
			null,
			null,
			{ passed: 0, failed: 1, skipped: 0 },
		],
	] )( '%s', async ( _, result, status, counted ) => {
		// In a process of its own: the script is plain JavaScript for any Node.
		const { stdout } = spawnSync(
			process.execPath,
			[
				'--input-type=module',
				'-e',
				`import { count } from ${ JSON.stringify( join( ROOT, 'build', 'test.mjs' ) ) };
				console.log( JSON.stringify( count( ${ JSON.stringify( result ) }, ${ String( status ) } ) ) );`,
			],
			{ encoding: 'utf8' }
		);
		expect(
			JSON.parse( stdout.trimEnd().split( '\n' ).at( -1 ) ?? '' )
		).toEqual( counted );
	} );
} );
